import { PlayedDeck, type Pick } from "../fair/deck.ts";
import type { Entropy } from "../fair/draw.ts";

/** Caches the deck of the current hand, since a hand takes many batches. Secret: it must not leave the room. */
export class LastDeck {
  #seed = "";
  #entropy: readonly Entropy[] = [];
  #deck: PlayedDeck | null = null;

  /** `pick` is called only when the deck is not cached. Lists of client seeds are compared by identity: none changes in place. */
  of(secretHex: string, room: string, round: number, entropy: readonly Entropy[], pick: () => Pick): PlayedDeck {
    if (this.#deck === null || this.#seed !== secretHex || this.#entropy !== entropy) {
      this.#deck = new PlayedDeck(secretHex, room, round, pick());
      [this.#seed, this.#entropy] = [secretHex, entropy];
    }
    return this.#deck;
  }
}
