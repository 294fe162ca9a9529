import { sign, verify } from "hono/jwt";
import * as z from "zod";
import type { PlayerId } from "../../../rooms/game.ts";
import { isPlayerId } from "./random.ts";

/**
 * Session tokens, socket tickets and browser ids: JWTs, HS256 only, told apart by audience. The signature is checked first, so
 * that a forged player id never reaches a Durable Object. Whether the session is still alive is then asked of the Player object.
 */

const ALGORITHM = "HS256";
const TOKEN_CHARS_MAX = 1_024;

const playerId = z.custom<PlayerId>(isPlayerId);

const sessionClaims = z.object({ sub: playerId, sid: z.string().min(1), exp: z.int() });
const ticketClaims = z.object({
  sub: playerId,
  sid: z.string().min(1),
  /** The room's name, or `me` for the personal socket. */
  room: z.string().min(1),
  jti: z.string().min(1),
  exp: z.int(),
});

const deviceClaims = z.object({ did: z.string().min(1).max(64), exp: z.int() });

export type SessionClaims = Readonly<z.infer<typeof sessionClaims>>;
export type TicketClaims = Readonly<z.infer<typeof ticketClaims>>;

const now = (): number => Math.floor(Date.now() / 1_000);

export async function signSession(secret: string, claims: SessionClaims): Promise<string> {
  return sign({ ...claims, aud: "croupier:session", iat: now() }, secret, ALGORITHM);
}

export async function signTicket(secret: string, claims: TicketClaims): Promise<string> {
  return sign({ ...claims, aud: "croupier:ticket", iat: now() }, secret, ALGORITHM);
}

export async function signDevice(secret: string, did: string, exp: number): Promise<string> {
  return sign({ did, exp, aud: "croupier:device", iat: now() }, secret, ALGORITHM);
}

/** A browser's id, from a cookie that this service signed. Null: invalid. */
export async function readDevice(secret: string, token: string): Promise<string | null> {
  return (await read(secret, token, "croupier:device", deviceClaims))?.did ?? null;
}

/** Null: forged, expired, of another audience or not a token. */
export async function readSession(secret: string, token: string): Promise<SessionClaims | null> {
  return read(secret, token, "croupier:session", sessionClaims);
}

/** Null: forged, expired, of another audience or not a ticket. */
export async function readTicket(secret: string, token: string): Promise<TicketClaims | null> {
  return read(secret, token, "croupier:ticket", ticketClaims);
}

/** `iat` is not checked: a clock set back since would make a valid token look as if issued in the future. */
async function read<Claims>(
  secret: string,
  token: string,
  aud: string,
  claims: z.ZodType<Claims>,
): Promise<Claims | null> {
  if (token.length > TOKEN_CHARS_MAX) return null;
  try {
    return claims.parse(await verify(token, secret, { alg: ALGORITHM, aud, iat: false }));
  } catch {
    return null;
  }
}
