import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { accountStub, playerStub } from "../../src/objects/stubs.ts";
import { isPlayerId } from "../../src/api/auth/random.ts";
import { expectRefused, get, newGuest, newName, newUser, ORIGIN, PASSWORD, post, type Answer } from "./api.workerd.ts";

const balanceOf = async (token: string): Promise<number> => (await get("/api/balance", { token })).body.available;

function playerOf(id: string): ReturnType<typeof playerStub> {
  if (!isPlayerId(id)) throw new Error(`not a player id: ${id}`);
  return playerStub(env, id);
}

describe("guests", () => {
  test("a guest is there at once, with a made-up name and play money", async () => {
    const { status, body, headers } = await post("/api/auth/guest");
    expect(status).toBe(201);
    expect(body.player).toEqual({ id: expect.any(String), username: expect.any(String), guest: true });
    expect(body.player.username).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+ \d{3}$/);
    expect(body.expiresAt).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect(headers.get("set-cookie")).toMatch(/^__Host-croupier=.*; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/);
    expect(await balanceOf(body.token)).toBe(100_000);
  });

  test("the cookie is as good as the token", async () => {
    const { headers } = await post("/api/auth/guest");
    const cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
    const { status, body } = await get("/api/auth/session", { headers: { cookie } });
    expect([status, body.player.guest]).toEqual([200, true]);
  });
});

test("a request that is meant for one player does nothing for another whose session the browser has by now", async () => {
  const [guest, other] = [await newGuest(), await post("/api/auth/guest")];
  const cookie = other.headers.get("set-cookie")?.split(";")[0] ?? "";
  const meant = (id: string): Record<string, string> => ({ cookie, "if-player": id });
  for (const path of ["/api/balance/faucet", "/api/me/ticket", "/api/rooms/roulette/main/ticket", "/api/auth/logout"])
    expectRefused(await post(path, { headers: meant(guest.id) }), 412, "other_player");
  const named = { username: newName(), password: PASSWORD };
  expectRefused(await post("/api/auth/register", { headers: meant(guest.id), body: named }), 412, "other_player");
  expect(await balanceOf(other.body.token)).toBe(100_000);
  expect((await post("/api/balance/faucet", { headers: meant(other.body.player.id) })).status).toBe(200);
});

