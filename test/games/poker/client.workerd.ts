import { cardsOfSeed, DECKS, deckSeed, pickOf, PlayedDeck } from "../../../rooms/fair/deck.ts";
import type { Json, PlayerId } from "../../../rooms/game.ts";
import { poker } from "../../../rooms/poker/index.ts";
import type { HandRecord } from "../../../rooms/poker/record.ts";
import type { Hand, State } from "../../../rooms/poker/state.ts";
import type { Seat, PublicDelta, PrivateDelta, View } from "../../../rooms/poker/types.ts";
import type { RoundRecord } from "../../../rooms/host/ports.ts";
import { namedView } from "../../../rooms/kit/names.ts";
import type { Reply } from "../../../rooms/kernel/protocol.ts";
import { newGuest, post } from "../../api/api.workerd.ts";
import {
  expectYes,
  greeted,
  Line,
  socketTo,
  ticketSocket,
  type Memory,
  type Who,
} from "../../host/room-line.workerd.ts";
import { fire, newPlayer, onDisk, players, query, roomOf, rooms } from "../../host/room-world.workerd.ts";

/** Poker tables and those who sit at them, and what the tests alone may know: the cards. */

type Past = Memory<View, PublicDelta, Seat, PrivateDelta>;

export class Chair extends Line<View, PublicDelta, Seat, PrivateDelta> {
  constructor(socket: WebSocket, from: Past | null = null) {
    super(poker, socket, from);
  }

  async sit(seat: number, buyIn: number, entropy?: string): Promise<Reply> {
    return this.ask({ type: "sit", seat, buyIn, ...(entropy === undefined ? {} : { entropy }) });
  }

  async addBot(seat: number): Promise<Reply> {
    return this.ask({ type: "addBot", seat });
  }

  /** The numbers of one's own cards in this hand. */
  get cards(): number[] {
    return this.seat?.cards.map(({ card }) => card) ?? [];
  }

  get turn(): NonNullable<View["hand"]>["turn"] {
    return this.view?.hand?.turn ?? null;
  }

  get isOn(): boolean {
    return this.turn !== null && this.turn.seat === this.seat?.seat;
  }

  async phase(name: View["phase"]["name"]): Promise<void> {
    await this.until(() => this.view?.phase.name === name, `phase ${name}`);
  }
}

/** A socket straight to the room object. `null`: a spectator. */
export async function pullUp(
  room: string,
  who: Who | null,
  { query: search = "", from = null }: { readonly query?: string; readonly from?: Past | null } = {},
): Promise<Chair> {
  return greeted(new Chair(await socketTo(roomOf(room), who, search), from));
}

/** Comes back where `before` left off. */
export async function comeBack(room: string, who: Who | null, before: Chair): Promise<Chair> {
  const { view, seat, table, seq, purse, welcomes, epoch } = before;
  const from = { view, seat, table, seq, purse, welcomes };
  return pullUp(room, who, { query: `?since=${seq}&epoch=${epoch}`, from });
}

export type Sitter = Who & { readonly chair: Chair };
export type Guest = Sitter & { readonly token: string };

/** A new player with a socket straight to the table, standing. */
export async function newSitter(room: string): Promise<Sitter> {
  const who = await newPlayer();
  return { ...who, chair: await pullUp(room, who) };
}

export type Listed = { readonly room: string; readonly path: string };

/** Made and listed as a player does it, so that all of REST knows it. */
export async function listedTable(config: Json = {}): Promise<Listed> {
  const { token } = await newGuest();
  const { status, body } = await post("/api/rooms", { token, body: { game: "poker", config } });
  if (status !== 201) throw new Error(`no table: ${status} ${JSON.stringify(body)}`);
  const room = `poker:${body.id}`;
  rooms.add(room);
  return { room, path: `/api/rooms/poker/${body.id}` };
}

/** A guest at a table that is listed, through the Worker. */
export async function newGuestSitter({ room }: Listed): Promise<Guest> {
  const { id, username, token } = await newGuest();
  const player = id as PlayerId; // as the server just named them
  players.add(player);
  return { id: player, name: username, token, chair: await greeted(new Chair(await ticketSocket(room, token))) };
}

// ---- what nobody else may know ----

export async function stateOf(room: string): Promise<State> {
  return (await onDisk(room)).state as State; // the journal's own replay made it
}

