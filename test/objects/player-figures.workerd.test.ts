import { runDurableObjectAlarm, runInDurableObject, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi, type MockInstance } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { Directory } from "../../src/objects/directory.ts";
import { NO_BACKLOG } from "../../src/metrics/census.ts";
import { directoryStub, playerStub } from "../../src/objects/stubs.ts";
import { get, ORIGIN } from "../api/api.workerd.ts";
import { eventually, holdClock, kill, letClockGo, newPlayer, pass } from "../host/room-world.workerd.ts";

/** What health and metrics say of players' news is so within ten seconds, also when nothing else happens. */

beforeEach(holdClock);
afterEach(letClockGo);

/** Without the class's type, which the platform's own does not get to the end of. */
function playerObject(id: PlayerId): DurableObjectStub {
  const stub: unknown = playerStub(env, id);
  return stub as DurableObjectStub;
}

/** What the Directory has of this one. */
const toldOf = async (id: PlayerId): Promise<unknown> => {
  const directory: unknown = directoryStub(env);
  const sql = "SELECT waiting, oldest_at FROM backlog WHERE player = ?";
  return runInDurableObject(directory as DurableObjectStub, (_directory, { storage }) =>
    storage.sql.exec(sql, id).toArray(),
  );
};
const alarmOf = async (id: PlayerId): Promise<number | null> =>
  runInDurableObject(playerObject(id), async (_player, { storage }) => storage.getAlarm());
const ring = async (id: PlayerId): Promise<void> => {
  pass(5_100);
  await runDurableObjectAlarm(playerObject(id));
};
const news = async (id: PlayerId): Promise<string[]> =>
  runInDurableObject(playerObject(id), (_player, { storage }) =>
    storage.sql
      .exec<{ id: string }>("SELECT id FROM news")
      .toArray()
      .map((one) => one.id),
  );
const broken = (): MockInstance =>
  vi.spyOn(Object.getPrototypeOf(env.STAKES) as Queue, "sendBatch").mockRejectedValue(new Error("the queue is down"));

describe("what a player's object reports", () => {
  test("news that a queue does not take are told with their age, without anything else happening, and once they are through", async () => {
    const queue = broken();
    const { id } = await newPlayer();
    const since = Date.now();
    expect(((await alarmOf(id)) ?? Infinity) - since).toBeLessThanOrEqual(5_000);
    await ring(id);
    expect(await toldOf(id)).toEqual([{ waiting: 2, oldest_at: since }]);
    pass(1_500);
    const { players = NO_BACKLOG } = await directoryStub(env).census();
    expect(players.waiting).toBeGreaterThanOrEqual(2);
    expect(players.oldestAt).toBeLessThanOrEqual(since);
    const { body } = await get("/api/health");
    const outboxes = body.checks.find(({ name }: { name: string }) => name === "outboxes");
    expect(outboxes).toMatchObject({ playersWaiting: players.waiting });
    const scraped = await (await SELF.fetch(`${ORIGIN}/metrics`)).text();
    expect(scraped).toContain(`\ncroupier_player_outboxes ${players.outboxes}\n`);
    expect(scraped).toContain(`\ncroupier_player_outbox_rows ${players.waiting}\n`);
    expect(scraped).toMatch(/^croupier_player_outbox_oldest_seconds \d/m);
    queue.mockRestore();
    await playerStub(env, id).confirm(await news(id));
    expect(((await alarmOf(id)) ?? Infinity) - Date.now()).toBeLessThanOrEqual(5_000);
    await ring(id);
    expect(await toldOf(id)).toEqual([]);
  });

  test("news that are confirmed at once are no call to the Directory", async () => {
    const told = vi.spyOn(Directory.prototype, "backlog");
    const { id } = await newPlayer();
    await eventually(async () => expect(await news(id)).toEqual([]));
    await ring(id);
    expect(told).not.toHaveBeenCalled();
    expect(await toldOf(id)).toEqual([]);
  });

  test("what the Directory did not take is told again, also after the object was killed", async () => {
    const queue = broken();
    const { id } = await newPlayer();
    const down = vi.spyOn(Directory.prototype, "backlog").mockRejectedValue(new Error("no disk"));
    await ring(id);
    expect(down).toHaveBeenCalledOnce();
    down.mockRestore();
    await kill();
    await ring(id);
    await ring(id);
    expect(await toldOf(id)).toMatchObject([{ waiting: 2 }]);
    queue.mockRestore();
    await playerStub(env, id).confirm(await news(id));
    await ring(id);
    expect(await toldOf(id)).toEqual([]);
  });
});
