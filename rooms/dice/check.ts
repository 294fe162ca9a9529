import { counted, parseAs, type Checker, type Fact, type Round, type Step } from "../fair/check.ts";
import { drawStream, type SeedProof } from "../fair/draw.ts";
import { COUNT_MAX, countOf, kept, labelOf, payoutOf, rolledBy, wins, type Recount, type Roll } from "./rolls.ts";

/** Verifies a round of dice from its public record: every roll against the seed by its nonce, and every payout. [D5] */

/** Throws `NotARecord` when it is not a finished round of dice; null for one without a record of its rolls. */
export function outcomeOf({ outcome }: Pick<Round, "outcome">): Recount | null {
  return outcome === null ? null : parseAs(kept, outcome, "outcome");
}

/** The number that the seed gives for a nonce, by the same code that the room rolls with. Throws when the seed is not hex. */
export function drawnFor({ seed, room, round, entropy }: SeedProof, nonce: number): number {
  return rolledBy(drawStream(seed, room, round, entropy, labelOf(nonce)));
}

/** The payout that is due for a roll with this result. */
export function dueOf(roll: Roll): number {
  return wins(roll, roll.rolled) ? payoutOf(roll.amount, countOf(roll)) : 0;
}

/** "100 under 4950: rolled 17, 200 back". */
export function storyOf({ amount, side, target, rolled, payout }: Roll): string {
  return `${amount} ${side} ${target}: rolled ${rolled}, ${payout} back`;
}

export const checker: Checker = {
  label: labelOf(0),
  check(round, opens) {
    const outcome = outcomeOf(round);
    if (outcome === null) return { headline: "ended by a fault", steps: [stopped(round, null)] };
    const { rolls } = outcome;
    const headline = round.void ? "the table stopped" : counted(rolls.length, "roll");
    const end = round.void || outcome.void !== null ? [stopped(round, outcome.void)] : [];
    return { headline, steps: [rolled(round, rolls, opens), paid(rolls), ...end] };
  },
};

function rolled(round: Round, rolls: readonly Roll[], opens: boolean): Step {
  const facts = rolls.map((roll, nonce): Fact => {
    const drawn = opens ? drawnFor(round.proof, nonce) : null;
    const ok = drawn === roll.rolled;
    const fault = ok ? "" : drawn === null ? "; nothing can be drawn" : `; the seed gives ${drawn}`;
    return { name: labelOf(nonce), value: `${roll.rolled} for ${roll.player}${fault}`, ok };
  });
  const wrong = facts.filter(({ ok }) => ok === false).length;
  return {
    id: "result",
    title: "Every roll",
    ok: wrong === 0 && rolls.length > 0,
    says: !opens
      ? "Nothing can be drawn without the seed that was committed to."
      : rolls.length === 0
        ? "A round has at least one roll, and this has none."
        : wrong > 0
          ? `${counted(wrong, "roll")} of ${rolls.length} came out other than the seed gives.`
          : `HMAC-SHA-256 under the seed, of the message with ${labelOf(0)} and so on in it, gives each of ${counted(rolls.length, "roll")}.`,
    facts,
  };
}

function paid(rolls: readonly Roll[]): Step {
  const facts = rolls.map((roll, nonce): Fact => {
    const count = countOf(roll);
    const legal = count >= 1 && count <= COUNT_MAX;
    const due = dueOf(roll);
    const ok = legal && due === roll.payout;
    const fault = ok ? "" : legal ? `; ${due} are due` : "; there is no such bet";
    return { name: labelOf(nonce), value: `${storyOf(roll)}${fault}`, ok };
  });
  const wrong = facts.filter(({ ok }) => ok === false).length;
  return {
    id: "paid",
    title: "What was paid",
    ok: wrong === 0,
    says:
      wrong === 0
        ? "Each roll recomputed: 0.99 of the stake, divided by the chance, in whole chips."
        : `${counted(wrong, "roll")} were not paid what they came to.`,
    facts,
  };
}

/** The table stopped in this round: no player loses by the rolls in its record. */
function stopped(round: Round, reason: string | null): Step {
  const ok = round.void && (reason !== null || round.outcome === null);
  return {
    id: "fault",
    title: "The table stopped in this round",
    ok,
    says: ok
      ? "It could not go on. Whoever had lost under this seed got it back; whoever had won kept it."
      : "The record and its account do not agree on whether the table stopped.",
    facts: [],
  };
}
