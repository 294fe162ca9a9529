import assert from "node:assert/strict";
import type { Answer, Outcome, Parked, RoomInput, Stamped } from "../../../rooms/kernel/inputs.ts";
import { run } from "../../../rooms/kernel/engine.ts";
import { chips, type AnyGame, type Chips, type Json, type Ms, type PlayerId } from "../../../rooms/game.ts";
import { create, purseOf, type Kernel } from "../../../rooms/kernel/state.ts";
import type { KernelEvent } from "../../../rooms/kernel/room-events.ts";
import type { TransferAnswer, TransferRequest } from "../../../rooms/kernel/transfer.ts";
import { Recent } from "../../../rooms/kernel/command-ids.ts";
import { roulette } from "../../../rooms/roulette/index.ts";
import { commandOf, engineWorld } from "../../kit/history.ts";
import type { Frame } from "../../games/fixtures.ts";

/** The pure engine with one input a batch, for stories told step by step. Time stands still unless it is told to pass. */
export class EngineRoom {
  readonly #game: AnyGame;
  readonly #recent = new Recent();
  readonly #seeds = new Map<number, string>();
  readonly #taken = new Set<string>();
  #parked: Parked<string> = new Map();
  #n = 0;
  now: Ms = 1_000_000 as Ms;
  kernel: Kernel;
  /** What every sender was answered, by command id; the last answer counts. */
  readonly answers = new Map<string, Answer>();
  /** All that was journaled, and what the last input caused. */
  readonly journal: KernelEvent[] = [];
  last: readonly KernelEvent[] = [];

  readonly #freshSeed: (n: number) => string;

  /** `freshSeed`: the seeds in the order in which they are made. */
  constructor(
    config: Json = {},
    game: AnyGame = roulette,
    freshSeed: (n: number) => string = (n) => n.toString(16).padStart(64, "0"),
  ) {
    this.#game = game;
    this.#freshSeed = freshSeed;
    this.kernel = create(game, `${game.name}:story`, game.config.parse(config));
    this.input({ type: "wake" });
  }

  input(input: RoomInput, token = "nobody"): Outcome<string> {
    return this.batch([{ at: this.now, token, input }]);
  }

  /** Many inputs in one batch, each by its own stamp, judged now. */
  batch(inputs: readonly Stamped<string>[]): Outcome<string> {
    const world = engineWorld(this.#game, this.#seeds, this.#recent, undefined, this.#taken);
    const random = { n: this.#seeds.size };
    const freshSeed = (): string => this.#freshSeed(++random.n);
    const outcome = run(this.kernel, this.#parked, inputs, this.now, { ...world, freshSeed });
    this.kernel = outcome.kernel;
    this.#parked = outcome.parked;
    for (const { round, seed } of outcome.seeds) this.#seeds.set(round, seed);
    for (const accepted of outcome.accepted) this.#recent.add(accepted);
    for (const id of outcome.messages) this.#taken.add(id);
    for (const { token: to, answer } of outcome.answers) this.answers.set(to, answer);
    this.last = outcome.events;
    this.journal.push(...outcome.events);
    return outcome;
  }

  /** The secret seed of a round. */
  seedOf(round: number): string {
    return this.#seeds.get(round) ?? "";
  }

  // ---- players ----

  come(player: PlayerId): void {
    this.input({ type: "presence", player, name: `The ${player}`, online: true });
  }

  go(player: PlayerId): void {
    this.input({ type: "presence", player, name: `The ${player}`, online: false });
  }

  /** What a socket would hand on for this command. */
  read(player: PlayerId, body: Frame, id = `sess-${player}:${++this.#n}`): RoomInput {
    return commandOf(this.#game, player, { id, ...body });
  }

  /** Sends a command; gives its id, which is also who is answered. */
  send(player: PlayerId, body: Frame, id = `sess-${player}:${++this.#n}`, token = id): string {
    this.input(commandOf(this.#game, player, { id, ...body }), token);
    return id;
  }

  bet(player: PlayerId, amount: number, spot = "red"): string {
    return this.send(player, { type: "bet", bets: [{ spot, amount }] });
  }

  /** Undefined: not answered yet. */
  codeOf(id: string): string | undefined {
    const answer = this.answers.get(id);
    return answer === undefined ? undefined : answer.ok ? "ok" : answer.code;
  }

  waiting(player: PlayerId): number {
    return this.#parked.get(player)?.length ?? 0;
  }

  // ---- time and money ----

  pass(ms: number): void {
    this.now = (this.now + ms) as Ms;
    this.input({ type: "wake" });
  }

  chips(player: PlayerId): number {
    return purseOf(this.kernel, player).chips;
  }

  held(player: PlayerId): number {
    return this.#game.bank.onTable(this.kernel.state, player);
  }

  /** The player's transfer that has no answer yet. */
  open(player: PlayerId): TransferRequest {
    const { transfer } = purseOf(this.kernel, player);
    assert.ok(transfer !== null, `${player} has no open transfer`);
    return transfer;
  }

  get transfers(): readonly TransferRequest[] {
    return this.journal.flatMap((event) => (event.type === "room.transfer" ? [event.transfer] : []));
  }

  /** The wallet does what it is asked, or gives another amount. */
  paid(player: PlayerId, amount: number = this.open(player).amount): void {
    this.#answer(player, { ok: true, amount: chips(amount), balance: 5_000 as Chips });
  }

  refused(player: PlayerId): void {
    this.#answer(player, { ok: false, code: "insufficient_funds", balance: chips(1) });
  }

  #answer(player: PlayerId, answer: TransferAnswer): void {
    this.input({ type: "answer", player, id: this.open(player).id, answer });
  }
}
