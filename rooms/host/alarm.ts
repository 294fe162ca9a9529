import type { Ms } from "../game.ts";
import type { RoomClock } from "./clock.ts";

/** A deadline that is due within this also has a timer, a second later: a fallback, as the alarm goes by the host's clock. */
const TIMER_MS = 30_000;
const ALARM_LATE_MS = 1_000;

type Storage = Pick<DurableObjectStorage, "setAlarm" | "deleteAlarm">;

/** The one alarm of a room, set to the earliest time at which it has anything to do. */
export class RoomAlarm {
  readonly #storage: Storage;
  readonly #clock: RoomClock;
  readonly #wake: () => void;
  /** The alarm that is set on the platform, in host time. */
  #armed: number | null = null;
  #timer: { readonly due: number; readonly handle: ReturnType<typeof setTimeout> } | null = null;

  constructor(storage: Storage, clock: RoomClock, wake: () => void) {
    this.#storage = storage;
    this.#clock = clock;
    this.#wake = wake;
  }

  /** The alarm that is set on the platform; null: none. */
  known(armed: number | null): void {
    this.#armed = armed;
  }

  /**
   * Call it in the turn of the commit, before any await. `deadline`: the next deadline of the rules, or null; `next`: when the
   * room next has to be woken for anything, Infinity for never. Both in room time.
   */
  arm(deadline: Ms | null, next: number): void {
    this.#clock.promised(Number.isFinite(next));
    this.#wait(deadline, this.#clock.now());
    const wanted = Number.isFinite(next) ? this.#clock.toWall(next) : null;
    if (wanted === this.#armed) return;
    this.#armed = wanted;
    void (wanted === null ? this.#storage.deleteAlarm() : this.#storage.setAlarm(wanted));
  }

  /** Sets the fallback timer, once for each time. With no deadline soon the room may hibernate until its alarm. */
  #wait(deadline: Ms | null, now: Ms): void {
    const due = deadline === null || deadline - now > TIMER_MS ? null : this.#clock.toWall(deadline);
    if (due === (this.#timer?.due ?? null)) return;
    if (this.#timer !== null) clearTimeout(this.#timer.handle);
    this.#timer = null;
    if (due === null || deadline === null) return;
    this.#timer = { due, handle: setTimeout(this.#wake, Math.max(0, deadline - now) + ALARM_LATE_MS) };
  }
}
