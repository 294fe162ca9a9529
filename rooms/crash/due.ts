import type * as z from "zod/mini";
import { beginning, parseAs, times, type Round } from "../fair/check.ts";
import { chips } from "../game.ts";
import type { SeedProof } from "../fair/draw.ts";
import { BUST_LABEL, bustOfDigest } from "./bust.ts";
import { curveAt, elapsedTo, payoutOf } from "./curve.ts";
import { forcePoint } from "./exposure.ts";
import { TARGETS_APART_MAX, TARGETS_EVERY_MS } from "./flight.ts";
import { recordSchema } from "./publish.ts";
import type { X100 } from "./types.ts";

/**
 * Recomputes a finished flight from its public record: the bust point that the seed draws, the end of the flight, and the payout
 * that is due to each bet. [C3] [C4] [C5] [C8] [C11]
 */

export type Outcome = z.infer<typeof recordSchema>;
export type Bet = Outcome["bets"][number];

/** Throws `NotARecord` when it is not a finished round of crash; null for one that a fault ended. */
export function outcomeOf({ outcome }: Pick<Round, "outcome">): Outcome | null {
  return outcome === null ? null : parseAs(recordSchema, outcome, "outcome");
}

/** No lobby's config allows more. Up to these all sums are safe integers. */
const STAKE_MAX = 1_000_000_000;
const CEILING_MAX = 100_000_000;

export type Drawn = {
  /** The first block of the stream, hex. */
  readonly block: string;
  /** Its first 52 bits, as an integer. */
  readonly r: number;
  readonly bustX100: X100;
};

/** The draw from the seed. Throws when the seed is not hex. */
export function drawnBy(proof: SeedProof): Drawn {
  const { block } = beginning(proof, BUST_LABEL);
  return { block, r: Number.parseInt(block.slice(0, 13), 16), bustX100: bustOfDigest(block) };
}

export type End = {
  readonly endX100: X100;
  /** When the curve reaches it, in epoch milliseconds. */
  readonly endAt: number;
  readonly forced: boolean;
  /** How often the force point moved up, because bets were cashed out below it. */
  readonly moves: number;
};

/**
 * Where a flight with this bust point has to end: there, or by force before it. The force point depends on the bets in the air
 * when it is reached. The record has every cash-out by hand before that time, so each move of the point can be recomputed. [C8]
 */
export function endOf({ bets, limits }: Outcome, startedAt: number, bustX100: X100): End {
  const known = (before: number): readonly Bet[] =>
    bets.map((bet) => {
      const { amount, out } = bet;
      if (out?.by !== "hand" || out.at >= before) return { ...bet, out: null };
      // The payout that is due, not the one in the record: a wrong payout is then a fault of that bet only.
      return { ...bet, out: { ...out, paid: chips(payoutOf(amount, out.x100)) } };
    });
  let forceX100 = forcePoint(limits, known(-Infinity));
  for (let moves = 0; ; moves++) {
    const forced = forceX100 <= bustX100;
    const endX100 = forced ? forceX100 : bustX100;
    const endAt = startedAt + elapsedTo(endX100);
    const further = forced ? forcePoint(limits, known(endAt)) : endX100;
    if (further <= endX100) return { endX100, endAt, forced, moves };
    forceX100 = further;
  }
}

/** The flight that the bets of a round are checked against. */
export type Flight = {
  readonly startedAt: number;
  /** Where it ended; if void, where it would have. */
  readonly end: End;
  /** When it was declared void; null when it ended normally. */
  readonly voidAt: number | null;
  /** So many bets that targets are settled together: a cash-out by hand may come between a target and its settlement. */
  readonly crowded: boolean;
};

/** Null: it never started, or its end cannot be computed, since the seed or the amounts are not valid. */
export function flightOf(round: Round, outcome: Outcome, opens: boolean): Flight | null {
  const { startedAt, bets } = outcome;
  if (!opens || startedAt === null || !sane(outcome)) return null;
  return {
    startedAt,
    end: endOf(outcome, startedAt, drawnBy(round.proof).bustX100),
    voidAt: outcome.void === null ? null : round.endedAt,
    crowded: bets.length > TARGETS_APART_MAX,
  };
}

