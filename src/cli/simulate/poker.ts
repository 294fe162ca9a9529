import { poker as game } from "../../../rooms/poker/index.ts";
import type { HandRecord } from "../../../rooms/poker/record.ts";
import type { Command, Seat, SeatView, View } from "../../../rooms/poker/types.ts";
import type { RoomCommand, Round } from "../../client/index.ts";
import type { Habit, Purse, Simulated } from "./habit.ts";
import { Difference, type Person, Place, same } from "./person.ts";

/** Plays poker: sits down, calls, raises and folds in turn. Verifying the hand's proof recomputes its payouts. */

type Act =
  | { readonly type: "fold" | "check" | "call"; readonly hand: number }
  | { readonly type: "raise"; readonly to: number; readonly hand: number };

const BIG_BLINDS = 40;

export class PokerHabit implements Habit {
  readonly room: string;
  readonly everyMs = 400;
  readonly #place: Place<View, Seat, Command | RoomCommand>;
  /** Hands this player was dealt into, with the acknowledged acts. */
  readonly #hands = new Map<number, Act[]>();
  /** The first hand since sitting down that is not accounted for. A player may be dealt in while disconnected. */
  #next: number | null = null;
  #leaving = false;
  #n: number;

  constructor(person: Person, id: string, n: number) {
    this.room = `poker:${id}`;
    this.#place = new Place(person, this.room, person.house.room(game, id));
    this.#n = n;
    this.#place.live.subscribe(() => this.#look());
  }

  /** Called on every state, so that no hand with cards for this player is missed. */
  #look(): void {
    const hand = this.#inHand();
    if (hand !== null && !this.#hands.has(hand)) this.#hands.set(hand, []);
  }

  get #sitting(): SeatView {
    const { seat } = this.#place.seat;
    return seat === null ? null : (this.#place.view.seats[seat] ?? null);
  }

  /** The number of the hand that this player has cards in; null: none. */
  #inHand(): number | null {
    if (this.#place.live.get().known === null) return null;
    const { hand } = this.#place.view;
    return hand !== null && this.#sitting?.cards != null ? hand.hand : null;
  }

  async ready(): Promise<void> {
    await this.#place.live.until();
  }

  async act(): Promise<void> {
    const sitting = this.#sitting;
    if (sitting === null) return this.#leaving ? undefined : this.#sit();
    if (this.#place.view.hand?.turn?.seat === this.#place.seat.seat) return this.#move();
    if (this.#leaving || this.#inHand() !== null) return undefined;
    const { waiting } = sitting;
    if (waiting === "broke" || sitting.stack < this.#buyIn() / 4) {
      await this.#place.ask({ type: "topUp", amount: this.#buyIn() - sitting.stack });
    } else if (waiting === "sittingOut") await this.#place.ask({ type: "sitIn" });
    else if (waiting === "newcomer" && !this.#place.seat.posts) await this.#place.ask({ type: "postBlinds" });
    return undefined;
  }

  #buyIn(): number {
    const { bigBlind, minBuyInBigBlinds, maxBuyInBigBlinds } = this.#place.view.config;
    return bigBlind * Math.max(minBuyInBigBlinds, Math.min(maxBuyInBigBlinds, BIG_BLINDS));
  }

  async #sit(): Promise<void> {
    const free = this.#place.view.seats.flatMap((seat, i) => (seat === null ? [i] : []));
    const seat = free[this.#n % Math.max(1, free.length)];
    if (seat === undefined) return;
    const { rejoin } = this.#place.seat;
    this.#next ??= this.#place.view.round;
    await this.#place.ask({ type: "sit", seat, buyIn: Math.max(rejoin?.stack ?? 0, this.#buyIn()) });
  }

  async #move(): Promise<void> {
    const { hand } = this.#place.view;
    const turn = hand?.turn ?? null;
    if (hand === null || turn === null) return;
    this.#n += 1;
    const act = this.#choose(hand.hand, turn);
    if ((await this.#place.ask(act, true)) !== null) this.#hands.get(hand.hand)?.push(act);
  }

  #choose(hand: number, { toCall, raise }: NonNullable<NonNullable<View["hand"]>["turn"]>): Act {
    if (this.#leaving) return { type: toCall === 0 ? "check" : "fold", hand };
    if (raise !== null && this.#n % 6 === 0) return { type: "raise", hand, to: Math.min(raise.most, raise.least) };
    if (toCall > 0 && this.#n % 7 === 0) return { type: "fold", hand };
    return { type: toCall === 0 ? "check" : "call", hand };
  }

  ended(): readonly number[] {
    const { round } = this.#place.view;
    const first = this.#next ?? round;
    return Array.from({ length: Math.max(0, round - first) }, (_, i) => first + i);
  }

  reckon(n: number, record: Round): number {
    const where = `${this.room} hand ${n}`;
    const hand = record.outcome as HandRecord | null; // the record is verified, so it has this shape
    const dealt = this.#hands.has(n);
    const acts = this.#hands.get(n) ?? [];
    this.#hands.delete(n);
    this.#next = n + 1;
    if (hand === null) return 0;
    const at = hand.players.findIndex(({ player }) => player === this.#place.person.id);
    const mine = hand.players[at];
    if (mine === undefined && !dealt) return 0;
    if (mine === undefined)
      throw new Difference(where, "the record has everyone who was dealt in", this.#place.person.id, hand.players);
    const done = hand.log.flatMap((line) =>
      line.type === "act" && line.player === at && line.by === "player"
        ? [line.act.type === "bet" || line.act.type === "raise" ? ["raise", line.to] : [line.act.type]]
        : [],
    );
    const told = acts.map((act) => (act.type === "raise" ? [act.type, act.to] : [act.type]));
    same(where, "the record has the acts that were acknowledged", told, done);
    const lost = hand.players.reduce((sum, { start, end }) => sum + start - end, 0);
    same(where, "the stacks come to the same, less the rake", hand.rake, lost);
    return mine.end - mine.start;
  }

  still(): boolean {
    return this.#inHand() === null && this.ended().length === 0;
  }

  held(): number {
    const sitting = this.#sitting;
    return sitting === null ? 0 : sitting.stack + sitting.put;
  }

  early(): number {
    return 0;
  }

  purse(): Purse | null {
    return this.#place.purse;
  }

  async settleDown(): Promise<boolean> {
    this.#leaving = true;
    if (this.#place.view.hand?.turn?.seat === this.#place.seat.seat) await this.#move();
    if (this.#sitting !== null && this.#inHand() === null) await this.#place.ask({ type: "stand" });
    return this.#sitting === null && this.#hands.size === 0;
  }

  async leave(): Promise<void> {
    await this.#place.ask({ type: "leave" });
  }

  close(): void {
    this.#place.live.close();
  }
}

export const poker: Simulated = {
  at: "poker",
  habit: (person, id, n) => new PokerHabit(person, id, n),
  places: 9,
  // Other players may sit at the main table already.
  async left(house) {
    const { view } = await house.call("GET /api/rooms/{game}/{id}", { path: { game: "poker", id: "main" } });
    const { seats } = view as View; // the game's public view, as on its socket
    return seats.filter((seat) => seat === null).length;
  },
  config: { seats: 9 },
  quick: { actionMs: 5_000, pauseMs: 1_000, dealMs: 500, runOutMs: 300 },
};
