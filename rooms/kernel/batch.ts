import type { AnyGame, Chips, Decision, Draw, Facts, Input, Json, Ms, PlayerId } from "../game.ts";
import { commitDecks, openedSeeds, pickOf, type DealtCard } from "../fair/deck.ts";
import { commit, drawStream, type Entropy } from "../fair/draw.ts";
import { LastDeck } from "./last-deck.ts";
import * as kernels from "./state.ts";
import { roomDelta, type KernelEvent, type RoomEvent } from "./room-events.ts";
import type { Effects, Kernel, Planned } from "./state.ts";
import type { Answer, Outcome, Parked, Stamped, World } from "./inputs.ts";
import { printOf, type Order } from "./orders.ts";
import { cashOut, mayStake, topUp, transferId } from "./purse.ts";
import { Ids, type Accepted } from "./command-ids.ts";
import type { RoomDelta } from "./table.ts";

/**
 * A batch being built: a copy of the room's state and everything that its events cause. Events are added only by `emit` and
 * `emitGame`; engine.ts and commands.ts decide which.
 */

export class Batch<Token> {
  readonly kernel: Kernel;
  readonly parked: Map<PlayerId, readonly Stamped<Token>[]>;
  readonly world: World;
  readonly game: AnyGame;
  /** The last sequence number that was durable when the batch began. */
  readonly #durable: number;
  /** True while an operator's void is handled. */
  voiding = false;
  readonly #events: KernelEvent[] = [];
  readonly #accepted: Accepted[] = [];
  readonly #ids = new Ids();
  readonly #answers: { token: Token; answer: Answer }[] = [];
  readonly #roomShown: RoomDelta[] = [];
  readonly #gameShown: unknown[] = [];
  readonly #told = new Map<PlayerId, unknown[]>();
  readonly #purses = new Set<PlayerId>();
  readonly #effects: Effects = { finished: [], published: [], moved: this.#purses };
  readonly #seeds: { round: number; seed: string }[] = [];
  readonly #messages = new Set<string>();
  readonly #orders = new Map<string, string>();
  readonly #refused: string[] = [];
  readonly #decks: LastDeck;

  constructor(kernel: Kernel, parked: Parked<Token>, world: World) {
    this.kernel = kernels.fork(kernel);
    this.parked = new Map(parked);
    this.world = world;
    this.game = world.game;
    this.#durable = kernel.seq;
    this.#decks = world.decks ?? new LastDeck();
  }

