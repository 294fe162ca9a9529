import { describe, expect, test } from "vitest";
import type { DomainEvent, Ms } from "../../rooms/game.ts";
import {
  drain,
  eventId,
  OutboxSender,
  pack,
  sequenceOf,
  type Envelope,
  type OutboxRow,
  type OutboxStore,
  type Topic,
} from "../../rooms/host/outbox.ts";
import { backOff } from "../../rooms/kit/resend.ts";

const ORIGIN = { room: "roulette:main", epoch: "3f2a91bc", seq: 40, firstSequence: 7, at: 1_000 as Ms };
const event = (n: number, topic: "awards" | "settled" = "awards", text = "x"): DomainEvent => ({
  topic,
  type: "an event",
  key: `player-${n}`,
  payload: { n, text },
});
const envelopes = (row: { body: string } | undefined): Envelope[] => JSON.parse(row?.body ?? "[]") as Envelope[];

describe("packing", () => {
  test("gives every event its number in the room's outbox, its cause, and an id that is its own for ever", () => {
    const [row] = pack([event(1), event(2)], ORIGIN);
    expect(row).toMatchObject({ topic: "awards", first: 7, last: 8 });
    expect(envelopes(row)).toEqual(
      [1, 2].map((n, i) => ({
        id: `roulette:main:3f2a91bc:${7 + i}`,
        type: "an event",
        version: 1,
        source: "roulette:main",
        sequence: 7 + i,
        correlation: "roulette:main@40",
        key: `player-${n}`,
        at: 1_000,
        payload: { n, text: "x" },
      })),
    );
  });

  test("puts at most 100 messages in a row, one topic a row, none lost and each topic in order", () => {
    const events = Array.from({ length: 451 }, (_, n) => event(n, n % 3 === 0 ? "settled" : "awards"));
    const rows = pack(events, ORIGIN);
    for (const row of rows) expect(envelopes(row).length).toBeLessThanOrEqual(100);
    const all = rows.flatMap((row) => envelopes(row).map(({ sequence }) => ({ topic: row.topic, sequence })));
    expect(all.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(events.map((_, n) => 7 + n));
    for (const topic of ["awards", "settled"] as const) {
      const sequences = all.filter((one) => one.topic === topic).map(({ sequence }) => sequence);
      expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
      expect(sequences.every((s) => (topic === "settled") === ((s - 7) % 3 === 0))).toBe(true);
    }
  });

  test("keeps a row below 100 KB, and a larger message by itself", () => {
    const events = [
      ...Array.from({ length: 20 }, (_, n) => event(n, "awards", "y".repeat(20_000))),
      event(99, "awards", "z".repeat(95_000)),
    ];
    const rows = pack(events, ORIGIN);
    const huge = rows.filter(({ body }) => body.length > 95_000);
    expect(huge).toHaveLength(1);
    expect(envelopes(huge[0])).toHaveLength(1);
    expect(rows.flatMap(envelopes)).toHaveLength(21);
    for (const row of rows) if (row !== huge[0]) expect(row.body.length).toBeLessThan(100_000);
  });

  test("of nothing is nothing", () => {
    expect(pack([], ORIGIN)).toEqual([]);
  });
});

/** A store in memory that notes what is asked of it. */
class Store implements OutboxStore {
  rows: (OutboxRow & { due: number; parked: boolean })[] = [];
  readonly log: string[] = [];

  add(n: number, due = 0, topic: Topic = "settled"): void {
    const body = JSON.stringify([{ id: `r:${n}` }]);
    this.rows.push({ n, topic, body, tries: 0, sends: 0, due, parked: false });
  }

  due(now: Ms, limit: number): OutboxRow[] {
    return this.rows.filter((row) => !row.parked && row.due <= now).slice(0, limit);
  }

  nextDue(): Ms | null {
    const dues = this.rows.filter((row) => !row.parked).map((row) => row.due);
    return dues.length === 0 ? null : (Math.min(...dues) as Ms);
  }

  unconfirmed(n: number, sends: number, due: Ms): void {
    this.log.push(`kept ${n}`);
    this.rows = this.rows.map((row) => (row.n === n ? { ...row, tries: 0, sends, due } : row));
  }

  retry(n: number, tries: number, due: Ms): void {
    this.rows = this.rows.map((row) => (row.n === n ? { ...row, tries, due } : row));
  }

  park(n: number, tries: number): void {
    this.rows = this.rows.map((row) => (row.n === n ? { ...row, tries, parked: true } : row));
  }
}

describe("sending", () => {
  test("counts a row as sent only after it was acknowledged, oldest first, one at a time", async () => {
    const store = new Store();
    for (let n = 1; n <= 25; n++) store.add(n);
    const acknowledge: (() => void)[] = [];
    const done = drain(
      store,
      (_, [message]) => {
        store.log.push(`sent ${message?.id}`);
        return new Promise((resolve) => acknowledge.push(resolve));
      },
      () => 0 as Ms,
      20_000,
    );
    expect(store.log).toEqual(["sent r:1"]);
    while (store.rows.some(({ sends }) => sends === 0)) {
      acknowledge.shift()?.();
      await Promise.resolve();
    }
    expect(await done).toEqual({ sent: 25, failed: 0 });
    expect(store.log).toEqual(Array.from({ length: 25 }, (_, i) => [`sent r:${i + 1}`, `kept ${i + 1}`]).flat());
  });

  test("backs off: half a second, twice as long each time, at most thirty", () => {
    const pace = { fromMs: 500, toMs: 30_000 };
    expect([1, 2, 3, 4, 5, 6, 7, 8, 50, 99, 2_000].map((fails) => backOff(fails, pace))).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000,
    ]);
  });

  test("keeps what failed, goes on with the rest, and tries again when it is due", async () => {
    const store = new Store();
    for (const n of [1, 2, 3]) store.add(n);
    let now = 10_000;
    const heard: string[] = [];
    const send = (_: Topic, [message]: readonly Envelope[]): Promise<void> => {
      if (message?.id === "r:2" && now < 12_000) return Promise.reject(new Error("the queue is full"));
      heard.push(message?.id ?? "");
      return Promise.resolve();
    };
    expect(await drain(store, send, () => now as Ms, 20_000)).toEqual({ sent: 2, failed: 1 });
    expect(store.rows[1]).toMatchObject({ n: 2, tries: 1, due: 10_500 });
    now = 10_499;
    expect(await drain(store, send, () => now as Ms, 20_000)).toEqual({ sent: 0, failed: 0 });
    now = 10_500;
    expect(await drain(store, send, () => now as Ms, 20_000)).toEqual({ sent: 0, failed: 1 });
    expect(store.rows[1]).toMatchObject({ n: 2, tries: 2, due: 11_500 });
    now = 12_000;
    expect(await drain(store, send, () => now as Ms, 20_000)).toEqual({ sent: 1, failed: 0 });
    expect(heard).toEqual(["r:1", "r:3", "r:2"]);
  });

  test("a queue that is away for a day is tried every half minute, and then has everything", async () => {
    const store = new Store();
    store.add(1);
    let now = 0;
    let tries = 0;
    const send = (): Promise<void> => {
      tries += 1;
      return now < 86_400_000 ? Promise.reject(new Error("no")) : Promise.resolve();
    };
    while (store.rows[0]?.sends === 0) {
      await drain(store, send, () => now as Ms, 20_000);
      expect(store.rows[0]?.parked).toBe(false);
      now += 30_000;
    }
    expect(tries).toBeGreaterThan(2_800);
    expect(now).toBeLessThanOrEqual(86_400_000 + 60_000);
  });

  test("parks a row for the operator that holds a larger message than a queue takes, and no other", async () => {
    const store = new Store();
    store.add(1);
    store.add(2);
    store.rows = store.rows.map((row) =>
      row.n === 1 ? { ...row, body: JSON.stringify([{ id: "r:1", note: "ä".repeat(65_000) }]) } : row,
    );
    let now = 0;
    for (let i = 0; i < 50; i++) {
      await drain(
        store,
        () => Promise.reject(new Error("no")),
        () => now as Ms,
        20_000,
      );
      now += 30_000;
    }
    expect(store.rows).toMatchObject([
      { n: 1, tries: 3, parked: true },
      { n: 2, tries: 50, parked: false },
    ]);
  });
});

