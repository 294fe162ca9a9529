/**
 * The typed client: REST by `Croupier.call`, live rooms by `Croupier.room`. `web/`, the simulator and the examples use it. Types
 * of calls are generated from the OpenAPI document (`npm run client:types`); types of frames come from the games.
 */

export { ApiError } from "./errors.ts";
export { Croupier, type Entered, type CroupierOptions, type Playable, type RoomCommand } from "./croupier.ts";
export { Link, type Endpoint, type LinkState } from "./link.ts";
export type { Answer, Folds, Known } from "./frames.ts";
export type { Pending } from "./pending.ts";
export { Rest, type Fetch, type Query, type RestOptions } from "./rest.ts";
export type * from "./routes.gen.ts";
