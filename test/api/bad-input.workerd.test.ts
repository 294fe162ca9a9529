import { beforeAll, describe, expect, test } from "vitest";
import { expectRefused, get, newGuest, newName, newUser, post, type Guest } from "./api.workerd.ts";
import { auditOf, KEYS } from "./operator-world.workerd.ts";

/** "What bad input gets": the right status and code, nothing changed, nothing told. */

let anna: Guest;
let bert: Guest;
beforeAll(async () => {
  anna = await newUser();
  bert = await newUser();
});

const balanceOf = async ({ token }: Guest): Promise<number> => (await get("/api/balance", { token })).body.total;

const CURSORS = [
  "x",
  "-1",
  "1.5",
  "0x10",
  "1e3",
  "",
  "%00",
  "null",
  "9".repeat(17),
  "[]",
  "' OR 1=1 --",
  "e30",
  "AAAA",
];
const LIMITS = ["0", "-1", String(10 ** 9), "", "ten", "1.5", "1e1", "null"];

const PAGED = [
  ["/api/balance/entries", "player"],
  ["/api/players/me/history", "player"],
  ["/api/rooms/roulette/main/rounds", "nobody"],
  ["/api/operator/dead-letters", "operator"],
  ["/api/operator/audit", "operator"],
] as const;
const LIMITED = [...PAGED, ["/api/leaderboards/balance", "nobody"], ["/api/operator/rooms", "operator"]] as const;

const tokenOf = (who: "player" | "nobody" | "operator"): string | undefined =>
  who === "player" ? anna.token : who === "operator" ? KEYS.admin : undefined;

describe("[bad input] pages", () => {
  test.each(PAGED)("%s refuses cursors that are made up", async (path, who) => {
    for (const cursor of CURSORS) {
      const answer = await get(`${path}?cursor=${encodeURIComponent(cursor)}`, { token: tokenOf(who) });
      expectRefused(answer, 422, "invalid_request");
    }
  });

  test.each(LIMITED)("%s refuses limits of 0, 10^9 and what is no whole number", async (path, who) => {
    for (const limit of LIMITS) {
      expectRefused(await get(`${path}?limit=${limit}`, { token: tokenOf(who) }), 422, "invalid_request");
    }
  });

  test("a board that does not exist is a 404, a period that does not a 422", async () => {
    for (const board of ["nothing", "Balance", "balance%20", "__proto__", "constructor", "balance'--"]) {
      expectRefused(await get(`/api/leaderboards/${board}`), 404, "unknown_board");
    }
    expectRefused(await get("/api/leaderboards/balance?period=year"), 422, "invalid_request");
  });

  test("rounds and tickets that are no numbers are a 422, those that are not there a 404", async () => {
    for (const n of ["x", "-1", "1.5", "0x1", "1e1", "9".repeat(17)]) {
      expectRefused(await get(`/api/rooms/roulette/main/rounds/${n}`), 422, "invalid_request");
      expectRefused(await get(`/api/rooms/lottery/main/rounds/1/tickets/${n}`), 422, "invalid_request");
    }
    expectRefused(await get("/api/rooms/roulette/main/rounds/999999"), 404, "unknown_round");
  });
});

describe("[bad input] what is somebody else's", () => {
  test.each(["days", "history", "history.csv"])(
    "%s is refused alike for another player and for nobody",
    async (what) => {
      const texts = [];
      for (const id of [bert.id, "7k2m9qx4c0v8h1ztr3fw", "x", "bot:poker:main:1"]) {
        const answer = await get(`/api/players/${id}/${what}`, { token: anna.token });
        expectRefused(answer, 403, "not_yours");
        const { code, message } = answer.body.error;
        texts.push(`${code} ${message}`);
      }
      expect(new Set(texts).size).toBe(1);
    },
  );

  test("another player's room, with or without a made-up invitation, is the same as none", async () => {
    const made = await post("/api/rooms", { token: bert.token, body: { game: "roulette", private: true } });
    expect(made.status).toBe(201);
    const path = `/api/rooms/roulette/${made.body.id}`;
    expectRefused(await get(path, { token: anna.token }), 404, "unknown_room");
    expectRefused(await get(`${path}/rounds`, { token: anna.token }), 404, "unknown_room");
    expectRefused(await post(`${path}/ticket`, { token: anna.token }), 404, "unknown_room");
    const refused = await post(`${path}/join`, { token: anna.token, body: { invite: "a".repeat(16) } });
    expect([403, 404]).toContain(refused.status);
    expect((await get(path, { token: bert.token })).status).toBe(200);
  });
});

describe("[bad input] operators' calls", () => {
  const transfer = { id: "mine", amount: 5_000, reason: "I would like to" };

  test("without a key, with a session, or without the role, move nothing", async () => {
    const before = await balanceOf(anna);
    const path = `/api/operator/players/${anna.id}/transfers`;
    expectRefused(await post(path, { body: transfer }), 401, "not_an_operator");
    expectRefused(await post(path, { token: anna.token, body: transfer }), 401, "not_an_operator");
    expectRefused(await post(path, { token: KEYS.viewer, body: transfer }), 403, "role_too_low");
    expectRefused(
      await post("/api/operator/rooms/roulette/main/pause", { token: KEYS.support, body: { id: "p" } }),
      403,
      "role_too_low",
    );
    expect(await balanceOf(anna)).toBe(before);
    const { body } = await get("/api/operator/rooms/roulette/main", { token: KEYS.viewer });
    expect(body.status ?? "running").toBe("running");
  });

  test("with a body that is not right move nothing, and leave no key in the audit log", async () => {
    const before = await balanceOf(anna);
    const path = `/api/operator/players/${anna.id}/transfers`;
    for (const wrong of [
      { amount: 0 },
      { amount: 1.5 },
      { amount: 10 ** 13 },
      { amount: "5" },
      { id: "" },
      { more: 1 },
    ]) {
      const answer = await post(path, { token: KEYS.support, body: { ...transfer, ...wrong } });
      expectRefused(answer, 422, "invalid_request");
    }
    expect(await balanceOf(anna)).toBe(before);
    const log = JSON.stringify(await auditOf(100));
    for (const key of Object.values(KEYS)) expect(log).not.toContain(key);
  });
});

