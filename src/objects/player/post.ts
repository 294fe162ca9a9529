import type { Ms } from "../../../rooms/game.ts";
import { OutboxSender } from "../../../rooms/host/outbox.ts";
import { settingsOf, type Env } from "../../env.ts";
import { logOf } from "../../log.ts";
import { directoryStub } from "../stubs.ts";
import type { Parts } from "./parts.ts";

/** Sends a player's events to the read side, and reports to the Directory how many of them wait. */
export class Post {
  readonly #env: Env;
  readonly #parts: Parts;
  readonly #changed: () => void;
  #outbox: OutboxSender | null = null;

  /** `changed` is called when the answer of `due` may have changed. */
  constructor(env: Env, parts: Parts, changed: () => void) {
    this.#env = env;
    this.#parts = parts;
    this.#changed = changed;
  }

  /** Made on first use. Only for a player who exists. */
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

  /** To be called after a commit that added events. */
  noted(): void {
    this.#sender.expect(Date.now() as Ms);
  }

  /** Sends what is due; null: nothing is due, or a send is running. */
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

  /** Reports to the Directory how many events wait, if a report is due. Never rejects. */
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

  /** To be called after the clock was put back and the due instants in the tables were repaired. */
  clockJumped(): void {
    this.#parts.backlogs.told(null);
    this.#outbox?.confirmed();
  }
}
