import type { Ms } from "../game.ts";

/**
 * The room's clock. A host's clock that ran ahead may be put right while a round is open; the room's time must not follow it back.
 * As long as something is promised (a betting window, a turn, a grace) it runs on at the pace of the host's clock from where it
 * was, so that ten seconds that were left are still ten seconds. What is promised is kept in the room's time: it is `ahead` of the
 * host's until nothing is promised any more, and then stands still until the host's has caught up.
 *
 * A clock that jumps ahead cannot be told from an alarm that is late or a host that slept: what is due then is judged as the rules
 * have it for late alarms.
 */

/** Differences up to this are no jump: clocks are corrected by such steps, and the room stands still for so long. */
export const JUMP_MS = 2_000;

export class RoomClock {
  readonly #wall: () => number;
  #stamp = 0;
  /** Room's time less the host's. */
  #ahead = 0;
  #promised = false;

  /** `wall`: the host's clock, epoch milliseconds. */
  constructor(wall: () => number) {
    this.#wall = wall;
  }

  /** Something was stamped with this before: what follows is not earlier. */
  seen(at: number): void {
    this.#stamp = Math.max(this.#stamp, at);
  }

  /** Whether anything hangs on the pace of time. */
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

  /** What the host's clock will show at an instant of the room's. */
  toWall(at: number): number {
    return at - this.#ahead;
  }

  /** The room's time of an instant that somebody else named by the host's clock. */
  fromWall(at: number): number {
    return at + this.#ahead;
  }
}
