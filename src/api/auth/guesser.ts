import { getCookie, setCookie } from "hono/cookie";
import type { Guesser } from "../../objects/account/tries.ts";
import { addressOf } from "../http/address.ts";
import type { Ctx } from "../http/context.ts";
import { randomLetters } from "./random.ts";
import { tokenEnd } from "./lifetime.ts";
import { readDevice, signDevice } from "./token.ts";

/**
 * The client that tries a password: its address and its browser. A browser that signs in gets an id in a signed cookie. The
 * account remembers that id and counts the browser's wrong passwords separately from everyone else's.
 */

const cookieOf = (c: Ctx): { name: string; secure: boolean } => {
  const secure = new URL(c.req.url).protocol === "https:";
  return { name: secure ? "__Host-croupier-device" : "croupier-device", secure };
};

export async function guesserOf(c: Ctx): Promise<Guesser> {
  const kept = getCookie(c, cookieOf(c).name);
  const known = kept === undefined ? null : await readDevice(c.get("settings").AUTH_SECRET, kept);
  return { address: addressOf(c.req.header("cf-connecting-ip")), device: known ?? randomLetters(26) };
}

/** Call after a successful sign-in: the cookie identifies this browser next time. */
export async function keepDevice(c: Ctx, { device }: Guesser): Promise<void> {
  const { name, secure } = cookieOf(c);
  const end = tokenEnd();
  const token = await signDevice(c.get("settings").AUTH_SECRET, device, end / 1_000);
  setCookie(c, name, token, { path: "/", httpOnly: true, sameSite: "Strict", secure, expires: new Date(end) });
}
