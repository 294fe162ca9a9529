import { Pausable } from "../../kit/pausable.ts";
import { stepOf, toldOf } from "../../kit/step.ts";
import * as z from "zod/mini";
import { expect } from "vitest";
import type { Event } from "../../../rooms/crash/events.ts";
import { crash } from "../../../rooms/crash/index.ts";
import type { State } from "../../../rooms/crash/state.ts";
import type { Bet, BetId, Command, Seat, PublicDelta, View } from "../../../rooms/crash/types.ts";
import type { Chips, Facts, Input, Json, Move, Ms, PlayerId, TableStatus } from "../../../rooms/game.ts";
import { CrashOracle } from "./oracle.ts";
import { exactElapsed } from "./exact.ts";

/**
 * A lobby with a clock, purses and a bust point that can be told. Every event that any test causes is held against the invariants, and
 * judged by the oracle of C1 to C12: money is conserved, the folded views equal the computed ones, nobody outside the audience
 * sees a change.
 */

const playerSchema = z.custom<PlayerId>((value) => typeof value === "string");
const msSchema = z.custom<Ms>((value) => typeof value === "number");
const chipsSchema = z.custom<Chips>((value) => typeof value === "number");
export const playerId = (name: string): PlayerId => z.parse(playerSchema, name);
export const ms = (at: number): Ms => z.parse(msSchema, at);

export const ann = playerId("ann");
export const bob = playerId("bob");
export const cy = playerId("cy");

export type Answer = "ok" | { readonly refused: string };
export const refused = (code: string): { refused: string } => ({ refused: code });

/** The least 52 bits that give this bust point: the exact inverse of C3. */
export function bitsFor(bustX100: number): number {
  if (bustX100 <= 100) return 0;
  const bust = BigInt(bustX100);
  return Number((((bust - 99n) << 52n) + bust - 1n) / bust);
}

type Flying = Extract<State["phase"], { name: "running" }>;

export class Driver extends Pausable {
  state: State;
  now = 1_000_000;
  /** The 52 bits that are drawn next. */
  bits = bitsFor(200);
  house = 0;
  /** Chips that came from wallets: commands are topped up without limit, the server's own bets are not. */
  brought = 0;
  readonly purses = new Map<PlayerId, number>();
  readonly journal: Event[] = [];
  readonly shown: PublicDelta[] = [];
  readonly first: View;
  /** What the last accepted command was answered. */
  lastResult: Json | undefined;
  readonly #oracle: CrashOracle;
  readonly #brought = new Map<PlayerId, number>();
  readonly #seats = new Map<PlayerId, Seat>();
  #view: View;

  constructor(config: Readonly<Record<string, Json>> = {}) {
    super();
    const parsed = z.parse(crash.config, config);
    this.state = crash.rules.initial(parsed);
    this.#oracle = new CrashOracle(parsed);
    this.#view = crash.sight.view(this.state);
    this.first = this.#view;
  }

  // ---- what players do ----

  command(player: PlayerId, command: Command): Answer {
    const before = this.state;
    const answer = this.input({ type: "command", player, command: z.parse(crash.command, command) });
    if (answer !== "ok") expect(this.state).toBe(before);
    return answer;
  }

  bet(player: PlayerId, amount: number, autoCashout?: number): Answer {
    return this.command(player, { type: "bet", amount, ...(autoCashout === undefined ? {} : { autoCashout }) });
  }

  /** Places a bet that must be taken; gives its number. */
  placed(player: PlayerId, amount: number, autoCashout?: number): BetId {
    expect(this.bet(player, amount, autoCashout)).toBe("ok");
    return z.parse(z.object({ bet: z.number() }), this.lastResult).bet;
  }

  cashOut(player: PlayerId, bet?: BetId): Answer {
    return this.command(player, { type: "cashout", ...(bet === undefined ? {} : { bet }) });
  }

  cancel(player: PlayerId, bet: BetId): Answer {
    return this.command(player, { type: "cancel", bet });
  }

