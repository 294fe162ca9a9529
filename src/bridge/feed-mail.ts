import { backOff, repeatAfter } from "../../rooms/kit/resend.ts";
import type { BridgePort } from "../bridge-port.ts";
import type { FeedStore, Parcel } from "./feed-store.ts";
import { noSteps, type Steps } from "./steps.ts";
import { wordsOf } from "./words.ts";

/** Gets rid of what the feed has read: events to the queue until the house has had their effect, dead letters to the house. */

const BATCH_MAX = 100;
/** A queue takes 256 KB in a batch; the rest is for what it adds. */
const BATCH_BYTES_MAX = 230_000;
const LETTERS_MAX = 20;
/** The house is asked before the first sending when so many are due at once: they may well be old ones, read again. */
const ASK_FROM = 10;
/** When a sent event is asked for: by then the house has long had it, unless the queue has lost it. */
const REPEATS = [3_000, 10_000, 30_000, 60_000] as const;
export const BACK_OFF = { fromMs: 1_000, toMs: 30_000 };
/** Work for one call. */
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

  /** Why something did not go the last time it was tried; null: all is well. */
  get error(): string | null {
    return this.#queue.words ?? this.#house.words;
  }

  /** Does what is due. What does not go is due later. Rejects only when the disk does. */
  async deliver(): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX && (await this.#send()); round++);
    for (let round = 0; round < ROUNDS_MAX && (await this.#park()); round++);
  }

  /** Whether there was anything. */
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

  /** Which are to be sent. What the house has done with is deleted; while it does not say, old ones wait and new ones go. */
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

  /** Whether there was anything. */
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

/** What is wrong with one of the two that mail goes to, and since how many tries. */
class Trouble {
  words: string | null = null;
  #fails = 0;

  /** Answers how long to leave it alone, in milliseconds. */
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
    // A character of the text is at most three bytes of what is sent, and nearly always one.
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
