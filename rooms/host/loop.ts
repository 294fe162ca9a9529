import { INTERNAL, type Answer, type Outcome, type Stamped } from "../kernel/inputs.ts";
import { DeadlineError } from "../kernel/engine.ts";
import type { Ms } from "../game.ts";

/**
 * The batch loop: takes everything in the inbox, has the engine handle it, commits, waits until that is on the disk, and answers.
 * Inputs that arrive meanwhile are the next batch: a busy room shares one commit among many bets, a lone bet waits for no timer.
 */

const BATCH_MAX = 512;
const DEADLINE_TRIES = 3;

export type LoopWorld<Token> = {
  readonly now: () => Ms;
  /** Pure; throws on a bug with nothing changed. Deadlines after `until` wait for inputs that arrived before them. */
  readonly judge: (batch: readonly Stamped<Token>[], until: Ms) => Outcome<Token>;
  /** One transaction, the alarm, the new state. When it throws, nothing was written or assigned. */
  readonly commit: (outcome: Outcome<Token>) => void;
  /** Resolves when everything committed is durable. */
  readonly durable: () => Promise<void>;
  readonly speak: (outcome: Outcome<Token>) => void;
  readonly answer: (token: Token, answer: Answer) => void;
  /** A bug threw; nothing was changed. */
  readonly failed: (error: unknown, item: Stamped<Token>) => void;
  /** The store failed: nothing was sent, and memory may be inconsistent with the disk. */
  readonly die: (error: unknown) => void;
};

export class Loop<Token> {
  readonly #world: LoopWorld<Token>;
  #inbox: Stamped<Token>[] = [];
  #draining: Promise<void> | null = null;
  #deadlineFailures = 0;

  constructor(world: LoopWorld<Token>) {
    this.#world = world;
  }

  push(item: Stamped<Token>): void {
    this.#inbox.push(item);
  }

  /** Starts the loop unless it is running. */
  kick(): void {
    if (this.#draining !== null || this.#inbox.length === 0) return;
    this.#draining = this.#drain()
      .catch((error: unknown) => {
        this.#inbox = [];
        this.#world.die(error);
      })
      .finally(() => {
        this.#draining = null;
        this.kick(); // an input may have come after the last look at the inbox
      });
  }

  /** Resolves when the inbox is empty and everything in it was committed and answered. */
  async idle(): Promise<void> {
    while (this.#draining !== null) await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#inbox.length > 0) await this.#process(this.#inbox.splice(0, BATCH_MAX));
  }

  /**
   * Handles a batch or, when it throws, its inputs one by one: only the one that throws is refused. `next`: the stamp of the
   * input that follows. No deadline after that may fire yet, or an input that arrived in time would be judged as late.
   */
  async #process(batch: readonly Stamped<Token>[], next: Ms | undefined = this.#inbox[0]?.at): Promise<void> {
    let outcome: Outcome<Token>;
    try {
      outcome = this.#world.judge(batch, next ?? this.#world.now());
    } catch (error) {
      const [item] = batch;
      if (batch.length > 1) for (const [i, one] of batch.entries()) await this.#process([one], batch[i + 1]?.at);
      else if (item !== undefined) await this.#refuse(item, error, next);
      return;
    }
    this.#deadlineFailures = 0;
    this.#world.commit(outcome);
    if (outcome.events.length > 0 || outcome.messages.length > 0) await this.#world.durable();
    this.#world.speak(outcome);
  }

  /**
   * Refuses the input that threw. A deadline that throws three times stops the room for good, and every stake of the round is
   * refunded. Inputs that nobody would retry are kept when a deadline threw: presence, and the wallet's answer. An answer that
   * threw itself is handled again without the commands that were parked for it.
   */
  async #refuse(item: Stamped<Token>, error: unknown, next: Ms | undefined): Promise<void> {
    this.#world.failed(error, item);
    const { input, token, at } = item;
    const late = error instanceof DeadlineError && input.type !== "fault";
    const kept = input.type === "answer" || input.type === "presence";
    if (!late && input.type === "answer" && input.alone !== true) {
      await this.#process([{ at, token, input: { ...input, alone: true } }], next);
      return;
    }
    if (!late || !kept) {
      const id = input.type === "command" ? input.id : null;
      this.#world.answer(token, { ok: false, id, ...INTERNAL });
    }
    if (!late) return;
    this.#deadlineFailures += 1;
    if (this.#deadlineFailures >= DEADLINE_TRIES) {
      const reason = "A rule of this game failed. The round is void and every stake was given back.";
      await this.#process([{ at, token, input: { type: "fault", reason } }], next);
    }
    // Every success resets the count. If it was not reset, not even the fault could be handled.
    if (kept && this.#deadlineFailures < DEADLINE_TRIES) await this.#process([item], next);
  }
}
