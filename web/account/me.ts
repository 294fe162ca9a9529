import { queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import { ask, tell } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import { sessionNow } from "../api/session.ts";
import { player } from "../api/shapes.ts";
import { hearLimits } from "../care/care.ts";

/** Queries of the visitor's own account. Keys contain the player's id, so that the next player never sees this one's data. */

const about = z.object({ player, hidden: z.boolean(), createdAt: z.number() });
const session = z.object({ id: z.string(), startedAt: z.number(), expiresAt: z.number(), current: z.boolean() });
const sessions = z.object({ sessions: z.array(session) });
export type SignedIn = z.infer<typeof session>;

const limit = z.nullable(z.number());
const limits = z.object({
  lossPerDay: limit,
  stakePerDay: limit,
  sessionMinutes: limit,
  realityCheckMinutes: limit,
});
export type Limits = z.infer<typeof limits>;

const standing = z.object({
  limits,
  /** Limits that were raised or removed, and when that takes effect. */
  pending: z.nullable(z.object({ limits: z.partial(limits), at: z.number() })),
  /** `lost`: staked less returned, so it is negative for a player who is ahead. */
  used: z.object({ day: z.string(), staked: z.number(), lost: z.number() }),
  session: z.nullable(
    z.object({ startedAt: z.number(), endsAt: z.nullable(z.number()), breakUntil: z.nullable(z.number()) }),
  ),
  excluded: z.nullable(z.object({ kind: z.enum(["cool-off", "self-exclusion"]), until: z.number() })),
});
export type Standing = z.infer<typeof standing>;

export const aboutQuery = (id: string) =>
  queryOptions({ queryKey: ["account", id], queryFn: ({ signal }) => ask("GET /api/me", about, { signal }) });

export const sessionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["account", id, "sessions"],
    queryFn: async ({ signal }) => (await ask("GET /api/me/sessions", sessions, { signal })).sessions,
  });

/** Changes of limits are pushed by the personal socket. The sums staked are not, so they are polled. */
export const limitsQuery = (id: string) =>
  queryOptions({
    queryKey: ["limits", id],
    queryFn: ({ signal }) => ask("GET /api/me/limits", standing, { signal }),
    refetchInterval: 15_000,
  });

export async function hide(id: string, hidden: boolean): Promise<void> {
  await tell("POST /api/me/profile", { body: { hidden } });
  await queries.invalidateQueries({ queryKey: ["account", id], exact: true });
}

/** Refused `invalid_credentials` when `current` is wrong. Ends all other sessions. */
export async function changePassword(id: string, current: string, next: string): Promise<void> {
  await tell("POST /api/me/password", { body: { current, next } });
  await queries.invalidateQueries({ queryKey: ["account", id, "sessions"] });
}

export async function endSession(
  id: string,
  which: { readonly id: string } | { readonly others: true },
): Promise<void> {
  await tell("POST /api/me/sessions/end", { body: which });
  await queries.invalidateQueries({ queryKey: ["account", id, "sessions"] });
}

export async function setLimits(id: string, changes: Partial<Limits>): Promise<Standing> {
  return keep(id, await ask("POST /api/me/limits", standing, { body: changes }));
}

export async function cancelPending(id: string): Promise<void> {
  keep(id, await ask("POST /api/me/limits/cancel", standing));
}

export type Exclusion =
  | { readonly kind: "cool-off"; readonly days: 1 | 7 | 30 }
  | { readonly kind: "self-exclusion"; readonly months: 6 | 12 | 60 };

/** Ends all sessions of a registered player. */
export async function exclude(id: string, exclusion: Exclusion): Promise<Standing> {
  return keep(id, await ask("POST /api/me/exclusion", standing, { body: exclusion }));
}

function keep(id: string, now: Standing): Standing {
  queries.setQueryData(limitsQuery(id).queryKey, now);
  return now;
}

hearLimits((frame) => {
  const session = sessionNow();
  const read = standing.safeParse(frame);
  if (read.success && session.state === "here") keep(session.player.id, read.data);
});
