/**
 * Runs an action at most once an interval, at once if the last run is long enough ago. The last call is never lost. A call may
 * give its own interval: the action runs once for all calls that wait, at the earliest of their times.
 */
export class Throttle {
  readonly #everyMs: number;
  readonly #now: () => number;
  readonly #act: () => void;
  #last = 0;
  #waiting: { readonly timer: ReturnType<typeof setTimeout>; readonly at: number } | null = null;

  constructor(everyMs: number, now: () => number, act: () => void) {
    this.#everyMs = everyMs;
    this.#now = now;
    this.#act = act;
  }

  soon(everyMs: number = this.#everyMs): void {
    const at = this.#last + everyMs;
    if (this.#waiting !== null && this.#waiting.at <= at) return;
    if (this.#waiting !== null) clearTimeout(this.#waiting.timer);
    const wait = at - this.#now();
    if (wait <= 0) this.#run();
    else this.#waiting = { at, timer: setTimeout(() => this.#run(), wait) };
  }

  #run(): void {
    this.#waiting = null;
    this.#last = this.#now();
    this.#act();
  }
}