export async function handOf(room: string): Promise<Hand> {
  const { hand } = await stateOf(room);
  if (hand === null) throw new Error("no hand is on");
  return hand;
}

export async function secretOf(room: string, round: number): Promise<string> {
  const [row] = await query<{ seed: string }>(room, `SELECT seed FROM seeds WHERE round = ${round}`);
  if (row === undefined) throw new Error(`no secret for round ${round}`);
  return row.seed;
}

/** The deck of the open round, were no more words said: every card with its opening. */
export async function deckOf(room: string): Promise<PlayedDeck> {
  const { round, commitments } = await onDisk(room);
  const commitment = commitments.find((one) => one.round === round.n)?.hash ?? "";
  return new PlayedDeck(await secretOf(room, round.n), room, round.n, pickOf(commitment, room, round.n, round.entropy));
}

/** Words which, said by this player next and by nobody after, make the cards come as the test wants them, by position. */
export async function wordFor(
  room: string,
  player: PlayerId,
  wanted: (cards: readonly number[]) => boolean,
): Promise<string> {
  const { round, commitments } = await onDisk(room);
  const secret = await secretOf(room, round.n);
  const commitment = commitments.find((one) => one.round === round.n)?.hash ?? "";
  const decks = Array.from({ length: DECKS }, (_, deck) => cardsOfSeed(deckSeed(secret, room, round.n, deck)));
  for (let i = 0; i < 50_000; i += 1) {
    const value = `word ${i}`;
    const { deck, order } = pickOf(commitment, room, round.n, [...round.entropy, { player, value }]);
    if (wanted(order.map((leaf) => decks[deck]?.[leaf] ?? -1))) return value;
  }
  throw new Error("no word does it");
}

// ---- a hand ----

/** Everybody here has heard all that the room has journaled: what they have folded is what it would tell them anew. */
export async function allHeard(room: string, chairs: readonly Chair[]): Promise<void> {
  const state = await stateOf(room);
  const view = JSON.stringify(namedView(poker.sight.view(state)));
  for (const chair of chairs) {
    const heard = (): boolean => {
      const player = state.seats[chair.seat?.seat ?? -1]?.player;
      const own =
        player === undefined || JSON.stringify(chair.seat) === JSON.stringify(poker.sight.seat(state, player));
      return own && JSON.stringify(chair.view) === view;
    };
    await chair.until(heard, "the latest");
  }
}

/** What somebody does when it is their turn. */
export type Habit = (chair: Chair) => { readonly type: string; readonly to?: number };

export const calls: Habit = (chair) => ({ type: chair.turn?.toCall === 0 ? "check" : "call" });
export const folds: Habit = (chair) => ({ type: chair.turn?.toCall === 0 ? "check" : "fold" });
/** All the chips, once; else a call. */
export const shoves: Habit = (chair) =>
  chair.turn?.raise == null ? calls(chair) : { type: "raise", to: chair.turn.raise.most };

/** One step: whoever of those here is on acts by habit, or what is due comes due. `after` is called when all have heard. */
export async function step(room: string, chairs: readonly Chair[], habit: Habit): Promise<void> {
  const one = chairs.find(({ isOn }) => isOn);
  if (one === undefined) await fire(room);
  else expectYes(await one.ask({ ...habit(one), hand: one.view?.round }));
  await allHeard(room, chairs);
}

/** Step by step until it holds. */
export async function playUntil(
  room: string,
  chairs: readonly Chair[],
  holds: (view: View) => boolean,
  habit: Habit = calls,
  after: () => Promise<void> = async () => {},
): Promise<void> {
  const [first] = chairs;
  for (let steps = 0; ; steps += 1) {
    if (first?.view != null && holds(first.view)) return;
    if (steps === 300) throw new Error(`the hand does not get there: ${JSON.stringify(first?.view?.hand)}`);
    await step(room, chairs, habit);
    await after();
  }
}

export const dealt = ({ phase }: View): boolean => phase.name === "playing";
export const over = ({ phase }: View): boolean => phase.name === "over";

export type PokerRecord = Omit<RoundRecord, "outcome"> & { readonly outcome: HandRecord };

/** A finished hand as the room gives it to a viewer. */
export async function recordOf(room: string, round: number, viewer: PlayerId | null = null): Promise<PokerRecord> {
  const record = await roomOf(room).readRound(round, viewer);
  if (record === null) throw new Error(`no record of hand ${round}`);
  return record as unknown as PokerRecord; // what poker's own recordFor gave
}