describe("[bad input] an Idempotency-Key", () => {
  test("with another body, or at another address, is a conflict, and nothing is done", async () => {
    const { token } = await newGuest();
    const headers = { "idempotency-key": "one-key" };
    const first = await post("/api/rooms", { token, headers, body: { game: "roulette", private: true } });
    expect(first.status).toBe(201);
    for (const body of [{ game: "crash" }, { game: "roulette" }, { private: true, game: "roulette" }]) {
      expectRefused(await post("/api/rooms", { token, headers, body }), 409, "idempotency_conflict");
    }
    const before = (await get("/api/balance", { token })).body.total;
    expectRefused(await post("/api/balance/faucet", { token, headers }), 409, "idempotency_conflict");
    expect((await get("/api/balance", { token })).body.total).toBe(before);
    const mine = (await get("/api/rooms", { token })).body.rooms.filter((room: { private: boolean }) => room.private);
    expect(mine).toHaveLength(1);
    const again = await post("/api/rooms", { token, headers, body: { game: "roulette", private: true } });
    expect([again.body, again.headers.get("idempotent-replayed")]).toEqual([first.body, "true"]);
  });

  test("that is none is refused before anything is done", async () => {
    const { token } = await newGuest();
    const before = (await get("/api/balance", { token })).body.total;
    for (const key of ["", "two words", "k".repeat(101)]) {
      const headers = { "idempotency-key": key };
      expectRefused(await post("/api/balance/faucet", { token, headers }), 422, "invalid_request");
    }
    expect((await get("/api/balance", { token })).body.total).toBe(before);
  });
});

describe("[bad input] half a character", () => {
  const half = "half \ud83d";

  test("in what an operator writes is refused, each time the same, and nothing is kept or moved", async () => {
    const guest = await newGuest();
    const path = `/api/operator/players/${guest.id}`;
    for (const [what, body, field] of [
      ["notes", { id: "n", text: half }, "text"],
      ["transfers", { id: "t", amount: 5, reason: half }, "reason"],
      ["transfers", { id: half, amount: 5, reason: "x" }, "id"],
    ] as const) {
      for (let i = 0; i < 2; i += 1) {
        const answer = await post(`${path}/${what}`, { token: KEYS.support, body });
        expectRefused(answer, 422, "invalid_request");
        expect(Object.keys(answer.body.error.fields)).toEqual([field]);
      }
    }
    const { body } = await get(path, { token: KEYS.viewer });
    expect([body.notes, body.available]).toEqual([[], 100_000]);
  });

  test("in a password is refused where one is made and where one is asked, so that no half stands for another", async () => {
    const username = newName();
    for (const password of ["a good word \ud83d", "a good word \ude00", "a good\ud83d word\ud83d"]) {
      expectRefused(await post("/api/auth/register", { body: { username, password } }), 422, "invalid_request");
      expectRefused(await post("/api/auth/login", { body: { username, password } }), 422, "invalid_request");
    }
    const good = { username, password: "a good word \u{1f600}" };
    expect((await post("/api/auth/register", { body: good })).status).toBe(201);
    expect((await post("/api/auth/login", { body: good })).status).toBe(200);
  });

  test("anywhere else in a body is refused too, also in the name of a field", async () => {
    const { token } = await newGuest();
    const wrong = [
      ["/api/rooms", { game: "roulette", config: { [half]: 1 } }],
      ["/api/rooms/roulette/main/join", { invite: half }],
      ["/api/me/sessions/end", { id: half }],
    ] as const;
    for (const [path, body] of wrong) expectRefused(await post(path, { token, body }), 422, "invalid_request");
  });
});

describe("[bad input] a body", () => {
  const nest = "[".repeat(8_000) + "]".repeat(8_000);
  const bodies = [nest, `{"username":${nest},"password":"x"}`, `{"id":"a","amount":1,"reason":${nest}}`];

  test("that is nested too deep is refused wherever it is sent, by whomever", async () => {
    const calls = [
      ["/api/auth/login", undefined],
      ["/api/auth/guest", undefined],
      ["/api/balance/faucet", anna.token],
      [`/api/operator/players/${anna.id}/transfers`, KEYS.admin],
    ] as const;
    for (const [path, token] of calls) {
      for (const body of bodies) {
        const answer = await post(path, { token, body });
        expectRefused(answer, 422, "invalid_request");
        expect(answer.body.error.fields).toEqual({ body: "nested deeper than 64 levels" });
      }
    }
  });

  test("with a field that only JSON can name is refused by it, as any other that there is not", async () => {
    const body = '{"game":"crash","config":{"__proto__":{"minStake":5}}}';
    const answer = await post("/api/rooms", { token: anna.token, body });
    expectRefused(answer, 422, "invalid_request");
    expect(answer.body.error.fields).toEqual({ "config.__proto__": "There is no `__proto__` here." });
  });
});
