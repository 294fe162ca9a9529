import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { newPlayerId } from "../../src/api/auth/random.ts";
import type { Env } from "../../src/env.ts";
import { takeSettled } from "../../src/queue/settled.ts";
import { toldBy } from "../../src/stats/rebuild.ts";
import { deadLettersStub, playerStub } from "../../src/objects/stubs.ts";
import { post } from "../api/api.workerd.ts";
import { consume, letters } from "../games/lottery/world.workerd.ts";
import { newPlayer } from "../host/room-world.workerd.ts";
import { came, known, model, settled, totalOf, type SettledEvent } from "./world.workerd.ts";

const ADMIN = "an-operator-key-for-tests-alone-0001";

beforeEach(async () => model().clear());
afterEach(() => void vi.restoreAllMocks());

/** Three players in thirty rounds, their grants and names. */
function story(): SettledEvent[] {
  const players = [newPlayerId(), newPlayerId(), newPlayerId()];
  const rounds = Array.from({ length: 30 }, (_, i) =>
    settled(
      i + 1,
      players
        .slice(0, 1 + (i % 3))
        .map((player, n) => ({ player, staked: 100 + i, returned: (i + n) % 4 === 0 ? 500 : 0 })),
      { at: Date.now() - i * 3_600_000 },
    ),
  );
  return [
    ...rounds,
    ...players.flatMap((player, i) => [came(player, 1, 1_000), came(player, 2, 50), known(player, `p${i}`)]),
    known(players[0] ?? "", "renamed", false, 2),
  ];
}

async function named(account: string, id = newPlayerId()): Promise<string> {
  const session = { id: `s-${account}`, expiresAt: Date.now() + 86_400_000 };
  await playerStub(env, id).enter({ id, name: account, account, grant: 100, session, replaces: null });
  return id;
}

function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((one, i) => [(Math.sin(i * 37.7) * 1_000) % 1, one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one);
}

async function sumAfter(batches: readonly (readonly SettledEvent[])[]): Promise<string> {
  await model().clear();
  for (const batch of batches) {
    const { acked, again } = await consume("settled", batch);
    expect([acked.length, again]).toEqual([batch.length, []]);
  }
  const { sum, facts } = await model().checksum();
  expect(facts).toBeGreaterThan(60);
  return sum;
}

/** A finished hand at the house's table; the first of them won it. */
const hand = (round: number, ...players: string[]): SettledEvent => {
  const lines = players.map((player, i) => ({ player, staked: 100, returned: i === 0 ? 300 : 0 }));
  const { payload: _, ...rest } = settled(round, lines, { room: "poker:main" });
  return { ...rest, type: "handFinished", payload: { round, players: lines } };
};

