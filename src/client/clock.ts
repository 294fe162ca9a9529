/**
 * The server's clock, guessed from the `now` of its frames. A frame is read after it was written, so every sample is at most the
 * true difference: the largest of the recent ones is the best.
 */
export class Clock {
  static readonly #KEPT = 24;
  #samples: number[] = [];
  #offset = 0;

  observe(serverNow: number): void {
    this.#samples.push(serverNow - Date.now());
    if (this.#samples.length > Clock.#KEPT) this.#samples.shift();
    this.#offset = Math.max(...this.#samples);
  }

  /** Epoch milliseconds by the server. */
  readonly now = (): number => Date.now() + this.#offset;
}
