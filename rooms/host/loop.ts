import { INTERNAL, type Answer, type Outcome, type Stamped } from "../kernel/inputs.ts";
import { DeadlineError } from "../kernel/engine.ts";
import type { Ms } from "../game.ts";

/**
 * The batch loop: takes all that is in the inbox, has it judged, commits it, waits until it is on the disk, speaks. What
 * arrives meanwhile is the next batch, so a busy room shares one commit among many bets and a lone bet waits for no timer.
 */

const BATCH_MAX = 512;
const DEADLINE_TRIES = 3;

export type LoopWorld<Token> = {
  readonly now: () => Ms;
  /** Pure; throws on a bug with nothing changed. Time passes up to `until`: what is due later must wait for what came first. */
  readonly judge: (batch: readonly Stamped<Token>[], until: Ms) => Outcome<Token>;
  /** One transaction, the alarm, the new state. Throws with nothing written or assigned. */
  readonly commit: (outcome: Outcome<Token>) => void;
  /** Resolves when everything committed is durable. */
  readonly durable: () => Promise<void>;
  readonly speak: (outcome: Outcome<Token>) => void;
  readonly answer: (token: Token, answer: Answer) => void;
  /** A bug threw; nothing was changed. */
  readonly failed: (error: unknown, item: Stamped<Token>) => void;
  /** The store failed: nothing was said, and what is in memory may be wrong. */
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

  /** Starts the loop unless it runs. */
  kick(): void {
    if (this.#draining !== null || this.#inbox.length === 0) return;
    this.#draining = this.#drain()
      .catch((error: unknown) => {
        this.#inbox = [];
        this.#world.die(error);
      })
      .finally(() => {
        this.#draining = null;
        this.kick(); // something may have come between the last look at the inbox and here
      });
  }

  /** Resolves when the inbox is empty and everything in it was committed and spoken of. */
  async idle(): Promise<void> {
    while (this.#draining !== null) await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#inbox.length > 0) await this.#process(this.#inbox.splice(0, BATCH_MAX));
  }

  /**
   * One batch, or, when it throws, its inputs one by one: only the thrower is refused. `next` is the stamp of what comes behind
   * it: no deadline after that may fire yet, or what arrived in time would be judged late.
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
   * A deadline that throws three times stops the room for good, with every stake of the round given back. What nobody would send
   * again is not lost with the batch that threw: a player's coming and going, and the wallet's answer, which is judged without
   * the commands that waited for it when one of those is the thrower.
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
    // Judging anything resets the count: when it did not, not even the fault could be judged.
    if (kept && this.#deadlineFailures < DEADLINE_TRIES) await this.#process([item], next);
  }
}
