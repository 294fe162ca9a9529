import { runInDurableObject, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { app } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import { LEVELS, logOf, type Level } from "../../src/log.ts";
import { roomStub } from "../../src/objects/stubs.ts";
import { connect, get, newGuest, newName, ORIGIN, PASSWORD, post, requestOf } from "./api.workerd.ts";
import { holdClock, letClockGo, plantBug, query } from "../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

type Line = Readonly<Record<string, unknown>>;

/** Every line that is logged from here on, of whatever level; the objects' too. Ends with `letClockGo`. */
function listen(): string[] {
  const lines: string[] = [];
  for (const level of [...LEVELS, "log" as const])
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => void lines.push(words.map(String).join(" ")));
  return lines;
}

const told = (lines: readonly string[], what: string): Line[] =>
  lines.map((line): Line => JSON.parse(line)).filter((line) => line["what"] === what);

const talkative: Env = { ...env, LOG_LEVEL: "debug" };
const at = async (of: Env, method: string, path: string, call: Parameters<typeof requestOf>[2] = {}) =>
  app.fetch(requestOf(method, path, call), of);

const lineOf = (settings: object, fields: Line, level: Level = "error"): string => {
  const lines = listen();
  logOf(settings)[level]("something", fields);
  return lines[0] ?? "";
};

describe("a line", () => {
  test("is one of JSON with its level and its time, and an error is its message", () => {
    const line = lineOf({}, { room: "roulette:main", error: new Error("a\nb"), none: null, nothing: undefined, n: 3 });
    expect(line).not.toContain("\n");
    expect(JSON.parse(line)).toEqual({
      level: "error",
      at: new Date().toISOString(),
      what: "something",
      room: "roulette:main",
      error: "a\nb",
      n: 3,
    });
  });

  test.each([
    ["warn", ["warn", "error"]],
    ["debug", ["debug", "info", "warn", "error"]],
    ["nonsense", ["debug", "info", "warn", "error"]],
    [undefined, ["info", "warn", "error"]],
  ])("is written from LOG_LEVEL on: %s", (LOG_LEVEL, expected) => {
    const lines = listen();
    const log = logOf({ LOG_LEVEL });
    for (const level of LEVELS) log[level]("x");
    expect(lines.map((line) => (JSON.parse(line) as Line)["level"])).toEqual(expected);
  });

  test("never says a secret: by its name, by its looks, or because it is the value of a setting", () => {
    const settings = {
      AUTH_SECRET: "a sentence with spaces in it",
      OPERATOR_KEYS: "ann:viewer:short-of-ann, bob:admin:also-short-of-bob",
      METRICS_KEY: "key of the scraper",
      UPSTASH_REDIS_REST_TOKEN: "upstash-token-x",
      KAFKA_PASSWORD: "hunter2hunter2",
    };
    const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlLXNpZ25hdHVyZQ";
    const seed = "0123456789abcdef".repeat(4);
    const secrets = [...Object.values(settings), "short-of-ann", "also-short-of-bob", jwt, seed, "opensesame"];
    const said = secrets.map((secret) => `it was ${secret}, they say`);
    const line = [
      lineOf(settings, { error: new Error(said.slice(0, -1).join("; ")) }),
      lineOf(settings, { list: said.slice(0, -1) }),
      lineOf(settings, {
        password: "opensesame",
        sessionToken: "opensesame",
        ticket: "opensesame",
        apiKey: "opensesame",
      }),
      lineOf(settings, { error: `GET /x?ticket=opensesame&a=1 Cookie: a=b; croupier=opensesame Bearer opensesame` }),
      lineOf(settings, { error: `{"password":"opensesame","seed":"opensesame"} token=opensesame` }),
    ].join("\n");
    for (const secret of secrets) expect(line).not.toContain(secret);
    expect(line).toContain("they say");
  });

  test("says what one has to read: request ids, event and transfer ids, players, rooms and paths", () => {
    const plain = [
      "7f1c2b9e-0c43-4c55-9d0a-3f0f5b1f6a11",
      "roulette:main:3f2a91bc:12",
      "7k2m9qx4c0v8h1ztr3fw",
      "roulette:main:7k2m9qx4c0v8h1ztr3fw:3",
      "at Object.fetch (file:///srv/croupier/src/consumers/queue.ts:12:7)",
    ];
    for (const text of plain) expect(JSON.parse(lineOf({}, { error: text }))).toMatchObject({ error: text });
  });

  test("is short, whatever it is about", () => {
    expect(lineOf({}, { error: "so long ".repeat(10_000), list: Array(1_000).fill("x") }).length).toBeLessThan(1_000);
  });
});

