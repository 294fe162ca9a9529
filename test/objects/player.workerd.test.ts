import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { chips } from "../../rooms/game.ts";
import type { TransferRequest } from "../../rooms/kernel/transfer.ts";
import { newPlayerId } from "../../src/api/auth/random.ts";
import type { Player } from "../../src/objects/player.ts";
import { playerStub } from "../../src/objects/stubs.ts";

const DAY_MS = 86_400_000;

async function newPlayer(grant = 1_000): Promise<DurableObjectStub<Player>> {
  const id = newPlayerId();
  const stub = playerStub(env, id);
  const session = { id: "s1", expiresAt: Date.now() + DAY_MS };
  await stub.enter({ id, name: "Brass Heron 482", account: null, grant, session, replaces: null });
  return stub;
}

let n = 0;
const request = (kind: "topup" | "cashout", amount: number, more: Partial<TransferRequest> = {}): TransferRequest => ({
  id: `roulette:main:p:${(n += 1)}`,
  room: "roulette:main",
  kind,
  amount: chips(amount),
  min: chips(amount),
  ...more,
});

/** The ledger as it lies on the disk. */
async function ledger(stub: DurableObjectStub<Player>): Promise<{ sum: number; balance: number; entries: number }> {
  return runInDurableObject(stub, (_player, { storage }) =>
    storage.sql
      .exec<{ sum: number; balance: number; entries: number }>(
        `SELECT coalesce(sum(amount), 0) AS sum, count(*) AS entries,
           coalesce((SELECT balance FROM ledger ORDER BY n DESC LIMIT 1), 0) AS balance FROM ledger`,
      )
      .one(),
  );
}