describe("the consumer of settled events", () => {
  test("comes to the same model by any order, doubled, in one batch or in many", async () => {
    const events = story();
    const straight = await sumAfter([events]);
    expect(await sumAfter([events, events])).toBe(straight);
    expect(await sumAfter([shuffled(events), shuffled(shuffled(events))])).toBe(straight);
    expect(await sumAfter(shuffled([...events, ...events]).map((event) => [event]))).toBe(straight);
    expect(await sumAfter([events.slice(1)])).not.toBe(straight);
  });

  test("no board counts a hand of poker with a guest in it, also when the guest takes a name later and all is taken again", async () => {
    const strict: Env = { ...env, BOARDS_INCLUDE_GUESTS: "off" };
    const [guest, ann, bob] = [await newPlayer(), await named("ann0001"), await named("bob0001")];
    const events = [hand(1, ann, guest.id), hand(2, bob, ann)];
    const boards = async (): Promise<unknown> => {
      await model().clear();
      const verdicts = await takeSettled(
        strict,
        events.map((body, i) => ({ id: String(i), body })),
      );
      expect(verdicts.map(({ type }) => type)).toEqual(["done", "done"]);
      const { lines } = await model().board("profit", "all", 10, null, Date.now());
      return [await model().checksum(), lines.map(({ player, value }) => [player, value])];
    };
    const before = await boards();
    expect(before).toMatchObject([
      {},
      [
        [bob, 200],
        [ann, -100],
      ],
    ]);
    expect(await totalOf(ann)).toMatchObject({ rounds: 2, returned: 300 });
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 60_000);
    await named("guest001", guest.id);
    expect(await playerStub(env, guest.id).namedSince()).not.toBeNull();
    expect(await boards()).toEqual(before);
  });

  test("the lottery's deployment has its own queue, and it is read the same", async () => {
    const player = newPlayerId();
    const { acked } = await consume("lottery-settled", [settled(1, [{ player, staked: 100, returned: 0 }])]);
    expect(acked).toEqual([0]);
    expect(await totalOf(player)).toEqual({ rounds: 1, wagered: 100, returned: 0 });
  });

  test("each message has its own verdict: what will never be right is parked with its reason, and the rest counts", async () => {
    const [ann, bob] = [newPlayerId(), newPlayerId()];
    const good = settled(1, [{ player: ann, staked: 100, returned: 300 }]);
    const wrong: [unknown, string, RegExp][] = [
      ["nonsense", "not_an_event", /no type/],
      [{ ...good, id: "a", type: "roundUnsettled" }, "unknown_type", /roundUnsettled/],
      [{ ...good, id: "b", version: 2 }, "unknown_version", /Version 2/],
      [settled(0, []), "bad_event", /round/],
      [settled(2, [{ player: bob, staked: -1, returned: 0 }]), "bad_event", /staked/],
      [settled(2, [{ player: bob, staked: 2 ** 53, returned: 0 }]), "bad_event", /staked/],
      [
        settled(2, [
          { player: bob, staked: 5, returned: 0 },
          { player: bob, staked: 5, returned: 0 },
        ]),
        "bad_event",
        /twice/,
      ],
      [settled(2, [{ player: "bot:1:2", staked: 5, returned: 0 }]), "bad_event", /player/],
      [settled(2, [{ player: bob, staked: 5, returned: 0 }], { room: `player:${bob}` }), "bad_event", /not a room/],
      [{ ...came(bob, 1, 5), source: `player:${ann}` }, "bad_event", /not the player/],
      [{ ...known(bob, "Bob"), source: "roulette:main" }, "bad_event", /not the player/],
    ];
    const before = await letters();
    const { acked, again } = await consume("settled", [...wrong.map(([body]) => body), good]);
    expect([acked.length, again]).toEqual([wrong.length + 1, []]);
    const parked = (await letters()).slice(0, (await letters()).length - before.length).toReversed();
    expect(parked.map(({ code }) => code)).toEqual(wrong.map(([, code]) => code));
    for (const [i, [body, , reason]] of wrong.entries())
      expect(parked[i]).toMatchObject({
        from: "settled",
        topic: "settled",
        body,
        reason: expect.stringMatching(reason),
      });
    expect(await totalOf(bob)).toEqual({ rounds: 0, wagered: 0, returned: 0 });
    expect(await totalOf(ann)).toEqual({ rounds: 1, wagered: 100, returned: 300 });
  });

  test("a store that fails in the middle of a batch has none of it; good messages come again, poison is parked once", async () => {
    const ann = newPlayerId();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    await env.READ_MODEL.exec(
      "CREATE TRIGGER fails BEFORE INSERT ON freshness BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    );
    const batch = [settled(1, [{ player: ann, staked: 100, returned: 0 }]), { type: 7 }, came(ann, 1, 500)];
    const failed = await consume("settled", batch, 3);
    await env.READ_MODEL.exec("DROP TRIGGER fails");
    expect(failed).toEqual({
      acked: [1],
      again: [
        [0, 4],
        [2, 4],
      ],
    });
    expect(await model().checksum()).toEqual({ sum: "0".repeat(64), facts: 0 });
    expect(await totalOf(ann)).toEqual({ rounds: 0, wagered: 0, returned: 0 });
    expect((await consume("settled", [batch[0], batch[2]])).acked).toEqual([0, 1]);
    expect(await totalOf(ann)).toEqual({ rounds: 1, wagered: 100, returned: 0 });
  });

  test("a store that does not answer loses nothing", async () => {
    const ann = newPlayerId();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    vi.spyOn(env.READ_MODEL, "batch").mockRejectedValueOnce(new Error("Network connection lost."));
    const event = settled(1, [{ player: ann, staked: 100, returned: 0 }]);
    expect(await consume("settled", [event])).toEqual({ acked: [], again: [[0, 1]] });
    expect((await consume("settled", [event])).acked).toEqual([0]);
    expect((await totalOf(ann)).rounds).toBe(1);
  });

  test("confirms to the players who told, who then forget it, and is heard of their names", async () => {
    const { id } = await newPlayer();
    const unheard = async (): Promise<number> =>
      runInDurableObject(
        playerStub(env, id),
        (_, { storage }) => storage.sql.exec("SELECT 1 FROM news").toArray().length,
      );
    const told = await toldBy(env, id);
    expect(told.length).toBe(2);
    expect((await consume("settled", told.slice(1))).acked).toEqual([0]);
    expect(await unheard()).toBeLessThan(2);
    expect((await consume("settled", told)).acked).toEqual([0, 1]);
    expect(await unheard()).toBe(0);
    const { results } = await env.READ_MODEL.prepare("SELECT name, hidden FROM persona WHERE player = ?")
      .bind(id)
      .all();
    expect(results).toEqual([{ name: expect.stringMatching(/^Tester/), hidden: 0 }]);
  });

  test("a parked one has its effect when an operator sends it again", async () => {
    const ann = newPlayerId();
    const event = settled(1, [{ player: ann, staked: 100, returned: 0 }]);
    const letter = {
      id: event.id,
      from: "settled",
      topic: "settled",
      code: "retries_exhausted",
      reason: "x",
      body: event,
      at: 1,
    };
    await deadLettersStub(env).park([letter as Parameters<ReturnType<typeof deadLettersStub>["park"]>[0][number]]);
    const again = await post("/api/operator/dead-letters/replay", { token: ADMIN, body: { id: event.id } });
    expect(again.body).toMatchObject({ outcome: "done" });
    expect((await totalOf(ann)).rounds).toBe(1);
  });

  test("what was tried a hundred times is left to its outbox; poison is a dead letter of its own topic", async () => {
    const event = came(newPlayerId(), 1, 5);
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    await consume("dead-letters", [event, { ...event, id: "wrong", version: 7 }], 9);
    expect((await letters())[0]).toMatchObject({ id: "wrong", topic: "settled", code: "unknown_version" });
    expect((await letters()).some(({ id }) => id === event.id)).toBe(false);
  });

  test("a result writes nine rows, and again none", async () => {
    const ann = newPlayerId();
    const written = async (round: number): Promise<number> => {
      const rows: number[] = [];
      const batch = env.READ_MODEL.batch.bind(env.READ_MODEL);
      vi.spyOn(env.READ_MODEL, "batch").mockImplementationOnce(async (statements) => {
        const results = await batch(statements);
        rows.push(...results.map(({ meta }) => meta.rows_written));
        return results;
      });
      await consume("settled", [settled(round, [{ player: ann, staked: 100, returned: 90 }])]);
      return rows[0] ?? Number.NaN;
    };
    await written(1);
    expect(await written(2)).toBe(9);
    expect(await written(2)).toBe(0);
  });
});
