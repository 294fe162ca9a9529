import { TOPICS } from "../events.ts";
import type { Env, Settings } from "./env.ts";
import { restProbe } from "./rest.ts";
import { Reporter } from "./reporter.ts";
import { wordsOf } from "./words.ts";

/**
 * Checks the broker while nobody plays: asks for the metadata of the topic that the bridge writes to, over the configured
 * transport. It writes nothing. It runs in the alarm of the feed's object.
 */

const EVERY_MS = 10_000;

export type ProbeWorld = {
  /** Answers the error; an empty string: all is well; null: unknown, because a write is running, which reports by itself. */
  readonly ask: () => Promise<string | null>;
  readonly reporter: Pick<Reporter, "note">;
  readonly now: () => number;
  /** The feed's longest idle pause. The probe asks no more often than that. */
  readonly idleMaxMs: number;
};

export class Probe {
  readonly #world: ProbeWorld;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(world: ProbeWorld) {
    this.#world = world;
  }

  /** Never rejects. Answers the number of milliseconds until its next turn. */
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
