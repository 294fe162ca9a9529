import { setTimeout as sleep } from "node:timers/promises";
import { verify } from "../../../rooms/verify.ts";
import { ApiError, type Croupier, type Round } from "../../client/index.ts";
import { Difference } from "./person.ts";

/** Public records of finished rounds: read without a session, once for all players, and verified from the seed or the decks. */
export class Records {
  readonly #house: Croupier;
  readonly #rounds = new Map<string, Promise<Round>>();

  constructor(house: Croupier) {
    this.#house = house.as(null);
  }

  /** Throws Difference when there is no record, or when its proof fails. */
  async read(room: string, n: number): Promise<Round> {
    const key = `${room} ${n}`;
    const known = this.#rounds.get(key);
    if (known !== undefined) return known;
    const reading = this.#fetch(room, n);
    this.#rounds.set(key, reading);
    const [oldest] = this.#rounds.keys();
    if (this.#rounds.size > KEPT && oldest !== undefined) this.#rounds.delete(oldest);
    return reading.catch((error: unknown) => {
      // A difference is final. After any other error, such as a broken connection, the next call tries again.
      if (!(error instanceof Difference)) this.#rounds.delete(key);
      throw error;
    });
  }

  async #fetch(room: string, n: number): Promise<Round> {
    const [game = "", id = ""] = room.split(":");
    for (const deadline = Date.now() + LATE_MS; ; await sleep(250)) {
      try {
        const record = await this.#house.call("GET /api/rooms/{game}/{id}/rounds/{n}", { path: { game, id, n } });
        const { ok, steps } = verify(record);
        const wrong = steps.filter((step) => step.ok === false).map(({ title, says }) => `${title}: ${says}`);
        if (!ok) throw new Difference(`${room} round ${n}`, "its record is checked", "a proof", wrong);
        return record;
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== "unknown_round") throw error;
        if (Date.now() > deadline) throw new Difference(`${room} round ${n}`, "its record is read", "a record", "none");
      }
    }
  }
}

const LATE_MS = 30_000;
const KEPT = 500;