function sane({ bets, limits: { maxProfit, maxX100 } }: Outcome): boolean {
  const limits = Number.isSafeInteger(maxProfit) && maxProfit > 0 && Number.isInteger(maxX100) && maxX100 > 100;
  return limits && maxX100 <= CEILING_MAX && bets.every(plausible);
}

/** Whether any lobby could have taken it. */
export function plausible({ amount, targetX100, out }: Bet): boolean {
  const target = targetX100 === null || (targetX100 > 100 && targetX100 <= CEILING_MAX);
  return amount > 0 && amount <= STAKE_MAX && target && (out === null || out.x100 <= CEILING_MAX);
}

/** The fault in how a bet was paid, or not paid; null: no fault. `flight` null: it was never in the air. */
export function faultOf(flight: Flight | null, bet: Bet): string | null {
  const { amount, targetX100, out } = bet;
  if (!plausible(bet)) return "no lobby takes such a bet";
  if (targetX100 === null && bet.by === "strategy") return "a strategy has a target";
  if (flight === null) return out === null ? null : "it was paid, and there was no flight";
  const { startedAt, end, voidAt } = flight;
  const last = voidAt ?? end.endAt;
  if (out === null) {
    if (voidAt !== null) {
      const met = targetX100 !== null && startedAt + elapsedTo(targetX100) <= voidAt;
      return met ? "its target was met before the round was void, and it was not paid" : null;
    }
    if (targetX100 !== null && targetX100 <= end.endX100) return "its target was met, and it was not paid";
    return end.forced ? "everyone was out by force, and it was not paid" : null;
  }
  const due = payoutOf(amount, out.x100);
  if (due !== out.paid) return `${due} are due at ${times(out.x100)}, and ${out.paid} were paid`;
  if (out.at < startedAt || out.at > last) return "it was paid for an instant when the flight was not in the air";
  switch (out.by) {
    case "hand": {
      const curve = curveAt(out.at - startedAt);
      if (out.at >= end.endAt) return "it was cashed out when the flight was over";
      if (out.x100 !== curve) return `the curve was at ${times(curve)}, and it was given ${times(out.x100)}`;
      return targetX100 !== null && curve >= targetX100 ? "it was given more than its target" : null;
    }
    case "target": {
      if (out.x100 !== targetX100) return `its target was not ${times(out.x100)}`;
      if (targetX100 > end.endX100) return `the flight ended at ${times(end.endX100)}, below its target`;
      const met = elapsedTo(targetX100);
      const late = out.at - startedAt - met;
      if (late === 0) return null;
      const settled = Math.ceil(met / TARGETS_EVERY_MS) * TARGETS_EVERY_MS;
      const between = flight.crowded && late > 0 && out.at < startedAt + settled && out.at < end.endAt;
      return between ? null : "the curve met its target at another instant";
    }
    case "force":
      if (voidAt !== null || !end.forced) return "nobody was out by force in this round";
      if (targetX100 !== null && targetX100 <= end.endX100) return "its target was met before the end";
      if (out.x100 !== end.endX100) return `the flight was ended at ${times(end.endX100)}`;
      return out.at === end.endAt ? null : "the flight was ended at another instant";
    default:
      out.by satisfies never;
      return "it was paid in no known way";
  }
}

/** Describes a bet and its outcome in a few words. */
export function storyOf(outcome: Outcome, { amount, targetX100, out }: Bet): string {
  const { startedAt, endX100 } = outcome;
  const aim = targetX100 === null ? "" : ` with the target ${times(targetX100)}`;
  const bet = `${amount}${aim}`;
  if (out === null) {
    if (outcome.void !== null) return `${bet}: given back`;
    return `${bet}: lost, the flight ended at ${endX100 === null ? "no point" : times(endX100)}`;
  }
  const when = startedAt === null ? `at ${out.at} ms` : `${out.at - startedAt} ms after the start`;
  const how = { hand: "by hand", target: "by its target", force: "by force" }[out.by];
  return `${bet}: out ${how} at ${times(out.x100)}, ${when}, paid ${out.paid}`;
}
