import { done, retry, type Verdict } from "../queue/verdict.ts";
import type { OutRecord } from "./sender.ts";

/**
 * The event ids of a topic that were written lately. Copies of an event that come together, or before the first of them is
 * confirmed, are written once. This is in memory only; older copies are found by asking the house (consume.ts).
 */

const REMEMBERED_MAX = 20_000;

export class Written {
  readonly #ids = new Set<string>();

  /** Passes each event that is not written yet to `send` once. Answers a verdict for each record, in their order. */
  async once(
    records: readonly OutRecord[],
    send: (fresh: readonly OutRecord[]) => Promise<readonly Verdict[]>,
  ): Promise<Verdict[]> {
    const fresh = new Map<string, OutRecord>();
    for (const record of records) if (!this.#ids.has(idOf(record))) fresh.set(idOf(record), record);
    const verdicts = new Map<string, Verdict>();
    const answers = fresh.size === 0 ? [] : await send([...fresh.values()]);
    for (const [i, id] of [...fresh.keys()].entries()) {
      const verdict = answers[i];
      if (verdict === undefined) continue;
      verdicts.set(id, verdict);
      if (verdict.type === "done") this.#remember(id);
    }
    const missing = retry("the sender gave no verdict");
    return records.map((record) => {
      return fresh.has(idOf(record)) ? (verdicts.get(idOf(record)) ?? missing) : done;
    });
  }

  #remember(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size <= REMEMBERED_MAX) return;
    for (const oldest of this.#ids) {
      this.#ids.delete(oldest);
      return;
    }
  }
}

const idOf = ({ headers, key, value }: OutRecord): string => headers["id"] ?? `${key} ${value}`;
