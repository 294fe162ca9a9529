import { settingsOf, type Env } from "../../env.ts";
import type { Me } from "../http/context.ts";
import { Refused } from "../http/refusals.ts";
import type { Profile } from "../../objects/player/profile.ts";
import type { Operation } from "../../objects/player/requests.ts";
import { playerStub } from "../../objects/stubs.ts";
import { randomLetters } from "./random.ts";
import { readTicket, signTicket, type TicketClaims } from "./token.ts";

/**
 * Socket tickets: the only token that travels in a URL, because a browser cannot send headers with a socket. One use, one
 * player, one socket address, and dead with the session that asked for it. Making one writes nothing; its use is remembered
 * until it has expired.
 */

/** Where a ticket opens: a room's name, or the personal socket. */
export type TicketScope = `${string}:${string}` | "me";

/** However often one operation asks, the tickets that it gets have one use together. */
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

/** Of this house, for this room, in time; whether it was used is not asked yet. Refused `bad_ticket`. */
export async function checkTicket(env: Env, ticket: string, scope: TicketScope): Promise<TicketClaims> {
  const claims = await readTicket(settingsOf(env).AUTH_SECRET, ticket);
  if (claims === null || claims.room !== scope) throw new Refused("bad_ticket");
  return claims;
}

/** Its one use. Refused `bad_ticket`. */
export async function useTicket(env: Env, { sub, sid, room, jti, exp }: TicketClaims): Promise<Profile> {
  const profile = await playerStub(env, sub).redeem(jti, exp * 1_000, sid, room === "me" ? null : room);
  if (profile === null) throw new Refused("bad_ticket");
  return profile;
}
