import type * as z from "zod/mini";
import { counted, parseAs, type Checker, type Fact, type Round, type Step } from "../fair/check.ts";
import { drawStream, wideBelow, type SeedProof } from "../fair/draw.ts";
import { recordSchema } from "./publish.ts";
import { shareOf, WHOLE } from "./state.ts";
import { drawLabel, holderOf, startsOf, ticketRoot, weigh } from "./tickets.ts";

/**
 * Verifies a draw from its public record: the tickets against the published root, their weights, the prize, the number against
 * the seed, and the winner against the number. [L2] [L6]
 */

export type Outcome = z.infer<typeof recordSchema>;

/** Throws `NotARecord` when it is not a finished draw; null for one that a fault ended. */
export function outcomeOf({ outcome }: Pick<Round, "outcome">): Outcome | null {
  return outcome === null ? null : parseAs(recordSchema, outcome, "outcome");
}

/** The number that the seed and the client seeds give under a root, by the same code that the room draws with. */
export function numberOf(proof: SeedProof, root: string, weight: number): number {
  return wideBelow(weight, drawStream(proof.seed, proof.room, proof.round, proof.entropy, drawLabel(root)));
}

export const checker: Checker = {
  label: (round) => {
    const outcome = outcomeOf(round);
    return drawLabel(outcome?.root ?? "");
  },
  check(round, opens) {
    const outcome = outcomeOf(round);
    if (outcome === null) return { headline: "ended by a fault", steps: [faulted(round)] };
    if (outcome.void !== null) {
      // If it was started, its root was published: the tickets that went on are those that were closed.
      const closed = outcome.root === null ? [] : [rooted(outcome)];
      return { headline: "void", steps: [voided(round, outcome), ...closed, weighed(outcome)] };
    }
    const headline = outcome.award === null ? "no award" : `ticket ${outcome.ticket} won ${outcome.award.amount}`;
    return {
      headline,
      steps: [rooted(outcome), weighed(outcome), prized(outcome), ...drawn(round, outcome, opens), won(round, outcome)],
    };
  },
};

function step(id: string, title: string, faults: readonly string[], fine: string, facts: readonly Fact[]): Step {
  const words = faults.join("; ");
  const says = faults.length === 0 ? fine : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  return { id, title, ok: faults.length === 0, says, facts };
}

function faulted(round: Round): Step {
  const faults = round.void ? [] : ["the room stopped in this draw, and still it counts as drawn"];
  return step("fault", "The room stopped in this draw", faults, "It could not go on, and gave no award.", []);
}

function voided(round: Round, { award, number, ticket, prize, carriedIn, carriedOut }: Outcome): Step {
  const faults = [
    ...(round.void ? [] : ["it gives a reason for being void, and is not"]),
    ...(award === null && number === null && ticket === null && prize === 0 ? [] : ["a void draw gives no award"]),
    ...(carriedIn === carriedOut ? [] : [`${carriedIn} parts were carried in, and ${carriedOut} carried on`]),
  ];
  return step("void", "The draw is void", faults, "Nothing was drawn; its tickets went on to the next draw.", []);
}

function rooted({ root, tickets }: Outcome): Step {
  const found = tickets.length === 0 ? "none" : ticketRoot(tickets);
  const faults = [
    ...(tickets.length === 0 ? ["there are no tickets"] : []),
    ...(found === root ? [] : ["the tickets give another root: these are not the tickets that were closed"]),
    ...(new Set(tickets.map(({ id }) => id)).size === tickets.length ? [] : ["a stake is in two tickets"]),
    // A lone surrogate has no UTF-8: two such names would have the same leaf.
    ...(tickets.every(({ id, player }) => id.isWellFormed() && player.isWellFormed()) ? [] : ["a name is no text"]),
  ];
  return step(
    "root",
    "The tickets are those whose root was published",
    faults,
    `The Merkle tree (RFC 9162) over ${counted(tickets.length, "ticket")} in their places gives the root that was out before the words.`,
    [
      { name: "root of the tickets", value: found },
      { name: "root published", value: root ?? "none" },
    ],
  );
}

