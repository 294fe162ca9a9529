import * as z from "zod/mini";
import { DECKS, type Pick } from "./deck.ts";
import { commit, drawFields, drawStream, type SeedProof } from "./draw.ts";

/**
 * A finished round checked from its public record alone, in steps that can be read. What every game shares is here; what only one
 * knows is in its own check.ts, beside its rules. verify.ts puts both together. Pure: the page and the command line run the same.
 */

/** One line of what went into a step, or came out of it. `ok` where the line itself was checked. */
export type Fact = { readonly name: string; readonly value: string; readonly ok?: boolean };

export type Step = {
  readonly id: string;
  readonly title: string;
  /** Null: there is nothing to judge in it, only to read. */
  readonly ok: boolean | null;
  /** What was checked, and what came of it. */
  readonly says: string;
  readonly facts: readonly Fact[];
};

/** What a game whose rounds are drawn from a seed adds to their check. */
export type Checker = {
  /** Of the draw: facts.draw(label). Where it depends on the round, throws `NotARecord` like `check`. */
  readonly label: string | ((round: Round) => string);
  /**
   * Throws `NotARecord` when the outcome is not this game's. `opens`: the seed is the one that was committed to; else nothing can
   * be drawn from it that counts.
   */
  check(round: Round, opens: boolean): { readonly headline: string; readonly steps: readonly Step[] };
};

/** What a game of cards adds. */
export type DeckChecker = {
  readonly scheme: "deck";
  /**
   * Throws `NotARecord` when the outcome is not this game's. `pick`: what the words chose, and null when the record does not say
   * which words and roots these were, or no cards were dealt.
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

/** A round as `GET /api/rooms/:game/:id/rounds/:n` gives it; what the outcome is, its game knows. */
export const round = z.object({
  ...told,
  proof: z.object({ scheme: z.literal("seed"), ...proved, seed: z.string() }),
});
export type Round = z.infer<typeof round>;

/** The same of a game of cards (deck.ts). */
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

/** What was given is not a round's record: nothing is said of whether it is true. */
export class NotARecord extends Error {}

/** Throws `NotARecord` with where it is not what it must be. */
export function parseAs<T>(schema: z.ZodMiniType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = [where, ...(issue?.path ?? [])].filter((part) => part !== "").map(String);
  throw new NotARecord(`${path.length === 0 ? "it" : path.join(".")} is not as in a record: ${issue?.message ?? ""}`);
}

/** What the seed opens: lower-case hex, or null when it is not 32 bytes of hex. */
export function fingerprintOf(seed: string): string | null {
  try {
    return commit(seed);
  } catch {
    return null;
  }
}

/** The start of a round's stream: the fields of its message, and the first block of HMAC-SHA-256 in hex. Throws like `commit`. */
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
