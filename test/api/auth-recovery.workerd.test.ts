import { runInDurableObject, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { hashOfCode, newRecoveryCode } from "../../src/api/auth/recovery.ts";
import { accountStub, lookStub, playerStub } from "../../src/objects/stubs.ts";
import { expectRefused, get, newGuest, newName, newUser, PASSWORD, post, type Answer } from "./api.workerd.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const from = (address: string, cookie?: string): { headers: Record<string, string> } => ({
  headers: { "cf-connecting-ip": address, ...(cookie === undefined ? {} : { cookie }) },
});

const logIn = async (username: string, password: string, where: ReturnType<typeof from>): Promise<Answer> =>
  post("/api/auth/login", { body: { username, password }, ...where });

const deviceOf = ({ headers }: Answer): string =>
  headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith("__Host-croupier-device="))
    ?.split(";")[0] ?? "";

const NEXT = "another horse battery";

const recover = async (username: string, recoveryCode: string, newPassword = NEXT): Promise<Answer> =>
  post("/api/auth/recover", { body: { username, recoveryCode, newPassword } });

const register = async (username: string): Promise<Answer> =>
  post("/api/auth/register", { body: { username, password: PASSWORD } });

/** Digits alone, which are of every script, and look like no letter. */
const mark = (): string =>
  [...crypto.getRandomValues(new Uint8Array(5))].map((byte) => String(2 + (byte % 8))).join("");

describe("who guesses a name's password", () => {
  test("keeps its owner out neither from elsewhere nor in a browser that was in before, at the very same address", async () => {
    const username = newName();
    const { headers, ...registered } = await post("/api/auth/register", {
      body: { username, password: PASSWORD },
      ...from("198.51.100.7"),
    });
    expect(headers.getSetCookie()).toContainEqual(
      expect.stringMatching(/^__Host-croupier-device=[^;]+; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/),
    );
    const device = deviceOf({ headers, ...registered });
    for (let i = 0; i < 30; i += 1) {
      await logIn(username, `wrong wrong ${i}`, from("203.0.113.5"));
      if (i % 10 === 9 && i < 29) vi.setSystemTime(Date.now() + 60_000);
      expect((await logIn(username, PASSWORD, from("198.51.100.8"))).status).toBe(200);
    }
    expectRefused(await logIn(username, PASSWORD, from("203.0.113.5")), 429, "too_many_attempts");
    expect((await logIn(username, PASSWORD, from("203.0.113.5", device))).status).toBe(200);
  });

  test("from a thousand addresses has one free guess at each of them; the owner's first from a new one is free too", async () => {
    const { username } = await newUser();
    const account = accountStub(env, username);
    await account.verify("wrong one", { address: "first", device: "" });
    await runInDurableObject(account, (_account, { storage }) => {
      storage.sql.exec("UPDATE tries SET failures = 100"); // as many from as many addresses
    });
    const stranger = { address: "new", device: "" };
    expect(await account.verify("wrong one", stranger)).toMatchObject({ code: "invalid_credentials" });
    expect(await account.verify(PASSWORD, stranger)).toMatchObject({ code: "too_many_attempts" });
    expect(await account.verify(PASSWORD, { address: "newer", device: "" })).toMatchObject({ ok: true });
  });

  test("does not keep them from changing it, and a session that guesses it keeps no other from that", async () => {
    const { username, token } = await newUser();
    for (let i = 0; i < 8; i += 1) await logIn(username, "wrong one", from("203.0.113.6"));
    const thief = (await logIn(username, PASSWORD, from("203.0.113.7"))).body.token;
    for (let i = 0; i < 8; i += 1)
      await post("/api/me/password", { token: thief, body: { current: `wrong one ${i}`, next: NEXT } });
    const guess = { token: thief, body: { current: PASSWORD, next: NEXT } };
    expectRefused(await post("/api/me/password", guess), 429, "too_many_attempts");
    expect((await post("/api/me/password", { token, body: { current: PASSWORD, next: NEXT } })).status).toBe(204);
    expectRefused(await get("/api/auth/session", { token: thief }), 401, "unauthenticated");
  });

  test("in a session waits, also when the session is renewed between the guesses: for the password and for the recovery code", async () => {
    for (const [path, body] of [
      ["/api/me/password", { current: "wrong one", next: NEXT }],
      ["/api/me/recovery", { password: "wrong one" }],
    ] as const) {
      const { username, token } = await newUser();
      let thief = (await logIn(username, PASSWORD, from("203.0.113.8"))).body.token;
      const codes: string[] = [];
      for (let i = 0; i < 8; i += 1) {
        codes.push((await post(path, { token: thief, body })).body.error.code);
        thief = (await post("/api/auth/refresh", { token: thief })).body.token;
      }
      expect(codes.filter((code) => code === "too_many_attempts").length).toBeGreaterThan(1);
      const own = { token, body: { current: PASSWORD, next: NEXT } };
      expect((await post("/api/me/password", own)).status).toBe(204);
    }
  });

  test.each(["password", "Password1!", "12345678", "aaaaaaaaa", "qwertyuiop", "iloveyou2", "abababab"])(
    "finds nobody whose password is %s, since nobody gets it",
    async (password) => {
      const answer = await post("/api/auth/register", { body: { username: newName(), password } });
      expectRefused(answer, 422, "invalid_request");
      expect(answer.body.error.fields.password).toMatch(/guessed first/);
    },
  );

  test("nor one whose password is the name", async () => {
    const username = newName();
    const answer = await post("/api/auth/register", { body: { username, password: username.toUpperCase() } });
    expect(answer.body.error.fields).toEqual({ password: expect.stringMatching(/your name/) });
  });
});

