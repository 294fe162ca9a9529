import type { Moment } from "../../../rooms/poker/course.ts";
import { over, settled, type Settled } from "../../../rooms/poker/run.ts";
import type { Played, Ruling, Told } from "./play.ts";
import { evenPots, mergedPots } from "./rulings.ts";

/** Compares the end of a hand, final stacks and winnings, with the source. */

type Ended = Pick<Played, "final" | "ok" | "difference">;

/** Adds to `rulings` the rules that explain a difference. */
export function ended(told: Told, moment: Moment, rulings: Ruling[]): Ended {
  const { unit, final: expected } = told;
  const { betting } = moment;
  const units = (chips: readonly number[]): number[] => chips.map((n) => n / unit);
  if (!over(moment)) {
    const got = betting.turn === null ? "cards are due" : `player ${betting.turn + 1} is to act`;
    if (told.whole) return { final: null, ok: false, difference: { field: "end", expected: "the hand is over", got } };
    return compared(units(betting.stakes.map(({ stack }) => stack)), expected);
  }
  const end = settled(moment, told.holes, told.rake);
  const { stacks, awards, rake } = end;
  const contested = betting.stakes.filter(({ folded }) => !folded).length > 1;
  const unknown = awards.some(({ wins }) => wins.some(({ player }) => told.holes[player] == null));
  // A player who did not show may be the winner.
  if (contested && unknown) return inAll(told, end);
  const [before, after] = [sum(told.start.stacks), sum(stacks) + rake];
  const final = units(stacks);
  if (before !== after)
    return { final, ok: false, difference: { field: "chips", expected: before / unit, got: after / unit } };
  const result = compared(final, expected);
  if (!result.ok) {
    const others = [mergedPots(stacks, awards), evenPots(stacks, awards)];
    if (!others.some((chips) => isNear(chips, expected ?? [], unit))) return result;
    rulings.push({ field: "final", expected, got: final, rule: "P8 (TR 73-74, LA 148-149)" });
  }
  return { final, ...won(told, end, rulings) };
}

function compared(final: readonly number[], expected: readonly number[] | null): Ended {
  const same = expected === null || expected.every((chips, i) => chips === final[i]);
  return same ? { final, ok: true } : { final, ok: false, difference: { field: "final", expected, got: final } };
}

/** Within a hundredth of a chip: sources round thirds to decimals. */
function isNear(chips: readonly number[], told: readonly number[], unit: number): boolean {
  return chips.every((n, i) => {
    const other = (told[i] ?? NaN) * unit;
    return n === other || Math.abs(n - other) <= 0.01;
  });
}

/** Each player's takings from the pots, without and with the uncalled bet returned to its player: sources write either. */
function takings({ back }: Settled, won: readonly number[]): readonly (readonly number[])[] {
  return [won, won.map((chips, i) => (back?.player === i ? chips + back.chips : chips))];
}

const wonOf = (awards: Settled["awards"], n: number): number[] => {
  const won = Array.from({ length: n }, () => 0);
  for (const { player, chips } of awards.flatMap(({ wins }) => wins)) won[player] = (won[player] ?? 0) + chips;
  return won;
};

type Compared = Pick<Ended, "ok"> & Partial<Pick<Ended, "difference">>;

function won({ winnings, unit }: Told, end: Settled, rulings: Ruling[]): Compared {
  if (winnings === null) return { ok: true };
  const n = winnings.length;
  const chips = wonOf(end.awards, n);
  const got = chips.map((one) => one / unit);
  if (takings(end, chips).some((ours) => isNear(ours, winnings, unit))) return { ok: true };
  const others = [mergedPots(chips, end.awards), evenPots(chips, end.awards)].flatMap((ours) => takings(end, ours));
  if (others.some((ours) => isNear(ours, winnings, unit))) {
    rulings.push({ field: "winnings", expected: winnings, got, rule: "P8 (TR 73-74, LA 148-149)" });
    return { ok: true };
  }
  if (takings(end, chips).some((ours) => isRaked(ours, winnings, unit))) {
    rulings.push({ field: "winnings", expected: winnings, got, rule: "P16 (a rake that is not told)" });
    return { ok: true };
  }
  return { ok: false, difference: { field: "winnings", expected: winnings, got } };
}

/** The largest rake that is assumed, as a part of the pot. */
const RAKE_MOST = 0.1;

/** Whether the same players win, each a little less: an unstated rake. */
function isRaked(ours: readonly number[], winnings: readonly number[], unit: number): boolean {
  return ours.every((chips, i) => {
    const told = (winnings[i] ?? 0) * unit;
    return told <= chips + 0.01 && told >= chips * (1 - RAKE_MOST) - 0.01;
  });
}

/** When the winners are unknown, together they cannot have won more than the pots. */
function inAll({ winnings, unit }: Told, end: Settled): Ended {
  if (winnings === null) return { final: null, ok: true };
  const pots = sum(wonOf(end.awards, winnings.length)) + (end.back?.chips ?? 0);
  const told = sum(winnings);
  if (told * unit <= pots + 0.01) return { final: null, ok: true };
  const difference = { field: "winnings", expected: winnings, got: `${pots / unit} in all` };
  return { final: null, ok: false, difference };
}

const sum = (chips: readonly number[]): number => chips.reduce((total, n) => total + n, 0);
