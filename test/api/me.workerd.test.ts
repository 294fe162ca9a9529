import { afterEach, describe, expect, test, vi } from "vitest";
import { expectRefused, get, newGuest, newName, newUser, PASSWORD, post } from "./api.workerd.ts";

afterEach(() => vi.useRealTimers());

const NEXT = "another horse battery";
const login = async (username: string, password = PASSWORD) =>
  post("/api/auth/login", { body: { username, password } });

describe("/api/me", () => {
  test("says who I am, and whether boards show me", async () => {
    const guest = await newGuest();
    const before = await get("/api/me", { token: guest.token });
    expect(before.body).toMatchObject({
      player: { id: guest.id, username: guest.username, guest: true },
      hidden: false,
    });
    expect(before.body.createdAt).toBeGreaterThan(Date.now() - 60_000);
    expect((await post("/api/me/profile", { token: guest.token, body: { hidden: true } })).body).toEqual({
      hidden: true,
    });
    expect((await get("/api/me", { token: guest.token })).body.hidden).toBe(true);
    expectRefused(await post("/api/me/profile", { token: guest.token, body: { hidden: 1 } }), 422, "invalid_request");
    expectRefused(await get("/api/me"), 401, "unauthenticated");
  });

  test("lists my sessions and nobody else's, and ends one, or all others", async () => {
    const name = newName();
    const first = await newUser(name);
    const [second, third] = [(await login(name)).body.token, (await login(name)).body.token];
    const { body } = await get("/api/me/sessions", { token: third });
    expect(body.sessions).toHaveLength(3);
    expect(body.sessions.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    const stranger = await newGuest();
    const mine = body.sessions.find(({ current }: { current: boolean }) => current).id;
    await post("/api/me/sessions/end", { token: stranger.token, body: { id: mine } });
    expect((await get("/api/me", { token: third })).status).toBe(200);
    expect((await post("/api/me/sessions/end", { token: third, body: { others: true } })).status).toBe(204);
    for (const token of [first.token, second]) expectRefused(await get("/api/me", { token }), 401, "unauthenticated");
    expect((await post("/api/me/sessions/end", { token: third, body: { id: mine } })).status).toBe(204);
    expectRefused(await get("/api/me", { token: third }), 401, "unauthenticated");
  });

  test("changes a password for the old one, and ends every other session", async () => {
    const name = newName();
    const user = await newUser(name);
    const other = (await login(name)).body.token;
    const change = async (current: string, next = NEXT) =>
      post("/api/me/password", { token: user.token, body: { current, next } });
    expectRefused(await change("wrong horse battery"), 401, "invalid_credentials");
    expectRefused(await change(PASSWORD, "short"), 422, "invalid_request");
    expect((await get("/api/me", { token: other })).status).toBe(200);
    expect((await change(PASSWORD)).status).toBe(204);
    expect((await get("/api/me", { token: user.token })).status).toBe(200);
    expectRefused(await get("/api/me", { token: other }), 401, "unauthenticated");
    expectRefused(await login(name), 401, "invalid_credentials");
    expect((await login(name, NEXT)).status).toBe(200);
    const guest = await newGuest();
    expectRefused(
      await post("/api/me/password", { token: guest.token, body: { current: PASSWORD, next: NEXT } }),
      409,
      "not_registered",
    );
  });
});

describe("/api/me/limits", () => {
  test("are none at first, are lowered at once and raised after a day", async () => {
    const { token } = await newGuest();
    const none = { lossPerDay: null, stakePerDay: null, sessionMinutes: null, realityCheckMinutes: null };
    const first = await get("/api/me/limits", { token });
    expect(first.body).toMatchObject({ limits: none, pending: null, used: { staked: 0, lost: 0 }, excluded: null });
    const set = await post("/api/me/limits", { token, body: { lossPerDay: 5_000, realityCheckMinutes: 30 } });
    expect(set.body.limits).toEqual({ ...none, lossPerDay: 5_000, realityCheckMinutes: 30 });
    const raised = await post("/api/me/limits", { token, body: { lossPerDay: 9_000, realityCheckMinutes: null } });
    expect(raised.body).toMatchObject({
      limits: { lossPerDay: 5_000, realityCheckMinutes: null },
      pending: { limits: { lossPerDay: 9_000 } },
    });
    expect((await post("/api/me/limits/cancel", { token })).body.pending).toBeNull();
  });

  test.each([
    { lossPerDay: -1 },
    { lossPerDay: 1.5 },
    { stakePerDay: "all" },
    { stakePerDay: 1e13 },
    { sessionMinutes: 4 },
    { realityCheckMinutes: 0 },
    { realityCheckMinutes: 1_441 },
    { unknown: 1 },
  ])("%j is refused, and changes nothing", async (body) => {
    const { token } = await newGuest();
    const before = (await get("/api/me/limits", { token })).body.limits;
    expectRefused(await post("/api/me/limits", { token, body }), 422, "invalid_request");
    expect((await get("/api/me/limits", { token })).body.limits).toEqual(before);
  });

  test("under one Idempotency-Key are set once", async () => {
    const { token } = await newGuest();
    const headers = { "idempotency-key": "k1" };
    const first = await post("/api/me/limits", { token, headers, body: { stakePerDay: 10 } });
    const again = await post("/api/me/limits", { token, headers, body: { stakePerDay: 10 } });
    expect([again.status, again.body]).toEqual([200, first.body]);
    expectRefused(
      await post("/api/me/limits", { token, headers, body: { stakePerDay: 5 } }),
      409,
      "idempotency_conflict",
    );
    expect((await get("/api/me/limits", { token })).body.limits.stakePerDay).toBe(10);
  });
});

describe("/api/me/exclusion", () => {
  test("ends every session and refuses the log-in until then, and says until when", async () => {
    const name = newName();
    const user = await newUser(name);
    const { status, body } = await post("/api/me/exclusion", {
      token: user.token,
      body: { kind: "self-exclusion", months: 6 },
    });
    expect([status, body.excluded.kind]).toEqual([200, "self-exclusion"]);
    expectRefused(await get("/api/me", { token: user.token }), 401, "unauthenticated");
    const refused = await login(name);
    expectRefused(refused, 403, "excluded");
    expect(refused.body.error.nextAt).toBe(body.excluded.until);
    expectRefused(await login(name, "wrong horse battery"), 401, "invalid_credentials");
    vi.useFakeTimers({ toFake: ["Date"], now: body.excluded.until });
    expect((await login(name)).status).toBe(200);
  });

  test("leaves a guest their session, and gives them neither a seat nor play money", async () => {
    const { token } = await newGuest();
    expect((await post("/api/me/exclusion", { token, body: { kind: "cool-off", days: 1 } })).status).toBe(200);
    expect((await get("/api/me", { token })).status).toBe(200);
    expectRefused(await post("/api/rooms/roulette/main/ticket", { token }), 403, "excluded");
    expectRefused(await post("/api/balance/faucet", { token }), 403, "excluded");
    expectRefused(
      await post("/api/auth/register", { token, body: { username: newName(), password: PASSWORD } }),
      403,
      "excluded",
    );
  });

  test.each([{ kind: "cool-off", days: 2 }, { kind: "cool-off" }, { kind: "self-exclusion", months: 1 }, {}])(
    "%j is refused",
    async (body) => {
      const { token } = await newGuest();
      expectRefused(await post("/api/me/exclusion", { token, body }), 422, "invalid_request");
      expect((await get("/api/me/limits", { token })).body.excluded).toBeNull();
    },
  );
});
