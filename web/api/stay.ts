import { ask } from "./client.ts";
import { sessionNow } from "./session.ts";
import { session } from "./shapes.ts";

/** A page that stays open for days is a use of its session as well: asking who one is puts the session's end off. */

const EVERY_MS = 6 * 3_600_000;

setInterval(() => {
  if (sessionNow().state === "here") ask("GET /api/auth/session", session).catch(() => undefined); // the next call will tell
}, EVERY_MS);
