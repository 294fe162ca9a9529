import * as z from "zod/mini";
import { DECKS, type Pick } from "./deck.ts";
import { commit, drawFields, drawStream, type SeedProof } from "./draw.ts";

/**
 * Verifies a finished round from its public record alone, in readable steps. The code that all games share is here; a game's own
 * part is in its check.ts, beside its rules. verify.ts combines both. Pure: the page and the command line run the same code.
 */

/** One input or output of a step. `ok` is set where this line itself was checked. */
export type Fact = { readonly name: string; readonly value: string; readonly ok?: boolean };

export type Step = {
  readonly id: string;
  readonly title: string;
  /** Null: for information only, nothing was checked. */
  readonly ok: boolean | null;
  /** The check that was made, and its result. */
  readonly says: string;
  readonly facts: readonly Fact[];
};

/** The part of the check that a game adds whose rounds are drawn from a seed. */
export type Checker = {
  /** The label of facts.draw(label). A function, where the label depends on the round, throws `NotARecord` like `check`. */
  readonly label: string | ((round: Round) => string);
  /**
   * Throws `NotARecord` when the outcome is not one of this game. `opens`: the seed matches the commitment; otherwise a draw from
   * it proves nothing.
   */
  check(round: Round, opens: boolean): { readonly headline: string; readonly steps: readonly Step[] };
};

/** The part of the check that a card game adds. */
export type DeckChecker = {
  readonly scheme: "deck";
  /**
   * Throws `NotARecord` when the outcome is not one of this game. `pick`: the deck and order that the client seeds chose; null
   * when the roots do not make the commitment.
   */
  check(round: DeckRound, pick: Pick | null): { readonly headline: string; readonly steps: readonly Step[] };
};

const instant = z.int();

const told = {
  room: z.string(),
  round: z.int(),
  startedAt: instant,
  endedAt: instant,
  void: z.boolean(),
  outcome: z.unknown(),
};
const proved = {
  room: z.string(),
  round: z.int(),
  commitment: z.string(),
  entropy: z.array(z.object({ player: z.string(), value: z.string() })),
};

/** A round as `GET /api/rooms/:game/:id/rounds/:n` gives it. The form of the outcome depends on the game. */
export const round = z.object({
  ...told,
  proof: z.object({ scheme: z.literal("seed"), ...proved, seed: z.string() }),
});
export type Round = z.infer<typeof round>;

/** The same for a card game (deck.ts). */
export const deckRound = z.object({
  ...told,
  proof: z.object({
    scheme: z.literal("deck"),
    ...proved,
    roots: z.array(z.string()).check(z.length(DECKS)),
    deck: z.nullable(z.int().check(z.minimum(0), z.maximum(DECKS - 1))),
    seeds: z.array(z.nullable(z.string())).check(z.length(DECKS)),
  }),
});
export type DeckRound = z.infer<typeof deckRound>;
export type AnyRound = Round | DeckRound;

/** The value is not a round's record. This says nothing about whether a round was fair. */
export class NotARecord extends Error {}

/** Throws `NotARecord` with the path of the first fault. */
export function parseAs<T>(schema: z.ZodMiniType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = [where, ...(issue?.path ?? [])].filter((part) => part !== "").map(String);
  throw new NotARecord(`${path.length === 0 ? "it" : path.join(".")} is not as in a record: ${issue?.message ?? ""}`);
}

/** The commitment of a seed, in lower-case hex; null when the seed is not 32 bytes of hex. */
export function fingerprintOf(seed: string): string | null {
  try {
    return commit(seed);
  } catch {
    return null;
  }
}

/** The start of a round's stream: the fields of its message, and the first block in hex. Throws when the seed is not hex. */
export function beginning(proof: SeedProof, label: string): { fields: readonly string[]; block: string } {
  const { seed, room, round: n, entropy } = proof;
  const stream = drawStream(seed, room, n, entropy, label);
  const words = Array.from({ length: 8 }, () =>
    stream
      .int(2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  );
  return { fields: drawFields(room, n, entropy, label), block: words.join("") };
}

/** A multiplier in hundredths as people write it, exact: 235 is "2.35". */
export function times(x100: number): string {
  const whole = BigInt(x100);
  return `${whole / 100n}.${String(whole % 100n).padStart(2, "0")}`;
}

/** "1 bet", "3 bets". */
export function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
