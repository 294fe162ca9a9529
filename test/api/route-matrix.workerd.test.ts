import { SELF } from "cloudflare:test";
import { beforeAll, describe, expect, test } from "vitest";
import { ROLES, reaches, type Role } from "../../src/api/auth/roles.ts";
import {
  answerOf,
  api,
  expectRefused,
  get,
  newGuest,
  newName,
  PASSWORD,
  post,
  requestOf,
  type Answer,
  type Guest,
} from "./api.workerd.ts";
import { KEYS } from "./operator-world.workerd.ts";

/** Every route of the OpenAPI document, asked by everybody. A route that is not in the table fails. */

type Actor = "anonymous" | "player" | "other" | "dead" | Role;
const ACTORS: readonly Actor[] = ["anonymous", "player", "other", "dead", ...ROLES];

/**
 * Who gets in. `open`: no matter what one says. `known`: with no session as well, but not with one that is dead or not a session.
 * `session`: with one. `own`: the player whose id is in the path. A role: operators of that role or a higher one.
 */
type Access = "open" | "known" | "session" | "own" | Role;
type Case = readonly [access: Access, status: number, body?: object | (() => object)];

const isRole = (word: Actor | Access): word is Role => ROLES.some((role) => role === word);

/** Status and code of who may not; null for who may. */
function refusalOf(access: Access, actor: Actor): readonly [number, string] | null {
  if (access === "open") return null;
  if (isRole(access)) {
    if (!isRole(actor)) return [401, "not_an_operator"];
    return reaches(actor, access) ? null : [403, "role_too_low"];
  }
  if (actor === "dead" || isRole(actor)) return [401, "unauthenticated"];
  if (actor === "anonymous") return access === "known" ? null : [401, "unauthenticated"];
  return access === "own" && actor === "other" ? [403, "not_yours"] : null;
}

const TRANSFER = { id: "matrix-1", amount: 5, reason: "matrix" };
const NOTE = { id: "matrix-1", text: "matrix" };

/** By method and path: who gets in, and what they get then. Ids in paths: roulette:main, the player, round 0, ticket 0. */
const MATRIX: Readonly<Record<string, Case>> = {
  "POST /api/auth/guest": ["open", 201],
  "POST /api/auth/register": ["known", 201, () => ({ username: newName(), password: PASSWORD })],
  "POST /api/auth/recover": [
    "open",
    401,
    () => ({ username: newName(), recoveryCode: "00000-00000-00000-00000-00000", newPassword: PASSWORD }),
  ],
  "POST /api/auth/login": ["open", 401, () => ({ username: newName(), password: PASSWORD })],
  "GET /api/auth/session": ["session", 200],
  "POST /api/auth/refresh": ["session", 200],
  "POST /api/auth/logout": ["session", 204, {}],
  "GET /api/balance": ["session", 200],
  "GET /api/balance/entries": ["session", 200],
  "GET /api/balance/entries.csv": ["session", 200],
  "POST /api/balance/faucet": ["session", 200],
  "GET /api/games": ["open", 200],
  "GET /api/rooms": ["known", 200],
  "POST /api/rooms": ["session", 201, { game: "roulette" }],
  "GET /api/rooms/{game}/{id}": ["known", 200],
  "POST /api/rooms/{game}/{id}/join": ["session", 200, { invite: "" }],
  "POST /api/rooms/{game}/{id}/ticket": ["session", 200],
  "GET /api/rooms/{game}/{id}/socket": ["open", 426],
  "GET /api/rooms/{game}/{id}/rounds": ["known", 200],
  "GET /api/rooms/{game}/{id}/rounds/{n}": ["known", 404],
  "GET /api/rooms/{game}/{id}/rounds/{n}/tickets/{place}": ["known", 404],
  "GET /api/players": ["open", 200],
  "GET /api/players/{id}/stats": ["known", 200],
  "GET /api/players/{id}/days": ["own", 200],
  "GET /api/players/{id}/history": ["own", 200],
  "GET /api/players/{id}/history.csv": ["own", 200],
  "GET /api/leaderboards/{board}": ["known", 200],
  "GET /api/me": ["session", 200],
  "POST /api/me/ticket": ["session", 200],
  "GET /api/me/socket": ["open", 426],
  "POST /api/me/profile": ["session", 200, { hidden: false }],
  "GET /api/me/recovery": ["session", 409],
  "POST /api/me/recovery": ["session", 409, { password: PASSWORD }],
  "POST /api/me/password": ["session", 409, { current: PASSWORD, next: PASSWORD }],
  "GET /api/me/sessions": ["session", 200],
  "POST /api/me/sessions/end": ["session", 204, { others: true }],
  "GET /api/me/limits": ["session", 200],
  "POST /api/me/limits": ["session", 200, { lossPerDay: 5_000 }],
  "POST /api/me/limits/cancel": ["session", 200],
  "POST /api/me/exclusion": ["session", 200, { kind: "cool-off", days: 1 }],
  "GET /api/operator/me": ["viewer", 200],
  "GET /api/operator/dead-letters": ["viewer", 200],
  "POST /api/operator/dead-letters/replay": ["admin", 404, { id: "nothing" }],
  "GET /api/operator/lotteries": ["viewer", 200],
  "GET /api/operator/players": ["viewer", 404],
  "GET /api/operator/players/{id}": ["viewer", 200],
  "POST /api/operator/players/{id}/transfers": ["support", 200, TRANSFER],
  "POST /api/operator/players/{id}/notes": ["support", 200, NOTE],
  "GET /api/operator/rooms": ["viewer", 200],
  "GET /api/operator/rooms/{game}/{id}": ["viewer", 200],
  "POST /api/operator/rooms/{game}/{id}/pause": ["floor", 200, () => ({ id: crypto.randomUUID() })],
  "POST /api/operator/rooms/{game}/{id}/resume": ["floor", 200, () => ({ id: crypto.randomUUID() })],
  "POST /api/operator/rooms/{game}/{id}/void": [
    "floor",
    409,
    () => ({ id: crypto.randomUUID(), round: 1, reason: "matrix" }),
  ],
  "GET /api/operator/audit": ["viewer", 200],
  "GET /api/operator/model": ["admin", 200],
  "GET /api/operator/model/players": ["admin", 200],
  "POST /api/operator/model/rebuild": ["admin", 404, { cursor: "roulette:nowhere@0" }],
  "POST /api/operator/model/rebuild/players": ["admin", 200, { players: ["7k2m9qx4c0v8h1ztr3fw"] }],
  "GET /api/asyncapi.json": ["open", 200],
  "GET /api/schemas/{type}": ["open", 200],
  "GET /api/health": ["open", 200],
  "GET /metrics": ["open", 200],
};

