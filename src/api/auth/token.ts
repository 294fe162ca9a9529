import { sign, verify } from "hono/jwt";
import * as z from "zod";
import type { PlayerId } from "../../../rooms/game.ts";
import { isPlayerId } from "./random.ts";

/**
 * Session tokens, socket tickets and browsers' own ids: JWTs under HS256 and nothing else, told apart by their audience. A token is believed only
 * after its signature, so a forged id never reaches an object; whether the session still lives is then asked of the player.
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

/** A browser's id, if this house gave it. */
export async function readDevice(secret: string, token: string): Promise<string | null> {
  return (await read(secret, token, "croupier:device", deviceClaims))?.did ?? null;
}

/** Null: forged, expired, of another kind or not a token at all. */
export async function readSession(secret: string, token: string): Promise<SessionClaims | null> {
  return read(secret, token, "croupier:session", sessionClaims);
}

/** Null: forged, expired, of another kind or not a ticket at all. */
export async function readTicket(secret: string, token: string): Promise<TicketClaims | null> {
  return read(secret, token, "croupier:ticket", ticketClaims);
}

/** When it was issued is not asked: a clock that has been put back since would refuse it, and its signature says that it is ours. */
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