describe("confirmation", () => {
  test("is waited for, whatever the topic: the queue's word does not delete a row, and it is sent again", async () => {
    const store = new Store();
    store.add(1, 0, "stakes");
    store.add(2, 0, "awards");
    store.add(3, 0, "settled");
    let now = 1_000;
    const heard: string[] = [];
    const send = async (_: Topic, [message]: readonly Envelope[]): Promise<void> => {
      heard.push(message?.id ?? "");
    };
    const dues: number[] = [];
    for (let sends = 1; sends <= 5; sends++) {
      await drain(store, send, () => now as Ms, 20_000);
      expect(store.rows).toMatchObject([
        { n: 1, sends, tries: 0, parked: false },
        { n: 2, sends, tries: 0, parked: false },
        { n: 3, sends, tries: 0, parked: false },
      ]);
      dues.push((store.nextDue() ?? 0) - now);
      now = store.nextDue() ?? 0;
    }
    expect(dues).toEqual([20_000, 60_000, 120_000, 120_000, 120_000]);
    for (const id of ["r:1", "r:2", "r:3"]) expect(heard.filter((one) => one === id)).toHaveLength(5);
  });

  test("that does not come never parks a row, however often it was sent", async () => {
    const store = new Store();
    store.add(1, 0, "stakes");
    let now = 0;
    for (let i = 0; i < 200; i++) {
      await drain(
        store,
        () => Promise.resolve(),
        () => now as Ms,
        20_000,
      );
      now += 120_000;
    }
    expect(store.rows).toMatchObject([{ n: 1, tries: 0, sends: 200, parked: false }]);
  });

  test("is told by an event's id, of this very room and of no other that ever had its name", () => {
    const id = eventId("roulette:main", "3f2a91bc", 12);
    expect(sequenceOf(id, "roulette:main", "3f2a91bc")).toBe(12);
    for (const other of [
      eventId("roulette:main", "00000000", 12),
      eventId("roulette:other", "3f2a91bc", 12),
      "roulette:main:3f2a91bc:",
      "roulette:main:3f2a91bc:0",
      "roulette:main:3f2a91bc:1.5",
      "roulette:main:3f2a91bc:x",
      "",
    ]) {
      expect(sequenceOf(other, "roulette:main", "3f2a91bc")).toBeNull();
    }
  });

  test("leaves the sender with what is still open, and with nothing once all is confirmed", async () => {
    const store = new Store();
    store.add(1, 0, "stakes");
    const { mailer } = world(store, () => Promise.resolve(), { now: 1_000 });
    await mailer.go();
    expect(mailer.next()).toBe(1_000 + 20_000 + 2_000);
    store.rows = [];
    mailer.confirmed();
    expect(mailer.next()).toBeNull();
  });
});