describe("registering", () => {
  test("a new player is registered, granted and signed in", async () => {
    const username = newName();
    const { status, body } = await post("/api/auth/register", { body: { username, password: PASSWORD } });
    expect([status, body.player.username, body.player.guest]).toEqual([201, username, false]);
    expect(await balanceOf(body.token)).toBe(100_000);
  });

  test("a guest keeps player and balance, and the guest's token is dead", async () => {
    const guest = await newGuest();
    await post("/api/balance/faucet", { token: guest.token });
    const username = newName();
    const registered = await post("/api/auth/register", { token: guest.token, body: { username, password: PASSWORD } });
    expect(registered.body.player).toEqual({ id: guest.id, username, guest: false });
    expect(await balanceOf(registered.body.token)).toBe(110_000);
    expectRefused(await get("/api/auth/session", { token: guest.token }), 401, "unauthenticated");
    const again = await post("/api/auth/login", { body: { username, password: PASSWORD } });
    expect([again.status, again.body.player.id]).toEqual([200, guest.id]);
    expect(await balanceOf(again.body.token)).toBe(110_000);
  });

  test("of two who want one name at once, one gets it and one is told", async () => {
    const username = newName();
    const bodies = [username, username.toUpperCase(), username, username];
    const answers = await Promise.all(
      bodies.map(async (name) => post("/api/auth/register", { body: { username: name, password: PASSWORD } })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) expectRefused(answer, 409, "username_taken");
  });

  test("names that differ in case or width only are one name", async () => {
    const { username } = await newUser();
    const wide = username.replace(/./g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0));
    for (const name of [username.toUpperCase(), wide]) {
      const answer = await post("/api/auth/register", { body: { username: name, password: PASSWORD } });
      expectRefused(answer, 409, "username_taken");
    }
    const { body } = await post("/api/auth/login", { body: { username: wide, password: PASSWORD } });
    expect(body.player.username).toBe(username);
  });

  test.each(["ab", "a".repeat(21), "-abc", "abc.", "a  b", "аdmin", "a\u0000b", "", "a/../b"])(
    "the name %j is refused by its field",
    async (username) => {
      const answer = await post("/api/auth/register", { body: { username, password: PASSWORD } });
      expectRefused(answer, 422, "invalid_request");
      expect(Object.keys(answer.body.error.fields)).toEqual(["username"]);
    },
  );

  test.each([
    "admin",
    "Croupier",
    "BOT",
    "root",
    "Staff",
    "m0d",
    "API",
    "null",
    "Admin Team",
    "Casino Support",
    "Brass-Heron-482",
  ])("nobody gets the name %s", async (username) => {
    expectRefused(await post("/api/auth/register", { body: { username, password: PASSWORD } }), 409, "username_taken");
  });

  test.each([
    ["short", "1234567"],
    ["long", "x".repeat(129)],
    ["number", 12_345_678],
    ["missing", undefined],
  ])("a %s password is refused by its field", async (_what, password) => {
    const answer = await post("/api/auth/register", { body: { username: newName(), password } });
    expectRefused(answer, 422, "invalid_request");
    expect(Object.keys(answer.body.error.fields)).toEqual(["password"]);
  });

  test("a registered player cannot register again", async () => {
    const { token } = await newUser();
    const answer = await post("/api/auth/register", { token, body: { username: newName(), password: PASSWORD } });
    expectRefused(answer, 409, "already_registered");
  });

  test("a bad token is told, so that a guest's balance is not lost silently", async () => {
    const body = { username: newName(), password: PASSWORD };
    expectRefused(await post("/api/auth/register", { token: "a.b.c", body }), 401, "unauthenticated");
  });

  test("one guest who takes two names at once gets one, and the other is free", async () => {
    const { token, id } = await newGuest();
    const names = [newName(), newName()];
    const answers = await Promise.all(
      names.map(async (username) => post("/api/auth/register", { token, body: { username, password: PASSWORD } })),
    );
    const won = answers.findIndex(({ status }) => status === 201);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers[won]?.body.player.id).toBe(id);
    const lost = names[1 - won];
    expect((await post("/api/auth/register", { body: { username: lost, password: PASSWORD } })).status).toBe(201);
  });
});

async function claimOnly(id: string): Promise<string> {
  const username = newName();
  if (!isPlayerId(id)) throw new Error(id);
  const credentials = { password: PASSWORD, device: "d", recovery: new ArrayBuffer(32) };
  await accountStub(env, username).claim(username, credentials, id);
  return username;
}

describe("a registration that died between the account and the player", () => {
  test("is made good by the next log-in: the guest's player and balance are there", async () => {
    const guest = await newGuest();
    const username = await claimOnly(guest.id);
    const { status, body } = await post("/api/auth/login", { body: { username, password: PASSWORD } });
    expect([status, body.player]).toEqual([200, { id: guest.id, username, guest: false }]);
    expect(await balanceOf(body.token)).toBe(100_000);
  });

  test("is made good by the guest who registers that name again", async () => {
    const guest = await newGuest();
    const username = await claimOnly(guest.id);
    const answer = await post("/api/auth/register", { token: guest.token, body: { username, password: PASSWORD } });
    expect([answer.status, answer.body.player.id]).toEqual([201, guest.id]);
  });

  test("of somebody who was never a guest is made good by the next log-in, with one grant", async () => {
    const username = await claimOnly("7k2m9qx4c0v8h1ztr3fw");
    const first = await post("/api/auth/login", { body: { username, password: PASSWORD } });
    const second = await post("/api/auth/login", { body: { username, password: PASSWORD } });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await balanceOf(second.body.token)).toBe(100_000);
  });

  test("keeps the name from everybody else meanwhile", async () => {
    const username = await claimOnly((await newGuest()).id);
    const other = await newGuest();
    const body = { username, password: PASSWORD };
    expectRefused(await post("/api/auth/register", { body }), 409, "username_taken");
    expectRefused(await post("/api/auth/register", { token: other.token, body }), 409, "username_taken");
  });

  test("gives the name back when its player is registered under another by then", async () => {
    const user = await newUser();
    const username = await claimOnly(user.id);
    const body = { username, password: PASSWORD };
    expectRefused(await post("/api/auth/login", { body }), 401, "invalid_credentials");
    expect((await post("/api/auth/register", { body })).status).toBe(201);
  });
});

