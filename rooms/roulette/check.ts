import type * as z from "zod/mini";
import { beginning, counted, parseAs } from "../fair/check.ts";
import type { Checker, Fact, Round, Step } from "../fair/check.ts";
import { drawStream, type SeedProof } from "../fair/draw.ts";
import { layoutOf } from "./layout.ts";
import { factorOf } from "./payout.ts";
import { recordSchema } from "./publish.ts";
import type { Bet, Pocket } from "./types.ts";
import { pocketsOf, SPIN_LABEL, type Wheel } from "./wheel.ts";

/** Verifies a spin from its public record: the number against the seed, and the payouts against the bets. [R2] [R11] */

export type Outcome = z.infer<typeof recordSchema>;
export type Line = Outcome["players"][number];

/** Throws `NotARecord` when it is not a finished round of roulette; null for one that a fault ended. */
export function outcomeOf({ outcome }: Pick<Round, "outcome">): Outcome | null {
  return outcome === null ? null : parseAs(recordSchema, outcome, "outcome");
}

const WORDS = 2 ** 32;

export type Spin = {
  /** The first block of the stream, as 32-bit words in hex. */
  readonly words: readonly string[];
  /** How many words were rejected, so that no number is likelier than another. */
  readonly rejected: number;
  /** The word that counts. */
  readonly word: number;
  /** Words from here on are rejected: the largest multiple of `pockets`. */
  readonly limit: number;
  readonly pockets: number;
  readonly index: number;
  readonly pocket: Pocket;
};

/** The draw from the seed, by the same code that the room draws with. Throws when the seed is not hex. */
export function spinOf(proof: SeedProof, wheel: Wheel): Spin {
  const all = pocketsOf(wheel);
  const limit = WORDS - (WORDS % all.length);
  const words = beginning(proof, SPIN_LABEL).block.match(/.{8}/g) ?? [];
  const values = words.map((hex) => Number.parseInt(hex, 16));
  const rejected = Math.max(
    0,
    values.findIndex((value) => value < limit),
  );
  const index = drawStream(proof.seed, proof.room, proof.round, proof.entropy, SPIN_LABEL).int(all.length);
  const pocket = all[index] ?? "";
  return { words, rejected, word: values[rejected] ?? 0, limit, pockets: all.length, index, pocket };
}

export type Settled = Bet & { readonly factor: number; readonly returned: number };

/** The returns of bets on this wheel at this result. A spot that is not on the layout returns nothing. */
export function settle(wheel: Wheel, bets: readonly Bet[], result: Pocket): readonly Settled[] {
  const { bySpot } = layoutOf(wheel);
  return bets.map(({ spot, amount }) => {
    const bet = bySpot.get(spot);
    const factor = bet === undefined ? 0 : factorOf(wheel, bet, result);
    return { spot, amount, factor, returned: factor * amount };
  });
}

export function returnedBy(wheel: Wheel, bets: readonly Bet[], result: Pocket): number {
  return settle(wheel, bets, result).reduce((sum, bet) => sum + bet.returned, 0);
}

/** The fault in a player's stakes and returns; null: no fault. */
export function faultOf({ wheel, result }: Pick<Outcome, "wheel" | "result">, line: Line): string | null {
  const { bets, staked, returned } = line;
  const { bySpot } = layoutOf(wheel);
  const illegal = bets.find(({ spot }) => !bySpot.has(spot));
  if (illegal !== undefined) return `${illegal.spot} is no bet on this layout`;
  if (new Set(bets.map(({ spot }) => spot)).size < bets.length) return "a spot is there twice";
  if (bets.some(({ amount }) => amount < 1)) return "a bet is of no chips";
  const sum = bets.reduce((total, { amount }) => total + amount, 0);
  if (sum !== staked) return `the bets are ${sum} chips, and ${staked} were taken`;
  const due = result === null ? staked : returnedBy(wheel, bets, result);
  return due === returned ? null : `${due} are due, and ${returned} were paid`;
}

export const checker: Checker = {
  label: SPIN_LABEL,
  check(round, opens) {
    const outcome = outcomeOf(round);
    if (outcome === null) return { headline: "ended by a fault", steps: [faulted(round)] };
    const draws = opens ? spinOf(round.proof, outcome.wheel) : null;
    const headline = outcome.result === null ? "void" : `the number is ${outcome.result}`;
    return {
      headline,
      steps: [
        ...(draws === null ? [] : [drawn(draws)]),
        outcome.result === null ? voided(round, outcome) : number(round, outcome, draws),
        payouts(outcome),
      ],
    };
  },
};

/** A round that the table could not finish has no record of its bets; its stakes were refunded. */
function faulted(round: Round): Step {
  return {
    id: "fault",
    title: "The table stopped in this round",
    ok: round.void,
    says: "It could not go on and gave every stake back. The record holds no bets to check.",
    facts: [],
  };
}

function drawn({ words, rejected, word, limit, pockets, index, pocket }: Spin): Step {
  return {
    id: "draw",
    title: "The draw",
    ok: null,
    says: `HMAC-SHA-256 of the message and the counter 0, under the seed, read as words of 32 bits. The first below ${limit}, the largest multiple of ${pockets}, counts.`,
    facts: [
      { name: "words", value: words.join(" ") },
      { name: "thrown away", value: String(rejected) },
      { name: "the word", value: `${words[rejected] ?? ""} = ${word}` },
      { name: `modulo ${pockets}`, value: String(index) },
      { name: "pocket", value: pocket },
    ],
  };
}

function number(round: Round, { result, void: reason }: Outcome, draws: Spin | null): Step {
  const marked = round.void || reason !== null;
  const ok = draws !== null && draws.pocket === result && !marked;
  return {
    id: "result",
    title: "The number",
    ok,
    says: marked
      ? "The round has a number, and is marked void."
      : draws === null
        ? "Nothing can be drawn without the seed that was committed to."
        : ok
          ? `The draw gives ${draws.pocket}, as the table said.`
          : `The draw gives ${draws.pocket}; the table said ${result}.`,
    facts: [{ name: "the table said", value: result ?? "" }],
  };
}

function voided(round: Round, { void: reason }: Outcome): Step {
  const ok = round.void && reason !== null;
  return {
    id: "result",
    title: "The round was void",
    ok,
    says: ok
      ? "No number counts, whatever the seed would have drawn. Every stake went back."
      : "It has no number, and is not marked void.",
    facts: [{ name: "reason", value: reason ?? "" }],
  };
}

function payouts(outcome: Outcome): Step {
  const { players, result } = outcome;
  const twice = new Set(players.map(({ player }) => player)).size < players.length;
  const facts = players.map((line): Fact => {
    const fault = faultOf(outcome, line);
    const bets = line.bets.map(({ spot, amount }) => `${amount} on ${spot}`).join(", ");
    const paid = `${bets}: ${line.staked} staked, ${line.returned} back`;
    return { name: line.player, value: fault === null ? paid : `${paid}; ${fault}`, ok: fault === null };
  });
  const wrong = facts.filter((fact) => fact.ok === false).length;
  const ok = wrong === 0 && !twice;
  const all = counted(players.length, "player");
  return {
    id: "paid",
    title: "What was paid",
    ok,
    says: twice
      ? "A player is there twice."
      : ok
        ? `Every bet recomputed for ${all}: ${result === null ? "all stakes went back" : "paid to the chip"}.`
        : `${wrong} of ${all} were not paid what their bets came to.`,
    facts,
  };
}
