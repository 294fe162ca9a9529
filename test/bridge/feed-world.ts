import { DatabaseSync } from "node:sqlite";
import { FeedLoop } from "../../src/bridge/feed-loop.ts";
import { FeedStore, type Disk } from "../../src/bridge/feed-store.ts";
import type { BridgeWord, DeadLetter } from "../../src/bridge-port.ts";
import { FakeTopic } from "./fake-topic.ts";

/** A feed over a fake topic, a fake queue and a fake house, with a real SQLite and a clock that stands still unless it is moved. */
export class FeedWorld {
  now = 1_000_000;
  readonly topic = new FakeTopic();
  readonly disk: Disk;
  store: FeedStore;
  loop: FeedLoop;
  /** What the queue took, each batch by its events' ids. */
  readonly batches: string[][] = [];
  /** Events that have had their effect at the house. */
  readonly settled = new Set<string>();
  readonly letters: DeadLetter[] = [];
  readonly reports: BridgeWord[] = [];
  asked: string[][] = [];
  queueFails = false;
  /** The queue takes what it is given and loses it. */
  queueForgets = false;
  houseFails = false;
  idleMaxMs = 10_000;
  onOut: () => void = () => undefined;

  constructor() {
    this.disk = diskInMemory();
    this.store = new FeedStore(this.disk);
    this.loop = this.#begin();
  }

  /** The object dies and begins anew on the same disk. */
  die(): void {
    this.store = new FeedStore(this.disk);
    this.loop = this.#begin();
  }

  /** One turn; the clock then stands where the next one is due. */
  async turn(): Promise<number> {
    const pause = await this.loop.turn();
    this.now += pause;
    return pause;
  }

  async turns(count: number): Promise<number[]> {
    const pauses: number[] = [];
    for (let i = 0; i < count; i++) pauses.push(await this.turn());
    return pauses;
  }

  get came(): string[] {
    return this.batches.flat();
  }

  #begin(): FeedLoop {
    return new FeedLoop({
      topic: "awards",
      store: this.store,
      open: () => this.topic.source(),
      now: () => this.now,
      idleMaxMs: this.idleMaxMs,
      out: async (bodies) => {
        this.onOut();
        if (this.queueFails) throw new Error("the queue is full");
        const ids = bodies.map((body) => (body as { id: string }).id);
        this.batches.push(ids);
        if (!this.queueForgets) for (const id of ids) this.settled.add(id);
      },
      house: {
        confirm: async () => undefined,
        unconfirmed: async (_topic, ids) => ({ open: ids, silent: [] }),
        unsettled: async (_topic, ids) => {
          this.asked.push([...ids]);
          if (this.houseFails) throw new Error("the house is away");
          return ids.filter((id) => !this.settled.has(id));
        },
        park: async (letters) => {
          if (this.houseFails) throw new Error("the house is away");
          const known = new Set(this.letters.map(({ id }) => id));
          this.letters.push(...letters.filter(({ id }) => !known.has(id)));
        },
        report: async (report) => void this.reports.push(report),
      },
    });
  }
}

function diskInMemory(): Disk {
  const database = new DatabaseSync(":memory:");
  return {
    sql: (query, ...values) => database.prepare(query).all(...values),
    transaction: (work) => {
      database.exec("BEGIN");
      try {
        work();
        database.exec("COMMIT");
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
    },
  };
}
