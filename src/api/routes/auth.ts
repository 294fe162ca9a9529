import {
  enterAsGuest,
  guestAgain,
  guestRequest,
  logIn,
  recover,
  refresh,
  register,
  registerAgain,
  type Registered,
  type Session,
} from "../auth/enter.ts";
import type { Guesser } from "../../objects/account/tries.ts";
import { guesserOf, keepDevice } from "../auth/guesser.ts";
import { claimed, dropCookie, identify, keepCookie } from "../auth/identify.ts";
import { readRecoveryCode } from "../auth/recovery.ts";
import type { Username } from "../auth/username.ts";
import type { Ctx } from "../http/context.ts";
import { addressOf } from "../http/address.ts";
import { withinGrants } from "../http/guards.ts";
import { keyOf } from "../http/idempotency.ts";
import { Refused } from "../http/refusals.ts";
import type { Profile } from "../../objects/player/profile.ts";
import { playerStub } from "../../objects/stubs.ts";
import {
  anyPassword,
  createRoute,
  instant,
  json,
  takes,
  newPassword,
  passwordFor,
  player,
  RECOVERY_EXAMPLE,
  recoveryCode,
  router,
  sameAgainHeader,
  session,
  username,
  z,
} from "./schemas.ts";

/** Routes under /api/auth: guests, registration, log-in and sessions. */

const tags = ["auth"];
const credentials = { username, password: anyPassword };

const shownPlayer = ({ id, name, account }: Profile): z.input<typeof player> => ({
  id,
  username: name,
  guest: account === null,
});

/** Every way to sign in returns the token in the body and sets it as the page's cookie. */
function welcome(c: Ctx, { profile, token, expiresAt }: Session): z.input<typeof session> {
  keepCookie(c, token);
  return { token, expiresAt, player: shownPlayer(profile) };
}

const guestRoute = createRoute({
  method: "post",
  path: "/guest",
  operationId: "enterAsGuest",
  tags,
  summary: "Play at once, as a guest",
  description:
    "A new player with a made-up name and play money. Registering later keeps both. The number of new players a day from one address is limited. A key gives the same guest and session once more for 10 minutes, from the same address alone and while that session lives; afterwards it is refused.",
  request: { headers: sameAgainHeader },
  refuses: ["too_many_grants", "idempotency_conflict"],
  responses: {
    201: json("A new guest, or the one that this key made", session),
  },
});

const registerRoute = createRoute({
  method: "post",
  path: "/register",
  operationId: "register",
  tags,
  summary: "Take a user name",
  description:
    "With a guest's token, that player keeps everything they have, and that token ends. The recovery code is given here, and again to a repeat under the same key. It is never shown otherwise, and a lost password cannot be replaced without it. Under a key that took this name before, the call signs in: the password must be the same.",
  caller: "visitor",
  request: {
    headers: sameAgainHeader,
    body: takes(z.strictObject({ username, password: newPassword })),
  },
  refuses: [
    "username_taken",
    "already_registered",
    "invalid_credentials",
    "too_many_attempts",
    "idempotency_conflict",
    "too_many_grants",
    "excluded",
  ],
  responses: {
    201: json("Registered and signed in", session.extend({ recoveryCode }).openapi("Registered")),
  },
});

const loginRoute = createRoute({
  method: "post",
  path: "/login",
  operationId: "logIn",
  tags,
  summary: "Sign in",
  description:
    "An unknown name and a wrong password get the same answer. Wrong passwords are counted by name and address. A browser that has signed in before is known by its cookie and has a count of its own.",
  request: { body: takes(z.strictObject(credentials)) },
  refuses: ["invalid_credentials", "too_many_attempts", "excluded", "limit_session"],
  responses: {
    200: json("Signed in", session),
  },
});

const recoverRoute = createRoute({
  method: "post",
  path: "/recover",
  operationId: "recoverAccount",
  tags,
  summary: "A new password for the recovery code",
  description:
    "Ends every session. The code is used up; the answer has the next one. Sent again with the same new password, because the answer was lost, it has the same effect and gives the same next code.",
  request: {
    body: takes(
      z.strictObject({
        username,
        recoveryCode: z
          .string()
          .max(100)
          .openapi({ description: "Case and hyphens do not matter.", example: RECOVERY_EXAMPLE }),
        newPassword,
      }),
    ),
  },
  refuses: ["bad_recovery_code", "too_many_attempts"],
  responses: {
    200: json("Changed: now sign in", z.object({ recoveryCode }).openapi("Recovered")),
  },
});