describe("a recovery code", () => {
  test("is told once at registering, gives a new password once, ends every session and is followed by another", async () => {
    const username = newName();
    const { body } = await post("/api/auth/register", { body: { username, password: PASSWORD } });
    expect(body.recoveryCode).toMatch(/^([0-9a-hjkmnp-tv-z]{5}-){4}[0-9a-hjkmnp-tv-z]{5}$/);
    expect((await get("/api/me/recovery", { token: body.token })).body.madeAt).toBe(Date.now());
    const typed = ` ${body.recoveryCode.toUpperCase().replaceAll("-", " ").replaceAll("0", "O")} `;
    const recovered = await recover(username, typed);
    expect(recovered.status).toBe(200);
    expectRefused(await get("/api/auth/session", { token: body.token }), 401, "unauthenticated");
    expectRefused(await logIn(username, PASSWORD, from("a")), 401, "invalid_credentials");
    expect((await logIn(username, NEXT, from("a"))).status).toBe(200);
    expectRefused(await recover(username, body.recoveryCode, PASSWORD), 401, "bad_recovery_code");
    const again = await recover(username, body.recoveryCode); // the answer was lost: the same wish, and the same next code
    expect([again.status, again.body]).toEqual([200, recovered.body]);
    expect((await recover(username, again.body.recoveryCode, PASSWORD)).status).toBe(200);
    expectRefused(await recover(username, body.recoveryCode), 401, "bad_recovery_code");
  });

  test("is not kept as it is, and an unknown name, a name without one and a wrong one get the same answer", async () => {
    const { username } = await newUser();
    const { body } = await post("/api/auth/register", { body: { username: newName(), password: PASSWORD } });
    const kept = await runInDurableObject(accountStub(env, body.player.username), (_account, { storage }) =>
      JSON.stringify(storage.sql.exec("SELECT hex(hash) AS hash FROM recovery").toArray()),
    );
    expect(kept).not.toContain(body.recoveryCode);
    await runInDurableObject(accountStub(env, username), (_account, { storage }) => {
      storage.sql.exec("DELETE FROM recovery"); // as an account has it that was there before
    });
    for (const name of [newName(), username, body.player.username])
      for (const code of ["00000-00000-00000-00000-00000", "x", ""])
        expectRefused(await recover(name, code), 401, "bad_recovery_code");
  });

  test("is made anew for the password, and the one before is good no more", async () => {
    const username = newName();
    const { body } = await post("/api/auth/register", { body: { username, password: PASSWORD } });
    const renew = async (password: string): Promise<Answer> =>
      post("/api/me/recovery", { token: body.token, body: { password } });
    expectRefused(await renew("wrong one"), 401, "invalid_credentials");
    const next = await renew(PASSWORD);
    expectRefused(await recover(username, body.recoveryCode), 401, "bad_recovery_code");
    expect((await recover(username, next.body.recoveryCode)).status).toBe(200);
    expectRefused(
      await post("/api/me/recovery", { token: (await newGuest()).token, body: { password: PASSWORD } }),
      409,
      "not_registered",
    );
  });

  test("is the same once more under the key that it was asked for with, and stays good, also after a day", async () => {
    const { username, token } = await newUser();
    const renew = async (key: string): Promise<Answer> =>
      post("/api/me/recovery", { token, body: { password: PASSWORD }, headers: { "idempotency-key": key } });
    const first = await renew("first-wish");
    expect((await renew("first-wish")).body).toEqual(first.body);
    vi.setSystemTime(Date.now() + 86_400_000);
    expect((await renew("first-wish")).body).toEqual(first.body);
    expect((await recover(username, first.body.recoveryCode)).status).toBe(200);
  });

  test("under a key is not made again over one that came after it: that one stays good", async () => {
    const { username, token } = await newUser();
    const renew = async (key: string, password = PASSWORD): Promise<Answer> =>
      post("/api/me/recovery", { token, body: { password }, headers: { "idempotency-key": key } });
    const [first, second] = [await renew("early"), await renew("later")];
    expect(second.body.recoveryCode).not.toBe(first.body.recoveryCode);
    expectRefused(await renew("early"), 409, "idempotency_conflict");
    expectRefused(await renew("early", "wrong one"), 401, "invalid_credentials");
    expectRefused(await recover(username, first.body.recoveryCode), 401, "bad_recovery_code");
    expect((await recover(username, second.body.recoveryCode)).status).toBe(200);
  });

  test("of one account is no other's, under the same key", async () => {
    const codes: unknown[] = [];
    for (const { token } of [await newUser(), await newUser()]) {
      const call = { token, body: { password: PASSWORD }, headers: { "idempotency-key": "one-key" } };
      codes.push((await post("/api/me/recovery", call)).body.recoveryCode);
    }
    expect(new Set(codes).size).toBe(2);
  });

  test("without a key is another one each time", async () => {
    const { username, token } = await newUser();
    const renew = async (): Promise<string> =>
      (await post("/api/me/recovery", { token, body: { password: PASSWORD } })).body.recoveryCode;
    const [first, second] = [await renew(), await renew()];
    expectRefused(await recover(username, first), 401, "bad_recovery_code");
    expect((await recover(username, second)).status).toBe(200);
  });

  test.each(["a new player", "a guest"])("of %s who registers again under the same key is the same", async (who) => {
    const username = newName();
    const token = who === "a guest" ? (await newGuest()).token : undefined;
    const key = { "idempotency-key": crypto.randomUUID() };
    const enrol = async (): Promise<Answer> =>
      post("/api/auth/register", { token, body: { username, password: PASSWORD }, headers: key });
    const [first, again] = [await enrol(), await enrol()];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.recoveryCode).toBe(first.body.recoveryCode);
    expect((await recover(username, first.body.recoveryCode)).status).toBe(200);
  });

  test("ends the sessions though the house dies before it has: the account tells the player until it is done", async () => {
    const username = newName();
    const { body } = await post("/api/auth/register", { body: { username, password: PASSWORD } });
    const account = accountStub(env, username);
    const [code, next] = await Promise.all([body.recoveryCode, newRecoveryCode()].map(hashOfCode));
    if (code === undefined || next === undefined) throw new Error("no hash");
    const away = vi.spyOn(Object.getPrototypeOf(env.PLAYER), "get").mockImplementation(() => {
      throw new Error("the player does not answer");
    });
    const stranger = { address: "a", device: "" };
    expect(await account.recover(code, NEXT, next, stranger)).toMatchObject({ ok: true });
    away.mockRestore();
    expect(await playerStub(env, body.player.id as PlayerId).sessions()).toHaveLength(1);
    await runInDurableObject(accountStub(env, username), async (object) => object.alarm());
    expect(await playerStub(env, body.player.id as PlayerId).sessions()).toEqual([]);
    expect((await logIn(username, NEXT, from("a"))).status).toBe(200);
  });
});

