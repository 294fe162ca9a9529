import { array, assert, asyncProperty, boolean, constantFrom, integer, jsonValue, oneof } from "fast-check";
import { describe, expect, test } from "vitest";
import { consume, type Consumed, type QueueMessage } from "../../src/bridge/consume.ts";
import { done, retry, type Verdict } from "../../src/queue/verdict.ts";
import { refused, type OutRecord } from "../../src/bridge/sender.ts";
import type { DeadLetter } from "../../src/bridge-port.ts";
import { byText, range, stake } from "./events.ts";

type Fate = "acked" | { readonly again: number };

/** A queue's batch that notes what became of each message. */
class Batch {
  readonly fates = new Map<string, Fate>();
  readonly messages: QueueMessage[];

  constructor(bodies: readonly unknown[], attempts = 1) {
    this.messages = bodies.map((body, index) => {
      const id = `m${index}`;
      const meet = (fate: Fate): void => {
        if (!this.fates.has(id)) this.fates.set(id, fate);
      };
      return {
        id,
        body,
        attempts,
        ack: () => meet("acked"),
        retry: ({ delaySeconds }) => meet({ again: delaySeconds }),
      };
    });
  }
}

class World {
  readonly sent: OutRecord[] = [];
  readonly confirmed: string[] = [];
  readonly letters: DeadLetter[] = [];
  readonly said: string[] = [];
  parkFails = false;
  confirmFails = false;
  /** What the house was asked, and what it says; null: it does not answer. */
  readonly asked: string[][] = [];
  done: readonly string[] | null = [];
  silent: readonly string[] = [];
  now = MADE_AT;
  verdict: (record: OutRecord) => Verdict | undefined = () => done;

  async run(batch: Batch): Promise<Consumed> {
    return consume(batch.messages, {
      topic: "stakes",
      queue: "stakes-kafka",
      sender: {
        send: async (records) => {
          this.sent.push(...records);
          // A sender that breaks its word answers with holes.
          return records.map(this.verdict).filter((one) => one !== undefined);
        },
      },
      house: {
        confirm: async (_topic, ids) => {
          if (this.confirmFails) throw new Error("no answer");
          this.confirmed.push(...ids);
        },
        unconfirmed: async (_topic, ids) => {
          this.asked.push([...ids]);
          const { done, silent } = this;
          if (done === null) throw new Error("no answer");
          return { open: ids.filter((id) => !done.includes(id) && !silent.includes(id)), silent };
        },
        park: async (letters) => {
          if (this.parkFails) throw new Error("no answer");
          this.letters.push(...letters);
        },
      },
      log: (words) => void this.said.push(words),
      now: () => this.now,
    });
  }
}

const MADE_AT = stake(1).at;
const ids = (numbers: readonly number[]): string[] => numbers.map((n) => stake(n).id);

