import { app } from "./app.ts";
import { queue } from "./consumers/queue.ts";
import type { Env } from "./env.ts";

export { Room } from "../rooms/room.ts";
export { Account } from "./account.ts";
export { Audit } from "./audit.ts";
export { DeadLetters } from "./dead-letters.ts";
export { Directory } from "./directory.ts";
export { House } from "./house.ts";
export { Limiter } from "./limiter.ts";
export { Player } from "./player.ts";
export { Promotions } from "./promotions.ts";

export default { fetch: app.fetch, queue } satisfies ExportedHandler<Env>;
