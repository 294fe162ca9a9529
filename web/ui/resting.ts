/** How long what has changed under the finger rests. The page's part is rest.ts. */

/** A double click is over by then, and who sees something new has read it. */
export const REST_MS = 500;

export type Span = number | ((before: string) => number);

export class Rest {
  #means: string | null;
  #until = 0;

  constructor(means: string | null = null) {
    this.#means = means;
  }

  /** What the control would do now. When that is new, it rests for `ms`; what it does at first is not new. */
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

  /** Whether what was aimed at this instant (`performance.now()`) comes too early. */
  stops(aimedAt: number): boolean {
    return aimedAt < this.#until;
  }
}
