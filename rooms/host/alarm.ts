import type { Ms } from "../game.ts";
import type { RoomClock } from "./clock.ts";

/** A promise that is due within this has a timer behind the alarm, which hangs on the host's clock: it looks whether that came. */
const TIMER_MS = 30_000;
const ALARM_LATE_MS = 1_000;

type Storage = Pick<DurableObjectStorage, "setAlarm" | "deleteAlarm">;

/** The one alarm of a room: the earliest of everything that must not be forgotten. */
export class RoomAlarm {
  readonly #storage: Storage;
  readonly #clock: RoomClock;
  readonly #wake: () => void;
  /** By the host's clock, as the platform has it. */
  #armed: number | null = null;
  #timer: { readonly due: number; readonly handle: ReturnType<typeof setTimeout> } | null = null;

  constructor(storage: Storage, clock: RoomClock, wake: () => void) {
    this.#storage = storage;
    this.#clock = clock;
    this.#wake = wake;
  }

  /** What the platform has: null, none. */
  known(armed: number | null): void {
    this.#armed = armed;
  }

  /**
   * Call it in the turn of the commit, before any await. `deadline`: what the rules wait for, null for nothing; `next`: when anything
   * of the room wants to be woken, Infinity for never. Both in the room's time.
   */
  arm(deadline: Ms | null, next: number): void {
    this.#clock.promised(Number.isFinite(next));
    this.#wait(deadline, this.#clock.now());
    const wanted = Number.isFinite(next) ? this.#clock.toWall(next) : null;
    if (wanted === this.#armed) return;
    this.#armed = wanted;
    void (wanted === null ? this.#storage.deleteAlarm() : this.#storage.setAlarm(wanted));
  }

  /** Sets the timer for what is promised, once for each instant; a room with a promise further away may sleep till its alarm. */
  #wait(deadline: Ms | null, now: Ms): void {
    const due = deadline === null || deadline - now > TIMER_MS ? null : this.#clock.toWall(deadline);
    if (due === (this.#timer?.due ?? null)) return;
    if (this.#timer !== null) clearTimeout(this.#timer.handle);
    this.#timer = null;
    if (due === null || deadline === null) return;
    this.#timer = { due, handle: setTimeout(this.#wake, Math.max(0, deadline - now) + ALARM_LATE_MS) };
  }
}
