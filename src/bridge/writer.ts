import { DurableObject } from "cloudflare:workers";
import { settingsOf, type Env } from "./env.ts";
import { NativeConnection } from "./native.ts";
import type { Verdict } from "../queue/verdict.ts";
import type { OutRecord } from "./sender.ts";
import { wordsOf } from "./words.ts";
import { Written } from "./written.ts";

/**
 * Durable Object `Writer`, one for each Kafka topic and named after it. It keeps the connection to the brokers, which a Worker
 * could not share between two batches. Calls that come while a request is in flight share the next request.
 */

/** The most records of one request to Kafka; only a single larger call exceeds it. */
const TOGETHER_MAX = 1_000;
/** A connection that is idle for this long is closed, so that the object can hibernate. */
const IDLE_MS = 5_000;

type Call = { readonly records: readonly OutRecord[]; readonly answer: (verdicts: readonly Verdict[]) => void };

export class Writer extends DurableObject<Env> {
  readonly #written = new Written();
  #connection: NativeConnection | null = null;
  #calls: Call[] = [];
  #writing = false;
  #idle: ReturnType<typeof setTimeout> | undefined;

  /** A verdict for each record, in their order. Rejects only for wrong settings. */
  async send(topic: string, records: readonly OutRecord[]): Promise<readonly Verdict[]> {
    this.#connection ??= new NativeConnection(settingsOf(this.env), topic);
    const verdicts = new Promise<readonly Verdict[]>((answer) => this.#calls.push({ records, answer }));
    if (!this.#writing) this.ctx.waitUntil(this.#write(this.#connection));
    return verdicts;
  }

  async #write(connection: NativeConnection): Promise<void> {
    this.#writing = true;
    clearTimeout(this.#idle);
    while (this.#calls.length > 0) {
      const calls = this.#together();
      const records = calls.flatMap((call) => call.records);
      const verdicts = await this.#written.once(records, async (fresh) => connection.send(fresh));
      let from = 0;
      for (const { records: some, answer } of calls) {
        answer(verdicts.slice(from, from + some.length));
        from += some.length;
      }
    }
    this.#writing = false;
    this.#closeWhenIdle(connection);
  }

  #closeWhenIdle(connection: NativeConnection): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (!this.#writing) void connection.close();
    }, IDLE_MS);
  }

  /** Asks the brokers for the topic; writes nothing. Answers the error, "" when all is well, or null while a write is running. */
  async probe(topic: string): Promise<string | null> {
    this.#connection ??= new NativeConnection(settingsOf(this.env), topic);
    const connection = this.#connection;
    if (this.#writing) return null;
    let keep = connection.open;
    try {
      await connection.look();
      return "";
    } catch (error) {
      keep = false;
      return this.#writing ? null : wordsOf(error);
    } finally {
      // A running write needs the connection. One that was open before is kept for the next write.
      if (!this.#writing && !keep) await connection.close();
    }
  }

  /** Takes as many waiting calls as fit into one request, and at least the first. */
  #together(): Call[] {
    let size = 0;
    let count = 0;
    for (const { records } of this.#calls) {
      size += records.length;
      if (count > 0 && size > TOGETHER_MAX) break;
      count += 1;
    }
    return this.#calls.splice(0, count);
  }
}
