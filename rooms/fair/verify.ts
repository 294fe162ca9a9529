import { bytesToHex } from "@noble/hashes/utils.js";
import { deckRound as deckSchema, fingerprintOf, parseAs, round as roundSchema } from "./check.ts";
import type { AnyRound, Checker, DeckChecker, DeckRound, Fact, Round, Step } from "./check.ts";
import { deckSteps, pickedBy } from "./deck-check.ts";
import { drawFields, encodeFields } from "./draw.ts";

/** Recomputes a finished round with its game's checker. rooms/verify.ts finds the checker; a page of one game has its own. */

export type AnyChecker = Checker | DeckChecker;

export type Verdict = {
  readonly room: string;
  readonly round: number;
  readonly void: boolean;
  /** No step failed. */
  readonly ok: boolean;
  /** The result of the round, in a few words. */
  readonly headline: string;
  readonly steps: readonly Step[];
};

/** A player's own knowledge, besides the record. */
export type Known = {
  /** The commitment that they saw before the round. */
  readonly commitment?: string;
};

/** Throws `NotARecord` when the value is not the public record of a round that this checker is for. */
export function readBy(checker: AnyChecker, value: unknown): AnyRound {
  return opened(checker, value).round;
}

type Opened =
  { readonly round: Round; readonly checker: Checker } | { readonly round: DeckRound; readonly checker: DeckChecker };

function opened(checker: AnyChecker, value: unknown): Opened {
  return "scheme" in checker
    ? { round: parseAs(deckSchema, value, ""), checker }
    : { round: parseAs(roundSchema, value, ""), checker };
}

/**
 * Recomputes a finished round from its public record. The record alone shows that its parts agree. Whether the commitment came
 * before the bets takes a copy seen then (`known.commitment`). Throws `NotARecord` when the value is not a record.
 */
export function verifyBy(checker: AnyChecker, value: unknown, known: Known = {}): Verdict {
  const read = opened(checker, value);
  const { round } = read;
  const { headline, steps: played } = "scheme" in read.checker ? dealt(read as Dealt) : drawn(read as Drawn);
  const pin = known.commitment === undefined ? [] : [pinOf(round, known.commitment)];
  const steps = [itselfOf(round), ...pin, ...played];
  const ok = steps.every((step) => step.ok !== false);
  return { room: round.room, round: round.round, void: round.void, ok, headline, steps };
}

type Drawn = Extract<Opened, { checker: Checker }>;
type Dealt = Extract<Opened, { checker: DeckChecker }>;
type Played = Pick<Verdict, "headline" | "steps">;

function drawn({ round, checker }: Drawn): Played {
  const seal = sealOf(round);
  const { headline, steps } = checker.check(round, seal.ok === true);
  return {
    headline,
    steps: [seal, messageOf(round, typeof checker.label === "string" ? checker.label : checker.label(round)), ...steps],
  };
}

function dealt({ round, checker }: Dealt): Played {
  const { headline, steps } = checker.check(round, pickedBy(round));
  const [seal, ...decks] = deckSteps(round);
  return { headline, steps: [...(seal === undefined ? [] : [seal]), messageOf(round, "deck"), ...decks, ...steps] };
}

function itselfOf({ room, round, startedAt, endedAt, proof }: AnyRound): Step {
  const faults = [
    ...(proof.room === room ? [] : [`the proof is of room ${proof.room}`]),
    ...(proof.round === round ? [] : [`the proof is of round ${proof.round}`]),
    ...(round >= 1 ? [] : ["rounds count from 1"]),
    ...(startedAt <= endedAt ? [] : ["it ended before it began"]),
  ];
  return {
    id: "record",
    title: "The record is of one round",
    ok: faults.length === 0,
    says: faults.length === 0 ? "The proof is of this very room and round." : sentence(faults),
    facts: [
      { name: "room", value: room },
      { name: "round", value: String(round) },
      { name: "began", value: instantOf(startedAt) },
      { name: "ended", value: instantOf(endedAt) },
    ],
  };
}

/** In milliseconds since 1970: rules may not use `Date`. */
function instantOf(at: number): string {
  return `${at} ms`;
}

function pinOf({ proof }: AnyRound, seen: string): Step {
  const ok = proof.commitment === seen.toLowerCase();
  return {
    id: "pin",
    title: "It is the commitment that was seen before the round",
    ok,
    says: ok ? "The record names the commitment that was expected." : "The record names another commitment.",
    facts: [
      { name: "expected", value: seen.toLowerCase() },
      { name: "in the record", value: proof.commitment },
    ],
  };
}

function sealOf({ proof }: Round): Step {
  const print = fingerprintOf(proof.seed);
  const ok = print === proof.commitment;
  return {
    id: "seal",
    title: "The seed opens the commitment",
    ok,
    says:
      print === null
        ? "A seed is 64 digits of hex, and this is none."
        : ok
          ? "SHA-256 of the seed is the commitment: the seed was not chosen afterwards."
          : "SHA-256 of the seed is not the commitment: this is not the seed that was committed to.",
    facts: [
      { name: "seed", value: proof.seed },
      { name: "SHA-256 of it", value: print ?? "none" },
      { name: "commitment", value: proof.commitment },
    ],
  };
}

/** A client seed with a lone surrogate has no UTF-8 of its own: two such seeds would be the same in a draw. */
function messageOf({ proof }: AnyRound, label: string): Step {
  const { room, round, entropy } = proof;
  const twice = new Set(entropy.map(({ player }) => player)).size < entropy.length;
  const text = entropy.every(({ player, value }) => player.isWellFormed() && value.isWellFormed());
  const ok = !twice && text;
  const given = entropy.map(({ player, value }): Fact => ({ name: `client seed of ${player}`, value }));
  return {
    id: "words",
    title: "The message of the draw",
    ok,
    says: twice
      ? "A player's client seed is in it twice; each player gives one a round."
      : text
        ? "Every field in order, each behind its length in bytes (32 bits, big-endian), so no other fields look the same."
        : "A client seed is not well-formed text.",
    facts: [
      ...drawFields(room, round, [], label).map((value, i): Fact => ({ name: FIELDS[i] ?? "", value })),
      ...given,
      { name: "encoded", value: bytesToHex(encodeFields(drawFields(room, round, entropy, label))) },
    ],
  };
}

const FIELDS = ["scheme", "room", "round", "drawn"];

function sentence(faults: readonly string[]): string {
  const words = faults.join("; ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
