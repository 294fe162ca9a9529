import { counted, times, type Checker, type Fact, type Round, type Step } from "../fair/check.ts";
import { BUST_LABEL } from "./bust.ts";
import {
  drawnBy,
  faultOf,
  flightOf,
  outcomeOf,
  plausible,
  storyOf,
  type Drawn,
  type End,
  type Flight,
  type Outcome,
} from "./due.ts";
import { BETS_MAX } from "./state.ts";

/**
 * Verifies a flight from its public record, step by step: the bust point against the seed, the end of the flight against the bets
 * and limits, the payouts against the curve.
 */

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

/** A round that the lobby could not finish has no record of its bets; its stakes were refunded. */
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

/** A round may be declared void until its flight is over: not after the house has seen how it ends. */
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
