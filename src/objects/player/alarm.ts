import { JUMP_MS } from "../../../rooms/host/clock.ts";

/** The host's clock, and the one alarm of a player's object. */
export class PlayerAlarm {
  readonly #storage: Pick<DurableObjectStorage, "setAlarm" | "deleteAlarm">;
  readonly #jumped: (now: number) => void;
  /** The latest instant that the clock has shown. */
  #latest = 0;
  /** The instant the alarm is set to; null: it is not set; undefined: not known yet. */
  #armed: number | null | undefined = undefined;

  /** `jumped` is called when the clock was put back. */
  constructor(storage: Pick<DurableObjectStorage, "setAlarm" | "deleteAlarm">, jumped: (now: number) => void) {
    this.#storage = storage;
    this.#jumped = jumped;
  }

  now(): number {
    const now = Date.now();
    if (now < this.#latest - JUMP_MS) {
      this.#jumped(now);
      this.#latest = now;
    }
    this.#latest = Math.max(this.#latest, now);
    return now;
  }

  /** Sets the alarm to the earliest of these instants; null means never. */
  arm(dues: readonly (number | null)[]): void {
    const next = Math.min(...dues.map((at) => at ?? Infinity));
    const wanted = Number.isFinite(next) ? next : null;
    if (wanted === this.#armed) return;
    this.#armed = wanted;
    void (wanted === null ? this.#storage.deleteAlarm() : this.#storage.setAlarm(wanted));
  }

  /** Notes that the alarm went off, so it is not set any more. */
  fired(): void {
    this.#armed = null;
  }
}