  protected override turned(status: TableStatus): void {
    this.#oracle.table(status);
    expect(this.input({ type: "table", status })).toBe("ok");
  }

  input(input: Input<Command, never>): Answer {
    const decision = crash.rules.decide(this.state, input, this.facts());
    if ("refused" in decision) {
      expect(decision.message).not.toBe("");
      return { refused: decision.refused };
    }
    this.lastResult = decision.result;
    const own = input.type === "command" ? input.player : null;
    for (const event of decision.events) this.apply(event, own);
    return "ok";
  }

  // ---- time ----

  /** Goes to `to`; every alarm on the way comes on time. */
  goTo(to: number): void {
    for (let due = this.#soonest(); due !== undefined && due.at <= to; due = this.#soonest()) this.#step(due);
    this.now = Math.max(this.now, to);
  }

  pass(by: number): void {
    this.goTo(this.now + by);
  }

  /** No alarm came until now, `by` milliseconds later: all that was due fires, soonest first, before anything else. */
  late(by: number): void {
    this.now += by;
    for (let due = this.#soonest(); due !== undefined && due.at <= this.now; due = this.#soonest()) this.#fire(due);
  }

  #soonest(): { name: string; at: Ms } | undefined {
    return [...crash.rules.deadlines(this.state)].sort((a, b) => a.at - b.at)[0];
  }

  #step(due: { name: string; at: Ms }): void {
    this.now = Math.max(this.now, due.at);
    this.#fire(due);
  }

