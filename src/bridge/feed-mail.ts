import { backOff, repeatAfter } from "../../rooms/kit/resend.ts";
import type { BridgePort } from "../bridge-port.ts";
import type { FeedStore, Parcel } from "./feed-store.ts";
import { noSteps, type Steps } from "./steps.ts";
import { wordsOf } from "./words.ts";

/** Delivers what the feed has read: events to the queue, repeated until the house has settled them; dead letters to the house. */

const BATCH_MAX = 100;
/** A queue takes 256 KB in a batch; the difference is for the queue's own overhead. */
const BATCH_BYTES_MAX = 230_000;
const LETTERS_MAX = 20;
/** With this many events due at once, the house is asked before even the first send: they may be old ones, read again. */
const ASK_FROM = 10;
/** Pauses, in milliseconds, before the house is asked about a sent event. It has it by then, unless the queue has lost it. */
const REPEATS = [3_000, 10_000, 30_000, 60_000] as const;
export const BACK_OFF = { fromMs: 1_000, toMs: 30_000 };
/** The most batches of one kind in one call of `deliver`. */
const ROUNDS_MAX = 60;

export type MailWorld = {
  readonly topic: "stakes" | "awards";
  readonly store: FeedStore;
  readonly out: (bodies: readonly unknown[]) => Promise<void>;
  readonly house: Pick<BridgePort, "unsettled" | "park">;
  readonly now: () => number;
  readonly step?: Steps;
};

export class FeedMail {
  readonly #world: MailWorld;
  readonly #queue = new Trouble();
  readonly #house = new Trouble();

  constructor(world: MailWorld) {
    this.#world = world;
  }

  /** Why the last attempt failed; null: all is well. */
  get error(): string | null {
    return this.#queue.words ?? this.#house.words;
  }

  /** Delivers what is due and postpones what fails. Rejects only when the storage does. */
  async deliver(): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX && (await this.#send()); round++);
    for (let round = 0; round < ROUNDS_MAX && (await this.#park()); round++);
  }

  /** Sends a batch of due events. Answers whether any was due. */
  async #send(): Promise<boolean> {
    const { store, out, now } = this.#world;
    const due = store.due(now(), BATCH_MAX);
    if (due.length === 0) return false;
    for (const parcels of packed(await this.#open(due))) {
      try {
        await out(parcels.map(({ body }) => JSON.parse(body) as unknown));
      } catch (error) {
        const pause = this.#queue.met(`the queue took no events: ${wordsOf(error)}`);
        store.postpone(idsOf(parcels), now() + pause);
        continue;
      }
      await (this.#world.step ?? noSteps)("feed.sent");
      this.#queue.passed();
      store.sent(parcels, (sends) => now() + repeatAfter(sends, REPEATS));
    }
    return true;
  }

  /** The events to send. Settled ones are deleted. If the house does not answer, new ones are sent and resent ones wait. */
  async #open(due: readonly Parcel[]): Promise<readonly Parcel[]> {
    const { topic, store, house, now } = this.#world;
    const asked = due.length >= ASK_FROM ? due : due.filter(({ sends }) => sends > 0);
    if (asked.length === 0) return due;
    try {
      const unsettled = new Set(await house.unsettled(topic, idsOf(asked)));
      this.#house.passed();
      const done = new Set(idsOf(asked).filter((id) => !unsettled.has(id)));
      store.settled([...done]);
      return due.filter(({ id }) => !done.has(id));
    } catch (error) {
      const pause = this.#house.met(`the house did not answer: ${wordsOf(error)}`);
      store.postpone(idsOf(asked.filter(({ sends }) => sends > 0)), now() + pause);
      return due.filter(({ sends }) => sends === 0);
    }
  }

  /** Parks a batch of due letters. Answers whether any was due. */
  async #park(): Promise<boolean> {
    const { store, house, now } = this.#world;
    const letters = store.dueLetters(now(), LETTERS_MAX);
    if (letters.length === 0) return false;
    const ids = idsOf(letters);
    try {
      await house.park(letters);
    } catch (error) {
      store.postponeLetters(ids, now() + this.#house.met(`the house took no dead letters: ${wordsOf(error)}`));
      return true;
    }
    this.#house.passed();
    store.parked(ids);
    return true;
  }
}

/** The last error of one destination (the queue or the house), and its failures in a row. */
class Trouble {
  words: string | null = null;
  #fails = 0;

  /** Notes a failure. Answers the back-off, in milliseconds. */
  met(words: string): number {
    this.words = words;
    this.#fails += 1;
    return backOff(this.#fails, BACK_OFF);
  }

  passed(): void {
    this.words = null;
    this.#fails = 0;
  }
}

const idsOf = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

function packed(parcels: readonly Parcel[]): Parcel[][] {
  const packs: Parcel[][] = [];
  let bytes = 0;
  for (const parcel of parcels) {
    // The body's bytes in UTF-8, and an allowance for what the queue adds to a message.
    const size = new TextEncoder().encode(parcel.body).byteLength + 100;
    const open = packs.at(-1);
    if (open === undefined || open.length >= BATCH_MAX || bytes + size > BATCH_BYTES_MAX) {
      packs.push([parcel]);
      bytes = size;
    } else {
      open.push(parcel);
      bytes += size;
    }
  }
  return packs;
}
