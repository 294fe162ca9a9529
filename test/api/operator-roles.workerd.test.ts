import { describe, expect, test } from "vitest";
import { reaches, ROLES, type Role } from "../../src/api/auth/roles.ts";
import { api, expectRefused, get, newGuest } from "./api.workerd.ts";
import { entryOf, KEYS, NAMES } from "./operator-world.workerd.ts";

const NOBODY = "0".repeat(20);

/** Every operators' route, who may call it, and what they get where there is nothing to do. */
const ROUTES: readonly (readonly [method: string, path: string, needed: Role, body: unknown, answer: number])[] = [
  ["GET", "/me", "viewer", undefined, 200],
  ["GET", "/dead-letters", "viewer", undefined, 200],
  ["POST", "/dead-letters/replay", "admin", { id: "no such" }, 404],
  ["GET", "/lotteries", "viewer", undefined, 200],
  ["GET", "/players?name=nobody-here", "viewer", undefined, 404],
  ["GET", `/players/${NOBODY}`, "viewer", undefined, 404],
  ["POST", `/players/${NOBODY}/transfers`, "support", { id: "x", amount: 5, reason: "a test" }, 404],
  ["POST", `/players/${NOBODY}/notes`, "support", { id: "x", text: "a test" }, 404],
  ["GET", "/rooms", "viewer", undefined, 200],
  ["GET", "/rooms/roulette/nowhere", "viewer", undefined, 404],
  ["POST", "/rooms/roulette/nowhere/pause", "floor", { id: "p" }, 404],
  ["POST", "/rooms/roulette/nowhere/resume", "floor", { id: "r" }, 404],
  ["POST", "/rooms/roulette/nowhere/void", "floor", { id: "v", round: 1, reason: "a test" }, 404],
  ["GET", "/audit", "viewer", undefined, 200],
  ["GET", "/model", "admin", undefined, 200],
  ["GET", "/model/players", "admin", undefined, 200],
  ["POST", "/model/rebuild", "admin", { cursor: "nowhere" }, 422],
  ["POST", "/model/rebuild/players", "admin", { players: [] }, 422],
];

/** As the document writes it: `{id}` for what a path has there. */
const templateOf = (path: string): string =>
  path.replace(/\?.*/, "").replace(NOBODY, "{id}").replace("/roulette/nowhere", "/{game}/{id}");

describe("operators have roles", () => {
  test("every route of the document is in this matrix, with the role that it says", async () => {
    const { body } = await get("/api/openapi.json");
    const documented = Object.entries<Record<string, { description?: string }>>(body.paths)
      .filter(([path]) => path.startsWith("/api/operator/"))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { description = "" }]) => {
          const needed = /Role: (\w+)\.$/.exec(description)?.[1];
          return `${method.toUpperCase()} ${path.slice("/api/operator".length)} is for ${needed}`;
        }),
      );
    const here = ROUTES.map(([method, path, needed]) => `${method} ${templateOf(path)} is for ${needed}`);
    expect(new Set(documented)).toEqual(new Set(here));
  });

  test.each(ROUTES)("%s %s is for %s and above", async (method, path, needed, body, answer) => {
    const guest = await newGuest();
    const call = async (token?: string) =>
      api(method, `/api/operator${path}`, { token, ...(body === undefined ? {} : { body }) });
    for (const token of [undefined, guest.token, "short", `${KEYS.admin}x`, `ada:admin:${KEYS.admin}`]) {
      expectRefused(await call(token), 401, "not_an_operator");
    }
    for (const role of ROLES) {
      const got = await call(KEYS[role]);
      if (reaches(role, needed)) expect(got.status).toBe(answer);
      else expectRefused(got, 403, "role_too_low");
      expect(await entryOf(got)).toMatchObject({
        name: NAMES[role],
        role,
        method,
        path: `/api/operator${path}`,
        result: { status: got.status, outcome: got.status < 400 ? "ok" : got.body.error.code },
      });
    }
  });

  test("a key says whose it is", async () => {
    const { body } = await get("/api/operator/me", { token: KEYS.floor });
    expect(body).toEqual({ name: "flo", role: "floor" });
  });

  test("a key without a name is the operator `operator`, and may do everything", async () => {
    const got = await api("POST", "/api/operator/dead-letters/replay", {
      token: "an-operator-key-for-tests-alone-0001",
      body: { id: "no such" },
    });
    expectRefused(got, 404, "unknown_letter");
    expect(await entryOf(got)).toMatchObject({ name: "operator", role: "admin" });
  });
});
