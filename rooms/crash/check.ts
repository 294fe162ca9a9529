import type * as z from "zod/mini";
import { beginning, counted, parseAs, times } from "../check.ts";
import type { Checker, Fact, Round, Step } from "../check.ts";
import type { SeedProof } from "../fair.ts";
import { BUST_LABEL, bustOfDigest } from "./bust.ts";
import { curveAt, elapsedTo, payoutOf } from "./curve.ts";
import { forcePoint } from "./exposure.ts";
import { TARGETS_APART_MAX, TARGETS_EVERY_MS } from "./flight.ts";
import { kept } from "./publish.ts";
import { BETS_MAX } from "./state.ts";
import type { X100 } from "./types.ts";

/**
 * A flight checked from its public record: that the seed gives the bust point, the bets and limits where the flight ended, and
 * the curve what was paid. [C3] [C4] [C5] [C8] [C11]
 */

export type Outcome = z.infer<typeof kept>;
export type Bet = Outcome["bets"][number];

/** Throws `NotARecord` when it is not a finished round of crash; null for one that a fault ended. */
export function outcomeOf({ outcome }: Pick<Round, "outcome">): Outcome | null {
  return outcome === null ? null : parseAs(kept, outcome, "outcome");
}

/** What no lobby's config allows. Below it all sums are safe integers. */
const STAKE_MAX = 1_000_000_000;
const CEILING_MAX = 100_000_000;

export type Drawn = {
  /** The first block of the stream, hex. */
  readonly block: string;
  /** Its first 52 bits, as an integer. */
  readonly r: number;
  readonly bustX100: X100;
};

/** What the seed draws. Throws when it is not 32 bytes of hex. */
export function drawnBy(proof: SeedProof): Drawn {
  const { block } = beginning(proof, BUST_LABEL);
  return { block, r: Number.parseInt(block.slice(0, 13), 16), bustX100: bustOfDigest(block) };
}

export type End = {
  readonly endX100: X100;
  /** The instant when the curve meets it. */
  readonly endAt: number;
  readonly forced: boolean;
  /** How often the force point moved up, since bets were cashed out below it. */
  readonly moves: number;
};

/**
 * Where a flight with this bust point has to end: there, or by force before it. The force point is what the bets in the air allow
 * as it is reached; every hand that cashed out before that instant is in the record, so the whole way can be gone again. [C8]
 */
