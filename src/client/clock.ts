/** Samples this far below the best one are not explained by network delay: the server's clock was set back. */
const JUMP_MS = 2_000;
const SURE = 3;

/**
 * Estimates the server's clock from the `now` of its frames. A frame is read after it was written, so each sample is at most the
 * true offset, and the largest recent one is the best. Between frames a monotonic clock is used, so that a correction of the
 * device's date during a flight does not make the flight jump. The monotonic clock may stop while the device sleeps; the first
 * frame after that corrects it.
 */
export class Clock {
  static readonly #KEPT = 24;
  readonly #monotone: () => number;
  #samples: number[] = [];
  #offset: number;

  /** `monotone` returns milliseconds that never decrease. */
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

  /** The server's time, epoch milliseconds. */
  readonly now = (): number => this.#monotone() + this.#offset;
}