  #fire(due: { name: string; at: Ms }): void {
    expect(this.input({ type: "deadline", ...due })).toBe("ok");
    for (const { name, at } of crash.rules.deadlines(this.state)) expect(name !== due.name || at > due.at).toBe(true);
  }

  /** Fires alarms on time until the lobby is in this phase. */
  runTo(phase: State["phase"]["name"]): void {
    for (let i = 0; this.state.phase.name !== phase; i++) {
      const due = this.#soonest();
      if (due === undefined || i > 2_000) throw new Error(`the lobby does not get to ${phase}`);
      this.#step(due);
    }
  }

  /** The bets that are on take off, for a flight that is to bust here. */
  launch(bustX100: number): void {
    this.bits = bitsFor(bustX100);
    this.runTo("running");
    expect(this.flight.bustX100).toBe(bustX100);
  }

  /** Goes to the first millisecond at which the curve is at `x100`, less `before`. */
  flyTo(x100: number, before = 0): void {
    this.goTo(this.flight.startedAt + exactElapsed(x100) - before);
  }

  /** Plays a round to its crash, and on until betting is open again. */
  play(bustX100: number): void {
    this.bits = bitsFor(bustX100);
    if (this.state.phase.name !== "running") this.runTo("running");
    this.runTo("crashed");
    this.pass(this.state.config.pauseMs);
  }

  // ---- what tests look at ----

  get flight(): Flying {
    if (this.state.phase.name !== "running") throw new Error("no flight is in the air");
    return this.state.phase;
  }

  seat(player: PlayerId): Seat {
    return crash.sight.seat(this.state, player);
  }

  view(): View {
    return crash.sight.view(this.state);
  }

  held(player: PlayerId): number {
    return crash.bank.onTable(this.state, player);
  }

  purse(player: PlayerId): number {
    return this.purses.get(player) ?? 0;
  }

  /** Won less lost, in all rounds so far and with what is on the table counted as the player's. */
  profit(player: PlayerId): number {
    return this.purse(player) + this.held(player) - (this.#brought.get(player) ?? 0);
  }

  /** The bets of the last round, as it gave them back. */
  result(player: PlayerId): readonly Bet[] {
    return this.seat(player).last?.bets ?? [];
  }

  types(from = 0): string[] {
    return this.journal.slice(from).map((event) => event.type);
  }

  // ---- the invariants ----

  bring(player: PlayerId, amount: number): void {
    this.purses.set(player, this.purse(player) + amount);
    this.#brought.set(player, (this.#brought.get(player) ?? 0) + amount);
    this.brought += amount;
  }

  facts(): Facts {
    return {
      now: ms(this.now),
      table: this.table,
      purse: (player) => z.parse(chipsSchema, this.purse(player)),
      deck: {
        card: () => {
          throw new Error("there are no cards in this game");
        },
      },
      draw: (label) => {
        expect(label).toBe("bust");
        return { int: () => 0, bits52: () => this.bits, shuffle: (items) => [...items] };
      },
    };
  }

  apply(event: Event, own: PlayerId | null): void {
    const before = this.state;
    const moves = crash.bank.moves(stepOf(crash, before, event));
    const shown = crash.deltas.publicDelta(stepOf(crash, before, event));
    const told = toldOf(crash, before, event);
    const audience = [...told.keys()];
    const after = crash.rules.evolve(before, event);

    this.#move(moves, own);
    const players = new Set([...before.places.map(({ player }) => player), ...audience, ann, bob, cy]);
    const held = (state: State): number =>
      [...players].reduce((sum, player) => sum + crash.bank.onTable(state, player), 0);
    expect(held(after) - held(before)).toBe(sumOf(moves, "stake") - sumOf(moves, "pay") - sumOf(moves, "house"));
    const purses = [...this.purses.values()].reduce((sum, chips) => sum + chips, 0);
    expect(purses + held(after) + this.house).toBe(this.brought);
    expect(sumOf(moves, "house")).toBe(this.#oracle.see(event).house);

    if (shown !== null) {
      this.shown.push(shown);
      this.#view = crash.deltas.fold(this.#view, shown);
    }
    expect(this.#view).toStrictEqual(crash.sight.view(after));
    for (const player of players) {
      const seat = this.#seats.get(player) ?? crash.sight.seat(before, player);
      const step = told.get(player) ?? null;
      const next = step === null ? seat : crash.deltas.foldSeat(seat, step);
      expect(next).toStrictEqual(crash.sight.seat(after, player));
      this.#seats.set(player, next);
    }
    expect(JSON.parse(JSON.stringify(after))).toStrictEqual(after);
    const moved = event.type === "ended" || event.type === "voided" ? 1 : 0;
    expect(crash.rules.round(after) - crash.rules.round(before)).toBe(moved);
    this.state = after;
    this.journal.push(event);
  }

  /** The same without its invariants, for lobbies so full that holding them over each player at every event would take minutes. */
  quietly(event: Event): void {
    const before = this.state;
    this.#move(crash.bank.moves(stepOf(crash, before, event)), null);
    this.#oracle.see(event);
    const shown = crash.deltas.publicDelta(stepOf(crash, before, event));
    if (shown !== null) this.#view = crash.deltas.fold(this.#view, shown);
    this.state = crash.rules.evolve(before, event);
    this.journal.push(event);
    for (const player of toldOf(crash, before, event).keys()) this.#seats.delete(player);
  }

  #move(moves: readonly Move[], own: PlayerId | null): void {
    for (const move of moves) {
      expect(Number.isSafeInteger(move.amount)).toBe(true);
      if (move.type === "house") {
        this.house += move.amount;
        continue;
      }
      expect(move.amount).toBeGreaterThan(0);
      const change = (move.type === "stake" ? -1 : 1) * move.amount;
      const purse = this.purse(move.player) + change;
      // Only a player's own command may stake more than the purse.
      if (purse < 0 && move.player === own) this.bring(own, -purse);
      this.purses.set(move.player, this.purse(move.player) + change);
      expect(this.purse(move.player)).toBeGreaterThanOrEqual(0);
    }
  }
}

function sumOf(moves: readonly Move[], type: Move["type"]): number {
  return moves.filter((move) => move.type === type).reduce((sum, move) => sum + move.amount, 0);
}
