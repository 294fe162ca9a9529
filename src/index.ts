import { app } from "./app.ts";
import type { Env } from "./env.ts";

export { Room } from "../rooms/room.ts";
export { Account } from "./account.ts";
export { Directory } from "./directory.ts";
export { Limiter } from "./limiter.ts";
export { Player } from "./player.ts";

export default { fetch: app.fetch } satisfies ExportedHandler<Env>;
