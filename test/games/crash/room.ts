import { createHash } from "node:crypto";
import { nextDeadline } from "../../../rooms/kernel/engine.ts";
import { crash } from "../../../rooms/crash/index.ts";
import type { State } from "../../../rooms/crash/state.ts";
import type { AnyGame, Json, Ms, PlayerId } from "../../../rooms/game.ts";
import { GRACE_MS } from "../../kit/history.ts";
import { EngineRoom } from "../../kernel/model/engine-room.ts";

/** A crash room as the engine runs it, with seeds that are as good as chance and purses that never run dry. */
export class CrashRoom extends EngineRoom {
  readonly #clock: { readonly game: AnyGame; readonly graceMs: number };

  constructor(
    config: Json,
    players: readonly PlayerId[],
    { game = crash, seed = 0 }: { readonly game?: AnyGame; readonly seed?: number } = {},
  ) {
    super(config, game, (n) => createHash("sha256").update(`crash ${seed} ${n}`).digest("hex"));
    this.#clock = { game, graceMs: GRACE_MS };
    for (const player of players) {
      this.come(player);
      // The wallet gives more than is asked for: one top-up is enough for all that follows.
      const bet = this.send(player, { type: "bet", amount: 10 });
      this.paid(player, 1_000_000_000);
      const answer = this.answers.get(bet);
      const id = answer?.ok === true ? (answer.result as { bet: number }).bet : 0;
      this.send(player, { type: "cancel", bet: id });
    }
    this.runTo("waiting");
  }

  get state(): State {
    return this.kernel.state as State; // a room of crash
  }

  /** The game's next deadline. */
  get due(): Ms | null {
    return nextDeadline(this.kernel, this.#clock);
  }

  /** To the next deadline, on time; false when there is none. */
  step(): boolean {
    const { due } = this;
    if (due === null) return false;
    this.pass(Math.max(0, due - this.now));
    return true;
  }

  runTo(phase: State["phase"]["name"]): void {
    for (let i = 0; this.state.phase.name !== phase; i++) {
      if (i > 500 || !this.step()) throw new Error(`the room does not get to ${phase}`);
    }
  }
}