describe("names", () => {
  test.each([
    "Jürgen",
    "Светлана",
    "Νίκος",
    "山田 たろう",
    "김철수",
    "محمد علي",
    "राजेश",
    "สมชาย",
    "O'Neil",
    "Mary Ann",
  ])("%s may be one, in any case and with any accent's spelling", async (name) => {
    const username = `${name} ${mark()}`;
    const { status, body } = await register(username.normalize("NFD"));
    expect([status, body.player?.username]).toEqual([201, username.normalize("NFKC")]);
    const { body: back } = await post("/api/auth/login", {
      body: { username: ` ${username.toUpperCase()} `, password: PASSWORD },
    });
    expect(back.player?.id).toBe(body.player.id);
    expectRefused(await register(username.toLowerCase()), 409, "username_taken");
  });

  test("of two that look the same only the first can be taken, and it is said why", async () => {
    const tail = mark();
    for (const [first, second] of [
      ["Bob", "B0b"],
      ["Paul", "PauI"],
      ["сосо", "coco"],
      ["ΝΟΤΕ", "Note"],
      ["Ann-Lee", "Ann Lee"],
      ["Milkman", "Milk-man"],
      ["barn", "bam"],
      ["José", "Jose"],
    ] as const) {
      expect((await register(`${first}${tail}`)).status, first).toBe(201);
      const answer = await register(`${second}${tail}`);
      expectRefused(answer, 409, "username_taken");
      expect(answer.body.error.fields.username).toMatch(/looks like/);
    }
  });

  test("that two want at once who look the same are one's alone", async () => {
    const tail = mark();
    const answers = await Promise.all([`Olo${tail}`, `0lo${tail}`, `O1o${tail}`].map(register));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  });

  test("from before looks were noted are nobody else's, and a registration that died keeps its look for a minute alone", async () => {
    const old = `oldname${mark()}`;
    const credentials = { password: PASSWORD, device: "d", recovery: new ArrayBuffer(32) };
    await accountStub(env, old).claim(old, credentials, "7k2m9qx4c0v8h1ztr3fw" as PlayerId);
    await post("/api/auth/login", { body: { username: old, password: PASSWORD } });
    expectRefused(await register(old.replace("o", "0")), 409, "username_taken");

    const tail = mark();
    await lookStub(env, `dead${tail}`).hold(`dẹad${tail}`, null);
    expectRefused(await register(`dead${tail}`), 409, "username_taken");
    vi.setSystemTime(Date.now() + 60_000);
    expect((await register(`dead${tail}`)).status).toBe(201);
  });

  test.each([
    ["ab", /3 characters/],
    ["a".repeat(21), /20 characters/],
    ["аdmin", /one script/],
    ["bob\u200dby", /nobody sees/],
    ["bob\u202eby", /nobody sees/],
    ["bob  by", /One space/],
    ["bob!", /something else/],
    ["bob😀", /something else/],
    ["-bob-", /begins and ends/],
    ["Brass Heron 482", /guests/],
    ["b̃̃̃̃ob", /everyday/],
    [7, /Text/],
  ])("%j is refused by its field, in words for people", async (username, words) => {
    const answer = await post("/api/auth/register", { body: { username, password: "short" } });
    expectRefused(answer, 422, "invalid_request");
    expect(answer.body.error.fields.username).toMatch(words);
    expect(answer.body.error.fields.password).toBe("A password has 8 characters at least.");
  });
});

test("the page's origin is the only one that may recover", async () => {
  const response = await SELF.fetch("https://croupier.test/api/auth/recover", {
    method: "POST",
    headers: { origin: "https://evil.example", "content-type": "application/json" },
    body: "{}",
  });
  expect(response.status).toBe(403);
});
