import type { Card } from "../../../rooms/poker/cards.ts";
import { classOf, placeOf } from "../../../rooms/poker/ranges.ts";
import type { Action, Legal } from "../../../rooms/poker/street.ts";
import type { Random } from "../../kit/random.ts";

/** Simple strategies to play house players with. Somebody who found out that one of them wins would need no skill to be paid for it. */

export type Look = {
  readonly may: Legal;
  readonly cards: readonly [Card, Card];
  /** 0 before the flop, 3 on the river. */
  readonly street: number;
  readonly pot: number;
  readonly price: number;
  readonly bigBlind: number;
  readonly random: Random;
};
type Strategy = (look: Look) => Action;

const CALL: Action = { type: "call" };

const raise = ({ may }: Look, to: number): Action =>
  may.raise === null
    ? CALL
    : { type: "raise", to: Math.min(may.raise.most, Math.max(may.raise.least, Math.round(to))) };
const shove: Strategy = (look) => raise(look, Infinity);
const checkFold: Strategy = ({ may }) => (may.toCall === 0 ? CALL : { type: "fold" });
const potBet: Strategy = (look) => raise(look, look.price + look.pot + look.may.toCall);
const bets = (look: Look, share: number): Action =>
  look.may.toCall === 0 ? raise(look, look.price + share * look.pot) : checkFold(look);
const isGood = ({ cards }: Look, share: number): boolean => placeOf(classOf(...cards)) < share;

export const STRATEGIES: Readonly<Record<string, Strategy>> = {
  "all-in blindly": shove,
  "always calls": () => CALL,
  "always raises the least": (look) => raise(look, 0),
  "the pot on every street": potBet,
  "checks and folds": checkFold,
  "tight, all-in or nothing": (look) => (look.street > 0 || isGood(look, 0.15) ? shove(look) : checkFold(look)),
  "at random": (look) => {
    const roll = look.random.int(100);
    if (roll < 30) return raise(look, (look.may.raise?.most ?? 0) * (look.random.int(100) / 100) ** 3);
    return roll < 75 ? CALL : checkFold(look);
  },
  "steals every blind": (look) => {
    if (look.street === 0 && look.price <= look.bigBlind) return raise(look, 3 * look.bigBlind);
    return look.street === 1 ? bets(look, 0.5) : checkFold(look);
  },
  "opens for eight big blinds, then gives up": (look) => {
    if (look.street > 0) return checkFold(look);
    if (look.price <= look.bigBlind) return raise(look, 8 * look.bigBlind);
    return isGood(look, 0.02) ? shove(look) : checkFold(look);
  },
  "raises everybody who opens": (look) => {
    if (look.street > 0) return checkFold(look);
    if (look.price <= 6 * look.bigBlind) return raise(look, 15.5 * look.bigBlind);
    return isGood(look, 0.03) ? shove(look) : checkFold(look);
  },
  "calls, then bets every flop": (look) => (look.street === 0 ? CALL : bets(look, 0.6)),
  "calls, then all-in": (look) => (look.street === 0 ? CALL : shove(look)),
  "waits for good hands and bets the pot": (look) => {
    if (look.street > 0) return potBet(look);
    return isGood(look, 0.12) ? potBet(look) : checkFold(look);
  },
  "one least bet a street": (look) => (look.price <= (look.street === 0 ? look.bigBlind : 0) ? raise(look, 0) : CALL),
};
