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
 * Durable Object `Feed`: reads one Kafka topic into a queue (`FeedLoop`). It also probes the broker to which the bridge writes
 * the other topic (probe.ts), even when there is no feed to run. It runs by its own alarm for ever. If the alarm is ever lost,
 * the next call to the object sets a new one.
 */

const BAD_SETTINGS_PAUSE_MS = 30_000;
/** A poke sets no new alarm when the next turn starts within this time. */
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

  /** Makes the feed read the topic at once. Throws `BadSettings`. */
  async poke(): Promise<void> {
    this.#theLoop().poke();
    if (!this.#turning && this.#nextAt > Date.now() + SOON_MS) await this.#arm(0);
  }

  state(): FeedState {
    return this.#theLoop().state();
  }

  /** Never rejects: the platform stops repeating an alarm that fails too often. */
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

  /** Sets the alarm for the next turn, `pauseMs` from now. */
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
