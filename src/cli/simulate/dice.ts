import { dice as game } from "../../../rooms/dice/index.ts";
import type { Roll, Recount } from "../../../rooms/dice/rolls.ts";
import type { Command } from "../../../rooms/dice/types.ts";
import type { RoomCommand, Round } from "../../client/index.ts";
import { pick, type Habit, type Purse, type Simulated } from "./habit.ts";
import { type Person, Place, same } from "./person.ts";

/** Plays dice, one roll after another. The payout of each is computed here from the number rolled. */

type View = ReturnType<typeof game.sight.view>;
type Seat = ReturnType<typeof game.sight.seat>;

type Way = readonly [side: Command["side"], target: number];

/** The bets, as side and target. */
const BETS: readonly [Way, ...Way[]] = [
  ["under", 4_950],
  ["over", 4_949],
  ["under", 990],
  ["over", 8_999],
  ["under", 9_000],
];

type Bet = Pick<Command, "side" | "target" | "amount">;
type Rolled = Bet & Pick<Roll, "rolled" | "payout">;

export class DiceHabit implements Habit {
  readonly room: string;
  readonly everyMs = 400;
  readonly #place: Place<View, Seat, Command | RoomCommand>;
  /** Acknowledged rolls, by round, then by nonce. */
  readonly #rolls = new Map<number, Map<number, Rolled>>();
  #n: number;

  constructor(person: Person, id: string, n: number) {
    this.room = `dice:${id}`;
    this.#place = new Place(person, this.room, person.house.room(game, id));
    this.#n = n;
  }

  async ready(): Promise<void> {
    await this.#place.live.until();
  }

  async act(): Promise<void> {
    this.#n += 1;
    const [side, target] = pick(BETS, this.#n);
    const bet: Bet = { side, target, amount: 10 + ((this.#n * 7) % 90) };
    const answer = (await this.#place.ask({ type: "roll", ...bet }, true)) as Answered | null;
    if (answer === null) return;
    const { nonce, rolled, payout } = answer;
    same(this.room, "the answer pays what the number brings", due(bet, rolled), payout);
    const shown = this.#place.seat.last.find((one) => one.nonce === nonce && one.rolled === rolled);
    const round = shown?.round ?? this.#place.view.round;
    const mine = this.#rolls.get(round) ?? new Map<number, Rolled>();
    this.#rolls.set(round, mine.set(nonce, { ...bet, rolled, payout }));
  }

  ended(): readonly number[] {
    const { round } = this.#place.view;
    return [...this.#rolls.keys()].filter((n) => n < round).sort((a, b) => a - b);
  }

  reckon(n: number, record: Round): number {
    const where = `${this.room} round ${n}`;
    const { void: reason, rolls } = record.outcome as Recount; // the record is verified, so it has this shape
    const mine = this.#rolls.get(n) ?? new Map<number, Rolled>();
    this.#rolls.delete(n);
    const recorded = rolls.flatMap(({ player, ...roll }, nonce) =>
      player === this.#place.person.id ? [[nonce, roll] as const] : [],
    );
    const told = [...mine].sort(([a], [b]) => a - b);
    same(where, "the record has the rolls that were acknowledged", told.map(flat), recorded.map(flat));
    const net = profitOf(mine);
    // In a void round a player with a loss gets it back. [D6]
    return reason === null ? net : Math.max(0, net);
  }

  still(): boolean {
    return this.ended().length === 0;
  }

  held(): number {
    return 0;
  }

  /** Rolls are paid at once, before the round ends. */
  early(): number {
    return [...this.#rolls.values()].reduce((sum, rolls) => sum + profitOf(rolls), 0);
  }

  purse(): Purse | null {
    return this.#place.purse;
  }

  /** A round ends when the server seed is rotated; until then there is no record to compare with. */
  async settleDown(): Promise<boolean> {
    return Promise.resolve(this.#rolls.size === 0);
  }

  async leave(): Promise<void> {
    await this.#place.ask({ type: "leave" });
  }

  close(): void {
    this.#place.live.close();
  }
}

type Answered = { readonly nonce: number; readonly rolled: number; readonly payout: number };

const profitOf = (rolls: ReadonlyMap<number, Rolled>): number =>
  [...rolls.values()].reduce((sum, { amount, payout }) => sum + payout - amount, 0);

const flat = ([nonce, { side, target, amount, rolled, payout }]: readonly [number, Rolled]): unknown[] => [
  nonce,
  side,
  target,
  amount,
  rolled,
  payout,
];

/** The payout of a roll, stake included: 99 % of the stake divided by the chance of winning. [D1] [D2] */
export function due({ side, target, amount }: Bet, rolled: number): number {
  const won = side === "under" ? rolled < target : rolled > target;
  const count = side === "under" ? target : 9_999 - target;
  return won ? Number((BigInt(amount) * 9_900n) / BigInt(count)) : 0;
}

export const dice: Simulated = {
  at: "dice",
  habit: (person, id, n) => new DiceHabit(person, id, n),
  places: 30,
  quick: { seedMs: 4_000 },
};
