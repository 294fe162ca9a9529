import { DurableObject } from "cloudflare:workers";
import { settingsOf, type Env } from "./env.ts";
import { NativeConnection } from "./native.ts";
import type { OutRecord, Verdict } from "./sender.ts";

/**
 * Durable Object `Writer`, one for each Kafka topic, named after it: it keeps the connection to the brokers, which a Worker could not
 * share between two batches. What comes while a request is on its way shares the next one.
 */

/** Records of one request to Kafka. */
const TOGETHER_MAX = 1_000;
/** An idle connection is closed, and the object may sleep. */
const IDLE_MS = 5_000;

type Call = { readonly records: readonly OutRecord[]; readonly answer: (verdicts: readonly Verdict[]) => void };

export class Writer extends DurableObject<Env> {
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
      const verdicts = await connection.send(calls.flatMap(({ records }) => records));
      let from = 0;
      for (const { records, answer } of calls) {
        answer(verdicts.slice(from, from + records.length));
        from += records.length;
      }
    }
    this.#writing = false;
    this.#idle = setTimeout(() => void connection.close(), IDLE_MS);
  }

  /** As many of the waiting calls as one request takes, the first in any case. */
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
