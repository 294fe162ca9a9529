import { ask } from "./client.ts";
import { sessionNow } from "./session.ts";
import { session } from "./shapes.ts";

/** Keeps the session alive while a page stays open for days: asking for the session extends it. */

const EVERY_MS = 6 * 3_600_000;

setInterval(() => {
  if (sessionNow().state === "here") ask("GET /api/auth/session", session).catch(() => undefined); // the next call reports it
}, EVERY_MS);
