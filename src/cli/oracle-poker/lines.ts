import * as z from "zod/mini";
import { cardOf, type Card } from "../../../rooms/poker/cards.ts";
import { BadInput, jsonOf } from "../input.ts";
import type { Told, ToldMove } from "./play.ts";

/** Reads hands as lines of JSON. Seat 0 is the first left of the button: the small blind, or the big blind heads-up. */

const chips = z.int().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER / 16));
const player = z.int().check(z.minimum(0), z.maximum(9));
const card = z.string().check(z.refine(isCard, "not a card, as As or Td"));

const action = z.object({
  p: player,
  to_call: z.optional(chips),
  can_raise: z.optional(z.boolean()),
  min_to: z.optional(chips),
  max_to: z.optional(chips),
  a: z.enum(["fold", "check_call", "raise_to"]),
  amt: z.optional(chips),
});
const board = z.object({ board: z.array(card) });

const hand = z.object({
  n: z.int().check(z.minimum(2), z.maximum(10)),
  sb: chips,
  bb: z.int().check(z.positive()),
  ante: chips,
  stacks: z.array(z.int().check(z.positive())),
  hole: z.array(z.array(card).check(z.length(2))),
  steps: z.array(z.union([board, action])),
  /** Not always integers: other engines may split a chip. */
  final: z.optional(z.array(z.number().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER / 16)))),
});

/** Skips empty lines. Throws `BadInput` with the line and the path of the first error. */
export function handsOfLines(text: string, file: string): readonly Told[] {
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    const where = `${file}: line ${i + 1}`;
    const parsed = hand.safeParse(jsonOf(line, where));
    if (parsed.success) return [toldOf(parsed.data, where)];
    throw new BadInput(`${where}: not a hand: ${faultIn(parsed.error.issues[0])}`);
  });
}

type Issue = z.core.$ZodIssue;

/** Describes an issue; of a union, the variant that matched furthest. */
function faultIn(issue: Issue | undefined, under: readonly PropertyKey[] = []): string {
  if (issue === undefined) return "";
  const path = [...under, ...issue.path];
  if (issue.code === "invalid_union") {
    const deepest = issue.errors.map(([first]) => first).sort((a, b) => (b?.path.length ?? 0) - (a?.path.length ?? 0));
    return faultIn(deepest[0], path);
  }
  return `${path.map(String).join(".") || "it"}: ${issue.message}`;
}

function toldOf(read: z.infer<typeof hand>, where: string): Told {
  const { n, sb, bb, ante, stacks, hole, steps, final } = read;
  for (const [name, list] of Object.entries({ stacks, hole, final })) {
    if (list !== undefined && list.length !== n)
      throw new BadInput(`${where}: ${name} are ${list.length}, and n is ${n}`);
  }
  const headsUp = n === 2;
  const live = headsUp ? [bb, sb] : [sb, bb];
  const start = {
    stacks,
    posts: stacks.map((_, i) => ({ ante, dead: 0, live: live[i] ?? 0 })),
    table: { bigBlind: bb, price: bb, first: headsUp ? 1 : 2 % n },
  };
  const moves = steps.map((one, i): ToldMove => {
    const step = i + 1;
    if ("board" in one) return { step, type: "board", board: 1, cards: one.board.map(cardOf) };
    const { p, a, amt, ...expects } = one;
    if (p >= n) throw new BadInput(`${where}: steps.${i}.p is ${p}, and n is ${n}`);
    if (a !== "raise_to") return { step, type: "act", player: p, action: { type: a === "fold" ? a : "call" }, expects };
    if (amt === undefined) throw new BadInput(`${where}: steps.${i} is a raise without amt`);
    return { step, type: "act", player: p, action: { type: "raise", to: amt }, expects };
  });
  const holes = hole.map((cards) => cards.map(cardOf));
  const dealt = [...holes.flat(), ...moves.flatMap((move) => (move.type === "board" ? move.cards : []))];
  refuseTwice(dealt, where);
  return {
    start,
    holes,
    rake: { rakeX10000: 0, rakeCap: 0 },
    moves,
    final: final ?? null,
    winnings: null,
    whole: true,
    unit: 1,
  };
}

export function refuseTwice(cards: readonly Card[], where: string): void {
  if (new Set(cards).size < cards.length) throw new BadInput(`${where}: a card is there twice`);
}

function isCard(text: string): boolean {
  try {
    cardOf(text);
    return true;
  } catch {
    return false;
  }
}
