import { createExecutionContext, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { app } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import { REFUSALS } from "../../src/api/http/refusals.ts";
import { answerOf, api, expectRefused, get, newGuest, ORIGIN, post, requestOf, type Answer } from "./api.workerd.ts";

async function withEnv(settings: Partial<Record<string, unknown>>, path = "/api/rooms"): Promise<Answer> {
  const changed = { ...env, ...settings } as Env;
  return answerOf(await app.fetch(requestOf("GET", path), changed, createExecutionContext()));
}

describe("what every answer has", () => {
  test("a request id of the server's, never the client's", async () => {
    const first = await get("/api/rooms", { headers: { "x-request-id": "mine" } });
    const second = await get("/api/rooms");
    expect(first.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(first.headers.get("x-request-id")).not.toBe(second.headers.get("x-request-id"));
  });

  test.each(["/api/rooms", "/api/nowhere", "/docs"])("security headers: %s", async (path) => {
    const { headers } = await SELF.fetch(`${ORIGIN}${path}`);
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
  });
});

describe("what is not there", () => {
  test.each([
    "/api",
    "/api/",
    "/api/nowhere",
    "/api/rooms/roulette",
    "/api/rooms/roulette/main/nowhere",
    "/api/metrics",
  ])("%s is not found", async (path) => {
    expectRefused(await get(path), 404, "not_found");
    expectRefused(await post(path), 404, "not_found");
  });

  test.each([
    ["DELETE", "/api/rooms", "GET, HEAD, POST"],
    ["GET", "/api/auth/login", "POST"],
    ["PUT", "/api/balance", "GET, HEAD"],
    ["POST", "/api/rooms/roulette/main", "GET, HEAD"],
    ["PATCH", "/api/rooms/roulette/main/rounds/1", "GET, HEAD"],
    ["POST", "/docs", "GET, HEAD"],
  ])("%s %s is the wrong method", async (method, path, allow) => {
    const answer = await api(method, path);
    expectRefused(answer, 405, "method_not_allowed");
    expect(answer.headers.get("allow")).toBe(allow);
  });
});

describe("bodies", () => {
  const login = "/api/auth/login";
  const good = { username: "somebody", password: "whatever it is" };

  test.each(["application/json", "application/json; charset=utf-8", "text/plain;charset=UTF-8"])(
    "an empty body called %s is no body: logging out needs none, and a log-in says what it lacks",
    async (type) => {
      const headers = { "content-type": type };
      const { token } = await newGuest();
      expect((await post("/api/auth/logout", { token, body: "", headers })).status).toBe(204);
      expectRefused(await get("/api/auth/session", { token }), 401, "unauthenticated");
      const lacking = await post(login, { body: "", headers });
      expectRefused(lacking, 422, "invalid_request");
      expect(Object.keys(lacking.body.error.fields)).toEqual(["username", "password"]);
    },
  );

  test.each(["{", "nonsense", '{"username":'])("%j is not JSON", async (body) => {
    const answer = await post(login, { body, headers: { "content-type": "application/json" } });
    expect([answer.status, answer.body.error.code]).toEqual([400, "malformed_json"]);
  });

  test("another type than JSON", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json-seq", ""]) {
      const answer = await post(login, { body: JSON.stringify(good), headers: { "content-type": type } });
      expectRefused(answer, 415, "not_json");
    }
    const silent = new Response(new TextEncoder().encode(JSON.stringify(good))).body;
    const untyped = new Request(`${ORIGIN}${login}`, { method: "POST", body: silent });
    expectRefused(await answerOf(await SELF.fetch(untyped)), 415, "not_json");
    const answer = await post(login, { body: good, headers: { "content-type": "Application/JSON; charset=utf-8" } });
    expectRefused(answer, 401, "invalid_credentials");
  });

  test("none at all, even as an empty stream", async () => {
    const body = new Response("").body;
    const request = new Request(`${ORIGIN}/api/auth/guest`, { method: "POST", body });
    expect((await SELF.fetch(request)).status).toBe(201);
  });

  test("more than 16 KB, said or not", async () => {
    const body = JSON.stringify({ ...good, more: "x".repeat(16_384) });
    expectRefused(await post(login, { body }), 413, "too_large");
    const stream = new Response(body).body;
    const request = new Request(`${ORIGIN}${login}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: stream,
    });
    expectRefused(await answerOf(await SELF.fetch(request)), 413, "too_large");
  });

  test("each wrong field by its name, and unknown fields too", async () => {
    const answer = await post("/api/auth/register", { body: { username: 7, password: "short", admin: true } });
    expectRefused(answer, 422, "invalid_request");
    expect(Object.keys(answer.body.error.fields).sort()).toEqual(["admin", "password", "username"]);
    for (const body of [null, [], "text", 5]) {
      expectRefused(await post(login, { body: JSON.stringify(body) }), 422, "invalid_request");
    }
    expectRefused(await post("/api/auth/login"), 422, "invalid_request");
  });
});

const allowed = async (origin: string): Promise<string | null> =>
  (await get("/api/rooms", { headers: { origin } })).headers.get("access-control-allow-origin");

describe("origins", () => {
  const bad = [
    "https://evil.example",
    "http://croupier.test",
    "https://croupier.test:8443",
    "https://croupier.test.evil.example",
    "https://evil.croupier.test",
    "https://friend.example.evil.example",
    "http://friend.example",
    "null",
  ];

  test.each(bad)("nothing is changed for a page of %j", async (origin) => {
    const { token } = await newGuest();
    const headers = { origin };
    expectRefused(await post("/api/auth/guest", { headers }), 403, "bad_origin");
    expectRefused(await post("/api/balance/faucet", { token, headers }), 403, "bad_origin");
    const socket = { ...headers, upgrade: "websocket" };
    expectRefused(await get("/api/rooms/roulette/main/socket", { headers: socket }), 403, "bad_origin");
    expectRefused(await get("/api/me/socket?ticket=x", { headers: socket }), 403, "bad_origin");
    expect((await get("/api/balance", { token })).body.available).toBe(100_000);
  });

  test.each([ORIGIN, "https://friend.example"])("a page of %s may", async (origin) => {
    expect((await post("/api/auth/guest", { headers: { origin } })).status).toBe(201);
  });

  test("who is no page has no origin, and may", async () => {
    expect((await post("/api/auth/guest")).status).toBe(201);
  });

  test("only an allowed page may read the answers from elsewhere", async () => {
    expect(await allowed("https://friend.example")).toBe("https://friend.example");
    for (const origin of bad) expect(await allowed(origin)).toBeNull();
    const asking = { origin: "https://friend.example", "access-control-request-method": "POST" };
    expect((await api("OPTIONS", "/api/rooms", { headers: asking })).status).toBe(204);
    expect(
      (await api("OPTIONS", "/api/rooms", { headers: { ...asking, origin: "https://evil.example" } })).status,
    ).toBe(405);
  });
});

describe("settings", () => {
  test.each([
    ["AUTH_SECRET", undefined],
    ["AUTH_SECRET", "thirty-one characters of secret"],
    ["GUEST_GRANT", "plenty"],
    ["FAUCET_AMOUNT", -5],
    ["TICKET_S", "1.5"],
    ["ALLOWED_ORIGINS", "https://friend.example/path"],
  ])("a wrong %s is named, and its value is not", async (name, value) => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    const answer = await withEnv({ [name]: value });
    expectRefused(answer, 500, "bad_settings");
    expect(answer.body.error.message).toContain(name);
    const said = JSON.stringify(answer.body) + JSON.stringify(log.mock.calls);
    if (typeof value === "string") expect(said).not.toContain(value);
    log.mockRestore();
  });

  test("numbers may come as text, and empty text means the default", async () => {
    expect((await withEnv({ TICKET_S: "30", GUEST_GRANT: "", ALLOWED_ORIGINS: "" })).status).toBe(200);
  });
});

test("a bug of ours is `internal`: logged with the request id, told without a word of it", async () => {
  const log = vi.spyOn(console, "error").mockReturnValue();
  const DIRECTORY = {
    idFromName: () => "x",
    get: () => ({ list: () => Promise.reject(new Error("the secret cause")) }),
  };
  const answer = await withEnv({ DIRECTORY });
  expectRefused(answer, 500, "internal");
  expect(JSON.stringify(answer.body)).not.toContain("secret cause");
  expect(JSON.stringify(log.mock.calls)).toContain("the secret cause");
  expect(JSON.stringify(log.mock.calls)).toContain(answer.body.error.requestId);
  log.mockRestore();
});

test("health says what answers and what does not", async () => {
  expect((await get("/api/health")).body).toMatchObject({ status: "ok", dependencies: { directory: "ok" } });
  const DIRECTORY = { idFromName: () => "x", get: () => ({ ping: () => Promise.reject(new Error("down")) }) };
  const down = await withEnv({ DIRECTORY }, "/api/health");
  expect([down.status, down.body.status, down.body.dependencies]).toEqual([503, "down", { directory: "down" }]);
});

describe("the document", () => {
  const mounted = app.routes.filter(({ method, path }) => method !== "ALL" && /^\/(api\/|metrics$)/.test(path));

  test("is OpenAPI 3.1 and has every route there is", async () => {
    const { body } = await get("/api/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    const documented = Object.entries<object>(body.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`),
    );
    const routes = mounted.map(({ method, path }) => `${method} ${path}`).filter((r) => r !== "GET /api/openapi.json");
    expect([...new Set(documented)].sort()).toEqual([...new Set(routes)].sort());
  });

  test("gives every refusal with an example, under its own status, and every body a schema", async () => {
    const { body } = await get("/api/openapi.json");
    // oxlint-disable-next-line typescript/no-explicit-any -- a document of any shape, looked at
    for (const operation of Object.values<any>(body.paths).flatMap((item) => Object.values<any>(item))) {
      expect(operation.summary.length).toBeGreaterThan(3);
      // oxlint-disable-next-line typescript/no-explicit-any -- as above
      for (const [status, response] of Object.entries<any>(operation.responses)) {
        if (Number(status) < 400 || response.content["application/json"].examples === undefined) continue;
        for (const code of Object.keys(response.content["application/json"].examples)) {
          const known = Object.entries(REFUSALS).find(([name]) => name === code);
          expect(known?.[1][0]).toBe(Number(status));
        }
      }
    }
    expect(Object.keys(body.components.schemas)).toEqual(
      expect.arrayContaining(["Error", "Session", "Entry", "Round"]),
    );
    expect(Object.keys(body.components.securitySchemes)).toEqual(["bearer", "operator", "cookie"]);
  });

  test("is readable at /docs, with nothing from elsewhere and no script", async () => {
    const response = await SELF.fetch(`${ORIGIN}/docs`);
    const page = await response.text();
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|src=|https?:\/\/(?!croupier)/);
    for (const { path } of mounted.filter((route) => route.path !== "/api/openapi.json")) {
      expect(page).toContain(path.replace(/:(\w+)/g, "{$1}"));
    }
    const anchors = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    for (const anchor of anchors) expect(page.split(`id="${anchor}"`)).toHaveLength(2);
  });
});
