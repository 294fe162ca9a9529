import { recordFor } from "../../../rooms/kernel/settlement.ts";
import { createHash } from "node:crypto";
import type { Answer, Outcome, Stamped } from "../../../rooms/kernel/inputs.ts";
import { nextDeadline } from "../../../rooms/kernel/engine.ts";
import type { AnyGame, DomainEvent, Json, Ms, PlayerId } from "../../../rooms/game.ts";
import { proofOf, type FinishedRound } from "../../../rooms/kernel/state.ts";
import { lottery } from "../../../rooms/lottery/index.ts";
import type { State } from "../../../rooms/lottery/state.ts";
import { GRACE_MS } from "../../kit/history.ts";
import { EngineRoom } from "../../kernel/model/engine-room.ts";
import { fixtureOf } from "../fixtures.ts";

/** A lottery as the engine runs it, with seeds that are as good as chance. */
export class LotteryRoom extends EngineRoom {
  readonly #clock: { readonly game: AnyGame; readonly graceMs: number };
  readonly #game: AnyGame;
  #stakes = 0;
  readonly finished: FinishedRound[] = [];
  readonly published: DomainEvent[] = [];

  constructor(config: Json, { game = lottery, seed = 0 }: { readonly game?: AnyGame; readonly seed?: number } = {}) {
    super(config, game, (n) => createHash("sha256").update(`lottery ${seed} ${n}`).digest("hex"));
    this.#game = game;
    this.#clock = { game, graceMs: GRACE_MS };
  }

  override batch(inputs: readonly Stamped<string>[]): Outcome<string> {
    const outcome = super.batch(inputs);
    // The first is judged before there is anything here: it commits to the first two rounds.
    this.finished?.push(...outcome.finished);
    this.published?.push(...outcome.published);
    return outcome;
  }

  get state(): State {
    return this.kernel.state as State; // a room of the lottery
  }

  /** What the queue's consumer hands over. */
  message(player: PlayerId, stake = 10, id = `event-${++this.#stakes}`, game = "roulette"): Stamped<string> {
    const message = { player, game, room: `${game}:main`, round: 1, stake };
    return { at: this.now, token: id, input: { type: "message", id, message } };
  }

  /** Delivers it alone; gives the answer. */
  deliver(...what: Parameters<LotteryRoom["message"]>): Answer | undefined {
    const message = this.message(...what);
    this.batch([message]);
    return this.answers.get(message.token);
  }

  get due(): Ms | null {
    return nextDeadline(this.kernel, this.#clock);
  }

  /** To the next deadline, on time. */
  step(): Outcome<string> {
    const { due } = this;
    if (due === null) throw new Error("nothing is due");
    this.now = Math.max(this.now, due) as Ms;
    return this.input({ type: "wake" });
  }

  /** A finished draw's public record; the oracle's friend has checked it. */
  record(round: FinishedRound): { readonly proof: ReturnType<typeof proofOf>; readonly outcome: Json } {
    const proof = proofOf(this.kernel.room, round);
    const outcome = recordFor(this.#game, round.kept, null);
    fixtureOf("lottery").verify(proof, outcome, this.published);
    return { proof, outcome };
  }
}
