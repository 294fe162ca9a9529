import type { Ms, PlayerId } from "../game.ts";
import type { RoomClock } from "./clock.ts";
import type { Wallet } from "./services.ts";
import type { KernelEvent } from "../kernel/room-events.ts";
import type { TransferAnswer, TransferRequest } from "../kernel/transfer.ts";

/**
 * Sends journaled transfers to the wallet, and retries each under its id until the answer is journaled: an error after the call
 * left is an unknown outcome, and an answer may be lost with the room before its commit. Open transfers are in the room's state;
 * only the tries are kept here.
 */

/** Wait before the alarm retries a transfer that has no answer yet; longer with each try, up to the maximum. */
const RETRY_MS = 5_000;
const RETRY_MAX_MS = 30_000;

type Attempt = {
  readonly player: PlayerId;
  readonly transfer: TransferRequest;
  tries: number;
  at: number;
};

export type TransferRetrierWorld = {
  readonly wallet: Wallet;
  readonly now: () => Ms;
  readonly answered: (player: PlayerId, id: string, answer: TransferAnswer) => void;
  /** The outcome is unknown: `next` has changed. */
  readonly failed: (id: string, error: unknown) => void;
};

export class TransferRetrier {
  readonly #world: TransferRetrierWorld;
  readonly #attempts = new Map<string, Attempt>();

  constructor(world: TransferRetrierWorld) {
    this.#world = world;
  }

  /** A transfer was committed, or found open on wake. The alarm retries it after `RETRY_MS`. */
  expect(player: PlayerId, transfer: TransferRequest): void {
    const at = this.#world.now() + RETRY_MS;
    this.#attempts.set(transfer.id, { player, transfer, tries: 0, at });
  }

  /** Tracks the transfers in events that were committed. */
  follow(events: readonly KernelEvent[]): void {
    for (const event of events) {
      if (event.type === "room.transfer") this.expect(event.player, event.transfer);
      if (event.type === "room.transferred") this.done(event.id);
    }
  }

  /** The answer is journaled. */
  done(id: string): void {
    this.#attempts.delete(id);
  }

  /** Transfers without an answer. */
  get open(): number {
    return this.#attempts.size;
  }

  /** When the alarm should call `go` again; null: nothing is open. */
  next(): number | null {
    let soonest: number | null = null;
    for (const { at } of this.#attempts.values()) if (soonest === null || at < soonest) soonest = at;
    return soonest;
  }

  /**
   * Calls the wallet for transfers that were never tried or are due again, even if an earlier call has not come back: transfers
   * are idempotent by id. The promises never reject.
   */
  go(): readonly Promise<void>[] {
    if (this.#attempts.size === 0) return [];
    const now = this.#world.now();
    const due = [...this.#attempts.values()].filter((e) => e.tries === 0 || e.at <= now);
    return due.map((attempt) => this.#call(attempt));
  }

  async #call(attempt: Attempt): Promise<void> {
    const { player, transfer } = attempt;
    attempt.tries += 1;
    const pause = Math.min(RETRY_MAX_MS, RETRY_MS * attempt.tries);
    attempt.at = this.#world.now() + pause;
    try {
      const answer = await this.#world.wallet.transfer(player, transfer);
      if (!answer.ok && answer.code === "transfer_conflict")
        throw new Error(`${transfer.id} is known with another body`);
      attempt.at = this.#world.now() + RETRY_MS;
      this.#world.answered(player, transfer.id, answer);
    } catch (error) {
      attempt.at = this.#world.now() + pause;
      this.#world.failed(transfer.id, error);
    }
  }
}

/** Converts the end of an allowance, given in host time, to room time; 0 means that there is no allowance, and stays. */
export function inRoomTime(answer: TransferAnswer, clock: Pick<RoomClock, "fromWall">): TransferAnswer {
  const { allowance } = answer;
  if (!allowance?.until) return answer;
  return { ...answer, allowance: { ...allowance, until: clock.fromWall(allowance.until) as Ms } };
}
