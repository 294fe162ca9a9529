import { DurableObject } from "cloudflare:workers";
import { TOPICS } from "../events.ts";
import { logOf } from "../log.ts";
import { transact } from "../../rooms/host/sql.ts";
import { hasFeed, settingsOf, type Env } from "./env.ts";
import { FeedLoop, type FeedState } from "./feed-loop.ts";
import { FeedStore, type Disk } from "./feed-store.ts";
import { kafkaSource } from "./kafka-source.ts";
import { probeOf, type Probe } from "./probe.ts";
import { stepsOf } from "./steps.ts";
import { wordsOf } from "./words.ts";

/**
 * Reads one Kafka topic into a queue: the object around `FeedLoop`; and asks now and then how the broker is that the other topic is
 * written to (probe.ts), also where there is nothing to be read. It runs by its own alarm for ever; whoever touches it sets it going
 * again, should the alarm ever be lost.
 */

const BAD_SETTINGS_PAUSE_MS = 30_000;
/** A turn that soon is not worth another alarm. */
const SOON_MS = 250;

export class KafkaFeed extends DurableObject<Env> {
  readonly #store: FeedStore;
  #loop: FeedLoop | null = null;
  #probe: Probe | null = null;
  #turning = false;
  #nextAt = Number.POSITIVE_INFINITY;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = new FeedStore(diskOf(ctx.storage));
    void ctx.blockConcurrencyWhile(async () => {
      const at = await ctx.storage.getAlarm();
      if (at === null) await this.#arm(0);
      else this.#nextAt = at;
    });
  }

  /** Looks at the topic at once. */
  async poke(): Promise<void> {
    this.#theLoop().poke();
    if (!this.#turning && this.#nextAt > Date.now() + SOON_MS) await this.#arm(0);
  }

  state(): FeedState {
    return this.#theLoop().state();
  }

  /** Never rejects: an alarm that fails too often is not repeated. */
  override async alarm(): Promise<void> {
    let pause = BAD_SETTINGS_PAUSE_MS;
    this.#turning = true;
    try {
      const settings = settingsOf(this.env);
      this.#probe ??= probeOf(this.env, settings);
      const reading = hasFeed(settings) ? this.#theLoop().turn() : Number.POSITIVE_INFINITY;
      pause = Math.min(...(await Promise.all([reading, this.#probe.turn()])));
    } catch (error) {
      logOf(this.env).error("from kafka", { error: wordsOf(error) });
    } finally {
      this.#turning = false;
      await this.#arm(pause);
    }
  }

  /** The next turn is in so many milliseconds. */
  async #arm(pauseMs: number): Promise<void> {
    this.#nextAt = Date.now() + pauseMs;
    await this.ctx.storage.setAlarm(this.#nextAt);
  }

  /** Throws `BadSettings`. */
  #theLoop(): FeedLoop {
    if (this.#loop !== null) return this.#loop;
    const settings = settingsOf(this.env);
    const topic = settings.ROLE === "casino" ? "awards" : "stakes";
    this.#loop = new FeedLoop({
      topic,
      store: this.#store,
      open: () => kafkaSource(settings, TOPICS[topic].kafka),
      out: async (bodies) => {
        await this.env.OUT.sendBatch(bodies.map((body) => ({ body, contentType: "json" })));
      },
      house: this.env.HOUSE,
      now: Date.now,
      idleMaxMs: settings.FEED_IDLE_MAX_S * 1_000,
      step: stepsOf(settings.STALL_AT),
    });
    return this.#loop;
  }
}

const diskOf = (storage: DurableObjectStorage): Disk => ({
  sql: (query, ...values) => storage.sql.exec(query, ...values).toArray(),
  transaction: (work) => transact(storage, work),
});
