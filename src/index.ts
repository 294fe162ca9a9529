import { app } from "./app.ts";
import { queue } from "./queue/queue.ts";
import type { Env } from "./env.ts";

export { Room } from "./objects/room.ts";
export { Account } from "./objects/account.ts";
export { Audit } from "./objects/audit.ts";
export { DeadLetters } from "./objects/dead-letters.ts";
export { Directory } from "./objects/directory.ts";
export { BridgeEntrypoint as House } from "./bridge-entry.ts";
export { Limiter } from "./objects/limiter.ts";
export { Player } from "./objects/player.ts";
export { Promotions } from "./objects/promotions.ts";

export default { fetch: app.fetch, queue } satisfies ExportedHandler<Env>;