describe("the wallet", () => {
  test("a player nobody created is unknown to every method, and asking writes nothing", async () => {
    const stub = playerStub(env, newPlayerId());
    expect(await stub.transfer(request("cashout", 5))).toEqual({ ok: false, code: "unknown_player", balance: 0 });
    expect(await stub.standing()).toBeNull();
    expect(await stub.session("s1")).toBeNull();
    expect(await stub.faucet(10, 0)).toBeNull();
    expect(await stub.redeem("t", Date.now() + 1_000, "s1", null)).toBeNull();
    expect(await stub.renew("s1", { id: "s2", expiresAt: Date.now() + 1_000 }, null)).toBeNull();
    await stub.leave("s1", true);
    await stub.settleKey("k", { status: 200, body: "{}" });
    const tables = await runInDurableObject(stub, (_player, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").toArray(),
    );
    expect(tables).toEqual([]);
  });

  test("the grant is given once, however often the player enters", async () => {
    const id = newPlayerId();
    const stub = playerStub(env, id);
    const arrivals = Array.from({ length: 10 }, async (_, i) => {
      const session = { id: `s${i}`, expiresAt: Date.now() + DAY_MS };
      return stub.enter({ id, name: "Brass Heron 482", account: null, grant: 1_000, session, replaces: null });
    });
    expect((await Promise.all(arrivals)).every((answer) => answer.ok)).toBe(true);
    expect(await ledger(stub)).toEqual({ sum: 1_000, balance: 1_000, entries: 1 });
  });

  test("a top-up takes, a cash-out gives back, and the room's purse is open in between", async () => {
    const stub = await newPlayer();
    expect(await stub.transfer(request("topup", 300))).toEqual({ ok: true, amount: 300, balance: 700 });
    expect(await stub.standing()).toEqual({ available: 700, rooms: ["roulette:main"] });
    expect(await stub.transfer(request("cashout", 500))).toEqual({ ok: true, amount: 500, balance: 1_200 });
    expect(await stub.standing()).toEqual({ available: 1_200, rooms: [] });
  });

  test("a top-up takes what there is when that is no less than the least", async () => {
    const stub = await newPlayer();
    const some = request("topup", 5_000, { min: chips(1_000) });
    expect(await stub.transfer(some)).toEqual({ ok: true, amount: 1_000, balance: 0 });
  });

  test("a top-up beyond the wallet is refused and moves nothing", async () => {
    const stub = await newPlayer();
    const much = request("topup", 1_001);
    expect(await stub.transfer(much)).toEqual({ ok: false, code: "insufficient_funds", balance: 1_000 });
    expect(await stub.standing()).toEqual({ available: 1_000, rooms: [] });
    expect((await ledger(stub)).entries).toBe(1);
  });

  test("the same id with the same body gets the same answer, and moves money once", async () => {
    const stub = await newPlayer();
    const one = request("topup", 300);
    const first = await stub.transfer(one);
    await stub.transfer(request("topup", 100));
    expect(await stub.transfer(one)).toEqual(first);
    await evictDurableObject(stub);
    expect(await stub.transfer(one)).toEqual(first);
    expect(await ledger(stub)).toEqual({ sum: 600, balance: 600, entries: 3 });
  });

  test("a refusal is repeated too, even when there is money by then", async () => {
    const stub = await newPlayer();
    const much = request("topup", 1_500);
    const first = await stub.transfer(much);
    await stub.transfer(request("cashout", 9_000));
    expect(await stub.transfer(much)).toEqual(first);
    expect((await ledger(stub)).balance).toBe(10_000);
  });

  test("a repeated top-up does not open the purse that was cashed out since", async () => {
    const stub = await newPlayer();
    const one = request("topup", 300);
    await stub.transfer(one);
    await stub.transfer(request("cashout", 300));
    await stub.transfer(one);
    expect(await stub.standing()).toEqual({ available: 1_000, rooms: [] });
  });

  test.each<[string, Partial<TransferRequest>]>([
    ["amount", { amount: chips(301), min: chips(300) }],
    ["least", { min: chips(1) }],
    ["room", { room: "roulette:other" }],
    ["kind", { kind: "cashout" }],
  ])("the same id with another %s is a conflict and moves nothing", async (_what, change) => {
    const stub = await newPlayer();
    const one = request("topup", 300);
    await stub.transfer(one);
    expect(await stub.transfer({ ...one, ...change })).toEqual({ ok: false, code: "transfer_conflict", balance: 700 });
    expect((await ledger(stub)).entries).toBe(2);
  });

  test("fifty transfers at once conserve the ledger, and each repeated id counts once", async () => {
    const stub = await newPlayer(10_000);
    const requests = Array.from({ length: 25 }, (_, i) => request(i % 3 === 0 ? "cashout" : "topup", 10 + i));
    const twice = [...requests, ...requests];
    const answers = await Promise.all(twice.map(async (one) => stub.transfer(one)));
    expect(answers.slice(25)).toEqual(answers.slice(0, 25));
    const expected = requests.reduce((sum, r) => sum + (r.kind === "topup" ? -1 : 1) * r.amount, 10_000);
    expect(await ledger(stub)).toEqual({ sum: expected, balance: expected, entries: 26 });
  });

  test("fifty top-ups at once never take more than there is", async () => {
    const stub = await newPlayer(1_000);
    const answers = await Promise.all(Array.from({ length: 50 }, async () => stub.transfer(request("topup", 90))));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(11);
    expect(await ledger(stub)).toEqual({ sum: 10, balance: 10, entries: 12 });
  });

  test.each([0, -1, 1.5, 2 ** 53, Number.NaN])("a transfer of %d throws and writes nothing", async (amount) => {
    const stub = await newPlayer();
    const bad = { ...request("topup", 1), amount, min: amount } as TransferRequest;
    await runInDurableObject(stub, async (player: Player) => {
      await expect(player.transfer(bad)).rejects.toThrow("not a transfer");
    });
    expect((await ledger(stub)).entries).toBe(1);
  });

  test("the disk itself refuses a ledger that does not add up, and any change to an entry", async () => {
    const stub = await newPlayer();
    await runInDurableObject(stub, (_player, { storage }) => {
      const insert = "INSERT INTO ledger (kind, amount, balance, at) VALUES";
      expect(() => storage.sql.exec(`${insert} ('faucet', 10, 1011, 1)`)).toThrow("does not add up");
      expect(() => storage.sql.exec(`${insert} ('topup', -1001, -1, 1)`)).toThrow("CHECK");
      expect(() => storage.sql.exec(`${insert} ('topup', 10, 1010, 1)`)).toThrow("CHECK");
      expect(() => storage.sql.exec(`${insert} ('gift', 10, 1010, 1)`)).toThrow("CHECK");
      expect(() => storage.sql.exec("UPDATE ledger SET amount = 5")).toThrow("append-only");
      expect(() => storage.sql.exec("DELETE FROM ledger")).toThrow("append-only");
    });
    expect((await ledger(stub)).balance).toBe(1_000);
  });

  test("a transfer writes two rows, and three where it opens or closes a purse", async () => {
    const stub = await newPlayer();
    const rows = await runInDurableObject(stub, async (player: Player, { storage }) => {
      const exec = storage.sql.exec.bind(storage.sql);
      let written = 0;
      vi.spyOn(storage.sql, "exec").mockImplementation((...args: Parameters<typeof exec>) => {
        const cursor = exec(...args);
        const all = cursor.toArray();
        written += cursor.rowsWritten;
        return Object.assign(Object.create(cursor) as typeof cursor, { toArray: () => all, one: () => all[0] });
      });
      const counts: number[] = [];
      for (const one of [request("topup", 10), request("topup", 10), request("cashout", 20)]) {
        written = 0;
        await player.transfer(one);
        counts.push(written);
      }
      vi.restoreAllMocks();
      return counts;
    });
    expect(rows).toEqual([3, 2, 3]);
  });

  test("the statement goes newest first, by pages, without a gap", async () => {
    const stub = await newPlayer();
    for (let i = 1; i <= 6; i += 1) await stub.transfer(request("topup", i));
    const first = await stub.entries(null, 3);
    const second = await stub.entries(first.next, 3);
    const third = await stub.entries(second.next, 3);
    const all = [...first.entries, ...second.entries, ...third.entries];
    expect(all.map((entry) => entry.n)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(all.map((entry) => entry.amount)).toEqual([-6, -5, -4, -3, -2, -1, 1_000]);
    expect([first.next, second.next, third.next]).toEqual([5, 2, null]);
  });
});

describe("the faucet", () => {
  test("gives once in its cool-down, however many ask at once", async () => {
    const stub = await newPlayer(0);
    const answers = await Promise.all(Array.from({ length: 20 }, async () => stub.faucet(500, 60_000)));
    expect(answers.filter((answer) => answer?.ok)).toHaveLength(1);
    expect(await ledger(stub)).toEqual({ sum: 500, balance: 500, entries: 1 });
  });

  test("gives again when the cool-down is over, and says before when that is", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const stub = await newPlayer(0);
      const start = Date.now();
      expect(await stub.faucet(500, 60_000)).toMatchObject({ ok: true, nextAt: start + 60_000 });
      vi.setSystemTime(start + 59_999);
      expect(await stub.faucet(500, 60_000)).toEqual({ ok: false, code: "faucet_not_due", nextAt: start + 60_000 });
      vi.setSystemTime(start + 60_000);
      expect(await stub.faucet(500, 60_000)).toMatchObject({ ok: true, available: 1_000 });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("a player from the house's first days", () => {
  test("finds everything that came later when they are here again, with the money as it was", async () => {
    const stub = await newPlayer(1_000);
    await stub.transfer(request("topup", 300));
    const later = await runInDurableObject(stub, (_player, { storage }) => {
      const first = ["player", "ledger", "transfer", "purse", "session", "ticket", "request"];
      const tables = storage.sql
        .exec<{ name: string }>(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
        )
        .toArray()
        .map(({ name }) => name)
        .filter((name) => !first.includes(name));
      for (const name of tables) storage.sql.exec(`DROP TABLE "${name}"`);
      return tables;
    });
    expect(later.length).toBeGreaterThan(8);
    await evictDurableObject(stub);
    expect(await stub.standing()).toEqual({ available: 700, rooms: ["roulette:main"] });
    expect(await stub.transfer(request("topup", 200))).toMatchObject({ ok: true, balance: 500 });
    expect(await stub.award({ id: "main:1", lottery: "main", amount: 50 })).toEqual({ ok: true });
    expect(await stub.addNote({ id: "n1", text: "an old friend", by: "vera", at: 1 })).toBe(true);
    expect(await stub.setHidden(true)).toBe(true);
    expect(await stub.redeem("t9", Date.now() + 30_000, "s1", "roulette:main")).not.toBeNull();
    expect(await stub.limits()).toMatchObject({ excluded: null });
    expect(await stub.standing()).toMatchObject({ available: 550 });
  });
});

describe("sessions and tickets", () => {
  test("a ticket is redeemed once, however many try at once", async () => {
    const stub = await newPlayer();
    const tries = Array.from({ length: 20 }, async () => stub.redeem("t1", Date.now() + 30_000, "s1", "roulette:main"));
    expect((await Promise.all(tries)).filter((profile) => profile !== null)).toHaveLength(1);
  });

  test("a ticket dies with the session that asked for it", async () => {
    const stub = await newPlayer();
    await stub.leave("s1", false);
    expect(await stub.redeem("t1", Date.now() + 30_000, "s1", null)).toBeNull();
  });

  test("a session is over at its end", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const stub = await newPlayer();
      vi.setSystemTime(Date.now() + DAY_MS - 1);
      expect(await stub.session("s1")).not.toBeNull();
      vi.setSystemTime(Date.now() + 1);
      expect(await stub.session("s1")).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  test("the oldest session gives way to the fifty-first", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const stub = await newPlayer();
      for (let i = 2; i <= 51; i += 1) {
        vi.setSystemTime(Date.now() + 1);
        await stub.renew(`s${i - 1}`, { id: `s${i}`, expiresAt: Date.now() + DAY_MS }, null);
        const id = newPlayerId();
        const session = { id: `extra${i}`, expiresAt: Date.now() + DAY_MS };
        await stub.enter({ id, name: "x", account: null, grant: 0, session, replaces: null });
      }
      expect(await stub.session("extra2")).toBeNull();
      expect(await stub.session("extra51")).not.toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("answers kept by Idempotency-Key", () => {
  test("the first runs, a second at once is told to wait, a later one gets the answer, another body conflicts", async () => {
    const stub = await newPlayer();
    const states = await Promise.all([1, 2, 3].map(async () => stub.claimKey("k", "h", "old")));
    expect(states.map(({ state }) => state).sort()).toEqual(["busy", "busy", "run"]);
    expect(await stub.claimKey("k", "other", "old")).toEqual({ state: "conflict" });
    await stub.settleKey("k", { status: 201, body: "{}" });
    expect(await stub.claimKey("k", "h", "old")).toEqual({ state: "done", status: 201, body: "{}" });
  });

  test("a key whose request may be tried again is free again", async () => {
    const stub = await newPlayer();
    await stub.claimKey("k", "h", "old");
    await stub.settleKey("k", null);
    expect(await stub.claimKey("k", "h", "old")).toMatchObject({ state: "run" });
  });

  test("a key whose Worker died runs again after a minute; an answer is kept for a day", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const stub = await newPlayer();
      await stub.claimKey("k", "h", "old");
      vi.setSystemTime(Date.now() + 59_999);
      expect(await stub.claimKey("k", "h", "old")).toEqual({ state: "busy" });
      vi.setSystemTime(Date.now() + 1);
      expect(await stub.claimKey("k", "h", "old")).toMatchObject({ state: "run" });
      await stub.settleKey("k", { status: 200, body: "1" });
      vi.setSystemTime(Date.now() + DAY_MS - 60_001);
      expect(await stub.claimKey("k", "h", "old")).toMatchObject({ state: "done" });
      vi.setSystemTime(Date.now() + 1);
      expect(await stub.claimKey("k", "other", "old")).toMatchObject({ state: "run" });
    } finally {
      vi.useRealTimers();
    }
  });
});