describe("a request", () => {
  test("is one line at info with its route's pattern, its status and its id, and nothing at warn", async () => {
    const lines = listen();
    expect((await at(env, "GET", "/api/rooms")).status).toBe(200);
    expect(lines).toEqual([]);
    const { headers } = await at(talkative, "GET", "/api/rooms/roulette/main?invite=opensesame");
    await at(talkative, "GET", "/api/rooms/roulette/nowhere/rounds/7?cursor=opensesame");
    await at(talkative, "GET", "/opensesame/opensesame");
    expect(told(lines, "request")).toMatchObject([
      {
        level: "info",
        method: "GET",
        route: "/api/rooms/:game/:id",
        status: 422, // a field that is not known
        requestId: headers.get("x-request-id"),
      },
      { route: "/api/rooms/:game/:id/rounds/:n", status: 422, code: "invalid_request" },
      { route: "none", status: 404 },
    ]);
    expect(lines.join()).not.toContain("opensesame");
  });

  test("leaves no token, ticket, cookie, password or key in the log, however it ends", async () => {
    const lines = listen();
    const username = newName();
    const made = await at(talkative, "POST", "/api/auth/register", { body: { username, password: PASSWORD } });
    const { token }: { token: string } = await made.json();
    const cookie = made.headers.get("set-cookie") ?? "";
    const asked = await at(talkative, "POST", "/api/rooms/roulette/main/ticket", { token });
    const { ticket }: { ticket: string } = await asked.json();
    const operatorKey = "a-key-that-nobody-has-but-that-was-tried-0001";
    const wrong = "another password altogether";
    await at(talkative, "POST", "/api/auth/login", { body: { username, password: wrong } });
    await at(talkative, "POST", "/api/auth/login", { body: `{"username":"${username}","password":"${wrong}` });
    await at(talkative, "GET", "/api/operator/lotteries", { headers: { authorization: `Bearer ${operatorKey}` } });
    await at(talkative, "GET", `/api/rooms/roulette/main/socket?ticket=${ticket}`);
    await at(talkative, "GET", `/api/rooms/roulette/main/socket?ticket=${ticket}`, {
      headers: { upgrade: "websocket" },
    });
    await at(talkative, "GET", `/api/rooms/roulette/main/socket?ticket=${ticket}`, {
      headers: { upgrade: "websocket" },
    });
    await at(talkative, "GET", "/api/balance", { headers: { cookie: cookie.split(";")[0] ?? "" } });
    const down = {
      idFromName: () => "x",
      get: () => ({ list: () => Promise.reject(new Error(`no ${token} and no ${ticket} for Bearer ${operatorKey}`)) }),
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a Directory that fails with secrets in its words
    const failing = { ...talkative, DIRECTORY: down } as unknown as Env;
    expect((await at(failing, "GET", "/api/rooms", { token })).status).toBe(500);
    expect(told(lines, "request").length).toBeGreaterThanOrEqual(9);
    expect(told(lines, "request failed")).toHaveLength(1);
    const all = lines.join("\n");
    const session = /croupier=([^;]+)/.exec(cookie)?.[1] ?? "no cookie";
    for (const secret of [token, ticket, session, PASSWORD, wrong, operatorKey, env.AUTH_SECRET])
      expect(all).not.toContain(String(secret));
    expect(all).toContain("[secret]");
  });
});

describe("from an id to what came of it", () => {
  const OPERATOR = { authorization: "Bearer an-operator-key-for-tests-alone-0001" };

  test("an operator's order is in the journal row and in the line about its batch, under the id of its answer", async () => {
    await roomStub(env, "roulette:main").stats();
    const object = env.ROOM.get(env.ROOM.idFromName("roulette:main"));
    await runInDurableObject(object, (room) => {
      const loud = logOf({ ...env, LOG_LEVEL: "info" });
      vi.spyOn(logOf((room as unknown as { env: object }).env), "info").mockImplementation((what, fields) =>
        loud.info(what, fields),
      );
    });
    const lines = listen();
    const { status, headers } = await post("/api/operator/rooms/roulette/main/pause", {
      headers: OPERATOR,
      body: { id: "pause-1" },
    });
    expect(status).toBe(200);
    const requestId = headers.get("x-request-id") ?? "";
    const rows = await query<{ body: string }>("roulette:main", "SELECT body FROM journal ORDER BY n DESC");
    // Of what comes by socket, here a visitor of before who goes away, a row notes the commands' own ids, and no more.
    const noted = rows.flatMap(({ body }) => (JSON.parse(body) as Line)["from"] ?? []);
    expect(noted).toEqual([requestId]);
    expect(told(lines, "committed")).toMatchObject([
      { room: "roulette:main", requestIds: [requestId], to: expect.any(Number) },
    ]);
  });

  test("a socket is named to its owner, in the 101 and in the welcome, and in the room's lines about it", async () => {
    const guest = await newGuest();
    const { body } = await post("/api/rooms/roulette/main/ticket", { token: guest.token });
    const path = `/api/rooms/roulette/main/socket?ticket=${body.ticket}`;
    const response = await SELF.fetch(`${ORIGIN}${path}`, { headers: { upgrade: "websocket" } });
    const requestId = response.headers.get("x-request-id");
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    response.webSocket?.accept();
    const frames: string[] = [];
    response.webSocket?.addEventListener("message", ({ data }) => void frames.push(String(data)));
    await vi.waitFor(() => expect(frames.join()).toContain('"welcome"'));
    expect(frames.join()).toContain(`"request":"${String(requestId)}"`);
    const lines = plantBug(({ type }) => type === "command");
    const command = { id: "abcdefgh:1", type: "bet", bets: [{ spot: "red", amount: 10 }] };
    response.webSocket?.send(JSON.stringify(command));
    await vi.waitFor(() => expect(frames.join()).toContain('"internal"'));
    expect(told(lines, "judging")).toMatchObject([
      { room: "roulette:main", requestId, input: "command", command: "abcdefgh:1" },
    ]);
    response.webSocket?.close();
  });

  test("a client cannot name its own request, nor a socket's", async () => {
    const mine = { "x-request-id": "mine", "x-croupier-request": "mine" };
    expect((await get("/api/rooms", { headers: mine })).headers.get("x-request-id")).not.toBe("mine");
    const socket = await connect("/api/rooms/roulette/main/socket", mine);
    const welcome = await socket.next("welcome");
    expect(welcome["request"]).toMatch(/^[0-9a-f-]{36}$/);
    socket.close();
  });
});
