import type { Ms } from "../../../rooms/game.ts";
import { OutboxSender } from "../../../rooms/host/outbox.ts";
import { settingsOf, type Env } from "../../env.ts";
import { logOf } from "../../log.ts";
import { directoryStub } from "../stubs.ts";
import type { Parts } from "./parts.ts";

/** Sends a player's news to the read side, and tells the Directory how much of it waits. */
export class Post {
  readonly #env: Env;
  readonly #parts: Parts;
  readonly #changed: () => void;
  #outbox: OutboxSender | null = null;

  /** `changed`: what `due` answers may be another instant. */
  constructor(env: Env, parts: Parts, changed: () => void) {
    this.#env = env;
    this.#parts = parts;
    this.#changed = changed;
  }

  /** Of a player who exists. */
  get #sender(): OutboxSender {
    return (this.#outbox ??= new OutboxSender({
      store: this.#parts.news,
      send: async (_topic, messages) => {
        await this.#env.SETTLED.sendBatch(messages.map((body) => ({ body })));
      },
      now: () => Date.now() as Ms,
      resendMs: settingsOf(this.#env).OUTBOX_RESEND_S * 1_000,
      done: this.#changed,
      failed: (error) => logOf(this.#env).error("news", { error }),
    }));
  }

  /** Something was noted, in a commit that is done. */
  noted(): void {
    this.#sender.expect(Date.now() as Ms);
  }

  /** Sends what is due; null: nothing is, or it is under way. */
  send(): Promise<void> | null {
    return this.#sender.go();
  }

  confirm(ids: readonly string[]): void {
    this.#parts.news.confirm(ids);
    this.#sender.confirmed();
  }

  due(now: number): number | null {
    const next = Math.min(this.#sender.next() ?? Infinity, this.#parts.backlogs.due(now) ?? Infinity);
    return Number.isFinite(next) ? next : null;
  }

  /** How much of the news still waits, when that is due. Never rejects. */
  async tellDirectory(now: number): Promise<void> {
    const { profile, backlogs } = this.#parts;
    const player = profile.row()?.id;
    if (player === undefined || (backlogs.due(now) ?? Infinity) > now) return;
    const backlog = backlogs.now();
    try {
      await directoryStub(this.#env).backlog(player, backlog);
      backlogs.told(backlog);
    } catch (error) {
      backlogs.told(null);
      logOf(this.#env).error("directory", { error });
    }
  }

  /** The clock was put back, and what is due in the tables with it. */
  clockJumped(): void {
    this.#parts.backlogs.told(null);
    this.#outbox?.confirmed();
  }
}
