/** Runs an action at once after a pause, else at most every so often; the last call is never lost. */
export class Throttle {
  readonly #everyMs: number;
  readonly #now: () => number;
  readonly #act: () => void;
  #last = 0;
  #waiting = false;

  constructor(everyMs: number, now: () => number, act: () => void) {
    this.#everyMs = everyMs;
    this.#now = now;
    this.#act = act;
  }

  soon(): void {
    if (this.#waiting) return;
    const wait = this.#last + this.#everyMs - this.#now();
    if (wait <= 0) {
      this.#run();
      return;
    }
    this.#waiting = true;
    setTimeout(() => {
      this.#waiting = false;
      this.#run();
    }, wait);
  }

  #run(): void {
    this.#last = this.#now();
    this.#act();
  }
}
