import type { Ms, PlayerId } from "../game.ts";
import type { RoomClock } from "./clock.ts";
import type { Wallet } from "./services.ts";
import type { KernelEvent } from "../kernel/room-events.ts";
import type { TransferAnswer, TransferRequest } from "../kernel/transfer.ts";

/**
 * Takes journaled transfers to the wallet, again and again under one id, until the answer is journaled: an error after the call
 * left is an unknown outcome, and an answer may die with the room before its commit. What is open is in the room's state; this
 * remembers only the tries.
 */

/** When the alarm looks again at a transfer that has no answer yet. */
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
  /** The outcome is unknown: `next` has moved. */
  readonly failed: (id: string, error: unknown) => void;
};

export class TransferRetrier {
  readonly #world: TransferRetrierWorld;
  readonly #attempts = new Map<string, Attempt>();

  constructor(world: TransferRetrierWorld) {
    this.#world = world;
  }

  /** A transfer was committed, or found open on wake. `at`: when the alarm should see to it if nothing else does. */
  expect(player: PlayerId, transfer: TransferRequest): void {
    const at = this.#world.now() + RETRY_MS;
    this.#attempts.set(transfer.id, { player, transfer, tries: 0, at });
  }

  /** What was committed of transfers. */
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
   * Calls the wallet for what was never tried and for what is due again: also when an earlier call has not come back, since the
   * wallet knows a transfer by its id. The promises never reject.
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

/** The wallet names the end of an allowance by the host's clock; 0 is none at all. */
export function inRoomTime(answer: TransferAnswer, clock: Pick<RoomClock, "fromWall">): TransferAnswer {
  const { allowance } = answer;
  if (!allowance?.until) return answer;
  return { ...answer, allowance: { ...allowance, until: clock.fromWall(allowance.until) as Ms } };
}
