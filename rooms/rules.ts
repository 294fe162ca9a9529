/**
 * The pure games, for use in other programs: the entry point `croupier/rules` of the package. The client also takes a game's
 * value to open a room. The types of a game (views, commands, settings) are in a namespace with a capital letter: `Poker.View`.
 */

export { crash } from "./crash/index.ts";
export { curveAt, elapsedTo, payoutOf } from "./crash/curve.ts";
export type * as Crash from "./crash/types.ts";
export { dice } from "./dice/index.ts";
export type * as Dice from "./dice/types.ts";
export { chips } from "./game.ts";
export type * from "./game.ts";
export { gameOf, games } from "./games.ts";
export { defineGame } from "./kit/define.ts";
export { lottery } from "./lottery/index.ts";
export type * as Lottery from "./lottery/types.ts";
export { cardText } from "./poker/cards.ts";
export { CATEGORIES, categoryOf, evaluate } from "./poker/evaluate.ts";
export { poker } from "./poker/index.ts";
export type * as Poker from "./poker/types.ts";
export { roulette } from "./roulette/index.ts";
export type * as Roulette from "./roulette/types.ts";
