import { evictDurableObject, listDurableObjectIds, runInDurableObject, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Ms } from "../../rooms/game.ts";
import type { RoomReport } from "../../rooms/host/services.ts";
import { app } from "../../src/app.ts";
import { newPlayerId } from "../../src/api/auth/random.ts";
import { queue } from "../../src/queue/queue.ts";
import type { Directory } from "../../src/objects/directory.ts";
import type { Env } from "../../src/env.ts";
import { expose } from "../../src/metrics/exposition.ts";
import { familiesOf } from "../../src/metrics/families.ts";
import { directoryStub } from "../../src/objects/stubs.ts";
import { answerOf, connect, expectRefused, newGuest, ORIGIN, post } from "../api/api.workerd.ts";
import { scrape, valueOf, type Scraped } from "./exposition.workerd.ts";
import { eventually, holdClock, letClockGo, pass } from "../host/room-world.workerd.ts";
import { known } from "../stats/world.workerd.ts";

const raw = env.DIRECTORY.get(env.DIRECTORY.idFromName("main"));
const directory = directoryStub(env);

beforeEach(holdClock);
afterEach(letClockGo);

let scrapes = 0;
async function metrics(): Promise<Scraped> {
  pass(1_500); // a census is kept for a second
  // Every time from elsewhere: the limiter's clock stands where the last test left it.
  const headers = { "cf-connecting-ip": `198.51.100.${(scrapes += 1) % 250}` };
  const response = await SELF.fetch(`${ORIGIN}/metrics`, { headers });
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
  ]);
  return scrape(await response.text());
}

const askOf = async (of: Env, headers: Record<string, string> = {}): Promise<Response> =>
  app.request(`${ORIGIN}/metrics`, { headers: { "cf-connecting-ip": "203.0.113.9", ...headers } }, of);

let n = 0;
async function newRoom(closed = false): Promise<string> {
  const id = `counted${(n += 1)}`;
  const config = '{"wheel":"french"}';
  await directory.make(
    { game: "roulette", id, config, private: closed, owner: newPlayerId(), invite: "the invitation" },
    10,
  );
  return `roulette:${id}`;
}

const report = (more: Partial<RoomReport> = {}): RoomReport => ({
  summary: { phase: "betting", round: 3, players: 2, minStake: 1, maxStake: 10, note: null },
  online: 2,
  sockets: 3,
  status: "running",
  counters: { commands: 5 },
  at: Date.now() as Ms,
  run: "first",
  waiting: { transfers: 0, outbox: 0, parked: 0, oldestAt: null },
  ...more,
});

const tell = async (room: string, more: Partial<RoomReport>): Promise<void> =>
  runInDurableObject(raw, async (object: Directory) => object.report(room, report(more)));

const roulette = (scraped: Scraped, name: string, labels: Record<string, string> = {}): number | undefined =>
  valueOf(scraped, name, { game: "roulette", ...labels });

/** A message of the queue `settled`, as much of it as the consumer looks at. */
const named = (id: string): object => ({
  id,
  timestamp: new Date(),
  body: known(newPlayerId(), id),
  attempts: 1,
  ack() {},
  retry() {},
});

const countedDone = async (): Promise<number> =>
  valueOf(await metrics(), "croupier_queue_messages_total", { queue: "settled", verdict: "done" }) ?? 0;

const lagOfReadSide = async (): Promise<number | undefined> =>
  valueOf(await metrics(), "croupier_read_model_lag_seconds", {});

