import type { Ms } from "../game.ts";

/**
 * The room's clock. A host's clock that ran fast may be set back while a round is open; the room's time must not go back with it.
 * While a deadline is pending (a betting window, a turn, a grace time) the room's time goes on from where it was, at the pace of
 * the host's clock, so that ten seconds that were left are still ten seconds. Deadlines are kept in room time. Room time stays
 * `#ahead` of host time until no deadline is pending; then it stands still until the host's clock has caught up.
 *
 * A clock that jumps forward cannot be told from a late alarm or a host that slept: deadlines that are due then are handled by
 * the rules for late alarms.
 */

/** A step back of up to this is no jump, but how clocks are corrected: the room's time stands still for as long. */
export const JUMP_MS = 2_000;

export class RoomClock {
  readonly #wall: () => number;
  #stamp = 0;
  /** Room time less host time. */
  #ahead = 0;
  #promised = false;

  /** `wall`: the host's clock, epoch milliseconds. */
  constructor(wall: () => number) {
    this.#wall = wall;
  }

  /** An earlier stamp: the room's time is never before it. */
  seen(at: number): void {
    this.#stamp = Math.max(this.#stamp, at);
  }

  /** Whether a deadline is pending. */
  promised(promised: boolean): void {
    this.#promised = promised;
  }

  now(): Ms {
    const wall = this.#wall();
    if (!this.#promised || wall >= this.#stamp) this.#ahead = 0;
    else if (wall + this.#ahead < this.#stamp - JUMP_MS) this.#ahead = this.#stamp - wall;
    this.#stamp = Math.max(this.#stamp, wall + this.#ahead);
    return this.#stamp as Ms;
  }

  /** Host time of an instant in room time. */
  toWall(at: number): number {
    return at - this.#ahead;
  }

  /** Room time of an instant in host time, as others name it. */
  fromWall(at: number): number {
    return at + this.#ahead;
  }
}
