import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { app } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import { newGuest, ORIGIN, post } from "./api.workerd.ts";

/** What the assets have: the shell, under its own tag, and nothing else. */
const ASSETS = {
  fetch: async (request: Request) =>
    new URL(request.url).pathname === "/"
      ? request.headers.get("if-none-match") === '"1"'
        ? new Response(null, { status: 304 })
        : new Response("<!doctype html>the shell", {
            headers: {
              "content-type": "text/html",
              etag: '"1"',
              "cache-control": "public, max-age=0, must-revalidate",
            },
          })
      : new Response(null, { status: 404 }),
};

const NAVIGATION = { "sec-fetch-mode": "navigate", accept: "text/html" };

async function go(path: string, headers: Readonly<Record<string, string>> = NAVIGATION): Promise<Response> {
  const house = { ...env, ASSETS } as unknown as Env;
  return app.fetch(new Request(`${ORIGIN}${path}`, { headers, redirect: "manual" }), house, createExecutionContext());
}

describe("The page's shell", () => {
  test.each(["/boards", "/rooms/roulette/main", "/rooms/crash/main/rounds/1", "/operator/audit", "/account"])(
    "answers %s",
    async (path) => {
      const answer = await go(path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain("the shell");
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'self'");
      expect((await go(path, { ...NAVIGATION, "if-none-match": '"1"' })).status).toBe(304);
    },
  );

  test.each(["/nowhere", "/rooms/roulette/nobodys", "/rooms/chess/main", "/rooms/crash/nobodys/rounds/1", "/a%"])(
    "answers %s with 404, and is not kept",
    async (path) => {
      const answer = await go(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain("the shell");
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("etag")).toBeNull();
    },
  );

  test("tells nobody of a private room but who is of it or has an invitation", async () => {
    const { token } = await newGuest();
    const made = await post("/api/rooms", { token, body: { game: "roulette", private: true } });
    const { id, invite } = made.body as { id: string; invite: string };
    const path = `/rooms/roulette/${id}`;
    expect((await go(path)).status).toBe(404);
    expect((await go(`${path}?invite=${invite}`)).status).toBe(200);
    expect((await go(path, { ...NAVIGATION, cookie: `__Host-croupier=${token}` })).status).toBe(200);
  });

  test.each(["/assets/page-0LDHASH.js", "/assets/", "/page.js", "/API/rooms", "/docs/nowhere", "/metrics/nowhere"])(
    "does not answer %s, which is a 404 that is not kept",
    async (path) => {
      for (const headers of [{ accept: "*/*", "sec-fetch-mode": "cors" }, NAVIGATION]) {
        if (path === "/page.js" && headers === NAVIGATION) continue; // somebody who types it gets a page that says so
        const answer = await go(path, headers);
        expect(answer.status).toBe(404);
        expect(answer.headers.get("content-type")).toContain("application/json");
        expect(answer.headers.get("cache-control")).toBe("no-store");
      }
    },
  );

  test.each(["/docs", "/metrics"])("leaves %s/ to what it is", async (path) => {
    const answer = await go(`${path}/`);
    expect(answer.status).toBe(308);
    expect(answer.headers.get("location")).toBe(path);
  });
});
