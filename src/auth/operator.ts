import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../http/context.ts";
import { Refused } from "../http/refusals.ts";

/** From a request to an operator: `Authorization: Bearer <key>`, one of OPERATOR_KEYS. */

const digest = async (text: string): Promise<ArrayBuffer> =>
  crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));

/** Compared by their digests, every one of them, so that the time tells nothing of a key, nor of which it is. */
async function isKey(keys: readonly string[], given: string): Promise<boolean> {
  const wanted = await digest(given);
  const digests = await Promise.all(keys.map(digest));
  return digests.map((known) => crypto.subtle.timingSafeEqual(known, wanted)).includes(true);
}

export const operatorOnly = createMiddleware<AppEnv>(async (c, next) => {
  const given = /^Bearer (\S{1,200})$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (given === undefined || !(await isKey(c.get("settings").OPERATOR_KEYS, given)))
    throw new Refused("not_an_operator");
  await next();
});
