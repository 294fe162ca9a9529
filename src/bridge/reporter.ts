import type { BridgeWord, BridgePort } from "../bridge-port.ts";

/** Between two reports of figures that have changed; a changed state is told at once. */
const PAUSE_MS = 5_000;
/** A turn of the feed may take so long by itself when the broker says nothing. */
const SLACK_MS = 60_000;

type About = Pick<BridgeWord, "topic" | "direction"> & {
  /** It knows of no records: what was said of them before stays. */
  readonly countless?: true;
  /** It is called at least so often; missing: whenever there is something. */
  readonly idleMaxMs?: number;
};

/**
 * Tells the house how one direction goes: a changed state at once, and changed figures within five seconds. One that is called
 * regularly says when it will be heard of again. Its failures are nobody's.
 */
export class Reporter {
  readonly #house: Pick<BridgePort, "report">;
  readonly #about: About;
  readonly #now: () => number;
  readonly #sleep: (ms: number) => Promise<void>;
  #records = 0;
  #word: Pick<BridgeWord, "state" | "error" | "lag"> = { state: "ok", error: null, lag: null };
  #last: { readonly said: string; readonly state: BridgeWord["state"]; readonly at: number } | null = null;
  #waiting = false;

  constructor(
    house: Pick<BridgePort, "report">,
    about: About,
    now: () => number = Date.now,
    sleep: (ms: number) => Promise<void> = async (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  ) {
    this.#house = house;
    this.#about = about;
    this.#now = now;
    this.#sleep = sleep;
  }

  get records(): number {
    return this.#records;
  }

  /** `records`: how many more. `error`: null when all is well. Resolves once it is told, or another call has it to tell. */
  async note({ records, error, lag }: { records: number; error: string | null; lag: number | null }): Promise<void> {
    this.#records += records;
    this.#word = { state: error === null ? "ok" : "failing", error, lag };
    const last = this.#last;
    const regular = this.#about.idleMaxMs !== undefined;
    if (last !== null && last.state === this.#word.state) {
      if (!regular && last.said === this.#said()) return;
      const wait = last.at + PAUSE_MS - this.#now();
      if (wait > 0 && (this.#waiting || last.said === this.#said())) return;
      if (wait > 0) {
        this.#waiting = true;
        await this.#sleep(Math.min(wait, PAUSE_MS));
        this.#waiting = false;
      }
    }
    await this.#tell();
  }

  #said(): string {
    return JSON.stringify([this.#word, this.#records]);
  }

  async #tell(): Promise<void> {
    const { topic, direction, countless, idleMaxMs } = this.#about;
    const at = this.#now();
    this.#last = { said: this.#said(), state: this.#word.state, at };
    const next = idleMaxMs === undefined ? {} : { next: at + idleMaxMs + SLACK_MS };
    const records = countless === true ? null : this.#records;
    try {
      await this.#house.report({ topic, direction, ...this.#word, records, at, ...next });
    } catch {
      // It is told the next time.
      this.#last = null;
    }
  }
}
