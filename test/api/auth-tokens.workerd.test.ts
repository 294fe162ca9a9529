import { sign } from "hono/jwt";
import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { newPlayerId } from "../../src/api/auth/random.ts";
import { settingsOf } from "../../src/env.ts";
import { expectRefused, get, newGuest, post } from "./api.workerd.ts";

const secret = settingsOf(env).AUTH_SECRET;
const exp = Math.floor(Date.now() / 1_000) + 600;
const part = (value: object): string =>
  btoa(JSON.stringify(value)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

/** The claims of a token that is good, to be signed wrongly. */
async function goodClaims(): Promise<{ sub: string; sid: string; exp: number; aud: string }> {
  const { token } = await newGuest();
  return JSON.parse(atob((token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/")));
}

describe("tokens that are not ours", () => {
  test("the claims signed as we sign them are good: what follows differs from this alone", async () => {
    const token = await sign(await goodClaims(), secret, "HS256");
    expect((await get("/api/auth/session", { token })).status).toBe(200);
  });

  test("no algorithm", async () => {
    const claims = await goodClaims();
    for (const alg of ["none", "None", "NONE", ""]) {
      const token = `${part({ alg, typ: "JWT" })}.${part(claims)}.`;
      expectRefused(await get("/api/auth/session", { token }), 401, "unauthenticated");
    }
  });

  test("another algorithm under the same secret", async () => {
    for (const alg of ["HS384", "HS512"] as const) {
      const token = await sign(await goodClaims(), secret, alg);
      expectRefused(await get("/api/auth/session", { token }), 401, "unauthenticated");
    }
  });

  test("another secret", async () => {
    const token = await sign(await goodClaims(), `${secret}.`, "HS256");
    expectRefused(await get("/api/auth/session", { token }), 401, "unauthenticated");
  });

  test("other claims under a good signature", async () => {
    const { token } = await newGuest();
    const [head, , signature] = token.split(".");
    const forged = `${head}.${part(await goodClaims())}.${signature}`;
    expectRefused(await get("/api/auth/session", { token: forged }), 401, "unauthenticated");
  });

  test.each(["", "x", "a.b", "a.b.c", "a.b.c.d", `${part({ alg: "HS256" })}..`, "x".repeat(5_000)])(
    "%j is not a token",
    async (token) => {
      const headers = { authorization: `Bearer ${token}` };
      expectRefused(await get("/api/auth/session", { headers }), 401, "unauthenticated");
    },
  );

  test("claims of another shape, and a ticket, do not sign anybody in", async () => {
    const claims = await goodClaims();
    const others = [
      { ...claims, aud: "croupier:ticket" },
      { ...claims, sub: "roulette:main" },
      { ...claims, sid: 7 },
      { sub: claims.sub, sid: claims.sid, aud: claims.aud },
      { ...claims, exp: exp - 1_200 },
    ];
    for (const one of others) {
      const token = await sign(one, secret, "HS256");
      expectRefused(await get("/api/auth/session", { token }), 401, "unauthenticated");
    }
    const good = await newGuest();
    const { body } = await post("/api/me/ticket", { token: good.token });
    expectRefused(await get("/api/auth/session", { token: body.ticket }), 401, "unauthenticated");
  });

  test("a forged id touches no object, and a signed one of nobody's is nobody", async () => {
    const sub = newPlayerId();
    const claims = { sub, sid: "s", exp, aud: "croupier:session" };
    const before = (await listDurableObjectIds(env.PLAYER)).length;
    const forged = await sign(claims, "somebody else's secret, just as long", "HS256");
    expectRefused(await get("/api/balance", { token: forged }), 401, "unauthenticated");
    expect(await listDurableObjectIds(env.PLAYER)).toHaveLength(before);
    const signed = await sign(claims, secret, "HS256");
    expectRefused(await get("/api/balance", { token: signed }), 401, "unauthenticated");
  });
});
