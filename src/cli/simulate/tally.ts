/** Counters of a run. */
export class Tally {
  readonly began = Date.now();
  online = 0;
  bets = 0;
  /** Rounds accounted for, counted once for each player. */
  rounds = 0;
  /** Checks of a player's chips: by the table's frames, and by wallet and statement. */
  atTable = 0;
  byStatement = 0;
  awards = 0;
  readonly refusals = new Map<string, number>();
  /** A histogram of answer times, in steps of two per cent. */
  readonly #waits = new Map<number, number>();
  #answers = 0;
  /** Times of recent bets, and of the very first and last one. */
  #recent: number[] = [];
  #first = 0;
  #last = 0;

  acknowledged(ms: number, ok: boolean): void {
    const step = Math.ceil(Math.log(Math.max(ms, LEAST_MS)) / STEP);
    this.#waits.set(step, (this.#waits.get(step) ?? 0) + 1);
    this.#answers += 1;
    if (!ok) return;
    this.bets += 1;
    this.#last = Date.now();
    if (this.bets === 1) this.#first = this.#last;
    this.#recent.push(this.#last);
  }

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  /** Bets per second over the last ten seconds. */
  rate(): number {
    const since = Date.now() - 10_000;
    this.#recent = this.#recent.filter((at) => at >= since);
    return this.#recent.length / Math.min(10, Math.max(1, (Date.now() - this.began) / 1_000));
  }

  /** Bets per second from the first bet to the last. */
  mean(): number {
    return this.bets < 2 ? 0 : (this.bets * 1_000) / Math.max(1, this.#last - this.#first);
  }

  /** The time in milliseconds within which this share of the bets was answered, to two per cent; null: no bets. */
  within(share: number): number | null {
    let left = Math.max(1, Math.ceil(this.#answers * share));
    for (const [step, n] of [...this.#waits].sort(([a], [b]) => a - b)) {
      left -= n;
      if (left <= 0) return Math.exp(step * STEP);
    }
    return null;
  }
}

const STEP = Math.log(1.02);
const LEAST_MS = 0.1;
