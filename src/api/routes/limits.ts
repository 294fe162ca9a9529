import { signedInOrAgain } from "../auth/identify.ts";
import { idempotent } from "../http/idempotency.ts";
import { Refused } from "../http/refusals.ts";
import type { LimitsStanding } from "../../objects/player/limits.ts";
import { playerStub } from "../../objects/stubs.ts";
import { amount, createRoute, idempotencyHeader, instant, json, takes, router, z } from "./schemas.ts";

/** Routes under /api/me for responsible play. Days are UTC. */

const tags = ["me"];
const DAY_MS = 86_400_000;

const sum = z
  .int()
  .min(0)
  .max(1_000_000_000_000)
  .nullable()
  .openapi({ description: "Integer minor units; null: no limit.", example: 5_000 });
const minutes = (least: number): z.ZodType<number | null> =>
  z
    .int()
    .min(least)
    .max(1_440)
    .nullable()
    .openapi({ type: ["integer", "null"], description: "null: none.", example: 60 });

const limits = z.object({
  lossPerDay: sum.openapi({ description: "Staked less returned. Chips that lie on a table count as lost." }),
  stakePerDay: sum.openapi({
    description: "Whatever came back. In poker, chips brought to the table count as staked.",
  }),
  sessionMinutes: minutes(5).openapi({
    description: "After this time nothing more is staked. A new session may begin a quarter of an hour later.",
  }),
  realityCheckMinutes: minutes(1).openapi({
    description: "How often the personal socket reports the time played and the result.",
  }),
});

const standing = z
  .object({
    limits,
    pending: z
      .object({ limits: limits.partial(), at: instant })
      .nullable()
      .openapi({ description: "Limits that were raised or removed, and when that takes effect." }),
    used: z
      .object({ day: z.string().openapi({ example: "2026-11-27" }), staked: amount, lost: z.int() })
      .openapi({ description: "Today's sums. Chips on a table count as staked, and as lost until they come back." }),
    session: z.object({ startedAt: instant, endsAt: instant.nullable(), breakUntil: instant.nullable() }).nullable(),
    excluded: z.object({ kind: z.enum(["cool-off", "self-exclusion"]), until: instant }).nullable(),
  })
  .openapi("Limits");

const readRoute = createRoute({
  method: "get",
  path: "/limits",
  operationId: "getMyLimits",
  tags,
  summary: "My limits, and what of them is used",
  caller: "player",
  responses: { 200: json("As they are", standing) },
});

const setRoute = createRoute({
  method: "post",
  path: "/limits",
  operationId: "setMyLimits",
  tags,
  summary: "Set limits",
  description:
    "A lower limit counts at once, for chips on a table too. A higher one, or none, counts after a day. What is left out stays as it is.",
  caller: "player",
  request: {
    headers: idempotencyHeader,
    body: takes(
      limits
        .partial()
        .strict()
        .openapi({ example: { lossPerDay: 5_000, realityCheckMinutes: 30 } }),
    ),
  },
  responses: { 200: json("As they are now", standing) },
});

const cancelRoute = createRoute({
  method: "post",
  path: "/limits/cancel",
  operationId: "cancelMyPendingLimits",
  tags,
  summary: "Drop what is pending",
  caller: "player",
  request: { headers: idempotencyHeader },
  responses: { 200: json("As they are now", standing) },
});

const exclusion = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cool-off"), days: z.union([z.literal(1), z.literal(7), z.literal(30)]) }),
  z.strictObject({ kind: z.literal("self-exclusion"), months: z.union([z.literal(6), z.literal(12), z.literal(60)]) }),
]);

const excludeRoute = createRoute({
  method: "post",
  path: "/exclusion",
  operationId: "excludeMe",
  tags,
  summary: "Keep me from playing",
  description:
    "A break of days (`cool-off`) or an exclusion of months (`self-exclusion`), from now on. Open bets are played to their end and nothing more is staked. Then chips go home, sessions end, and logging in is refused until it is over. It can be made longer, never shorter. A guest's session goes on, since a guest could not log in again.",
  caller: "player",
  middleware: [signedInOrAgain, idempotent] as const,
  request: {
    headers: idempotencyHeader,
    body: takes(exclusion.openapi({ example: { kind: "cool-off", days: 7 } })),
  },
  responses: { 200: json("As it is now", standing) },
});

/** Calendar months. */
function untilOf(body: z.infer<typeof exclusion>, now: number): number {
  if (body.kind === "cool-off") return now + body.days * DAY_MS;
  const until = new Date(now);
  until.setUTCMonth(until.getUTCMonth() + body.months);
  return until.getTime();
}

/** Null means that there is no such player; with a session that cannot be, so it is refused `unauthenticated`. */
function present(found: LimitsStanding | null): LimitsStanding {
  if (found === null) throw new Refused("unauthenticated");
  return found;
}

export const limitRoutes = router()
  .openapi(readRoute, async (c) => c.json(present(await playerStub(c.env, c.get("me").profile.id).limits()), 200))
  .openapi(setRoute, async (c) => {
    const body = c.req.valid("json");
    return c.json(present(await playerStub(c.env, c.get("me").profile.id).setLimits(body, c.get("operation"))), 200);
  })
  .openapi(cancelRoute, async (c) =>
    c.json(present(await playerStub(c.env, c.get("me").profile.id).cancelLimits(c.get("operation"))), 200),
  )
  .openapi(excludeRoute, async (c) => {
    const body = c.req.valid("json");
    const until = untilOf(body, Date.now());
    const kept = await playerStub(c.env, c.get("me").profile.id).exclude(
      { kind: body.kind, until },
      c.get("operation"),
    );
    return c.json(present(kept), 200);
  });
