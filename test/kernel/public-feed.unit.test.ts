import { describe, expect, test } from "vitest";
import { PublicFeed } from "../../rooms/kernel/public-feed.ts";
import type { AnyGame, Ms } from "../../rooms/game.ts";
import type { EventsFrame } from "../../rooms/kernel/protocol.ts";
import { crash } from "../../rooms/crash/index.ts";
import { roulette } from "../../rooms/roulette/index.ts";
import type { RoomDelta } from "../../rooms/kernel/table.ts";

const NOW = 1_000 as Ms;
const bets = (amount: number): unknown => ({ type: "bets", deltas: { red: amount }, players: 1, staked: amount });
const chat = (text: string): RoomDelta =>
  ({ type: "room.chat", player: "ann", name: "Ann", text, at: NOW }) as RoomDelta;
const frame = (text: string | null | undefined): EventsFrame => JSON.parse(text ?? "null") as EventsFrame;
const spans = (frames: readonly string[] | null): [number, number][] | null =>
  frames?.map((text) => [frame(text).from, frame(text).seq]) ?? null;

describe("a frame", () => {
  test("covers everything since the last one without a gap, also what showed nothing", () => {
    const feed = new PublicFeed(roulette, 0);
    feed.push(3, [], [bets(5)]);
    expect(frame(feed.take(NOW))).toMatchObject({ type: "events", from: 1, seq: 3, now: NOW });
    feed.push(7, [], []);
    expect(feed.pending).toBe(false);
    expect(feed.take(NOW)).toBeNull();
    feed.push(9, [chat("hello")], []);
    expect(frame(feed.take(NOW))).toMatchObject({ from: 4, seq: 9, events: [chat("hello")] });
  });

  test("holds what gathered since, a run of bets as one change, and is empty afterwards", () => {
    const feed = new PublicFeed(roulette, 0);
    for (let seq = 1; seq <= 10; seq++) feed.push(seq, [], [bets(seq)]);
    expect(feed.pending).toBe(true);
    expect(frame(feed.take(NOW)).events).toEqual([{ type: "bets", deltas: { red: 55 }, players: 1, staked: 10 }]);
    expect(feed.pending).toBe(false);
  });

  test("keeps what waits small in a busy room", () => {
    const feed = new PublicFeed(roulette, 0);
    for (let seq = 1; seq <= 5_000; seq++) feed.push(seq, [], [bets(1)]);
    expect(feed.take(NOW)?.length).toBeLessThan(200);
  });

  test("is not squashed by a game that does not squash", () => {
    const plain: AnyGame = { ...roulette, deltas: { ...roulette.deltas, coalesce: (shown) => shown } };
    const feed = new PublicFeed(plain, 0);
    feed.push(2, [], [bets(1), bets(2)]);
    expect(frame(feed.take(NOW)).events).toHaveLength(2);
  });

  test("covers all before it when it is the first since the room woke: sockets that slept with it hear no gap", () => {
    const feed = new PublicFeed(roulette, 40); // a socket may be at 38: 39 and 40 showed nothing
    feed.push(41, [], [bets(1)]);
    expect(frame(feed.take(NOW))).toMatchObject({ from: 1, seq: 41 });
    feed.push(42, [], [bets(1)]);
    expect(frame(feed.take(NOW))).toMatchObject({ from: 42, seq: 42 });
  });
});

describe("the cadence", () => {
  const phase = { type: "launched", startedAt: NOW };
  const bet = { type: "bets", put: [], drop: [], players: 1, bets: 1, staked: 5 };

  test("is 50 ms in a small room, and two milliseconds a socket in a full one, up to two seconds", () => {
    const feed = new PublicFeed(crash, 0);
    feed.push(1, [], [bet]);
    expect([1, 50, 300, 5_000].map((sockets) => feed.cadence(sockets))).toEqual([50, 100, 600, 2_000]);
  });

  test("is 50 ms as soon as something pressing waits, and slow again once that has left", () => {
    const feed = new PublicFeed(crash, 0);
    feed.push(2, [], [bet, phase]);
    expect(feed.cadence(1_000)).toBe(50);
    feed.take(NOW);
    feed.push(3, [], [bet]);
    expect(feed.cadence(1_000)).toBe(2_000);
    feed.push(4, [chat("hello")], []);
    expect(feed.cadence(1_000)).toBe(50);
  });

  test("is 50 ms for every step of a game that does not tell", () => {
    const feed = new PublicFeed(roulette, 0);
    feed.push(1, [], [bets(5)]);
    expect(feed.cadence(1_000)).toBe(50);
  });
});

/** Frames that end at 3, 6, 9, ... */
function fed(frames: number, text = "hello", start = 0): PublicFeed {
  const feed = new PublicFeed(roulette, start);
  for (let i = 1; i <= frames; i++) {
    feed.push(start + 3 * i, [chat(text)], []);
    feed.take(NOW);
  }
  return feed;
}

describe("what was missed", () => {
  test("is the frames after it, and nothing for who is up to date", () => {
    const feed = fed(4);
    expect(spans(feed.missed(6))).toEqual([
      [7, 9],
      [10, 12],
    ]);
    expect(feed.missed(12)).toEqual([]);
    expect(spans(feed.missed(0))).toHaveLength(4);
  });

  test("includes a frame that only ends after it: an old step twice is the page's to skip", () => {
    expect(spans(fed(4).missed(7))).toEqual([
      [7, 9],
      [10, 12],
    ]);
  });

  test("is nothing at all when events behind the last frame showed nothing", () => {
    const feed = fed(1);
    feed.push(20, [], []);
    expect(feed.missed(3)).toEqual([]);
    expect(feed.missed(20)).toEqual([]);
  });

  test("is unknown before the room woke, and after what the room has come to", () => {
    const feed = fed(2, "hello", 100);
    expect(feed.missed(99)).toBeNull();
    expect(spans(feed.missed(100))).toHaveLength(2);
    expect(feed.missed(107)).toBeNull();
  });

  test("is unknown once the ring is too short for it, and the ring keeps to its size", () => {
    const feed = fed(2_000, "x".repeat(280));
    expect(feed.missed(0)).toBeNull();
    const late = feed.missed(6_000 - 300);
    expect(late).toHaveLength(100);
    let from = 0;
    while (feed.missed(from) === null) from += 3;
    const kept = feed.missed(from) ?? [];
    expect(kept.reduce((sum, text) => sum + text.length, 0)).toBeLessThanOrEqual(262_144);
    expect(kept.length).toBeGreaterThan(500);
  });

  test("is unknown when one frame was too large for the ring by itself", () => {
    const feed = new PublicFeed(roulette, 0);
    feed.push(
      1,
      Array.from({ length: 1_200 }, () => chat("x".repeat(280))),
      [],
    );
    feed.take(NOW);
    expect(feed.missed(0)).toBeNull();
    expect(feed.missed(1)).toEqual([]);
  });
});