describe("/metrics", () => {
  test("is what a strict reader of the format takes, before anything has happened, and wakes no room", async () => {
    const scraped = await metrics();
    expect(roulette(scraped, "croupier_rooms", { status: "unheard" })).toBe(1);
    expect(roulette(scraped, "croupier_commit_duration_seconds_count")).toBe(0);
    expect(valueOf(scraped, "croupier_read_model_up", {})).toBe(1);
    expect(await listDurableObjectIds(env.ROOM)).toEqual([]);
  });

  test("tells what a room did: sockets, batches, events, commit times, and commands refused by their code", async () => {
    const guest = await newGuest();
    const { body } = await post("/api/rooms/roulette/main/ticket", { token: guest.token });
    const socket = await connect(`/api/rooms/roulette/main/socket?ticket=${body.ticket}`);
    socket.send(JSON.stringify({ id: "abcdefgh:1", type: "chat", text: "hello" }));
    socket.send(JSON.stringify({ id: "abcdefgh:2", type: "bet", bets: [{ spot: "nowhere", amount: 1 }] }));
    socket.send(JSON.stringify({ id: "abcdefgh:3", type: "dance" }));
    await eventually(async () => {
      const scraped = await metrics();
      expect(roulette(scraped, "croupier_commands_total")).toBe(3);
      expect(roulette(scraped, "croupier_commands_accepted_total")).toBe(1);
      expect(roulette(scraped, "croupier_refusals_total", { code: "unknown_command" })).toBe(1);
      expect(scraped.get("croupier_refusals_total")?.series).toHaveLength(2);
      expect([roulette(scraped, "croupier_sockets"), roulette(scraped, "croupier_players_online")]).toEqual([1, 1]);
      expect(roulette(scraped, "croupier_rooms", { status: "running" })).toBe(1);
      const batches = roulette(scraped, "croupier_batches_total") ?? 0;
      expect(batches).toBeGreaterThanOrEqual(2);
      expect(roulette(scraped, "croupier_commit_duration_seconds_bucket", { le: "+Inf" })).toBe(batches);
      expect(roulette(scraped, "croupier_events_total")).toBeGreaterThanOrEqual(batches);
      expect(roulette(scraped, "croupier_rows_written_total")).toBeGreaterThanOrEqual(batches);
      expect(roulette(scraped, "croupier_faults_total")).toBe(0);
    });
    socket.close();
    await eventually(async () => expect(roulette(await metrics(), "croupier_sockets")).toBe(0));
  });

  test("counters only grow: a report that is late or doubled, and a room that begins anew", async () => {
    const room = await newRoom();
    const before = roulette(await metrics(), "croupier_commands_total") ?? 0;
    const seen = async (): Promise<number> => (roulette(await metrics(), "croupier_commands_total") ?? 0) - before;
    await tell(room, { counters: { commands: 5 } });
    await tell(room, { counters: { commands: 8 } });
    await tell(room, { counters: { commands: 8 } });
    expect(await seen()).toBe(8);
    await tell(room, { counters: { commands: 2 }, run: "second" });
    expect(await seen()).toBe(10);
    await evictDurableObject(raw);
    await tell(room, { counters: { commands: 3, "refused/too_late": 4 }, run: "second" });
    await tell(room, { counters: { commands: 1 }, run: "third" });
    expect(await seen()).toBe(12);
    expect(roulette(await metrics(), "croupier_refusals_total", { code: "too_late" })).toBe(4);
  });

  test("sums what waits over the rooms, and tells the age of the oldest", async () => {
    const [one, two] = [await newRoom(), await newRoom()];
    const now = Date.now();
    await tell(one, { waiting: { transfers: 1, outbox: 2, parked: 0, oldestAt: (now - 30_000) as Ms } });
    await tell(two, { waiting: { transfers: 2, outbox: 1, parked: 1, oldestAt: (now - 5_000) as Ms } });
    const scraped = await metrics();
    expect(roulette(scraped, "croupier_transfers_open")).toBe(3);
    expect(roulette(scraped, "croupier_outbox_rows", { state: "waiting" })).toBeGreaterThanOrEqual(3);
    expect(roulette(scraped, "croupier_outbox_rows", { state: "parked" })).toBe(1);
    expect(roulette(scraped, "croupier_outbox_oldest_seconds")).toBe(31.5);
    await tell(one, {});
    await tell(two, {});
    expect(roulette(await metrics(), "croupier_transfers_open")).toBe(0);
  });

  test("knows reports of older versions, which say less, and tables from before there were sums", async () => {
    const room = await newRoom();
    await runInDurableObject(raw, async (object: Directory, { storage }) => {
      const { run: _run, waiting: _waiting, ...old } = report({ counters: { commands: 7 } });
      await object.report(room, old);
      storage.sql.exec("ALTER TABLE report DROP COLUMN base");
    });
    await evictDurableObject(raw);
    const before = roulette(await metrics(), "croupier_commands_total") ?? 0;
    await tell(room, { counters: { commands: 1 } });
    expect((roulette(await metrics(), "croupier_commands_total") ?? 0) - before).toBe(1);
  });

  test("names no player and no room, private ones least of all", async () => {
    const room = await newRoom(true);
    await tell(room, { counters: { "refused/flooding": 1 } });
    const text = await (await askOf(env)).text();
    expect(text).not.toContain("counted");
    const labels = [...scrape(text).values()].flatMap(({ series }) => series.flatMap((one) => [...one.labels.keys()]));
    const few = ["code", "game", "le", "queue", "state", "status", "tag", "verdict", "version"];
    expect(few).toEqual(expect.arrayContaining([...new Set(labels)]));
  });

  test("counts what the queue's consumer made of its messages, and how the bridge goes", async () => {
    const message = { id: "m1", timestamp: new Date(), body: "nonsense", attempts: 1, ack() {}, retry() {} };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of a batch as the consumer looks at
    await queue({ queue: "stakes", messages: [message, { ...message, id: "m2" }] } as unknown as MessageBatch, env);
    const way = { topic: "stakes", direction: "to-kafka" } as const;
    await directory.bridge({ ...way, state: "failing", error: "no broker", records: 9, lag: 4, at: Date.now() });
    const scraped = await metrics();
    expect(valueOf(scraped, "croupier_queue_messages_total", { queue: "stakes", verdict: "poison" })).toBe(2);
    expect(valueOf(scraped, "croupier_dead_letters", {})).toBeGreaterThanOrEqual(2);
    expect(scraped.has("croupier_bridge_up")).toBe(false); // in here nothing goes by Kafka
    const { consumed: _, ...census } = await directory.census();
    const bridges = [{ ...way, state: "ok", error: null, records: 9, lag: 4, at: census.at - 2_000 }] as const;
    const others = { readSide: null, deadLetters: null };
    const told = scrape(expose(familiesOf({ ...census, consumed: {}, bridges }, { version: "", tag: "" }, others)));
    expect(valueOf(told, "croupier_bridge_up", way)).toBe(1);
    expect(valueOf(told, "croupier_bridge_records_total", way)).toBe(9);
    expect(valueOf(told, "croupier_bridge_lag_records", way)).toBe(4);
    expect(valueOf(told, "croupier_bridge_report_age_seconds", way)).toBe(2);
    expect(told.has("croupier_dead_letters")).toBe(false);
  });

  test("what a batch was judged is told within five seconds, also when it is the last one", async () => {
    const later: Promise<unknown>[] = [];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of it as the consumer uses
    const context = { waitUntil: (work: Promise<unknown>) => void later.push(work) } as unknown as ExecutionContext;
    const before = await countedDone();
    for (let n = 1; n <= 3; n += 1)
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of a batch as the consumer looks at
      await queue({ queue: "settled", messages: [named(`v${n}`)] } as unknown as MessageBatch, env, context);
    await Promise.all(later);
    expect((await countedDone()) - before).toBeGreaterThanOrEqual(3);
  });

  test("the read side is as far behind as its oldest result that waits is old, and not at all when none does", async () => {
    const room = await newRoom();
    const waiting = { transfers: 0, outbox: 1, parked: 0, oldestAt: (Date.now() - 40_000) as Ms };
    await tell(room, { waiting: { ...waiting, oldestSettledAt: waiting.oldestAt } });
    await eventually(async () => expect(await lagOfReadSide()).toBeGreaterThanOrEqual(40));
    await tell(room, { waiting: { ...waiting, oldestSettledAt: null } }); // something else waits
    await eventually(async () => expect(await lagOfReadSide()).toBe(0));
    await tell(room, {});
  });

  test("what the bridge says without counting, and what it counts without saying when it comes again, are put together", async () => {
    const way = { topic: "stakes", direction: "to-kafka" } as const;
    const word = { ...way, state: "ok", error: null, lag: null } as const;
    await runInDurableObject(raw, async (object: Directory, { storage }) => {
      await object.bridge({ ...word, records: 12, at: 1 });
      await object.bridge({ ...word, records: null, at: 2, next: 70_002 });
      await object.bridge({ ...word, records: 14, at: 3 });
      const { body } = storage.sql
        .exec<{ body: string }>("SELECT body FROM bridge WHERE name = 'stakes to-kafka'")
        .one();
      expect(JSON.parse(body)).toEqual({ ...word, records: 14, at: 3, next: 70_002 });
    });
  });

  test("with METRICS_KEY they are for its bearer alone", async () => {
    const closed: Env = { ...env, METRICS_KEY: "a key for the scraper" };
    const spaceless: Env = { ...env, METRICS_KEY: "a-key-for-the-scraper" };
    for (const headers of [
      {},
      { authorization: "Bearer another-key-altogether" },
      { authorization: "a-key-for-the-scraper" },
    ])
      expectRefused(await answerOf(await askOf(spaceless, headers)), 401, "bad_metrics_key");
    expect((await askOf(spaceless, { authorization: "Bearer a-key-for-the-scraper" })).status).toBe(200);
    expectRefused(await answerOf(await askOf(closed)), 401, "bad_metrics_key");
  });

  test("are under the limits of everything else", async () => {
    const few: Env = { ...env, LIMIT_API_PER_MIN: 2 };
    const statuses: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const headers = { "cf-connecting-ip": "192.0.2.77" };
      statuses.push((await askOf(few, headers)).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });

  test("the strict reader refuses what is wrong, and labels are escaped", () => {
    const family = {
      name: "a",
      type: "gauge",
      help: "h\n\\",
      samples: [{ value: 1, labels: { b: '"\\\n' } }],
    } as const;
    expect(scrape(expose([family])).get("a")?.series).toHaveLength(1);
    for (const bad of [
      "# HELP a h\n# TYPE a gauge\na 1",
      "# HELP a h\n# TYPE a gauge\na 1\na 2\n",
      "# HELP a h\n# TYPE a counter\na 1\n",
      "# HELP a h\n# TYPE a gauge\nb 1\n",
      '# HELP a h\n# TYPE a gauge\na{b="\n"} 1\n',
      "# HELP a h\n# TYPE a gauge\na one\n",
      "a 1\n",
      '# HELP a h\n# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
      "# HELP a h\n# TYPE a gauge\na 1\n# HELP b h\n# TYPE b gauge\nb 1\n# HELP a h\n# TYPE a gauge\na 2\n",
    ])
      expect(() => scrape(bad), bad).toThrow();
  });
});
