import { createMiddleware } from "hono/factory";
import { randomLetters } from "../auth/random.ts";
import { playerStub } from "../stubs.ts";
import type { AppEnv } from "./context.ts";
import { Refused } from "./refusals.ts";

/**
 * Idempotency-Key on a POST: after `signedIn`, since keys are the player's own. The first request with a key runs; a repeat
 * gets its answer; the same key for another request is a conflict. Failures of ours, and refusals that only ask to wait, are
 * not kept. A Worker that dies in between leaves the key busy for a minute; then the request may run again, so what it does
 * must be harmless to repeat: a faucet by its cool-down, a new room by its id, which is made from `operation`.
 */

export const KEY = /^[\x21-\x7e]{1,100}$/;

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const idempotent = createMiddleware<AppEnv>(async (c, next) => {
  const key = c.req.header("idempotency-key");
  if (key === undefined) {
    c.set("operation", randomLetters(20));
    await next();
    return undefined;
  }
  if (!KEY.test(key)) {
    throw new Refused("invalid_request", { fields: { "Idempotency-Key": "1 to 100 visible ASCII characters" } });
  }
  const { id } = c.get("me").profile;
  const hash = await sha256(`${c.req.method} ${c.req.path}\n${await c.req.text()}`);
  const player = playerStub(c.env, id);
  const known = await player.claimKey(key, hash);
  switch (known.state) {
    case "conflict":
      throw new Refused("idempotency_conflict");
    case "busy":
      throw new Refused("idempotency_busy", { retryAfterS: 1 });
    case "too_many":
      throw new Refused("too_many_keys");
    case "done":
      return new Response(known.body === "" ? null : known.body, {
        status: known.status,
        headers: { "content-type": "application/json", "idempotent-replayed": "true" },
      });
    case "run": {
      c.set("operation", await sha256(`${id}\n${key}\n${hash}`));
      await next();
      const { status } = c.res;
      const passing = status >= 500 || status === 429 || status === 401;
      await player.settleKey(key, passing ? null : { status, body: await c.res.clone().text() });
      return undefined;
    }
    default:
      known satisfies never;
      return undefined;
  }
});
