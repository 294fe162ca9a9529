import { crash as game } from "../../../rooms/crash/index.ts";
import type { Bet, Command, FlightRecord, Seat, View } from "../../../rooms/crash/types.ts";
import type { RoomCommand, Round } from "../../client/index.ts";
import { pick, type Habit, type Purse, type Simulated } from "./habit.ts";
import { type Person, Place, same } from "./person.ts";

/** Plays crash: up to two bets a flight, with and without auto cash-out; some are cancelled, some cashed out by hand. */

type Told = { readonly amount: number; readonly targetX100: number | null; round: number; out: Out | null };
type Out = { readonly at: number; readonly x100: number; readonly paid: number };

export class CrashHabit implements Habit {
  readonly room: string;
  readonly everyMs = 600;
  readonly #place: Place<View, Seat, Command | RoomCommand>;
  /** Acknowledged bets that are not accounted for yet, by id. */
  readonly #bets = new Map<number, Told>();
  #n: number;

  constructor(person: Person, id: string, n: number) {
    this.room = `crash:${id}`;
    this.#place = new Place(person, this.room, person.house.room(game, id));
    this.#n = n;
  }

  async ready(): Promise<void> {
    await this.#place.live.until();
  }

  async act(): Promise<void> {
    const { phase, round } = this.#place.view;
    this.#n += 1;
    const open = [...this.#bets].filter(([bet, told]) => told.round >= round && !this.#isOut(bet));
    const [last] = open.at(-1) ?? [];
    if (phase.name === "running" && last !== undefined && this.#n % 5 === 0) await this.#cashOut(round);
    else if (phase.name !== "running" && last !== undefined && this.#n % 11 === 0) await this.#cancel(last);
    else if (open.length < 2) await this.#bet();
  }

  async #bet(): Promise<void> {
    const target = pick([null, 1.05, 1.5, 3, null], this.#n);
    const amount = 1 + ((this.#n * 7) % 40);
    const result = await this.#place.ask(
      { type: "bet", amount, ...(target === null ? {} : { autoCashout: target }) },
      true,
    );
    if (result === null) return;
    const { bet, round } = result as { bet: number; round: number }; // rooms/crash/types.ts says how a bet is answered
    this.#bets.set(bet, { amount, round, targetX100: target === null ? null : Math.round(target * 100), out: null });
  }

  async #cancel(bet: number): Promise<void> {
    if ((await this.#place.ask({ type: "cancel", bet })) !== null) this.#bets.delete(bet);
  }

  async #cashOut(round: number): Promise<void> {
    const [bet, told] = [...this.#bets].find(([id, one]) => one.round === round && !this.#isOut(id)) ?? [];
    if (bet === undefined || told === undefined) return;
    const result = await this.#place.ask({ type: "cashout", bet });
    if (result !== null) told.out = result as Out; // [C11]
  }

  #isOut(bet: number): boolean {
    const { bets } = this.#place.seat;
    return this.#bets.get(bet)?.out != null || bets.some(({ id, out }) => id === bet && out !== null);
  }

  ended(): readonly number[] {
    const { round } = this.#place.view;
    const rounds = new Set([...this.#bets.values()].map((told) => told.round).filter((n) => n < round));
    return [...rounds].sort((a, b) => a - b);
  }

  reckon(n: number, record: Round): number {
    const { id } = this.#place.person;
    const outcome = record.outcome as FlightRecord; // the record is verified, so it has this shape
    const lines = outcome.bets.filter(({ player }) => player === id);
    const mine = [...this.#bets].filter(([, told]) => told.round === n);
    const where = `${this.room} flight ${n}`;
    same(
      where,
      "the record has the bets that were acknowledged",
      mine.map(([bet]) => bet).sort(byNumber),
      lines.map((line) => line.id).sort(byNumber),
    );
    let profit = 0;
    for (const line of lines) {
      const told = this.#bets.get(line.id);
      this.#bets.delete(line.id);
      if (told !== undefined) profit += reckonBet(`${where} bet ${line.id}`, told, line, outcome);
    }
    return profit;
  }

  still(): boolean {
    return this.ended().length === 0;
  }

  held(): number {
    const { bets, queued } = this.#place.seat;
    return [...bets.filter(({ out }) => out === null), ...queued].reduce((sum, { amount }) => sum + amount, 0);
  }

  /** Bets cashed out by hand or by their target in the flight that goes on. */
  early(): number {
    const out = this.#place.seat.bets.filter((bet) => bet.out !== null && bet.out.by !== "force");
    return out.reduce((sum, { id, amount }) => {
      const told = this.#bets.get(id);
      const x100 = told?.out?.x100 ?? told?.targetX100 ?? 0;
      return sum + share(amount, x100) - amount;
    }, 0);
  }

  purse(): Purse | null {
    return this.#place.purse;
  }

  async settleDown(): Promise<boolean> {
    const { phase, round } = this.#place.view;
    for (const { id } of this.#place.seat.queued) await this.#cancel(id);
    if (phase.name === "running") await this.#cashOut(round);
    return this.held() === 0 && this.#bets.size === 0;
  }

  async leave(): Promise<void> {
    await this.#place.ask({ type: "leave" });
  }

  close(): void {
    this.#place.live.close();
  }
}

/** Profit of one bet, computed from its target, the instant of its cash-out, and the end of the flight. [C2] [C4] [C5] [C8] */
function reckonBet(
  where: string,
  told: Told,
  line: Bet,
  { endX100, forced, startedAt, void: reason }: FlightRecord,
): number {
  const { amount, targetX100, out } = told;
  same(where, "it is the bet that was acknowledged", [amount, targetX100], [line.amount, line.targetX100]);
  const paid = line.out?.paid ?? 0;
  if (out !== null) {
    const { at, x100 } = out;
    const curve = Math.floor(100 * Math.exp(0.00006 * (at - (startedAt ?? at))));
    same(where, "the curve at the instant of the cash-out", Math.min(curve, targetX100 ?? curve), x100);
    same(where, "what the cash-out brings", share(amount, x100), out.paid);
    same(
      where,
      "the record has the cash-out that was granted",
      [at, x100, out.paid],
      [line.out?.at, line.out?.x100, paid],
    );
    return paid - amount;
  }
  if (reason !== null && line.out === null) return 0;
  const end = endX100 ?? 0;
  const x100 = targetX100 !== null && targetX100 <= end ? targetX100 : forced ? end : 0;
  same(where, "what the flight brings", share(amount, x100), paid);
  return paid - amount;
}

const byNumber = (a: number, b: number): number => a - b;

const share = (amount: number, x100: number): number => Number((BigInt(amount) * BigInt(x100)) / 100n);

export const crash: Simulated = {
  at: "crash",
  habit: (person, id, n) => new CrashHabit(person, id, n),
  places: 30,
  quick: { bettingMs: 3_000, pauseMs: 1_500 },
};
