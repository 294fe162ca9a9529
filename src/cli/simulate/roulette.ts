import { roulette as game } from "../../../rooms/roulette/index.ts";
import type { Bet, Command, SpinRecord, Seat, View } from "../../../rooms/roulette/types.ts";
import type { RoomCommand, Round } from "../../client/index.ts";
import { pick, type Habit, type Purse, type Simulated } from "./habit.ts";
import { type Person, Place, same } from "./person.ts";

/** Plays roulette: one or two bets at a time, sometimes undone. The payout is computed here from the name of the spot. */

const SPOTS = [
  "red",
  "straight:17",
  "black",
  "dozen:1",
  "split:17-20",
  "odd",
  "corner:16-17-19-20",
  "column:3",
  "even",
  "street:16-17-18",
  "low",
  "line:13-14-15-16-17-18",
  "high",
  "straight:0",
] as const;

export class RouletteHabit implements Habit {
  readonly room: string;
  readonly everyMs = 600;
  readonly #place: Place<View, Seat, Command | RoomCommand>;
  /** The bets of each acknowledged command, by round, in order. */
  readonly #steps = new Map<number, Bet[][]>();
  /** Acknowledged bets whose round is not known. */
  #unsure: { readonly bets: Bet[]; readonly asked: number; readonly answered: number }[] = [];
  /** The sum staked in rounds that were not void. */
  staked = 0;
  #n: number;

  constructor(person: Person, id: string, n: number) {
    this.room = `roulette:${id}`;
    this.#place = new Place(person, this.room, person.house.room(game, id));
    this.#n = n;
  }

  async ready(): Promise<void> {
    await this.#place.live.until();
  }

  async act(): Promise<void> {
    const { phase } = this.#place.view;
    if (phase.name !== "waiting" && phase.name !== "open") return;
    this.#n += 1;
    const mine = this.#steps.get(this.#place.view.round) ?? [];
    if (mine.length > 1 && this.#n % 9 === 0) {
      if ((await this.#place.ask({ type: "undo" })) !== null) this.#steps.get(this.#place.view.round)?.pop();
      return;
    }
    const asked = this.#place.view.round;
    const bets = [this.#bet(0), ...(this.#n % 3 === 0 ? [this.#bet(5)] : [])];
    if ((await this.#place.ask({ type: "bet", bets }, true)) === null) return;
    const { round } = this.#place.view;
    // The answer came after the round changed, following a reconnect. The record will show which round the bets are in.
    if (asked !== round) this.#unsure.push({ bets, asked, answered: round });
    else this.#steps.set(round, [...(this.#steps.get(round) ?? []), bets]);
  }

  /** Even amounts, which every wheel accepts. */
  #bet(more: number): Bet {
    return { spot: pick(SPOTS, this.#n + more), amount: 2 * (1 + ((this.#n * 7 + more) % 25)) };
  }

  ended(): readonly number[] {
    const { round } = this.#place.view;
    const unsure = this.#unsure.map(({ asked }) => asked);
    return [...new Set([...this.#steps.keys(), ...unsure])].filter((n) => n < round).sort((a, b) => a - b);
  }

  reckon(n: number, record: Round): number {
    const { person, seat } = this.#place;
    const where = `${this.room} round ${n}`;
    const { players, result, wheel, void: reason } = record.outcome as SpinRecord; // the record is verified, so it has this shape
    const line = players.find(({ player }) => player === person.id);
    const mine = this.#placed(n, line?.bets ?? []);
    const staked = Object.values(mine).reduce((sum, one) => sum + one, 0);
    same(where, "the record has the bets that were acknowledged", mine, sums(line?.bets ?? []));
    const returned =
      reason === null ? Object.entries(mine).reduce((sum, bet) => sum + due(bet, wheel, result), 0) : staked;
    same(where, "the record pays what the bets bring", returned, line?.returned ?? 0);
    if (seat.paid?.round === n) same(where, "the table says what the bets bring", returned, seat.paid.returned);
    if (reason === null) this.staked += staked;
    return returned - staked;
  }

  /** The bets acknowledged for this round. Bets of unknown round are counted if the record has them, else moved to the next. */
  #placed(n: number, recorded: readonly Bet[]): Record<string, number> {
    let mine = (this.#steps.get(n) ?? []).flat();
    this.#steps.delete(n);
    for (const { bets, answered } of this.#unsure.filter(({ asked }) => asked === n)) {
      const all = sums(recorded);
      const more = sums([...mine, ...bets]);
      if (Object.entries(more).every(([spot, sum]) => (all[spot] ?? 0) >= sum)) mine = [...mine, ...bets];
      else this.#steps.set(answered, [...(this.#steps.get(answered) ?? []), bets]);
    }
    this.#unsure = this.#unsure.filter(({ asked }) => asked !== n);
    return sums(mine);
  }

  still(): boolean {
    return this.ended().length === 0;
  }

  held(): number {
    return this.#place.seat.staked;
  }

  early(): number {
    return 0;
  }

  purse(): Purse | null {
    return this.#place.purse;
  }

  async settleDown(): Promise<boolean> {
    const open = [...this.#steps.values()].some((steps) => steps.length > 0);
    return Promise.resolve(this.held() === 0 && !open);
  }

  async leave(): Promise<void> {
    await this.#place.ask({ type: "leave" });
  }

  close(): void {
    this.#place.live.close();
  }
}

/** Sums by spot, without empty spots, sorted by name. */
function sums(bets: readonly Bet[]): Record<string, number> {
  const all = new Map<string, number>();
  for (const { spot, amount } of bets) all.set(spot, (all.get(spot) ?? 0) + amount);
  return Object.fromEntries([...all].filter(([, sum]) => sum > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const RED = new Set([1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36]);
const EVEN_CHANCES = new Set(["red", "black", "odd", "even", "low", "high"]);

/** The payout of a bet, stake included: 36 times the stake divided by the count of its numbers. [R1] [R2] [R11] */
export function due([spot, amount]: [string, number], wheel: SpinRecord["wheel"], result: string | null): number {
  if (result === null) return amount;
  if (result === "0" && wheel === "french" && EVEN_CHANCES.has(spot)) return amount / 2;
  const numbers = numbersOf(spot);
  if (!numbers.includes(result)) return 0;
  return spot.startsWith("five:") ? amount * 7 : (amount * 36) / numbers.length;
}

function numbersOf(spot: string): readonly string[] {
  const [kind = "", which = ""] = spot.split(":");
  const all = Array.from({ length: 36 }, (_, i) => i + 1);
  const inside = which.split("-");
  const on = (holds: (n: number) => boolean): string[] => all.filter(holds).map(String);
  switch (kind) {
    case "red":
      return on((n) => RED.has(n));
    case "black":
      return on((n) => !RED.has(n));
    case "odd":
      return on((n) => n % 2 === 1);
    case "even":
      return on((n) => n % 2 === 0);
    case "low":
      return on((n) => n <= 18);
    case "high":
      return on((n) => n > 18);
    case "dozen":
      return on((n) => Math.ceil(n / 12) === Number(which));
    case "column":
      return on((n) => (n - 1) % 3 === Number(which) - 1);
    default:
      return inside;
  }
}

export const roulette: Simulated = {
  at: "roulette",
  habit: (person, id, n) => new RouletteHabit(person, id, n),
  places: 30,
  quick: { openMs: 4_000, closedMs: 500, spinMs: 1_000, settledMs: 1_000 },
};
