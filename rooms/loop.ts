import type { Answer, Outcome, Stamped } from "./batch.ts";
import { DeadlineError } from "./engine.ts";
import type { Ms } from "./game.ts";

/**
 * The batch loop: takes all that is in the inbox, has it judged, commits it, waits until it is on the disk, speaks. What
 * arrives meanwhile is the next batch, so a busy room shares one commit among many bets and a lone bet waits for no timer.
 */

const BATCH_MAX = 512;
const DEADLINE_TRIES = 3;

export type LoopWorld<Token> = {
  readonly now: () => Ms;
  /** Pure; throws on a bug with nothing changed. */
  readonly judge: (batch: readonly Stamped<Token>[]) => Outcome<Token>;
  /** One transaction, the alarm, the new state. Throws with nothing written or assigned. */
  readonly commit: (outcome: Outcome<Token>) => void;
  /** Resolves when everything committed is durable. */
  readonly durable: () => Promise<void>;
  readonly speak: (outcome: Outcome<Token>) => void;
  readonly answer: (token: Token, answer: Answer) => void;
  /** A bug threw; nothing was changed. */
  readonly failed: (error: unknown) => void;
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
      });
  }

  /** Resolves when the inbox is empty and everything in it was committed and spoken of. */
  async idle(): Promise<void> {
    while (this.#draining !== null) await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#inbox.length > 0) await this.#process(this.#inbox.splice(0, BATCH_MAX));
  }

  /** One batch, or, when it throws, its inputs one by one: only the thrower is refused. */
  async #process(batch: readonly Stamped<Token>[]): Promise<void> {
    let outcome: Outcome<Token>;
    try {
      outcome = this.#world.judge(batch);
    } catch (error) {
      const [item] = batch;
      if (batch.length > 1) for (const one of batch) await this.#process([one]);
      else if (item !== undefined) await this.#refuse(item, error);
      return;
    }
    this.#deadlineFailures = 0;
    this.#world.commit(outcome);
    if (outcome.events.length > 0) await this.#world.durable();
    this.#world.speak(outcome);
  }

  /** A deadline that throws three times stops the room for good, with every stake of the round given back. */
  async #refuse(item: Stamped<Token>, error: unknown): Promise<void> {
    this.#world.failed(error);
    const id = item.input.type === "command" ? item.input.id : null;
    const message = "Something went wrong on our side. Nothing was changed.";
    this.#world.answer(item.token, { ok: false, id, code: "internal", message });
    if (!(error instanceof DeadlineError) || item.input.type === "fault") return;
    this.#deadlineFailures += 1;
    if (this.#deadlineFailures < DEADLINE_TRIES) return;
    this.#deadlineFailures = 0;
    const reason = "A rule of this game failed. The round is void and every stake was given back.";
    await this.#process([{ at: this.#world.now(), token: item.token, input: { type: "fault", reason } }]);
  }
}
