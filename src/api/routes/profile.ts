import { signedIn, signedInOrAgain } from "../auth/identify.ts";
import { readUsername } from "../auth/username.ts";
import { idempotent, idempotentSecret, keyOf } from "../http/idempotency.ts";
import { Refused } from "../http/refusals.ts";
import { accountOf, changePassword, renewRecovery } from "../auth/enter.ts";
import { playerStub } from "../../objects/stubs.ts";
import {
  anyPassword,
  createRoute,
  idempotencyHeader,
  instant,
  json,
  takes,
  newPassword,
  passwordFor,
  player,
  recoveryCode,
  router,
  sameAgainHeader,
  z,
} from "./schemas.ts";

/** Routes under /api/me: profile, password and sessions. */

const tags = ["me"];

const aboutRoute = createRoute({
  method: "get",
  path: "/",
  operationId: "getMe",
  tags,
  summary: "Who I am",
  caller: "player",
  responses: {
    200: json(
      "As others see me, and whether they do",
      z
        .object({
          player,
          hidden: z.boolean().openapi({ description: "On no board but my own." }),
          createdAt: instant,
        })
        .openapi("Me"),
    ),
  },
});

const profileRoute = createRoute({
  method: "post",
  path: "/profile",
  operationId: "setMyProfile",
  tags,
  summary: "Hide me from boards, or show me",
  caller: "player",
  request: {
    headers: idempotencyHeader,
    body: takes(z.strictObject({ hidden: z.boolean() })),
  },
  responses: { 200: json("As it is now", z.object({ hidden: z.boolean() })) },
});

const passwordRoute = createRoute({
  method: "post",
  path: "/password",
  operationId: "changeMyPassword",
  tags,
  summary: "Change my password",
  description: "Ends every other session.",
  caller: "player",
  middleware: [signedIn, idempotentSecret] as const,
  request: {
    headers: idempotencyHeader,
    body: takes(z.strictObject({ current: anyPassword, next: newPassword })),
  },
  refuses: ["invalid_credentials", "not_registered", "too_many_attempts"],
  responses: {
    204: { description: "Changed" },
  },
});

const recoveryRoute = createRoute({
  method: "post",
  path: "/recovery",
  operationId: "renewMyRecoveryCode",
  tags,
  summary: "Another recovery code",
  description:
    "The code before it no longer works. The new one is given here, and again to a repeat under the same key while it is valid. A repeat after yet another code was made is refused, and that code stays valid. Without a key each request makes another code.",
  caller: "player",
  request: {
    headers: sameAgainHeader,
    body: takes(z.strictObject({ password: anyPassword })),
  },
  refuses: ["invalid_credentials", "not_registered", "idempotency_conflict", "too_many_attempts"],
  responses: {
    200: json("Keep it somewhere safe", z.object({ recoveryCode }).openapi("Recovered")),
  },
});

const recoverySinceRoute = createRoute({
  method: "get",
  path: "/recovery",
  operationId: "getMyRecoveryCodeDate",
  tags,
  summary: "Since when I have a recovery code",
  caller: "player",
  refuses: ["not_registered"],
  responses: {
    200: json("When it was made; the code itself is not stored", z.object({ madeAt: instant.nullable() })),
  },
});

const sessionsRoute = createRoute({
  method: "get",
  path: "/sessions",
  operationId: "listMySessions",
  tags,
  summary: "Where I am signed in",
  caller: "player",
  responses: {
    200: json(
      "The newest first",
      z.object({
        sessions: z.array(
          z.object({
            id: z.string().openapi({ example: "3fw7k2m9qx4c0v8h1ztr3fw7k2" }),
            startedAt: instant,
            expiresAt: instant,
            current: z.boolean().openapi({ description: "The one that asks." }),
          }),
        ),
      }),
    ),
  },
});

const endRoute = createRoute({
  method: "post",
  path: "/sessions/end",
  operationId: "endMySessions",
  tags,
  summary: "End a session of mine, or all others",
  caller: "player",
  middleware: [signedInOrAgain, idempotent] as const,
  request: {
    headers: idempotencyHeader,
    body: takes(
      z
        .union([
          z.strictObject({ id: z.string().regex(/^[0-9a-z]{20,32}$/, "no session has such an id") }),
          z.strictObject({ others: z.literal(true) }),
        ])
        .openapi({ example: { others: true } }),
    ),
  },
  responses: {
    204: { description: "Ended, or over before" },
  },
});

export const profileRoutes = router()
  .openapi(aboutRoute, async (c) => {
    const found = await playerStub(c.env, c.get("me").profile.id).about();
    if (found === null) throw new Refused("unauthenticated");
    const { id, name, account, hidden, createdAt } = found;
    return c.json({ player: { id, username: name, guest: account === null }, hidden, createdAt }, 200);
  })
  .openapi(profileRoute, async (c) => {
    const { hidden } = c.req.valid("json");
    return c.json(
      { hidden: await playerStub(c.env, c.get("me").profile.id).setHidden(hidden, c.get("operation")) },
      200,
    );
  })
  .openapi(passwordRoute, async (c) => {
    const { current, next } = c.req.valid("json");
    const me = c.get("me");
    passwordFor(readUsername(me.profile.name), next, "next");
    await changePassword(c.env, me, current, next, c.get("operation")?.id ?? null);
    return c.body(null, 204);
  })
  .openapi(recoveryRoute, async (c) => {
    const { password } = c.req.valid("json");
    return c.json({ recoveryCode: await renewRecovery(c.env, c.get("me"), password, keyOf(c)) }, 200);
  })
  .openapi(recoverySinceRoute, async (c) => {
    return c.json({ madeAt: await accountOf(c.env, c.get("me")).recoverySince() }, 200);
  })
  .openapi(sessionsRoute, async (c) => {
    const { profile, session } = c.get("me");
    const sessions = await playerStub(c.env, profile.id).sessions();
    return c.json({ sessions: sessions.map((one) => ({ ...one, current: one.id === session })) }, 200);
  })
  .openapi(endRoute, async (c) => {
    const body = c.req.valid("json");
    const { profile, session } = c.get("me");
    const stub = playerStub(c.env, profile.id);
    if ("others" in body) await stub.leaveOthers(session, undefined, c.get("operation"));
    else await stub.leave(body.id, false);
    return c.body(null, 204);
  });
