import type { Fetched, InRecord, TopicSource } from "../../src/bridge/topic-source.ts";

/** A Kafka topic in memory, which does what a topic does to its readers: it grows, is cut, is made anew, and is away. */
export class FakeTopic {
  id = "first";
  /** By partition; a record's offset is `starts` and its place. */
  logs: (string | null)[][] = [[], []];
  starts = [0, 0];
  /** Records that an answer brings at most. */
  perFetch = 100;
  away = false;
  open = 0;
  opened = 0;
  fetches = 0;
  /** Runs at the end of a fetch, before the feed gets the answer. */
  onFetch: () => void = () => undefined;

  write(partition: number, ...values: (string | null)[]): void {
    (this.logs[partition] ??= []).push(...values);
    this.starts[partition] ??= 0;
  }

  /** Forgets the oldest records of a partition, as retention does. */
  cut(partition: number, count: number): void {
    this.logs[partition]?.splice(0, count);
    this.starts[partition] = (this.starts[partition] ?? 0) + count;
  }

  again(): void {
    this.id = `${this.id}+`;
    this.logs = [[], []];
    this.starts = [0, 0];
  }

  source(): TopicSource {
    this.opened += 1;
    this.open += 1;
    const here = (): void => {
      if (this.away) throw new Error("no broker answers");
    };
    return {
      look: async () => {
        here();
        return { id: this.id, partitions: [...this.logs.keys()] };
      },
      earliest: async (partitions) => {
        here();
        return new Map(partitions.map((partition) => [partition, this.starts[partition] ?? 0]));
      },
      fetch: async (from) => {
        here();
        this.fetches += 1;
        const fetched = this.#fetch(from);
        this.onFetch();
        here();
        return fetched;
      },
      close: async () => void (this.open -= 1),
    };
  }

  #fetch(from: ReadonlyMap<number, number>): Fetched {
    const records: InRecord[] = [];
    const next = new Map<number, number>();
    const ends = new Map<number, number>();
    const outOfRange: number[] = [];
    for (const [partition, at] of from) {
      const start = this.starts[partition] ?? 0;
      const log = this.logs[partition] ?? [];
      if (at < start || at > start + log.length) {
        outOfRange.push(partition);
        continue;
      }
      const some = log.slice(at - start, at - start + this.perFetch);
      some.forEach((value, i) => {
        records.push({ partition, offset: at + i, value: value === null ? null : new TextEncoder().encode(value) });
      });
      if (some.length > 0) next.set(partition, at + some.length);
      ends.set(partition, start + log.length);
    }
    return { records, next, ends, outOfRange, error: null };
  }
}
