import { describe, expect, test } from "vitest";
import type { Ms, PlayerId } from "../../rooms/game.ts";
import {
  fingerprint,
  Recent,
  RECENT_MS,
  SESSION_MAX,
  SESSIONS_MAX,
  type Accepted,
} from "../../rooms/kernel/command-ids.ts";
import { Random } from "../kit/random.ts";

const anna = "anna" as PlayerId;
const bert = "bert" as PlayerId;

const accepted = (n: number, at = 1_000, more: Partial<Accepted> = {}): Accepted => ({
  player: anna,
  id: `sess:${n}`,
  print: 7_000 + n,
  seq: n,
  at: at as Ms,
  ...more,
});

describe("ids that were accepted", () => {
  test("are found with the reply they were given, result and all", () => {
    const recent = new Recent();
    recent.add(accepted(0));
    recent.add(accepted(1, 2_000, { result: { players: [] } }));
    expect(recent.find(anna, "sess:0")).toEqual(accepted(0));
    expect(recent.find(anna, "sess:1")).toEqual(accepted(1, 2_000, { result: { players: [] } }));
    expect(recent.find(anna, "sess:2")).toBeUndefined();
  });

  test("are a player's own: the same id of another player is another command", () => {
    const recent = new Recent();
    recent.add(accepted(1));
    expect(recent.find(bert, "sess:1")).toBeUndefined();
    expect(recent.expired(bert, "sess:1")).toBe(false);
  });

  test("are kept in any order and with any gaps, up to a thousand a session", () => {
    const recent = new Recent();
    const numbers = Array.from({ length: 300 }, (_, i) => (i * 7_919) % 10_007);
    for (const n of numbers) recent.add(accepted(n));
    for (const n of numbers) {
      const found = recent.find(anna, `sess:${n}`);
      if (found === undefined) expect(recent.expired(anna, `sess:${n}`)).toBe(true);
      else expect(found).toEqual(accepted(n));
    }
  });

  test("fall out of a session that is too busy, and are refused as expired for ever, never taken for new", () => {
    const recent = new Recent();
    const all = SESSION_MAX + 500;
    for (let n = 0; n < all; n++) recent.add(accepted(n));
    for (let n = 0; n < all; n++) {
      const kept = n >= all - SESSION_MAX;
      expect(recent.find(anna, `sess:${n}`) !== undefined).toBe(kept);
      if (!kept) expect(recent.expired(anna, `sess:${n}`)).toBe(true);
    }
    expect(recent.expired(anna, `sess:${all}`)).toBe(false);
  });

  test("survive a snapshot: the marks of a busy session and the replies since a sequence number", () => {
    const recent = new Recent();
    for (let n = 0; n < SESSION_MAX + 100; n++) recent.add(accepted(n));
    const again = new Recent();
    for (const one of recent.since(0)) again.add(one);
    again.restoreMarks(JSON.parse(JSON.stringify(recent.marks())) as ReturnType<Recent["marks"]>);
    expect(again.expired(anna, "sess:50")).toBe(true);
    expect(again.find(anna, "sess:600")).toEqual(accepted(600));
    expect(recent.since(SESSION_MAX + 90).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 9 }, (_, i) => SESSION_MAX + 91 + i),
    );
  });

  test("are forgotten ten minutes after their session last spoke, not before", () => {
    const recent = new Recent();
    recent.add(accepted(1, 1_000));
    recent.evict((1_000 + RECENT_MS - 1) as Ms);
    expect(recent.find(anna, "sess:1")).toBeDefined();
    recent.evict((1_000 + 2 * RECENT_MS) as Ms);
    expect(recent.find(anna, "sess:1")).toBeUndefined();
    expect(recent.expired(anna, "sess:1")).toBe(false);
  });

  test("of a player with too many sessions: that player's own oldest session gives way", () => {
    const recent = new Recent();
    recent.add(accepted(1, 1, { player: bert }));
    for (let i = 0; i <= SESSIONS_MAX; i++) recent.add(accepted(1, 1_000 + i, { id: `sess${i}:1` }));
    expect(recent.find(anna, "sess0:1")).toBeUndefined();
    expect(recent.find(anna, "sess1:1")).toBeDefined();
    expect(recent.find(bert, "sess:1")).toBeDefined();
  });
});

test("whatever comes in whatever order, for ten minutes an accepted id is answered as it was or refused as expired", () => {
  const wrong: Accepted[] = [];
  for (let seed = 1; seed <= 8; seed++) {
    const random = new Random(seed);
    const recent = new Recent();
    const all: Accepted[] = [];
    const next = new Map<string, number>();
    let now = 1_000;
    for (let seq = 1; seq <= 3_000; seq++) {
      const player = random.pick([anna, bert]);
      const session = `sess${random.int(3)}`;
      const key = `${player} ${session}`;
      const n = (next.get(key) ?? 0) + random.between(1, random.chance(0.01) ? 900 : 3);
      next.set(key, n);
      now += random.chance(0.002) ? random.int(RECENT_MS) : random.int(400);
      const one: Accepted = { player, id: `${session}:${n}`, print: random.int(2 ** 32), seq, at: now as Ms };
      recent.add(one);
      all.push(one);
      recent.evict(now as Ms);
      if (seq % 200 !== 0) continue;
      for (const old of all.slice(-1_500)) {
        if (old.at <= now - RECENT_MS) continue;
        const found = recent.find(old.player, old.id);
        const known = found?.print === old.print && found.seq === old.seq && found.at === old.at;
        if (found === undefined ? !recent.expired(old.player, old.id) : !known) wrong.push(old);
      }
      expect(recent.find(player, `${session}:${n + 1}`)).toBeUndefined();
      expect(recent.expired(player, `${session}:${n + 1}`)).toBe(false);
    }
  }
  expect(wrong).toEqual([]);
});

test("fingerprints tell apart what differs in one character", () => {
  const texts = Array.from(
    { length: 20_000 },
    (_, i) => `{"type":"bet","bets":[{"spot":"straight:${i % 37}","amount":${i}}]}`,
  );
  expect(new Set(texts.map(fingerprint)).size).toBe(texts.length);
  expect(fingerprint("a")).toBe(fingerprint("a"));
});
