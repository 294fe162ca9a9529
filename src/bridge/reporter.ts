import type { BridgeWord, BridgePort } from "../bridge-port.ts";

/** The shortest time between two reports of changed figures; a changed state is reported at once. */
const PAUSE_MS = 5_000;
/** Added to the promised time of the next report: a turn of the feed takes this long when the broker is silent. */
const SLACK_MS = 60_000;

type About = Pick<BridgeWord, "topic" | "direction"> & {
  /** This reporter counts no records: the count of earlier reports stays. */
  readonly countless?: true;
  /** `note` is called at least this often, in milliseconds; missing: only when there is news. */
  readonly idleMaxMs?: number;
};

/**
 * Reports to the house how one direction goes: a changed state at once, changed figures within five seconds. A reporter that is
 * called regularly also says when its next report is due. A failed report is not an error: it is repeated with the next call.
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

  /** `records`: how many more. `error`: null when all is well. Resolves once it is reported or left to a later report. */
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
      // The next call reports it.
      this.#last = null;
    }
  }
}
