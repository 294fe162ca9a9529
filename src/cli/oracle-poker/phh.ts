import { parse, TomlError } from "smol-toml";
import * as z from "zod/mini";
import { BadInput } from "../input.ts";
import { boardIn, holesOf, moveOf, readAction, type Action } from "./actions.ts";
import type { Told, ToldMove } from "./play.ts";

/**
 * Reads PHH, the poker hand history format (TOML): one hand, or several as tables of a file. Heads-up, the format lists antes and
 * blinds in reverse. Decimal amounts are converted to the smallest unit in use. A stack may be `inf`: unknown. A negative blind
 * is a post by a player who was not due: a live bet that does not change who acts first.
 */

const most = z.maximum(1e15);
const amount = z.number().check(z.nonnegative(), most);
const amounts = z.array(amount);
/** `inf`: unknown. */
const stack = (isEnough: (chips: number) => boolean) =>
  z.custom<number>((x) => x === Infinity || (typeof x === "number" && isEnough(x) && x <= 1e15), "not a stack");
const started = z.array(stack((x) => x > 0));
const finished = z.array(stack((x) => x >= 0));

const history = z.object({
  variant: z.literal("NT", "only no-limit hold'em (NT) is played here"),
  ante_trimming_status: z._default(z.boolean(), false),
  antes: amounts,
  blinds_or_straddles: z.array(z.number().check(z.minimum(-1e15), most)),
  min_bet: z.number().check(z.positive()),
  starting_stacks: started,
  actions: z.array(z.string()),
  finishing_stacks: z.optional(finished),
  /** Each player's takings from the pots. Most public files have this and no finishing stacks. */
  winnings: z.optional(amounts),
  /** An extension of ours: who acts first, from 1, when it is not the player after the last of the highest blinds. */
  _first: z.optional(z.int().check(z.positive())),
  /** The part of `antes` that goes to the main pot even if not covered: missed small blinds. The rest is trimmed. */
  _dead: z.optional(amounts),
  /** The least that a raise before the flop must add, if not one big blind. */
  _least_raise: z.optional(z.number().check(z.positive())),
  /** The cards of a second board, street by street, dealt after those of the first. */
  _second_board: z._default(z.array(z.string()), []),
  _rake_x10000: z._default(z.int().check(z.minimum(0)), 0),
  _rake_cap: z._default(amount, 0),
});
type History = z.infer<typeof history>;

/** A hand in a file of several that cannot be read, and why. */
export type Unread = { readonly name: string; readonly unread: string };

/** Throws `BadInput` with the path of the first error. */
export function handsOfPhh(text: string, file: string): readonly Told[] {
  return readPhh(text, file).map((one) => {
    if ("unread" in one) throw new BadInput(`${file}: ${one.unread}`);
    return one;
  });
}

/** In a file of several hands, unreadable ones are named and the others read. Throws `BadInput` for a single hand or none. */
export function readPhh(text: string, file: string): readonly (Told | Unread)[] {
  return handsIn(text, file).map(({ name, value, fault }) => {
    try {
      if (fault !== null) throw fault;
      const parsed = history.safeParse(value);
      if (parsed.success) return toldOf(parsed.data);
      const [issue] = parsed.error.issues;
      throw new BadInput(`not a hand: ${issue?.path.map(String).join(".") || "it"}: ${issue?.message ?? ""}`);
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      if (name === null) throw new BadInput(`${file}: ${error.message}`);
      return { name, unread: `[${name}]: ${error.message}` };
    }
  });
}

type Found = { readonly name: string | null; readonly value: unknown; readonly fault: BadInput | null };