  outcome(): Outcome<Token> {
    return {
      kernel: this.kernel,
      parked: this.parked,
      from: this.#durable + 1,
      at: this.kernel.at,
      events: this.#events,
      accepted: this.#accepted,
      answers: this.#answers,
      roomShown: this.#roomShown,
      gameShown: this.#gameShown,
      told: this.#told,
      purses: this.#purses,
      finished: this.#effects.finished,
      published: this.#effects.published,
      messages: [...this.#messages],
      seeds: this.#seeds,
      refused: this.#refused,
      ...(this.#orders.size > 0 && { orders: [...this.#orders].map(([id, print]) => ({ id, print })) }),
    };
  }

  // ---- events ----

  emit(event: RoomEvent, at: Ms): void {
    kernels.apply(this.game, this.kernel, event, at, this.#effects);
    this.#events.push(event);
    const shown = roomDelta(event);
    if (shown !== null) this.#roomShown.push(shown);
    if (event.type === "room.transferred") this.#purses.add(event.player);
    if (event.type === "room.transfer" && event.transfer.kind === "cashout") this.#purses.add(event.player);
    if (event.type === "room.faulted") for (const [player] of event.refunds) this.#purses.add(player);
  }

  /** The steps and chip movements that these events of the game would make from the current state. Changes nothing. */
  plan(events: readonly unknown[]): readonly Planned[] {
    return kernels.plan(this.game, this.kernel.state, events);
  }

  /**
   * Has the game handle an input that cannot wait for a top-up, so purses must cover its stakes. A refusal changes nothing.
   * @throws when a purse does not cover a stake, which is a bug of the game.
   */
  play(input: Input<unknown, unknown>, at: Ms): Decision<unknown> {
    const decision = this.game.rules.decide(this.kernel.state, input, this.facts(at));
    if ("refused" in decision) return decision;
    const planned = this.plan(decision.events);
    this.mustCover(planned);
    this.emitGame(planned, at);
    return decision;
  }

  /** Applies the game's events, in order. A round that one of them ends is revealed right after that event. */
  emitGame(planned: readonly Planned[], at: Ms): void {
    for (const one of planned) {
      const { kernel, game } = this;
      const { event } = one.step;
      this.#project(one);
      const wrapped: KernelEvent =
        kernel.round.startedAt === null ? { type: "game", event, at } : { type: "game", event };
      kernels.applyGame(game, kernel, one, at, this.#effects);
      this.#events.push(wrapped);
      if (game.fairness === "deck" && kernel.round.opened === null && game.rules.seedsClosed(kernel.state)) {
        this.#openDecks(at);
      }
      const next = game.rules.round(kernel.state);
      if (next !== kernel.round.n) this.#endRound(next, at);
    }
  }

  /** Collects the public and private deltas of a step and the players whose purses change. */
  #project({ step, moves }: Planned): void {
    const { deltas } = this.game;
    const shown = deltas.publicDelta(step);
    if (shown !== null) this.#gameShown.push(shown);
    for (const [player, told] of deltas.privateDeltas(step, this.kernel.purses.keys())) {
      const list = this.#told.get(player);
      if (list === undefined) this.#told.set(player, [told]);
      else list.push(told);
    }
    for (const move of moves) {
      if (move.type === "house") continue;
      if (move.type === "stake" && !this.committed()) throw this.#uncommitted();
      this.#purses.add(move.player);
    }
  }

  // ---- rounds and randomness ----

  /** Makes the first two commitments of a new room, in a batch of their own, so that they are durable before any bet. */
  begin(at: Ms): void {
    const { kernel } = this;
    if (kernel.commitments.length > 0 || kernel.table.status === "faulted") return;
    this.#commitTo(kernel.round.n, at);
    this.#commitTo(kernel.round.n + 1, at);
  }

  /** Ends the open round: reveals its seed, and commits to the round after the next, to stay one round ahead of the betting. */
  #endRound(next: number, at: Ms): void {
    const { n } = this.kernel.round;
    if (next !== n + 1) throw new Error(`round ${n} was followed by ${next}`);
    this.reveal(this.voiding, at);
    this.#commitTo(next + 1, at);
  }

  reveal(isVoid: boolean, at: Ms): void {
    const { n } = this.kernel.round;
    const seed = this.game.fairness === "deck" ? null : this.#seedOf(n);
    this.emit({ type: "room.revealed", round: n, seed, void: isVoid, at }, at);
  }

  #commitTo(round: number, at: Ms): void {
    const seed = this.world.freshSeed();
    this.#seeds.push({ round, seed });
    const commitment =
      this.game.fairness === "deck" ? commitDecks(seed, this.kernel.room, round) : { hash: commit(seed) };
    this.emit({ type: "room.committed", round, ...commitment }, at);
  }

  /** The deck is picked: reveals the seeds of the seven others, so that anybody can check them. */
  #openDecks(at: Ms): void {
    const { room, round } = this.kernel;
    const { deck } = this.#pick();
    this.emit(
      { type: "room.opened", round: round.n, deck, seeds: openedSeeds(this.#seedOf(round.n), room, round.n, deck) },
      at,
    );
  }

  #pick(): ReturnType<typeof pickOf> {
    const { room, round, commitments } = this.kernel;
    const hash = commitments.find((c) => c.round === round.n)?.hash;
    if (hash === undefined) throw this.#uncommitted();
    return pickOf(hash, room, round.n, round.entropy);
  }

  /** A card of the open round's deck. Throws when the game has no decks, or before the commitment is durable. */
  #dealt(position: number): DealtCard {
    const { room, round } = this.kernel;
    if (this.game.fairness !== "deck" || !this.committed()) throw this.#uncommitted();
    return this.#decks.of(this.#seedOf(round.n), room, round.n, round.entropy, () => this.#pick()).card(position);
  }

