import { createMiddleware } from "hono/factory";
import type { MiddlewareHandler } from "hono/types";
import { step } from "../../steps.ts";
import { playerStub } from "../../objects/stubs.ts";
import type { AppEnv, Ctx } from "./context.ts";
import { Refused } from "./refusals.ts";

/**
 * Idempotency-Key on a POST, after `signedIn`, since keys belong to a player. The first request with a key runs; a repeat gets
 * its answer; the same key with another request is a conflict. Server errors and refusals that only ask to wait are not stored.
 *
 * The effect of a request and its stored answer are not one commit, so the Worker may die in between. Therefore each effect is
 * committed together with its operation's id, where the effect is: in the Player object with its result (player/requests.ts) or
 * as the ledger's entry, in the Directory as the room's id, in the Account beside the password. A retry finds the effect done and
 * gives the same answer.
 */

export const KEY = /^[\x21-\x7e]{1,100}$/;

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function sha256(text: string): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** For a body with a password in it: without the server's secret, the stored hash reveals nothing. */
async function hmac(secret: string, text: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), algorithm, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", key, bytes.encode(`idempotency ${text}`)));
}

/** The request's Idempotency-Key; null: none. Refused `invalid_request` when it is malformed. */
export function keyOf(c: Ctx): string | null {
  const key = c.req.header("idempotency-key");
  if (key === undefined) return null;
  if (KEY.test(key)) return key;
  throw new Refused("invalid_request", { fields: { "Idempotency-Key": "1 to 100 visible ASCII characters" } });
}

const once = (printOf: (c: Ctx, request: string) => Promise<string>): MiddlewareHandler<AppEnv> =>
  createMiddleware<AppEnv>(async (c, next) => {
    const key = keyOf(c);
    if (key === null) {
      c.set("operation", null);
      await next();
      return undefined;
    }
    const { id } = c.get("me").profile;
    const hash = await printOf(c, `${c.req.method} ${c.req.path}\n${await c.req.text()}`);
    const player = playerStub(c.env, id);
    const known = await player.claimKey(key, hash, await sha256(`${id}\n${key}\n${hash}`));
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
        c.set("operation", { key, id: known.operation });
        await next();
        await step(c.env, "requests.done");
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

export const idempotent = once(async (_, request) => sha256(request));
/** For bodies that hold a password. */
export const idempotentSecret = once(async (c, request) => hmac(c.get("settings").AUTH_SECRET, request));

/** A step for fault tests: the effect is done, and no answer has been sent or stored under a key. */
export const answering = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  if (c.req.method === "POST") await step(c.env, "requests.done");
});