/** Needed besides what is in the path. */
const QUERY: Readonly<Record<string, string>> = {
  "GET /api/operator/players": "?name=nobody-at-all",
  "GET /api/players": "?ids=7k2m9qx4c0v8h1ztr3fw",
  "GET /api/me/socket": "?ticket=none",
};

type Responses = Record<string, { content?: Record<string, { examples?: Record<string, unknown> }> }>;
type Document = {
  paths: Record<string, Record<string, { responses: Responses; security?: Record<string, unknown>[] }>>;
};

let document: Document = { paths: {} };
beforeAll(async () => {
  document = (await get("/api/openapi.json")).body;
});

const operationOf = (route: string) => {
  const [method = "", path = ""] = route.split(" ");
  const found = document.paths[path]?.[method.toLowerCase()];
  if (found === undefined) throw new Error(`${route} is not documented`);
  return found;
};

function urlOf(route: string, player: string): string {
  const path = route.slice(route.indexOf(" ") + 1);
  const id = path.includes("/players/") ? player : "main";
  return (
    path
      .replace("{game}", "roulette")
      .replace("{id}", id)
      .replace("{n}", "0")
      .replace("{place}", "0")
      .replace("{board}", "balance")
      .replace("{type}", "player.stakeCreated") + (QUERY[route] ?? "")
  );
}

async function dead(): Promise<string> {
  const { token } = await newGuest();
  expect((await post("/api/auth/logout", { token, body: {} })).status).toBe(204);
  return token;
}

/** What is no JSON when it is right. */
async function textOr(request: Request): Promise<Answer> {
  const response = await SELF.fetch(request);
  if (response.status >= 400) return answerOf(response);
  return { status: response.status, body: await response.text(), headers: response.headers };
}

async function ask(route: string, actor: Actor, player: Guest, body?: object): Promise<Answer> {
  const tokenOf = async (): Promise<string | undefined> => {
    if (isRole(actor)) return KEYS[actor];
    if (actor === "anonymous") return undefined;
    if (actor === "dead") return dead();
    return actor === "player" ? player.token : (await newGuest()).token;
  };
  const [method = ""] = route.split(" ");
  const call = { token: await tokenOf(), ...(body === undefined ? {} : { body }) };
  const url = urlOf(route, player.id);
  if (/\.csv$|metrics$/.test(route)) return textOr(requestOf(method, url, call));
  return api(method, url, call);
}

describe("[tests] the matrix of routes", () => {
  test("has every route of the document, and no other", () => {
    const documented = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(Object.keys(MATRIX).sort()).toEqual(documented.sort());
  });

  test.each(Object.keys(MATRIX))("%s lets in who may, and tells everybody else", async (route) => {
    const [access, status, made] = MATRIX[route] ?? ["open", 200];
    for (const actor of ACTORS) {
      const body = typeof made === "function" ? made() : made;
      const answer = await ask(route, actor, await newGuest(), body);
      const refused = refusalOf(access, actor);
      if (refused === null) expect([actor, answer.status]).toEqual([actor, status]);
      else expectRefused(answer, ...refused);
      const told = operationOf(route).responses[answer.status];
      expect(told, `${route} does not tell of ${answer.status}`).toBeDefined();
      if (answer.status < 400) continue;
      expect(Object.keys(told?.content?.["application/json"]?.examples ?? {})).toContain(answer.body.error.code);
    }
  });

  test.each(Object.keys(MATRIX))("%s says in the document who gets in", (route) => {
    const [access] = MATRIX[route] ?? ["open"];
    const schemes = (operationOf(route).security ?? []).map((one) => Object.keys(one).join());
    const session = ["bearer", "cookie"];
    const wanted = isRole(access)
      ? ["operator"]
      : access === "open"
        ? []
        : access === "known"
          ? ["", ...session]
          : session;
    expect(schemes).toEqual(wanted);
  });
});