/** The tables of a file. When the file as a whole is not valid TOML, each table is parsed on its own. */
function handsIn(text: string, file: string): readonly Found[] {
  const whole = tomlOf(text);
  if (!("fault" in whole)) {
    const { value } = whole;
    const several = !("variant" in value) && Object.values(value).every(isTable) && Object.keys(value).length > 0;
    if (!several) return [{ name: null, value, fault: null }];
    return Object.entries(value).map(([name, value]) => ({ name, value, fault: null }));
  }
  const heads = [...text.matchAll(/^[ \t]*\[\s*(["']?)([^[\]"'\n]+)\1\s*\][ \t]*(?:#.*)?$/gm)];
  if (heads.length < 2) throw new BadInput(`${file}: ${whole.fault.message}`);
  return heads.map((head, i): Found => {
    const from = head.index + head[0].length;
    const read = tomlOf(text.slice(from, heads[i + 1]?.index), text.slice(0, from).split("\n").length - 1);
    const name = head[2]?.trim() ?? "";
    return "fault" in read ? { name, value: null, fault: read.fault } : { name, value: read.value, fault: null };
  });
}

const isTable = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

/** `before`: the number of lines in the file before this text, for error messages. */
function tomlOf(text: string, before = 0): { readonly value: Record<string, unknown> } | { readonly fault: BadInput } {
  try {
    return { value: parse(text.replace(/^\uFEFF/, "")) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const line = before + error.line;
    return { fault: new BadInput(`line ${line}: not TOML: ${error.message.split("\n")[0] ?? ""}`) };
  }
}

/** The most players of a hand: some tables elsewhere have ten seats. */
const PLAYERS_MAX = 10;
const UNITS = [1, 10, 100, 1_000, 10_000];

function toldOf(read: History): Told {
  const n = read.starting_stacks.length;
  if (n < 2 || n > PLAYERS_MAX) throw new BadInput(`starting_stacks are ${n}, and 2 to ${PLAYERS_MAX} play`);
  for (const name of ["antes", "_dead", "blinds_or_straddles", "finishing_stacks", "winnings"] as const) {
    const list = read[name];
    if (list !== undefined && list.length !== n) throw new BadInput(`${name} are ${list.length}, and ${n} play`);
  }
  const acted = read.actions.flatMap((text, i) => readAction(text, n, `actions.${i}`, i + 1));
  const actions = [...acted, ...secondBoard(read)];
  const bets = actions.flatMap((one) => (one.type === "raise" ? [one.to] : []));
  const all = [...read.antes, ...read.blinds_or_straddles, ...read.starting_stacks, read.min_bet, ...bets];
  const known = all.filter((x) => Number.isFinite(x));
  const unit = UNITS.find((one) => known.every((x) => Number.isInteger(chipsOf(x, one))));
  if (unit === undefined) throw new BadInput("an amount has more than four decimals");
  const count = (x: number): number => chipsOf(x, unit);
  return {
    start: startOf(read, n, count),
    holes: holesOf(actions, n, "actions"),
    rake: { rakeX10000: read._rake_x10000, rakeCap: count(read._rake_cap) },
    moves: actions.flatMap((one): ToldMove[] => moveOf(one, count)),
    final: read.finishing_stacks ?? null,
    winnings: read.winnings ?? null,
    // A history may end before the hand does.
    whole: false,
    unit,
  };
}

function secondBoard({ actions, _second_board: streets }: History): Action[] {
  return streets.map((text, i) => {
    const bad = (why: string): BadInput => new BadInput(`_second_board.${i}: "${text}": ${why}`);
    return { step: actions.length + i + 1, type: "board", second: true, cards: boardIn(text, bad) };
  });
}

/** Decimals such as 0.1 are inexact in binary, so a product very close to an integer is rounded to it. */
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
  const bigBlind = count(read.min_bet);
  const least = read._least_raise;
  return {
    stacks: read.starting_stacks.map(count),
    posts: blinds.map((blind, i) => {
      const ante = antes[i] ?? 0;
      const dead = trims ? 0 : deads === null ? ante : Math.min(ante, deads[i] ?? 0);
      return { ante: ante - dead, dead, live: Math.abs(blind) };
    }),
    table: {
      bigBlind,
      price: Math.max(...blinds.map(Math.abs)),
      // The format has no least raise: even over a straddle it is one big blind more. (LA 161)
      raise: least === undefined ? bigBlind : count(least),
      first: read._first === undefined ? beginsAfter(blinds) : (read._first - 1) % n,
    },
  };
}

/** The index of the player who acts first: after the last of the highest blinds. Posts (negative) do not count. */
function beginsAfter(blinds: readonly number[]): number {
  return (blinds.lastIndexOf(Math.max(...blinds)) + 1) % blinds.length;
}
