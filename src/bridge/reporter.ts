import type { BridgeReport, HousePort } from "../house-port.ts";

const PAUSE_MS = 30_000;

/** Tells the house how one direction goes: whenever the state changes, else at most every 30 s. Its failures are nobody's. */
export class Reporter {
  readonly #house: Pick<HousePort, "report">;
  readonly #about: Pick<BridgeReport, "topic" | "direction">;
  readonly #now: () => number;
  #records = 0;
  #last: { state: BridgeReport["state"]; at: number } | null = null;

  constructor(
    house: Pick<HousePort, "report">,
    about: Pick<BridgeReport, "topic" | "direction">,
    now: () => number = Date.now,
  ) {
    this.#house = house;
    this.#about = about;
    this.#now = now;
  }

  get records(): number {
    return this.#records;
  }

  /** `records`: how many more. `error`: null when all is well. */
  async note({ records, error, lag }: { records: number; error: string | null; lag: number | null }): Promise<void> {
    this.#records += records;
    const state = error === null ? "ok" : "failing";
    const at = this.#now();
    const due = this.#last === null || this.#last.state !== state || at - this.#last.at >= PAUSE_MS;
    if (!due) return;
    this.#last = { state, at };
    try {
      await this.#house.report({ ...this.#about, state, error, records: this.#records, lag, at });
    } catch {
      // It is told the next time.
      this.#last = null;
    }
  }
}