describe("a batch of the queue", () => {
  test("what Kafka acknowledged is confirmed to the house and acknowledged to the queue", async () => {
    const world = new World();
    const batch = new Batch(range(1, 3).map((n) => stake(n)));
    expect(await world.run(batch)).toEqual({ written: 3, error: null });
    expect(world.confirmed).toEqual(ids([1, 2, 3]));
    expect([...batch.fates.values()]).toEqual(["acked", "acked", "acked"]);
  });

  test("a record is the event as it came, under its key, with its type, version and id in headers", async () => {
    const world = new World();
    const body = { ...stake(1), unknown: { later: [1, 2] } };
    await world.run(new Batch([body]));
    expect(world.sent).toEqual([
      {
        key: "player1",
        value: JSON.stringify(body),
        headers: { type: "player.stakeCreated", version: "1", id: stake(1).id },
      },
    ]);
  });

  test("an event that came twice is written once, and both messages have its verdict", async () => {
    const world = new World();
    const batch = new Batch([stake(1), stake(2), stake(1)]);
    expect(await world.run(batch)).toEqual({ written: 2, error: null });
    expect(world.sent).toHaveLength(2);
    expect(batch.fates.size).toBe(3);
  });

  test("what is no event goes to the dead letters with its reason, and the rest goes on", async () => {
    const world = new World();
    const poison = [{ ...stake(5), version: 2 }, "nonsense", { type: "player.stakeCreated", version: 1 }];
    const batch = new Batch([stake(1), ...poison, stake(2)]);
    expect(await world.run(batch)).toEqual({ written: 2, error: null });
    expect(world.letters.map(({ id, code, body }) => ({ id, code, body }))).toEqual([
      { id: stake(5).id, code: "unknown_version", body: poison[0] },
      { id: "stakes-kafka:m2", code: "not_an_event", body: "nonsense" },
      { id: "stakes-kafka:m3", code: "bad_event", body: poison[2] },
    ]);
    expect(world.letters[0]).toMatchObject({ from: "stakes-kafka", topic: "stakes", at: MADE_AT });
    expect([...batch.fates.values()]).toEqual(Array.from({ length: 5 }, () => "acked"));
    // The outbox of a parked event's room has nothing more to send.
    expect(world.confirmed.sort(byText)).toEqual(ids([1, 2, 5]).sort(byText));
  });

  test("dead letters that the house does not take come again; the others are done", async () => {
    const world = new World();
    world.parkFails = true;
    const batch = new Batch([stake(1), { nonsense: true }], 3);
    const { error } = await world.run(batch);
    expect(error).toContain("dead letters");
    expect([...batch.fates]).toEqual([
      ["m1", { again: 4 }],
      ["m0", "acked"],
    ]);
    expect(world.confirmed).toEqual(ids([1]));
  });

  test("a confirmation that fails loses nothing: the rooms send again", async () => {
    const world = new World();
    world.confirmFails = true;
    const batch = new Batch([stake(1)]);
    expect(await world.run(batch)).toEqual({ written: 1, error: null });
    expect(batch.fates.get("m0")).toBe("acked");
    expect(world.said).toHaveLength(1);
  });

  test("what is refused for good is parked, what may pass is sent again", async () => {
    const world = new World();
    world.verdict = ({ key }) => {
      if (key === "player1") return refused("MESSAGE_TOO_LARGE");
      if (key === "player2") return retry("nobody there");
      return done;
    };
    const batch = new Batch(range(1, 3).map((n) => stake(n)));
    expect(await world.run(batch)).toEqual({ written: 1, error: "nobody there" });
    expect(world.letters).toMatchObject([{ id: stake(1).id, code: "refused_by_kafka", reason: "MESSAGE_TOO_LARGE" }]);
    expect(batch.fates.get("m1")).toEqual({ again: 1 });
    expect(world.confirmed.sort(byText)).toEqual(ids([1, 3]).sort(byText));
  });

  test.each([
    [1, { again: 1 }],
    [2, { again: 2 }],
    [3, { again: 4 }],
    [4, "acked"],
    [50, "acked"],
  ])("what Kafka did not take at attempt %i: %o, and from the fourth its outbox sends it", async (attempts, fate) => {
    const world = new World();
    world.verdict = () => retry("nobody there");
    const batch = new Batch([stake(1)], attempts);
    expect(await world.run(batch)).toEqual({ written: 0, error: "nobody there" });
    expect(batch.fates.get("m0")).toEqual(fate);
    // Nobody has confirmed it, and it is no dead letter.
    expect([world.confirmed, world.letters]).toEqual([[], []]);
  });

  test("what is no event has no outbox, and stays in the queue until it is put away", async () => {
    const world = new World();
    world.parkFails = true;
    const batch = new Batch(["nonsense", { ...stake(2), version: 2 }], 60);
    await world.run(batch);
    expect([...batch.fates]).toEqual([
      ["m0", { again: 30 }],
      ["m1", "acked"],
    ]);
  });

  test("of copies that an outage has left, what is confirmed is not written again; the house is asked once a batch", async () => {
    const world = new World();
    world.now = MADE_AT + 3_600_000;
    world.done = ids([1, 3]);
    const batch = new Batch([1, 2, 3, 2, 1, 4].map((n) => stake(n)));
    expect(await world.run(batch)).toEqual({ written: 2, error: null });
    expect(world.sent.map(({ headers }) => headers["id"])).toEqual(ids([2, 4]));
    expect(world.asked).toEqual([ids([1, 2, 3, 4])]);
    expect([...batch.fates.values()]).toEqual(Array.from({ length: 6 }, () => "acked"));
    expect(world.confirmed.sort(byText)).toEqual(ids([2, 4]));
  });

  test("what was made just now and comes for the first time is written without a question", async () => {
    const world = new World();
    for (const [ms, attempts, asked] of [
      [3_000, 1, 0],
      [3_001, 1, 1],
      [-3_001, 1, 2], // a clock that is ahead
      [0, 2, 3],
    ] as const) {
      world.now = MADE_AT + ms;
      await world.run(new Batch([stake(1)], attempts));
      expect(world.asked).toHaveLength(asked);
    }
    expect(world.sent).toHaveLength(4);
  });

  test("while the house or a room does not say what is confirmed, old events are not written, and come again", async () => {
    const world = new World();
    world.now = MADE_AT + 60_000;
    world.done = null;
    const first = new Batch([stake(1)], 2);
    expect((await world.run(first)).error).toContain("the house did not say");
    world.done = [];
    world.silent = ids([2]);
    const second = new Batch([stake(2), stake(3)], 3);
    expect((await world.run(second)).error).toContain("do not answer");
    expect(world.sent.map(({ headers }) => headers["id"])).toEqual(ids([3]));
    expect([first.fates.get("m0"), second.fates.get("m0"), second.fates.get("m1")]).toEqual([
      { again: 2 },
      { again: 4 },
      "acked",
    ]);
  });

  test("whatever is in a batch and whatever fails, every message gets one verdict and no event is acknowledged unwritten", async () => {
    const body = oneof(
      integer({ min: 1, max: 6 }).map((n) => stake(n)),
      integer({ min: 1, max: 6 }).map((n) => ({ ...stake(n), version: 9 })),
      jsonValue(),
    );
    const states = array(constantFrom("done", "retry", "poison", "none"), {
      minLength: 6,
      maxLength: 6,
    });
    await assert(
      asyncProperty(
        array(body, { maxLength: 12 }),
        states,
        boolean(),
        boolean(),
        async (bodies, fate, park, confirm) => {
          const world = new World();
          world.parkFails = park;
          world.confirmFails = confirm;
          const fateOf = (key: string): string => fate[Number(key.slice("player".length)) - 1] ?? "none";
          world.verdict = ({ key }) => {
            const state = fateOf(key);
            if (state === "none") return retry("a hole");
            return state === "done" ? done : state === "retry" ? retry("words") : refused("words");
          };
          const batch = new Batch(bodies);
          await world.run(batch);
          expect(batch.fates.size).toBe(bodies.length);
          const kept = new Set(world.letters.map(({ body: one }) => JSON.stringify(one)));
          for (const message of batch.messages) {
            if (batch.fates.get(message.id) !== "acked") continue;
            const said = JSON.stringify(message.body);
            const record = world.sent.find(({ value }) => value === said);
            const written = record !== undefined && fateOf(record.key) === "done";
            expect(written || kept.has(said)).toBe(true);
          }
        },
      ),
      { seed: 20_261_127, numRuns: 300 },
    );
  });
});