export function endOf({ bets, limits }: Outcome, startedAt: number, bustX100: X100): End {
  const known = (before: number): readonly Bet[] =>
    bets.map((bet) => (bet.out?.by === "hand" && bet.out.at < before ? bet : { ...bet, out: null }));
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

/** What the bets of a round are held against. */
export type Flight = {
  readonly startedAt: number;
  /** Where it ended; of a void one, where it would have. */
  readonly end: End;
  /** When it was called off; null when it ended by itself. */
  readonly voidAt: number | null;
  /** With so many bets targets are settled together, and a hand may come between the curve and the settlement. */
  readonly crowded: boolean;
};

/** Null: it never started, or it cannot be told where it had to end, since the seed or the amounts are not what they must be. */
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

function plausible({ amount, targetX100, out }: Bet): boolean {
  const target = targetX100 === null || (targetX100 > 100 && targetX100 <= CEILING_MAX);
  return amount > 0 && amount <= STAKE_MAX && target && (out === null || out.x100 <= CEILING_MAX);
}

/** What is wrong with how a bet was paid, or not paid; null when nothing is. `flight` null: it was never in the air. */
export function faultOf(flight: Flight | null, bet: Bet): string | null {
  const { amount, targetX100, out } = bet;
  if (!plausible(bet)) return "no lobby takes such a bet";
  if (targetX100 === null && bet.by === "strategy") return "a strategy has a target";
  if (flight === null) return out === null ? null : "it was paid, and there was no flight";
  const { startedAt, end, voidAt } = flight;
  const last = voidAt ?? end.endAt;
  if (out === null) {
    if (voidAt !== null) {
      const met = targetX100 !== null && !flight.crowded && startedAt + elapsedTo(targetX100) <= voidAt;
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

/** What became of a bet, in a few words. */
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

export const checker: Checker = {
  label: BUST_LABEL,
  check(round, opens) {
    const outcome = outcomeOf(round);
    if (outcome === null) return { headline: "ended by a fault", steps: [faulted(round)] };
    const flight = flightOf(round, outcome, opens);
    const draws = opens ? drawnBy(round.proof) : null;
    const over = outcome.void === null;
    const headline = over ? headlineOf(outcome) : "void";
    const shared = draws === null ? [] : [drawn(draws)];
    const own = over ? [bust(round, outcome, draws), ended(round, outcome, flight)] : [voided(round, outcome, flight)];
    return { headline, steps: [...shared, ...own, paid(outcome, flight)] };
  },
};

function headlineOf({ endX100, forced }: Outcome): string {
  const at = endX100 === null ? "nowhere" : times(endX100);
  return forced ? `ended by force at ${at}` : `crashed at ${at}`;
}

/** Of a round that the lobby could not finish there is no account; its stakes went back. */
function faulted(round: Round): Step {
  return {
    id: "fault",
    title: "The lobby stopped in this round",
    ok: round.void,
    says: "It could not go on and gave back what was in the air. The record holds no bets to check.",
    facts: [],
  };
}

function drawn({ block, r, bustX100 }: Drawn): Step {
  return {
    id: "draw",
    title: "The draw",
    ok: null,
    says: "HMAC-SHA-256 of the message and the counter 0, under the seed; its first 13 digits of hex are 52 bits, r. The bust point is the larger of 1 and 99 / (1 - r / 2^52) / 100, rounded down to hundredths.",
    facts: [
      { name: "HMAC", value: block },
      { name: "first 13 digits", value: block.slice(0, 13) },
      { name: "r", value: String(r) },
      { name: "99 / (1 - r / 2^52)", value: String(99 / (1 - r / 2 ** 52)) },
      { name: "bust point", value: times(bustX100) },
    ],
  };
}

function bust(round: Round, { bustX100 }: Outcome, draws: Drawn | null): Step {
  const ok = draws !== null && draws.bustX100 === bustX100 && !round.void;
  return {
    id: "result",
    title: "The bust point",
    ok,
    says: round.void
      ? "The round has a flight that ended, and is marked void."
      : draws === null
        ? "Nothing can be drawn without the seed that was committed to."
        : ok
          ? "The draw gives the bust point of the record."
          : `The draw gives ${times(draws.bustX100)}, and the record says otherwise.`,
    facts: [{ name: "in the record", value: bustX100 === null ? "none" : times(bustX100) }],
  };
}

function ended(round: Round, outcome: Outcome, flight: Flight | null): Step {
  const { endX100, forced, startedAt, limits } = outcome;
  const end = flight?.end ?? null;
  const where = end !== null && end.endX100 === endX100 && end.forced === forced;
  const when = end !== null && startedAt !== null && round.startedAt <= startedAt && round.endedAt >= end.endAt;
  return {
    id: "end",
    title: "Where the flight ended",
    ok: where && when,
    says: endWords(outcome, end, where, when),
    facts: [
      { name: "started", value: startedAt === null ? "never" : `${startedAt} ms` },
      { name: "ended at", value: endX100 === null ? "none" : `${times(endX100)}${forced ? ", by force" : ""}` },
      ...(end === null ? [] : [{ name: "at the instant", value: `${end.endAt} ms` }]),
      { name: "most profit", value: String(limits.maxProfit) },
      { name: "ceiling", value: `${limits.maxX100 / 100}` },
    ],
  };
}

function endWords(outcome: Outcome, end: End | null, where: boolean, when: boolean): string {
  if (end === null)
    return "It cannot be told where it had to end: the seed, the start, the bets or the limits are not as they must be.";
  if (!where) {
    return `By the bets and the limits it had to end at ${times(end.endX100)}${end.forced ? ", by force" : ", where it bust"}.`;
  }
  if (!when) return "The round began after its flight had started, or was over before it had ended.";
  if (!end.forced)
    return "At its bust point: the bets in the air never reached the exposure limit or the ceiling before it.";
  if (end.endX100 === outcome.limits.maxX100)
    return "By force, at the ceiling: everybody still in the air was paid there.";
  return `By force, before its bust point: a hundredth more, and profits would have passed the exposure limit. Everybody in the air was paid there.${
    end.moves > 0
      ? ` The point moved up ${end.moves === 1 ? "once" : `${end.moves} times`}, as bets were cashed out.`
      : ""
  }`;
}

/** A round may be called off until its flight is over, and not when the house has seen how it ends. */
function voided(round: Round, outcome: Outcome, flight: Flight | null): Step {
  const marked = round.void && outcome.bustX100 === null && outcome.endX100 === null && !outcome.forced;
  const { startedAt } = outcome;
  const inTime =
    startedAt === null ||
    (flight !== null && round.startedAt <= startedAt && startedAt <= round.endedAt && round.endedAt < flight.end.endAt);
  return {
    id: "result",
    title: "The round was void",
    ok: marked && inTime,
    says: !marked
      ? "It has a reason for being void, and is not void in every part."
      : !inTime
        ? "It was called off when its flight was over."
        : startedAt === null
          ? "It was called off before its flight: nothing was drawn that counts, and every stake went back."
          : "It was called off in flight: what was cashed out before stays paid, everything else went back.",
    facts: [
      { name: "reason", value: outcome.void ?? "" },
      { name: "flight started", value: startedAt === null ? "never" : `${startedAt} ms` },
    ],
  };
}

function paid(outcome: Outcome, flight: Flight | null): Step {
  const { bets } = outcome;
  const unknown = flight === null && outcome.startedAt !== null;
  const disorder = bets.some((bet, i) => i > 0 && bet.id <= (bets[i - 1]?.id ?? 0));
  const perPlayer = new Map<string, number>();
  for (const { player } of bets) perPlayer.set(player, (perPlayer.get(player) ?? 0) + 1);
  const tooMany = [...perPlayer.values()].some((n) => n > BETS_MAX);
  const facts = bets.map((bet): Fact => {
    const fault = unknown ? (plausible(bet) ? "not told" : "no lobby takes such a bet") : faultOf(flight, bet);
    const story = storyOf(outcome, bet);
    const name = `bet ${bet.id} of ${bet.player}`;
    if (fault === "not told") return { name, value: story };
    return { name, value: fault === null ? story : `${story}; ${fault}`, ok: fault === null };
  });
  const wrong = facts.filter((fact) => fact.ok === false).length;
  const ok = !unknown && !disorder && !tooMany && wrong === 0;
  const all = counted(bets.length, "bet");
  return {
    id: "paid",
    title: "What was paid",
    ok,
    says: disorder
      ? "The bets are not in the order of their numbers."
      : tooMany
        ? `A player has more than ${BETS_MAX} bets.`
        : wrong > 0
          ? `${wrong} of ${all} were not paid as the rules say.`
          : unknown
            ? "Without the flight it cannot be told what was due."
            : `${bets.length === 1 ? "The one bet was" : `All ${all} were`} paid as the rules say, to the chip.`,
    facts,
  };
}