  #seedOf(round: number): string {
    return this.#seeds.find((s) => s.round === round)?.seed ?? this.world.seedOf(round);
  }

  /** Whether the open round's commitment was durable before this batch. Without that there are no bets and no draws. */
  committed(): boolean {
    const commitment = this.kernel.commitments.find((c) => c.round === this.kernel.round.n);
    return commitment !== undefined && commitment.seq <= this.#durable;
  }

  /** In a batch of several inputs this makes the room handle them one by one, with a commit between them. */
  #uncommitted(): Error {
    return new Error(`round ${this.kernel.round.n} has no commitment that was durable before this batch`);
  }

  /** `given`: a client seed that came with the command being handled; the command's own draws include it. */
  facts(now: Ms, given: Entropy | null = null): Facts {
    const { kernel } = this;
    return {
      now,
      table: kernels.tableStatus(kernel),
      purse: (player: PlayerId): Chips => mayStake(kernels.purseOf(kernel, player), now),
      draw: (label: string): Draw => {
        const { room, round } = kernel;
        if (!this.committed()) throw this.#uncommitted();
        const words = given === null ? round.entropy : [...round.entropy, given];
        return drawStream(this.#seedOf(round.n), room, round.n, words, label);
      },
      deck: { card: (position) => this.#dealt(position) },
    };
  }

  // ---- money ----

  /** Asks the wallet for what this player lacks to stake `covers`: chips, or an allowance. */
  askFor(player: PlayerId, covers: number, at: Ms): void {
    const { kernel, world } = this;
    const { room } = kernel;
    const id = transferId(room, player, kernel.transfers + 1);
    const transfer = topUp({ id, room, purse: kernels.purseOf(kernel, player), covers }, world.buyIn);
    this.emit({ type: "room.transfer", player, transfer }, at);
  }

  /**
   * Returns the purses of leaving players to their wallets, in the first commit where the game holds and wants no chips of
   * theirs. A player who stays to watch counts as leaving until they play again, so no purse is topped up for them.
   */
  sendHome(at: Ms): void {
    const { kernel, game } = this;
    for (const player of kernel.leaving) {
      const purse = kernels.purseOf(kernel, player);
      if (purse.transfer !== null || this.parked.has(player) || kernels.held(game, kernel, player) > 0) continue;
      if (purse.chips > 0 || purse.open) {
        if (this.#playsOn(player)) continue;
        const id = transferId(kernel.room, player, kernel.transfers + 1);
        this.emit({ type: "room.transfer", player, transfer: cashOut(id, kernel.room, purse) }, at);
      } else if (kernel.presence.get(player)?.online !== true) {
        this.emit({ type: "room.left", player }, at);
      }
    }
  }

  /**
   * A player who went offline while the server plays for them keeps the purse until that is over. An online player, who said
   * `leave`, does not; nor does anybody in a faulted room, whatever the game's last state says.
   */
  #playsOn(player: PlayerId): boolean {
    const { kernel, game } = this;
    if (kernel.table.status === "faulted" || kernel.presence.get(player)?.online === true) return false;
    return game.bank.prefund(kernel.state).some((want) => want.player === player);
  }

  /** The chips that each purse must hold for these events: the highest sum, at any point, of stakes less payouts before. */
  needs(planned: readonly Planned[]): ReadonlyMap<PlayerId, number> {
    const net = new Map<PlayerId, number>();
    const worst = new Map<PlayerId, number>();
    for (const { moves } of planned) {
      for (const move of moves) {
        if (move.type === "house") continue;
        const sum = (net.get(move.player) ?? 0) + kernels.signedStake(move);
        net.set(move.player, sum);
        if (sum > (worst.get(move.player) ?? 0)) worst.set(move.player, sum);
      }
    }
    return worst;
  }

  /** Throws when these events stake more than a purse holds: a bug, unless a player's own command asks for it. */
  mustCover(planned: readonly Planned[]): void {
    for (const [player, amount] of this.needs(planned)) {
      if (amount > kernels.purseOf(this.kernel, player).chips) {
        throw new Error(`${player} was made to stake more than the purse holds`);
      }
    }
  }

  // ---- messages ----

  /** Whether this message was handled before, in this batch or an earlier one. */
  taken(id: string): boolean {
    return this.#messages.has(id) || this.world.taken(id);
  }

  take(id: string): void {
    this.#messages.add(id);
  }

  // ---- orders ----

  /** Fingerprint of the order that was carried out under this id, in this batch or an earlier one; null: none. */
  ordered(id: string): string | null {
    return this.#orders.get(id) ?? this.world.ordered?.(id) ?? null;
  }

  order(order: Order): void {
    if (order.id !== undefined) this.#orders.set(order.id, printOf(order));
  }

  // ---- commands ----

  known(player: PlayerId, id: string): Accepted | undefined {
    return this.#ids.find(player, id) ?? this.world.recent.find(player, id);
  }

  /** `remember`: the command changed something, so its id is journaled with its reply. */
  accept(item: Stamped<Token>, at: Ms, remember: boolean, result?: Json): void {
    if (item.input.type !== "command") throw new Error("only commands have ids");
    const { player, id, print } = item.input;
    const { seq } = this.kernel;
    const rest = result === undefined ? {} : { result };
    if (remember) {
      const accepted: Accepted = { player, id, print, seq, at, ...rest };
      this.#accepted.push(accepted);
      this.#ids.add(accepted);
    }
    this.answer(item.token, { ok: true, id, seq, at, ...rest });
  }

  answer(token: Token, answer: Answer): void {
    this.#answers.push({ token, answer });
  }

  refuse(item: Stamped<Token>, code: string, message: string): void {
    this.#refused.push(code);
    const id = item.input.type === "command" || item.input.type === "message" ? item.input.id : null;
    this.answer(item.token, { ok: false, id, code, message });
  }
}
