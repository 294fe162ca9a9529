import { cardOf, type Card } from "../../../rooms/poker/cards.ts";
import { BadInput } from "../input.ts";
import { refuseTwice } from "./lines.ts";
import type { ToldMove } from "./play.ts";

/** Parses the actions of a hand in PHH: cards dealt, bets, cards shown. */

/** Null: an unknown card. */
type Cards = readonly (Card | null)[];

export type Action = { readonly step: number } & (
  | { readonly type: "hole" | "show"; readonly player: number; readonly cards: Cards }
  | { readonly type: "muck" | "showDealt"; readonly player: number }
  | { readonly type: "board"; readonly second: boolean; readonly cards: readonly Card[] }
  | { readonly type: "fold" | "call"; readonly player: number }
  | { readonly type: "raise"; readonly player: number; readonly to: number }
);

type Bad = (why: string) => BadInput;

/** Parses `actor action arguments # comment`. Empty for a line without an action. Throws BadInput. */
export function readAction(text: string, n: number, where: string, step: number): Action[] {
  const hash = text.indexOf("#");
  const words = hash < 0 ? "" : text.slice(hash + 1).trim();
  const parts = (hash < 0 ? text : text.slice(0, hash)).split(/\s+/).filter((part) => part !== "");
  const [actor = "", what = "", ...rest] = parts;
  const bad: Bad = (why) => new BadInput(`${where}: "${text}": ${why}`);
  if (parts.length === 0) return [];
  if (actor === "d" && what === "db" && rest.length === 1) {
    return [{ step, type: "board", second: words.startsWith(SECOND_BOARD), cards: boardIn(rest[0] ?? "", bad) }];
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
  if (what === "sm" && rest.length === 0) return [{ step, type: "muck", player }];
  if (what === "sm" && rest.length === 1 && rest[0] === "-") return [{ step, type: "showDealt", player }];
  if (what === "sm" && rest.length === 1) return [{ step, type: "show", player, cards: cardsIn(rest[0] ?? "", bad) }];
  throw bad("not an action of no-limit hold'em");
}

/** An earlier version of our own PHH export marked the cards of a second board like this; now they have their own field. */
const SECOND_BOARD = "second board";

function playerIn(text: string, n: number, bad: Bad): number {
  const number = /^p([1-9]\d?)$/.exec(text)?.[1];
  if (number === undefined || Number(number) > n) throw bad(`there is no player "${text}"`);
  return Number(number) - 1;
}

/** Parses cards; "??" is an unknown card. */
function cardsIn(text: string, bad: Bad): Cards {
  try {
    return (text.match(/.{1,2}/g) ?? []).map((card) => (card === "??" ? null : cardOf(card)));
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error));
  }
}

/** The cards of a board; all must be known. */
export function boardIn(text: string, bad: Bad): readonly Card[] {
  const cards = cardsIn(text, bad);
  const known = cards.filter((card) => card !== null);
  if (known.length < cards.length) throw bad("a board has no unknown cards");
  return known;
}

/** The moves of the hand in an action: none for cards dealt, shown or mucked. */
export function moveOf(one: Action, count: (x: number) => number): ToldMove[] {
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
    case "showDealt":
    case "muck":
      return [];
    default:
      one satisfies never;
      return [];
  }
}

/**
 * The hole cards of each player; null unless both are known. They may be dealt one by one, and may be known only from a showdown.
 * A player who mucks has no claim to the pot and counts as unknown. Throws BadInput on contradictions.
 */
export function holesOf(actions: readonly Action[], n: number, where: string): (readonly Card[] | null)[] {
  const dealt = Array.from({ length: n }, (): Cards => []);
  const shown = Array.from({ length: n }, (): Cards => []);
  const mucked = new Set<number>();
  const board: Card[] = [];
  for (const one of actions) {
    if (one.type === "board") board.push(...one.cards);
    if (one.type === "muck") mucked.add(one.player);
    if (one.type === "hole") dealt[one.player] = [...(dealt[one.player] ?? []), ...one.cards];
    if (one.type === "show") shown[one.player] = one.cards;
  }
  const holes = dealt.map((cards, i) => {
    const bad: Bad = (why) => new BadInput(`${where}: p${i + 1} ${why}`);
    return holeOf(cards, shown[i] ?? [], bad);
  });
  refuseTwice([...board, ...holes.flat()], where);
  return holes.map((cards, i) => (mucked.has(i) || cards.length < 2 ? null : cards));
}

/** The known hole cards from what was dealt and what was shown. */
function holeOf(dealt: Cards, shown: Cards, bad: Bad): readonly Card[] {
  if (dealt.length > 2 || shown.length > 2 || dealt.length === 1) throw bad("has two cards");
  const known = new Set([...dealt, ...shown].filter((card) => card !== null));
  if (known.size > 2) throw bad("shows other cards than were dealt");
  const twice = [dealt, shown].some(([one, two]) => one != null && one === two);
  if (twice) throw bad("has a card that is there twice");
  return [...known];
}
