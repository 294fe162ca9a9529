/**
 * The typed client: REST by `House.call`, live rooms by `House.room`. `web/`, the simulator and the examples are built on it. Types
 * of the calls are made from the OpenAPI document (`npm run client:types`), those of the frames come from the games themselves.
 */

export { ApiError } from "./errors.ts";
export { House, type Entered, type HouseOptions, type Playable, type RoomCommand } from "./house.ts";
export { Link, type Door, type LinkState } from "./link.ts";
export type { Answer, Folds, Known } from "./frames.ts";
export type { Pending } from "./pending.ts";
export { Rest, type Fetch, type Query, type RestOptions } from "./rest.ts";
export type * from "./routes.gen.ts";