function weighed({ rules, tickets, stakes, weight }: Outcome): Step {
  const right = weigh(rules, tickets);
  const off = tickets.findIndex((ticket, place) => ticket.weight !== right[place]?.weight);
  const staked = tickets.reduce((sum, ticket) => sum + ticket.stake, 0);
  const heavy = tickets.reduce((sum, ticket) => sum + ticket.weight, 0);
  const faults = [
    ...(off < 0 ? [] : [`ticket ${off} weighs ${tickets[off]?.weight}, and by the rules ${right[off]?.weight}`]),
    ...(staked === stakes ? [] : [`the stakes are ${staked}, and ${stakes} are named`]),
    ...(heavy === weight ? [] : [`the tickets weigh ${heavy}, and ${weight} is named`]),
  ];
  const unit = rules.weighting === "flat" ? "Every stake weighs one" : "A ticket weighs what was staked";
  return step(
    "weights",
    "What each ticket weighs",
    faults,
    `${unit}, up to ${rules.capPerPlayer.toLocaleString("en-US")} a player.`,
    [
      { name: "stakes", value: String(staked) },
      { name: "weight", value: String(heavy) },
    ],
  );
}

function prized({ rules, stakes, carriedIn, carriedOut, prize }: Outcome): Step {
  const { prize: due, rest } = shareOf(stakes, rules.prizeShare, carriedIn);
  const faults = [
    ...(due === prize ? [] : [`${due} are due, and ${prize} were given`]),
    ...(rest === carriedOut ? [] : [`${rest} parts are left over, and ${carriedOut} were carried on`]),
    ...(carriedIn < WHOLE ? [] : ["more than a whole unit was carried in"]),
  ];
  return step(
    "prize",
    "What it was drawn for",
    faults,
    `${rules.prizeShare} parts in ${WHOLE} of the stakes, with what the draws before left over.`,
    [
      { name: "prize", value: String(due) },
      { name: "carried in, parts of 10000", value: String(carriedIn) },
      { name: "carried on, parts of 10000", value: String(rest) },
    ],
  );
}

/** Without a seed that opens the commitment a draw proves nothing. */
function drawn({ proof }: Round, { root, weight, number }: Outcome, opens: boolean): readonly Step[] {
  if (!opens || root === null || weight < 1 || weight > 2 ** 52) return [];
  const due = numberOf(proof, root, weight);
  const faults = due === number ? [] : [`the seed gives ${due}, and ${number} was drawn`];
  return [
    step(
      "draw",
      "The number",
      faults,
      "The first 52 bits of HMAC-SHA-256 under the seed, thrown away from the largest multiple of the weight on, modulo the weight.",
      [
        { name: "number", value: String(due) },
        { name: "weight", value: String(weight) },
      ],
    ),
  ];
}

function won(round: Round, { tickets, weight, number, ticket, award, prize }: Outcome): Step {
  const valid = number !== null && number < tickets.reduce((sum, one) => sum + one.weight, 0);
  const place = valid ? holderOf(tickets, number) : null;
  const holder = place === null ? undefined : tickets[place];
  const start = place === null ? 0 : (startsOf(tickets)[place] ?? 0);
  const faults = [
    ...(round.void ? ["it was drawn, and is called void"] : []),
    ...(place === null ? [`no ticket holds ${number}`] : []),
    ...(place === ticket ? [] : [`ticket ${place} holds the number, and ticket ${ticket} was named`]),
    ...(award?.player === holder?.player ? [] : ["the award went to another player than the ticket's"]),
    ...((award?.amount ?? 0) === prize ? [] : [`the prize is ${prize}, and the award ${award?.amount ?? 0}`]),
  ];
  return step("winner", "The winner", faults, "The ticket that holds the number got the whole prize.", [
    { name: "number", value: `${number} of ${weight}` },
    { name: "ticket", value: place === null ? "none" : String(place) },
    { name: "its numbers", value: holder === undefined ? "none" : `${start} to ${start + holder.weight - 1}` },
    { name: "player", value: holder?.player ?? "none" },
  ]);
}
