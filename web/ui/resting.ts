/** How long a control is blocked after its meaning has changed. rest.ts applies this to the page. */

/** Longer than a double click, and enough to notice the change. */
export const REST_MS = 500;

export type Span = number | ((before: string) => number);

export class Rest {
  #means: string | null;
  #until = 0;

  constructor(means: string | null = null) {
    this.#means = means;
  }

  /** Reports what the control does now. A change blocks it for `ms`; the first call never does. */
  tell(means: string, ms: Span = REST_MS): void {
    const before = this.#means;
    this.#means = means;
    if (before === null || before === means) return;
    this.#until = Math.max(this.#until, performance.now() + (typeof ms === "number" ? ms : ms(before)));
  }

  get leftMs(): number {
    return Math.max(0, this.#until - performance.now());
  }

  get on(): boolean {
    return this.leftMs > 0;
  }

  /** Whether a press that started at this time (`performance.now()`) is blocked. */
  stops(aimedAt: number): boolean {
    return aimedAt < this.#until;
  }
}
