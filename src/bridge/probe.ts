import { TOPICS } from "../events.ts";
import type { Env, Settings } from "./env.ts";
import { restProbe } from "./rest.ts";
import { Reporter } from "./reporter.ts";
import { wordsOf } from "./words.ts";

/**
 * Asks the broker how it is when nobody plays: for what is known of the topic that the bridge writes to, by the way it writes. It
 * writes nothing, and takes part in the feed object's alarm.
 */

const EVERY_MS = 10_000;

export type ProbeWorld = {
  /** Null: no word, since something is being written, which tells by itself. An empty string: all is well. */
  readonly ask: () => Promise<string | null>;
  readonly reporter: Pick<Reporter, "note">;
  readonly now: () => number;
  /** The longest time until it is called again. */
  readonly idleMaxMs: number;
};

export class Probe {
  readonly #world: ProbeWorld;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(world: ProbeWorld) {
    this.#world = world;
  }

  /** Never rejects. Answers in how many milliseconds it wants to be called again. */
  async turn(): Promise<number> {
    const { ask, reporter, now, idleMaxMs } = this.#world;
    const everyMs = Math.max(EVERY_MS, idleMaxMs);
    const wait = this.#askedAt + everyMs - now();
    if (wait > 0) return Math.min(wait, everyMs);
    this.#askedAt = now();
    const error = await ask().catch((failure: unknown) => wordsOf(failure));
    if (error !== null) await reporter.note({ records: 0, error: error === "" ? null : error, lag: null });
    return Math.max(0, this.#askedAt + everyMs - now());
  }
}

export function probeOf(env: Env, settings: Settings): Probe {
  const topic = settings.ROLE === "casino" ? "stakes" : "awards";
  const { kafka } = TOPICS[topic];
  const idleMaxMs = settings.FEED_IDLE_MAX_S * 1_000;
  return new Probe({
    ask: async () =>
      settings.KAFKA_TRANSPORT === "native" ? env.WRITER.getByName(kafka).probe(kafka) : restProbe(settings, kafka),
    reporter: new Reporter(env.HOUSE, { topic, direction: "to-kafka", countless: true, idleMaxMs }),
    now: Date.now,
    idleMaxMs,
  });
}