const sessionRoute = createRoute({
  method: "get",
  path: "/session",
  operationId: "getSession",
  tags,
  summary: "Who am I",
  description:
    "Using a session extends it: this call at once, others within a day. A session that is not used for SESSION_DAYS ends, and its sockets are closed.",
  caller: "player",
  responses: {
    200: json("The session is alive", z.object({ expiresAt: instant, player })),
  },
});

const refreshRoute = createRoute({
  method: "post",
  path: "/refresh",
  operationId: "refreshSession",
  tags,
  summary: "A new token for this one",
  description: "The old token no longer works.",
  caller: "player",
  middleware: [], // no `signedIn`: on a retry the old token is already dead
  request: { headers: sameAgainHeader },
  responses: { 200: json("Renewed", session) },
});

const logoutRoute = createRoute({
  method: "post",
  path: "/logout",
  operationId: "logOut",
  tags,
  summary: "Sign out",
  description: "The token no longer works, and all sockets of its session are closed.",
  caller: "player",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z.strictObject({
            everywhere: z.boolean().optional().openapi({ description: "End every session of this player." }),
          }),
        },
      },
    },
  },
  responses: {
    204: { description: "Signed out" },
  },
});

async function registered(c: Ctx, name: Username, password: string, guesser: Guesser): Promise<Registered> {
  try {
    const guest = await identify(c);
    const enter = async (): Promise<Registered> => register(c.env, name, password, guest, guesser, keyOf(c));
    return guest === null ? await withinGrants(c, enter) : await enter();
  } catch (error) {
    const lost = error instanceof Refused && error.code === "unauthenticated" ? await claimed(c) : null;
    const again = lost === null ? null : await registerAgain(c.env, name, password, lost.sub, guesser, keyOf(c));
    if (again === null) throw error;
    return again;
  }
}

async function guest(c: Ctx): Promise<Session> {
  const key = keyOf(c);
  const request = key === null ? null : await guestRequest(c.env, addressOf(c.req.header("cf-connecting-ip")), key);
  const again = request === null ? null : await guestAgain(c.env, request);
  return again ?? withinGrants(c, async () => enterAsGuest(c.env, request));
}

export const auth = router()
  .openapi(guestRoute, async (c) => c.json(welcome(c, await guest(c)), 201))
  .openapi(registerRoute, async (c) => {
    const { username: name, password } = c.req.valid("json");
    passwordFor(name, password);
    const guesser = await guesserOf(c);
    const entered = await registered(c, name, password, guesser);
    const body = { ...welcome(c, entered), recoveryCode: entered.recoveryCode };
    await keepDevice(c, guesser);
    return c.json(body, 201);
  })
  .openapi(loginRoute, async (c) => {
    const { username: name, password } = c.req.valid("json");
    const guesser = await guesserOf(c);
    const entered = await logIn(c.env, name, password, guesser);
    const body = welcome(c, entered);
    await keepDevice(c, guesser);
    return c.json(body, 200);
  })
  .openapi(recoverRoute, async (c) => {
    const { username: name, recoveryCode: code, newPassword: password } = c.req.valid("json");
    passwordFor(name, password, "newPassword");
    const guesser = await guesserOf(c);
    const next = await recover(c.env, name, readRecoveryCode(code), password, guesser);
    await keepDevice(c, guesser);
    return c.json({ recoveryCode: next }, 200);
  })
  .openapi(sessionRoute, (c) => {
    const { profile, expiresAt } = c.get("me");
    return c.json({ expiresAt, player: shownPlayer(profile) }, 200);
  })
  .openapi(refreshRoute, async (c) => {
    const claims = await claimed(c);
    if (claims === null) throw new Refused("unauthenticated");
    return c.json(welcome(c, await refresh(c.env, claims, keyOf(c))), 200);
  })
  .openapi(logoutRoute, async (c) => {
    const { profile, session: id } = c.get("me");
    const { everywhere = false } = c.req.valid("json");
    await playerStub(c.env, profile.id).leave(id, everywhere);
    dropCookie(c);
    return c.body(null, 204);
  });
