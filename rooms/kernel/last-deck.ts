import { PlayedDeck, type Pick } from "../fair/deck.ts";
import type { Entropy } from "../fair/draw.ts";

/** Keeps the deck of the hand that is on, since a hand takes many batches. Private to the room. */
export class LastDeck {
  #seed = "";
  #entropy: readonly Entropy[] = [];
  #deck: PlayedDeck | null = null;

  /** `pick` is asked when it is another deck than the last time. The words are told apart by their list: it only ever grows anew. */
  of(secretHex: string, room: string, round: number, entropy: readonly Entropy[], pick: () => Pick): PlayedDeck {
    if (this.#deck === null || this.#seed !== secretHex || this.#entropy !== entropy) {
      this.#deck = new PlayedDeck(secretHex, room, round, pick());
      [this.#seed, this.#entropy] = [secretHex, entropy];
    }
    return this.#deck;
  }
}
