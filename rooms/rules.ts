/**
 * The pure games for programs of anybody's own: `croupier/rules` of the package. A game's value is also what the client opens a room
 * with. Types of each game's views, commands and settings are in the name with a capital: `Poker.View`.
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
