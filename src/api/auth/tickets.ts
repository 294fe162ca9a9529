import { settingsOf, type Env } from "../../env.ts";
import type { Me } from "../http/context.ts";
import { Refused } from "../http/refusals.ts";
import type { Profile } from "../../objects/player/profile.ts";
import type { Operation } from "../../objects/player/requests.ts";
import { playerStub } from "../../objects/stubs.ts";
import { randomLetters } from "./random.ts";
import { readTicket, signTicket, type TicketClaims } from "./token.ts";

/**
 * Socket tickets: the only tokens that travel in a URL, because a browser cannot set headers on a WebSocket. A ticket is good for
 * one use, one player and one socket address, and ends with its session. Issuing one writes nothing; its use is stored until it
 * has expired.
 */

/** The socket that a ticket opens: a room's, by name, or the personal one. */
export type TicketScope = `${string}:${string}` | "me";

/** All tickets issued under one operation share one `jti`, so only one of them can be used. */
export async function issueTicket(
  env: Env,
  me: Me,
  scope: TicketScope,
  operation: Operation | null,
): Promise<{ ticket: string; expiresAt: number }> {
  const { AUTH_SECRET, TICKET_S } = settingsOf(env);
  const exp = Math.floor(Date.now() / 1_000) + TICKET_S;
  const claims = { sub: me.profile.id, sid: me.session, room: scope, jti: operation?.id ?? randomLetters(20), exp };
  return { ticket: await signTicket(AUTH_SECRET, claims), expiresAt: exp * 1_000 };
}

/** Checks signature, scope and expiry, but not whether the ticket was used. Refused `bad_ticket`. */
export async function checkTicket(env: Env, ticket: string, scope: TicketScope): Promise<TicketClaims> {
  const claims = await readTicket(settingsOf(env).AUTH_SECRET, ticket);
  if (claims === null || claims.room !== scope) throw new Refused("bad_ticket");
  return claims;
}

/** Uses the ticket up. Refused `bad_ticket`, also when it was used before. */
export async function useTicket(env: Env, { sub, sid, room, jti, exp }: TicketClaims): Promise<Profile> {
  const profile = await playerStub(env, sub).redeem(jti, exp * 1_000, sid, room === "me" ? null : room);
  if (profile === null) throw new Refused("bad_ticket");
  return profile;
}