const world = (store: Store, send: () => Promise<void>, clock: { now: number }) => {
  const calls = { done: 0, failed: 0 };
  const mailer = new OutboxSender({
    store,
    send,
    now: () => clock.now as Ms,
    resendMs: 20_000,
    done: () => (calls.done += 1),
    failed: () => (calls.failed += 1),
  });
  return { mailer, calls };
};

describe("the mailer", () => {
  test("has nothing to do, and wakes nobody, while the outbox is empty", () => {
    const { mailer } = world(new Store(), () => Promise.resolve(), { now: 0 });
    expect(mailer.next()).toBeNull();
    expect(mailer.go()).toBeNull();
  });

  test("finds what was left before the room woke, sends it, and then waits for the confirmation alone", async () => {
    const store = new Store();
    store.add(1, 500);
    const { mailer, calls } = world(store, () => Promise.resolve(), { now: 600 });
    expect(mailer.next()).toBe(2_500); // when it is due, and a little for the sending that comes by itself
    await mailer.go();
    expect(mailer.next()).toBe(600 + 20_000 + 2_000);
    expect(calls).toEqual({ done: 1, failed: 0 });
  });

  test("sends one round at a time, and the alarm looks again while one takes long", async () => {
    const store = new Store();
    store.add(1);
    const clock = { now: 1_000 };
    const under = Promise.withResolvers<void>();
    const { mailer } = world(store, () => under.promise, clock);
    const first = mailer.go();
    mailer.expect(1_000 as Ms);
    expect(mailer.go()).toBeNull();
    expect(mailer.next()).toBeGreaterThan(clock.now);
    under.resolve();
    await first;
    expect(mailer.next()).toBe(1_000 + 20_000 + 2_000);
  });

  test("comes back to what failed when it is due, and says when", async () => {
    const store = new Store();
    store.add(1);
    const clock = { now: 1_000 };
    const { mailer } = world(store, () => Promise.reject(new Error("no")), clock);
    await mailer.go();
    expect(mailer.next()).toBe(1_500 + 2_000);
    expect(mailer.go()).toBeNull();
    clock.now = 1_500;
    expect(mailer.go()).not.toBeNull();
  });

  test("reports a store that throws, and lives", async () => {
    const store = new Store();
    store.add(1);
    store.unconfirmed = () => {
      throw new Error("the disk is full");
    };
    const { mailer, calls } = world(store, () => Promise.resolve(), { now: 1_000 });
    await mailer.go();
    expect(calls).toEqual({ done: 1, failed: 1 });
  });
});
