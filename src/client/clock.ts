/** So far below the best sample none lies by the way alone: the server's clock was put back. */
const JUMP_MS = 2_000;
const SURE = 3;

/**
 * The server's clock, guessed from the `now` of its frames. A frame is read after it was written, so every sample is at most the
 * true difference: the largest of the recent ones is the best. Between frames time goes on by a clock of this device that nobody can
 * set: a date put right in the middle of a flight is not a jump in the flight. That clock may stand while the device sleeps: the
 * first frame after that makes up for it.
 */
export class Clock {
  static readonly #KEPT = 24;
  readonly #monotone: () => number;
  #samples: number[] = [];
  #offset: number;

  /** `monotone`: milliseconds that only grow. */
  constructor(monotone: () => number = () => performance.now()) {
    this.#monotone = monotone;
    this.#offset = Date.now() - monotone(); // until the first frame
  }

  observe(serverNow: number): void {
    this.#samples.push(serverNow - this.#monotone());
    if (this.#samples.length > Clock.#KEPT) this.#samples.shift();
    const last = this.#samples.slice(-SURE);
    const best = Math.max(...this.#samples);
    if (last.length === SURE && Math.max(...last) < best - JUMP_MS) this.#samples = last;
    this.#offset = Math.max(...this.#samples);
  }

  /** Epoch milliseconds by the server. */
  readonly now = (): number => this.#monotone() + this.#offset;
}