const STRANGER = { address: "203.0.113.9", device: "" };

const bare = ({ status, body }: Answer): unknown => [status, { ...body.error, requestId: "" }];

describe("logging in", () => {
  test("an unknown name and a wrong password get the same answer", async () => {
    const { username } = await newUser();
    const wrong = await post("/api/auth/login", { body: { username, password: "wrong horse battery" } });
    const unknown = await post("/api/auth/login", { body: { username: newName(), password: "wrong horse battery" } });
    expectRefused(wrong, 401, "invalid_credentials");
    expect(bare(unknown)).toEqual(bare(wrong));
    expect([...unknown.headers.keys()]).toEqual([...wrong.headers.keys()]);
  });

  test("an unknown name costs the same work as a wrong password", async () => {
    const known = accountStub(env, (await newUser()).username);
    const unknown = accountStub(env, newName());
    const times = { known: 0, unknown: 0 };
    for (let i = 0; i < 4; i += 1) {
      const start = performance.now();
      await known.verify("wrong horse battery", STRANGER);
      const middle = performance.now();
      await unknown.verify("wrong horse battery", STRANGER);
      times.known += middle - start;
      times.unknown += performance.now() - middle;
    }
    expect(times.unknown / times.known).toBeGreaterThan(0.5);
    expect(times.unknown / times.known).toBeLessThan(2);
  });

  test.each(["known", "unknown"])(
    "after five wrong passwords for a %s name one has to wait, ever longer",
    async (which) => {
      vi.useFakeTimers({ toFake: ["Date"] });
      try {
        const username = which === "known" ? (await newUser()).username : newName();
        const wrong = async (): Promise<Answer> =>
          post("/api/auth/login", { body: { username, password: "wrong one" } });
        for (let i = 0; i < 5; i += 1) expectRefused(await wrong(), 401, "invalid_credentials");
        for (const waitS of [1, 2, 4, 8]) {
          const waiting = await wrong();
          expectRefused(waiting, 429, "too_many_attempts");
          expect(waiting.headers.get("retry-after")).toBe(String(waitS));
          vi.setSystemTime(Date.now() + waitS * 1_000);
          expectRefused(await wrong(), 401, "invalid_credentials");
        }
      } finally {
        vi.useRealTimers();
      }
    },
  );

  test("the wait holds for the right password too, and a right one forgets the wrong ones", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const { username } = await newUser();
      const account = accountStub(env, username);
      for (let i = 0; i < 5; i += 1) await account.verify("wrong one", STRANGER);
      expect(await account.verify(PASSWORD, STRANGER)).toMatchObject({ ok: false, code: "too_many_attempts" });
      vi.setSystemTime(Date.now() + 1_000);
      expect(await account.verify(PASSWORD, STRANGER)).toMatchObject({ ok: true });
      for (let i = 0; i < 5; i += 1) {
        expect(await account.verify("wrong one", STRANGER)).toMatchObject({ code: "invalid_credentials" });
      }
    } finally {
      vi.useRealTimers();
    }
  });

  test("tries at the same time do not share a place", async () => {
    const { username } = await newUser();
    const tries = Array.from({ length: 20 }, async () => accountStub(env, username).verify("wrong one", STRANGER));
    const codes = (await Promise.all(tries)).map((answer) => (answer.ok ? "ok" : answer.code));
    expect(codes.filter((code) => code === "invalid_credentials").length).toBeLessThanOrEqual(7);
    expect(codes.filter((code) => code === "too_many_attempts").length).toBeGreaterThanOrEqual(13);
  });

  test("a name that nobody has leaves nothing behind a day later", async () => {
    const account = accountStub(env, newName());
    await account.verify("wrong one", STRANGER);
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const tables = async (): Promise<number> =>
        runInDurableObject(account, (_account, { storage }) => {
          return storage.sql.exec("SELECT name FROM sqlite_master WHERE name IN ('owner', 'tries')").toArray().length;
        });
      expect(await tables()).toBe(2);
      await runInDurableObject(account, async (object) => object.alarm());
      expect(await tables()).toBe(2);
      vi.setSystemTime(Date.now() + 86_400_001);
      await runInDurableObject(account, async (object) => object.alarm());
      expect(await tables()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("sessions", () => {
  test("logging out kills this token and no other", async () => {
    const { username, token } = await newUser();
    const second = (await post("/api/auth/login", { body: { username, password: PASSWORD } })).body.token;
    const out = await post("/api/auth/logout", { token });
    expect([out.status, out.body]).toEqual([204, null]);
    expect(out.headers.get("set-cookie")).toMatch(/^__Host-croupier=; Max-Age=0/);
    expectRefused(await get("/api/auth/session", { token }), 401, "unauthenticated");
    expect((await get("/api/auth/session", { token: second })).status).toBe(200);
  });

  test("logging out everywhere kills them all", async () => {
    const { username, token } = await newUser();
    const second = (await post("/api/auth/login", { body: { username, password: PASSWORD } })).body.token;
    expect((await post("/api/auth/logout", { token, body: { everywhere: true } })).status).toBe(204);
    for (const dead of [token, second])
      expectRefused(await get("/api/balance", { token: dead }), 401, "unauthenticated");
  });

  test("refreshing gives a new token, and the old one is dead", async () => {
    const { token, id } = await newGuest();
    const { status, body } = await post("/api/auth/refresh", { token });
    expect([status, body.player.id]).toEqual([200, id]);
    expect((await get("/api/auth/session", { token: body.token })).status).toBe(200);
    expectRefused(await get("/api/auth/session", { token }), 401, "unauthenticated");
  });

  test("one token refreshed twice at once gives one new token", async () => {
    const { token } = await newGuest();
    const answers = await Promise.all([1, 2, 3].map(async () => post("/api/auth/refresh", { token })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401]);
  });

  test("a token is over when it was not used for so long", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const { token } = await newGuest();
      vi.setSystemTime(Date.now() + 30 * 86_400_000 - 2_000);
      expect((await get("/api/auth/session", { token })).status).toBe(200);
      vi.setSystemTime(Date.now() + 30 * 86_400_000 + 2_000);
      expectRefused(await get("/api/auth/session", { token }), 401, "unauthenticated");
    } finally {
      vi.useRealTimers();
    }
  });

  test("a dead cookie is taken back where a page asks who it is and nowhere else, and does not keep its page from what everybody may read", async () => {
    const { token } = await newGuest();
    await post("/api/auth/logout", { token });
    const headers = { cookie: `__Host-croupier=${token}` };
    const answer = await get("/api/auth/session", { headers });
    expectRefused(answer, 401, "unauthenticated");
    expect(answer.headers.get("set-cookie")).toMatch(/^__Host-croupier=; Max-Age=0/);
    for (const path of ["/api/rooms", "/api/balance"]) {
      expect((await get(path, { headers })).headers.get("set-cookie"), path).toBeNull();
    }
    expect((await get("/api/rooms", { headers })).status).toBe(200);
    expectRefused(await get("/api/rooms", { token }), 401, "unauthenticated");
  });

  test("what a dead session could still do at the player's object is nothing", async () => {
    const { token, id } = await newGuest();
    await post("/api/auth/logout", { token });
    expect((await playerOf(id).fetch(`${ORIGIN}/socket?session=x`, { headers: { upgrade: "websocket" } })).status).toBe(
      404,
    );
  });
});
