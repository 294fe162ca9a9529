import { parse, TomlError } from "smol-toml";
import * as z from "zod/mini";
import { cardsOf, type Card } from "../../../rooms/poker/cards.ts";
import { BadInput } from "../input.ts";
import { refuseTwice } from "./lines.ts";
import type { Told, ToldMove } from "./play.ts";

/**
 * Hands in PHH, the poker hand history format (TOML): one, or several as tables of a file. Heads-up its antes and blinds are in
 * reverse. Amounts may have decimals; they are then counted in the smallest unit that is there.
 */

const amount = z.number().check(z.nonnegative(), z.maximum(1e15));
const amounts = z.array(amount);

const history = z.object({
  variant: z.literal("NT", "only no-limit hold'em (NT) is played here"),
  ante_trimming_status: z._default(z.boolean(), false),
  antes: amounts,
  blinds_or_straddles: amounts,
  min_bet: z.number().check(z.positive()),
  starting_stacks: z.array(z.number().check(z.positive(), z.maximum(1e15))),
  actions: z.array(z.string()),
  finishing_stacks: z.optional(amounts),
  /** What this house adds: who begins, when it is not the one after the last of the highest blinds, from 1. */
  _first: z.optional(z.int().check(z.positive())),
  /** Of `antes`, what is in the main pot whoever covers it: missed small blinds. The rest is trimmed. */
  _dead: z.optional(amounts),
  /** The least that a raise before the flop must add, when it is not what stands. */
  _least_raise: z.optional(z.number().check(z.positive())),
  _rake_x10000: z._default(z.int().check(z.minimum(0)), 0),
  _rake_cap: z._default(amount, 0),
});
type History = z.infer<typeof history>;

/** Throws `BadInput` with the place of the first thing that is wrong. */
export function handsOfPhh(text: string, file: string): readonly Told[] {
  const read = tomlOf(text, file);
  const several = !("variant" in read) && Object.values(read).every(isTable) && Object.keys(read).length > 0;
  const hands = several ? Object.entries(read) : [["", read] as const];
  return hands.map(([name, value]) => {
    const where = name === "" ? file : `${file}: [${name}]`;
    const parsed = history.safeParse(value);
    if (parsed.success) return toldOf(parsed.data, where);
    const [issue] = parsed.error.issues;
    throw new BadInput(`${where}: not a hand: ${issue?.path.map(String).join(".") || "it"}: ${issue?.message ?? ""}`);
  });
}

const isTable = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

function tomlOf(text: string, file: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new BadInput(`${file}: line ${error.line}: not TOML: ${error.message.split("\n")[0] ?? ""}`);
  }
}

const UNITS = [1, 10, 100, 1_000, 10_000];

function toldOf(read: History, where: string): Told {
  const n = read.starting_stacks.length;
  if (n < 2 || n > 9) throw new BadInput(`${where}: starting_stacks are ${n}, and 2 to 9 play`);
  for (const name of ["antes", "_dead", "blinds_or_straddles", "finishing_stacks"] as const) {
    const list = read[name];
    if (list !== undefined && list.length !== n)
      throw new BadInput(`${where}: ${name} are ${list.length}, and ${n} play`);
  }
  const actions = read.actions.flatMap((text, i) => readAction(text, n, `${where}: actions.${i}`, i + 1));
  const bets = actions.flatMap((one) => (one.type === "raise" ? [one.to] : []));
  const all = [...read.antes, ...read.blinds_or_straddles, ...read.starting_stacks, read.min_bet, ...bets];
  const unit = UNITS.find((one) => all.every((x) => Number.isInteger(chipsOf(x, one))));
  if (unit === undefined) throw new BadInput(`${where}: an amount has more than four decimals`);
  const count = (x: number): number => chipsOf(x, unit);
  const seen = holesOf(actions, n, where);
  const finishing = read.finishing_stacks ?? null;
  return {
    start: startOf(read, n, count),
    holes: seen,
    rake: { rakeX10000: read._rake_x10000, rakeCap: count(read._rake_cap) },
    moves: actions.flatMap((one): ToldMove[] => moveOf(one, count)),
    final: finishing,
    // A history may stop before the hand does.
    whole: false,
    unit,
  };
}

/** 0.1 and its like are not whole in binary: a product that is next to a whole number is one. */
function chipsOf(x: number, unit: number): number {
  const product = x * unit;
  const near = Math.round(product);
  return Math.abs(product - near) < 1e-6 ? near : product;
}

function startOf(read: History, n: number, count: (x: number) => number): Told["start"] {
  const turned = (list: readonly number[]): readonly number[] => (n === 2 ? [...list].reverse() : list).map(count);
  const antes = turned(read.antes);
  const deads = read._dead === undefined ? null : turned(read._dead);
  const blinds = turned(read.blinds_or_straddles);
  const trims = read.ante_trimming_status;
  const price = Math.max(...blinds);
  const bigBlind = count(read.min_bet);
  const least = read._least_raise;
  return {
    stacks: read.starting_stacks.map(count),
    posts: blinds.map((live, i) => {
      const ante = antes[i] ?? 0;
      const dead = trims ? 0 : deads === null ? ante : Math.min(ante, deads[i] ?? 0);
      return { ante: ante - dead, dead, live };
    }),
    table: {
      bigBlind,
      price,
      raise: least === undefined ? Math.max(price, bigBlind) : count(least),
      first: read._first === undefined ? (blinds.lastIndexOf(price) + 1) % n : (read._first - 1) % n,
    },
  };
}

