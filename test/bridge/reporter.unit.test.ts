import { describe, expect, test } from "vitest";
import { Probe } from "../../src/bridge/probe.ts";
import { Reporter } from "../../src/bridge/reporter.ts";
import { restProbe } from "../../src/bridge/rest.ts";
import { done, retry, type Verdict } from "../../src/queue/verdict.ts";
import type { OutRecord } from "../../src/bridge/sender.ts";
import { Written } from "../../src/bridge/written.ts";
import type { BridgeWord } from "../../src/bridge-port.ts";

/** What the bridge says of the broker, and that it writes no event twice by itself. */

class Clock {
  now = 1_000_000;
  readonly words: BridgeWord[] = [];
  readonly sleeps: { readonly until: number; readonly wake: () => void }[] = [];
  fails = false;

  reporter(about: { idleMaxMs?: number; countless?: true } = {}): Reporter {
    const house = {
      report: async (word: BridgeWord) => {
        if (this.fails) throw new Error("no answer");
        this.words.push(word);
      },
    };
    const sleep = async (ms: number): Promise<void> =>
      new Promise((wake) => void this.sleeps.push({ until: this.now + ms, wake }));
    return new Reporter(house, { topic: "stakes", direction: "to-kafka", ...about }, () => this.now, sleep);
  }

  async pass(ms: number): Promise<void> {
    this.now += ms;
    for (const one of this.sleeps.filter(({ until }) => until <= this.now)) {
      this.sleeps.splice(this.sleeps.indexOf(one), 1);
      one.wake();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const well = (records: number) => ({ records, error: null, lag: null });

describe("a direction's reports", () => {
  test("the last records of a rush are told within five seconds, also when nothing comes behind them", async () => {
    const clock = new Clock();
    const reporter = clock.reporter();
    await reporter.note(well(5));
    void reporter.note(well(3));
    void reporter.note(well(2));
    expect(clock.words.map(({ records }) => records)).toEqual([5]);
    await clock.pass(5_000);
    expect(clock.words.map(({ records }) => records)).toEqual([5, 10]);
    await clock.pass(60_000);
    expect(clock.words).toHaveLength(2);
  });

  test("a changed state is told at once, and one that was not heard is told the next time", async () => {
    const clock = new Clock();
    const reporter = clock.reporter();
    await reporter.note(well(1));
    clock.fails = true;
    await reporter.note({ records: 0, error: "nobody there", lag: null });
    clock.fails = false;
    await reporter.note({ records: 0, error: "nobody there", lag: null });
    await reporter.note(well(0));
    expect(clock.words.map(({ state, error }) => [state, error])).toEqual([
      ["ok", null],
      ["failing", "nobody there"],
      ["ok", null],
    ]);
  });

  test("one that is called regularly says when it will be heard of again, and is, with nothing new", async () => {
    const clock = new Clock();
    const reporter = clock.reporter({ idleMaxMs: 10_000, countless: true });
    for (let i = 0; i < 4; i += 1) {
      await reporter.note(well(0));
      await clock.pass(10_000);
    }
    expect(clock.words).toHaveLength(4);
    for (const { records, at, next } of clock.words) expect([records, next]).toEqual([null, at + 70_000]);
  });
});

test("the broker is asked every ten seconds, whatever calls there are between; while something is written there is no word", async () => {
  const clock = new Clock();
  const answers: (string | null)[] = ["", "nobody there", null];
  let asked = 0;
  const probe = new Probe({
    ask: async () => {
      asked += 1;
      const answer = answers.shift();
      if (answer === undefined) throw new Error("the object died");
      return answer;
    },
    reporter: clock.reporter({ idleMaxMs: 250, countless: true }),
    now: () => clock.now,
    idleMaxMs: 250,
  });
  for (let i = 0; i < 40; i += 1) {
    expect(await probe.turn()).toBeLessThanOrEqual(10_000);
    await clock.pass(1_000);
  }
  expect(asked).toBe(4);
  expect(clock.words.map(({ error }) => error)).toEqual([null, "nobody there", "the object died"]);
});

test("a REST proxy is asked for the topic by its own words; a topic that is not there yet is none of its faults", async () => {
  const asked: string[] = [];
  const answering = (status: number) => async (url: unknown) => {
    asked.push(String(url));
    return new Response("words", { status });
  };
  const v3 = { KAFKA_TRANSPORT: "rest-v3", KAFKA_REST_URL: "http://proxy.test/", KAFKA_REST_CLUSTER: "c1" } as const;
  const v2 = { KAFKA_TRANSPORT: "rest-v2", KAFKA_REST_URL: "http://proxy.test" } as const;
  const none = { KAFKA_REST_CLUSTER: undefined, KAFKA_USERNAME: undefined, KAFKA_PASSWORD: undefined };
  expect(await restProbe({ ...none, ...v3 }, "t", answering(200) as typeof fetch)).toBe("");
  expect(await restProbe({ ...none, ...v2 }, "t", answering(404) as typeof fetch)).toBe("");
  expect(await restProbe({ ...none, ...v2 }, "t", answering(401) as typeof fetch)).toContain("401");
  expect(asked).toEqual([
    "http://proxy.test/v3/clusters/c1/topics/t",
    "http://proxy.test/topics/t",
    "http://proxy.test/topics/t",
  ]);
});

const record = (id: string): OutRecord => ({ key: "k", value: `{"id":"${id}"}`, headers: { id } });

describe("what was written lately", () => {
  test("copies that come together, or while the first is being confirmed, are written once; what failed is written again", async () => {
    const written = new Written();
    const sent: string[][] = [];
    const later = retry("x");
    const send = async (fresh: readonly OutRecord[]): Promise<Verdict[]> => {
      sent.push(fresh.map(({ headers }) => headers["id"] ?? ""));
      return fresh.map(({ headers }) => (headers["id"] === "b" && sent.length === 1 ? later : done));
    };
    expect(await written.once([record("a"), record("b"), record("a")], send)).toEqual([done, later, done]);
    expect(await written.once([record("b"), record("a")], send)).toEqual([done, done]);
    expect(await written.once([record("a"), record("b")], send)).toEqual([done, done]);
    expect(sent).toEqual([["a", "b"], ["b"]]);
  });

  test("a sender that gives fewer verdicts than records leaves the rest to be tried again", async () => {
    const written = new Written();
    const verdicts = await written.once([record("a"), record("b")], async () => [done]);
    expect(verdicts.map(({ type }) => type)).toEqual(["done", "retry"]);
  });
});
