import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Audit, STRANGERS, STRANGERS_PER_CLIENT, type AuditEntry } from "../../src/objects/audit.ts";
import { Player } from "../../src/objects/player.ts";
import { auditStub } from "../../src/objects/stubs.ts";
import { api, expectRefused, get, newGuest, post, type Answer } from "../api/api.workerd.ts";
import { asViewer, auditDump, auditOf, entryOf, KEYS } from "../api/operator-world.workerd.ts";
import { GRANT } from "../host/room-world.workerd.ts";

afterEach(() => vi.restoreAllMocks());

const gift = async (player: string, body: object) =>
  post(`/api/operator/players/${player}/transfers`, { token: KEYS.support, body });

const knock = async (ip: string): Promise<Answer> =>
  get("/api/operator/rooms", { token: "no key of ours", headers: { "cf-connecting-ip": ip } });
const strangers = async (): Promise<AuditEntry[]> => (await auditOf(1_000)).filter(({ name }) => name === null);
const countOf = async (): Promise<number> => (await auditStub(env).list(null, 1)).unlisted;

describe("the audit log", () => {
  test("has every call of an operator, also one that was refused, with what was meant and what came of it", async () => {
    const guest = await newGuest();
    const good = await gift(guest.id, { id: "a", amount: 5, reason: "a test" });
    const wrong = await gift(guest.id, { id: "b", amount: 0, reason: "a test" });
    const text = await api("POST", `/api/operator/players/${guest.id}/transfers`, { token: KEYS.support, body: "{" });
    const low = await post("/api/operator/rooms/roulette/main/pause", { token: KEYS.support });
    const read = await asViewer("/lotteries");
    const about = async (answer: typeof good) => {
      const { name, summary, result } = await entryOf(answer);
      return [name, summary, result?.status, result?.outcome];
    };
    expect(await about(good)).toEqual(["sam", '{"id":"a","amount":5,"reason":"a test"}', 200, "ok"]);
    expect(await about(wrong)).toEqual(["sam", '{"id":"b","amount":0,"reason":"a test"}', 422, "invalid_request"]);
    expect(await about(text)).toEqual(["sam", '{"unreadable":true}', 400, "malformed_json"]);
    expect(await about(low)).toEqual(["sam", null, 403, "role_too_low"]);
    expect(await about(read)).toEqual(["vera", null, 200, "ok"]);
  });

  test("writes a change down before it is done", async () => {
    const guest = await newGuest();
    let before: unknown = null;
    vi.spyOn(Player.prototype, "operatorTransfer").mockImplementation(async () => {
      [before] = await auditOf(1);
      return { ok: false, code: "insufficient_funds" };
    });
    const answer = await gift(guest.id, { id: "a", amount: 5, reason: "a test" });
    expectRefused(answer, 409, "insufficient_funds");
    expect(before).toMatchObject({ requestId: answer.headers.get("x-request-id"), name: "sam", result: null });
    expect(await entryOf(answer)).toMatchObject({ result: { outcome: "insufficient_funds" } });
  });

  test("shows a change that died in between as unfinished: the money has moved, and the log says who did it", async () => {
    const guest = await newGuest();
    vi.spyOn(console, "error").mockReturnValue();
    vi.spyOn(Audit.prototype, "close").mockRejectedValue(new Error("gone"));
    const answer = await gift(guest.id, { id: "a", amount: 5, reason: "a test" });
    expect(answer.status).toBe(200);
    expect((await get("/api/balance", { token: guest.token })).body.available).toBe(GRANT + 5);
    expect(await entryOf(answer)).toMatchObject({ name: "sam", summary: expect.stringContaining('"a"'), result: null });
  });

  test("keeps changes from being made when it does not answer; reading goes on", async () => {
    const guest = await newGuest();
    vi.spyOn(console, "error").mockReturnValue();
    for (const method of ["open", "note", "stranger"] as const)
      vi.spyOn(Audit.prototype, method).mockRejectedValue(new Error("gone"));
    expectRefused(await gift(guest.id, { id: "a", amount: 5, reason: "a test" }), 503, "audit_unavailable");
    expect((await get("/api/balance", { token: guest.token })).body.available).toBe(GRANT);
    expect((await asViewer(`/players/${guest.id}`)).status).toBe(200);
    expectRefused(await get("/api/operator/rooms", { token: "no key of ours" }), 401, "not_an_operator");
  });

  test("has no key and no address in it, wherever somebody put them", async () => {
    const guest = await newGuest();
    const headers = { "cf-connecting-ip": "203.0.113.77" };
    await api("POST", `/api/operator/players/${guest.id}/transfers?key=${KEYS.admin}`, {
      token: KEYS.support,
      headers,
      body: { id: "k", amount: 5, reason: `use ${KEYS.floor} next time` },
    });
    await get(`/api/operator/rooms?cursor=${encodeURIComponent(KEYS.viewer)}`, { token: KEYS.viewer, headers });
    await get("/api/operator/rooms", { token: "a-key-that-is-none-of-ours-00000001", headers });
    const kept = await auditDump();
    expect(kept).toContain("use [key] next time");
    for (const secret of [...Object.values(KEYS), "a-key-that-is-none-of-ours", "203.0.113.77"])
      expect(kept).not.toContain(secret);
  });

  test("only grows: what is written stays as it is, and a result is given once", async () => {
    await asViewer("/lotteries");
    const [{ n } = { n: 0 }] = await auditOf(1);
    await runInDurableObject(auditStub(env), async (audit, { storage: { sql } }) => {
      for (const table of ["call", "result"]) {
        expect(() => sql.exec(`DELETE FROM ${table}`)).toThrow("only grows");
        expect(() => sql.exec(`UPDATE ${table} SET at = 0`)).toThrow("only grows");
      }
      await expect(audit.close(n, { status: 200, outcome: "ok", at: 1 })).rejects.toThrow("UNIQUE");
    });
  });

  test("is filled by nobody without a key: a few calls an hour of each, and of all, and the rest is counted", async () => {
    const [before, counted] = [(await strangers()).length, await countOf()];
    for (let i = 0; i < STRANGERS_PER_CLIENT + 3; i += 1) await knock("198.51.100.1");
    expect((await strangers()).length - before).toBe(STRANGERS_PER_CLIENT);
    expect((await countOf()) - counted).toBe(3);
    for (let i = 0; i < STRANGERS; i += 1) await knock(`198.51.101.${i}`);
    const all = await strangers();
    expect(all).toHaveLength(STRANGERS);
    expect(all[0]).toMatchObject({ name: null, role: null, summary: null, result: { outcome: "not_an_operator" } });
    // An hour later there is room again.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
    await knock("198.51.100.1");
    vi.useRealTimers();
    expect(await strangers()).toHaveLength(STRANGERS + 1);
  });

  test("is read newest first, page by page", async () => {
    for (let i = 0; i < 5; i += 1) await asViewer(`/lotteries?i=${i}`);
    const first = (await asViewer("/audit?limit=3")).body;
    expect(first.entries.map(({ path }: { path: string }) => path)).toEqual(
      [4, 3, 2].map((i) => `/api/operator/lotteries?i=${i}`),
    );
    const second = (await asViewer(`/audit?limit=2&cursor=${first.next}`)).body;
    expect(second.entries.map(({ path }: { path: string }) => path)).toEqual(
      [1, 0].map((i) => `/api/operator/lotteries?i=${i}`),
    );
    for (const query of ["limit=0", "limit=1000000000", "cursor=x", "cursor=-1"])
      expectRefused(await asViewer(`/audit?${query}`), 422, "invalid_request");
  });
});