type Action = { readonly step: number } & (
  | { readonly type: "hole" | "show"; readonly player: number; readonly cards: readonly Card[] | null }
  | { readonly type: "muck"; readonly player: number }
  | { readonly type: "board"; readonly second: boolean; readonly cards: readonly Card[] }
  | { readonly type: "fold" | "call"; readonly player: number }
  | { readonly type: "raise"; readonly player: number; readonly to: number }
);

/** `actor action arguments # words`; words alone, or nothing, is no action. */
function readAction(text: string, n: number, where: string, step: number): Action[] {
  const hash = text.indexOf("#");
  const words = hash < 0 ? "" : text.slice(hash + 1).trim();
  const parts = (hash < 0 ? text : text.slice(0, hash)).split(/\s+/).filter((part) => part !== "");
  const [actor = "", what = "", ...rest] = parts;
  const bad = (why: string): BadInput => new BadInput(`${where}: "${text}": ${why}`);
  if (parts.length === 0) return [];
  if (actor === "d" && what === "db" && rest.length === 1) {
    const cards = cardsIn(rest[0] ?? "", bad);
    if (cards === null) throw bad("a board has no unknown cards");
    return [{ step, type: "board", second: words.startsWith(SECOND_BOARD), cards }];
  }
  const player = playerIn(what === "dh" ? (rest[0] ?? "") : actor, n, bad);
  if (actor === "d" && what === "dh" && rest.length === 2) {
    return [{ step, type: "hole", player, cards: cardsIn(rest[1] ?? "", bad) }];
  }
  if (what === "f" && rest.length === 0) return [{ step, type: "fold", player }];
  if (what === "cc" && rest.length === 0) return [{ step, type: "call", player }];
  if (what === "cbr" && rest.length === 1) {
    const to = Number(rest[0]);
    if (!/^\d+(\.\d+)?$/.test(rest[0] ?? "") || !(to > 0)) throw bad("not an amount");
    return [{ step, type: "raise", player, to }];
  }
  if (what === "sm" && (rest.length === 0 || rest[0] === "-")) return [{ step, type: "muck", player }];
  if (what === "sm" && rest.length === 1) return [{ step, type: "show", player, cards: cardsIn(rest[0] ?? "", bad) }];
  throw bad("not an action of no-limit hold'em");
}

export const SECOND_BOARD = "second board";

function playerIn(text: string, n: number, bad: (why: string) => BadInput): number {
  const number = /^p([1-9])$/.exec(text)?.[1];
  if (number === undefined || Number(number) > n) throw bad(`there is no player "${text}"`);
  return Number(number) - 1;
}

/** Null: unknown cards. */
function cardsIn(text: string, bad: (why: string) => BadInput): readonly Card[] | null {
  if (/^(\?\?)+$/.test(text)) return null;
  try {
    return cardsOf(text);
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error));
  }
}

function moveOf(one: Action, count: (x: number) => number): ToldMove[] {
  const { step } = one;
  switch (one.type) {
    case "board":
      return [{ step, type: "board", board: one.second ? 2 : 1, cards: one.cards }];
    case "fold":
    case "call":
      return [{ step, type: "act", player: one.player, action: { type: one.type } }];
    case "raise":
      return [{ step, type: "act", player: one.player, action: { type: "raise", to: count(one.to) } }];
    case "hole":
    case "show":
    case "muck":
      return [];
    default:
      one satisfies never;
      return [];
  }
}

/** Who mucks has no claim; who shows what was not known at the deal has one from then on. */
function holesOf(actions: readonly Action[], n: number, where: string): (readonly Card[] | null)[] {
  const dealt = Array.from({ length: n }, (): readonly Card[] | null => null);
  const mucked = new Set<number>();
  const board: Card[] = [];
  for (const one of actions) {
    if (one.type === "board") board.push(...one.cards);
    if (one.type === "muck") mucked.add(one.player);
    if (one.type !== "hole" && one.type !== "show") continue;
    const known = dealt[one.player] ?? null;
    if (one.cards !== null && one.cards.length !== 2) throw new BadInput(`${where}: p${one.player + 1} has two cards`);
    if (known !== null && one.cards !== null && !one.cards.every((card) => known.includes(card))) {
      throw new BadInput(`${where}: p${one.player + 1} shows other cards than were dealt`);
    }
    dealt[one.player] = one.cards ?? known;
  }
  refuseTwice([...board, ...dealt.flatMap((cards) => cards ?? [])], where);
  return dealt.map((cards, i) => (mucked.has(i) ? null : cards));
}
