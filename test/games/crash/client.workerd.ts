import { BUST_LABEL, drawBust } from "../../../rooms/crash/bust.ts";
import { crash } from "../../../rooms/crash/index.ts";
import type { Running, State } from "../../../rooms/crash/state.ts";
import type { Out, FlightRecord, Seat, PublicDelta, PrivateDelta, View, X100 } from "../../../rooms/crash/types.ts";
import { drawStream } from "../../../rooms/fair/draw.ts";
import type { Json, PlayerId } from "../../../rooms/game.ts";
import type { RoundRecord } from "../../../rooms/host/ports.ts";
import type { Reply } from "../../../rooms/kernel/protocol.ts";
import { get, newGuest, post } from "../../api/api.workerd.ts";
import { greeted, Line, socketTo, ticketSocket, type Memory, type Who } from "../../host/room-line.workerd.ts";
import { fire, newPlayer, onDisk, players, query, roomOf, rooms } from "../../host/room-world.workerd.ts";

/** Crash lobbies and those who fly in them, and what the tests alone may know: where a flight will end. */

type Past = Memory<View, PublicDelta, Seat, PrivateDelta>;

export class Flyer extends Line<View, PublicDelta, Seat, PrivateDelta> {
  constructor(socket: WebSocket, from: Past | null = null) {
    super(crash, socket, from);
  }

  async bet(amount: number, more: { readonly autoCashout?: number; readonly entropy?: string } = {}): Promise<Reply> {
    return this.ask({ type: "bet", amount, ...more });
  }

  async cashout(bet?: number): Promise<Reply> {
    return this.ask({ type: "cashout", ...(bet === undefined ? {} : { bet }) });
  }

  async phase(name: View["phase"]["name"]): Promise<void> {
    await this.until(() => this.view?.phase.name === name, `phase ${name}`);
  }

  /** When the flight that is in the air started. */
  get startedAt(): number {
    if (this.view?.phase.name !== "running") throw new Error(`not in the air: ${this.view?.phase.name}`);
    return this.view.phase.startedAt;
  }
}

/** A socket straight to the room object. `null`: a spectator. */
export async function board(
  room: string,
  who: Who | null,
  { query = "", from = null }: { readonly query?: string; readonly from?: Past | null } = {},
): Promise<Flyer> {
  return greeted(new Flyer(await socketTo(roomOf(room), who, query), from));
}

/** Comes back where `before` left off. */
export async function reboard(room: string, who: Who | null, before: Flyer): Promise<Flyer> {
  const { view, seat, table, seq, purse, welcomes, epoch } = before;
  const from = { view, seat, table, seq, purse, welcomes };
  return board(room, who, { query: `?since=${seq}&epoch=${epoch}`, from });
}

export type Lobby = { readonly room: string; readonly path: string };

/** Made and listed as a player does it, so that all of REST knows it. There may be few of these a minute. */
export async function listedLobby(config: Json = {}): Promise<Lobby> {
  const { token } = await newGuest();
  const { status, body } = await post("/api/rooms", { token, body: { game: "crash", config } });
  if (status !== 201) throw new Error(`no lobby: ${status} ${JSON.stringify(body)}`);
  const room = `crash:${body.id}`;
  rooms.add(room);
  return { room, path: `/api/rooms/crash/${body.id}` };
}

export type Pilot = Who & { readonly flyer: Flyer };
export type Guest = Pilot & { readonly token: string };

/** A new player with a socket straight to the lobby. */
export async function newPilot(room: string): Promise<Pilot> {
  const who = await newPlayer();
  return { ...who, flyer: await board(room, who) };
}

/** A guest in a lobby that is listed, through the Worker. */
export async function newGuestPilot({ room }: Lobby): Promise<Guest> {
  const { id, username, token } = await newGuest();
  const player = id as PlayerId; // as the server just named them
  players.add(player);
  return { id: player, name: username, token, flyer: await greeted(new Flyer(await ticketSocket(room, token))) };
}

// ---- what nobody else may know ----

export async function stateOf(room: string): Promise<State> {
  return (await onDisk(room)).state as State; // the journal's own replay made it
}

export async function flightOf(room: string): Promise<Running> {
  const { phase } = await stateOf(room);
  if (phase.name !== "running") throw new Error(`not in the air: ${phase.name}`);
  return phase;
}

export async function seedOf(room: string, round: number): Promise<string> {
  const [row] = await query<{ seed: string }>(room, `SELECT seed FROM seeds WHERE round = ${round}`);
  if (row === undefined) throw new Error(`no seed for round ${round}`);
  return row.seed;
}

/**
 * Words which, said by this player next and by nobody after, end the open round's flight where the test wants it. One flight in
 * a hundred ends as it starts: a test that wants to see it in the air says so.
 */
export async function wordFor(
  room: string,
  player: PlayerId,
  wanted: (bust: X100) => boolean,
  words = "word",
): Promise<string> {
  const { round } = await onDisk(room);
  const seed = await seedOf(room, round.n);
  for (let i = 0; i < 200_000; i += 1) {
    const value = `${words} ${i}`;
    const draw = drawStream(seed, room, round.n, [...round.entropy, { player, value }], BUST_LABEL);
    if (wanted(drawBust(draw))) return value;
  }
  throw new Error("no word does it");
}

export const between =
  (low: X100, high: X100) =>
  (bust: X100): boolean =>
    bust >= low && bust <= high;

// ---- a flight ----

/** Fires what is due, deadline by deadline, until the lobby is at `to`, and everybody here has heard of it. */
export async function flyTo(
  room: string,
  to: View["phase"]["name"],
  flyers: readonly Flyer[],
  late = 0,
): Promise<void> {
  while ((await stateOf(room)).phase.name !== to) await fire(room, late);
  for (const flyer of flyers) await flyer.phase(to);
}

export type CrashRecord = Omit<RoundRecord, "outcome"> & { readonly outcome: FlightRecord };

/** A finished round as the room gives it to anybody. */
export async function recordOf(room: string, round: number): Promise<CrashRecord> {
  const record = await roomOf(room).readRound(round, null);
  if (record === null) throw new Error(`no record of round ${round}`);
  return record as unknown as CrashRecord; // what crash's own recordFor gave
}

/** The same by REST. */
export async function pageOf({ path }: Lobby, round: number): Promise<CrashRecord> {
  const { status, body } = await get(`${path}/rounds/${round}`);
  if (status !== 200) throw new Error(`round ${round}: ${status} ${JSON.stringify(body)}`);
  return body;
}

export type Granted = { readonly bet: number } & Pick<Out, "at" | "x100" | "paid">;

/** What the answer to a cash-out granted. */
export function grantedBy(reply: Reply): Granted {
  if (!reply.ok) throw new Error(`refused ${reply.code}: ${reply.message}`);
  return reply.result as Granted; // held against the record by every test that asks
}
