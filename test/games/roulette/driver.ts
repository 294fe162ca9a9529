import { Pausable } from "../../kit/pausable.ts";
import { stepOf, toldOf } from "../../kit/step.ts";
import * as z from "zod/mini";
import { expect } from "vitest";
import type { Chips, Draw, Facts, Input, Json, Move, Ms, PlayerId, TableStatus } from "../../../rooms/game.ts";
import type { Event } from "../../../rooms/roulette/events.ts";
import { roulette } from "../../../rooms/roulette/index.ts";
import type { State } from "../../../rooms/roulette/state.ts";
import type { Bet, Command, Pocket, Seat, PublicDelta, View } from "../../../rooms/roulette/types.ts";
import { pocketsOf } from "../../../rooms/roulette/wheel.ts";

/**
 * A table with a clock, purses and a wheel that can be told where to stop. Every event that any test causes is held against the
 * invariants: money is conserved, the folded views equal the computed ones, nobody outside the audience sees a change.
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

export class Driver extends Pausable {
  state: State;
  now = 1_000_000;
  /** Where the ball falls next. */
  pocket: Pocket = "17";
  house = 0;
  /** Chips that came from wallets: commands are topped up without limit, the server's own bets are not. */
  brought = 0;
  readonly purses = new Map<PlayerId, number>();
  readonly journal: Event[] = [];
  readonly shown: PublicDelta[] = [];
  readonly first: View;
  #view: View;
  readonly #seats = new Map<PlayerId, Seat>();
  readonly #brought = new Map<PlayerId, number>();
  /** What the last accepted command was answered. */
  lastResult: Json | undefined;

  constructor(config: Readonly<Record<string, Json>> = {}) {
    super();
    this.state = roulette.rules.initial(z.parse(roulette.config, config));
    this.#view = roulette.sight.view(this.state);
    this.first = this.#view;
  }

  // ---- what tests do ----

  command(player: PlayerId, command: Command): Answer {
    return this.input({ type: "command", player, command: z.parse(roulette.command, command) });
  }

  bet(player: PlayerId, ...bets: readonly (readonly [string, number])[]): Answer {
    return this.command(player, { type: "bet", bets: bets.map(([spot, amount]) => ({ spot, amount })) });
  }

  protected override turned(status: TableStatus): void {
    expect(this.input({ type: "table", status })).toBe("ok");
  }

  input(input: Input<Command, never>): Answer {
    const decision = roulette.rules.decide(this.state, input, this.facts());
    if ("refused" in decision) {
      expect(decision.message).not.toBe("");
      return { refused: decision.refused };
    }
    this.lastResult = decision.result;
    const own = input.type === "command" ? input.player : null;
    for (const event of decision.events) this.apply(event, own);
    return "ok";
  }

  /** Fires the one deadline of this phase, `late` milliseconds after it was promised; false when there is none. */
  fire(late = 0): boolean {
    const [due] = roulette.rules.deadlines(this.state);
    if (due === undefined) return false;
    this.now = Math.max(this.now, due.at + late);
    expect(this.input({ type: "deadline", name: due.name, at: due.at })).toBe("ok");
    expect(roulette.rules.deadlines(this.state)).not.toContainEqual(due);
    return true;
  }

  /** Fires deadlines until the table is in this phase. */
  runTo(phase: State["phase"]["name"]): void {
    for (let i = 0; this.state.phase.name !== phase; i++) {
      if (i > 10 || !this.fire()) throw new Error(`the table does not get to ${phase}`);
    }
  }

  /** Plays the open round to its end, with the ball in `pocket`, until bets are taken again. */
  play(pocket: Pocket): void {
    this.pocket = pocket;
    do this.fire();
    while (this.state.phase.name !== "open" && this.state.phase.name !== "waiting");
  }

  // ---- what tests look at ----

  seat(player: PlayerId): Seat {
    return roulette.sight.seat(this.state, player);
  }

  view(): View {
    return roulette.sight.view(this.state);
  }

  /** Won less lost, in all rounds so far and with what lies on the layout counted as the player's. */
  profit(player: PlayerId): number {
    return (
      (this.purses.get(player) ?? 0) + roulette.bank.onTable(this.state, player) - (this.#brought.get(player) ?? 0)
    );
  }

  types(): string[] {
    return this.journal.map((event) => event.type);
  }

  // ---- the invariants ----

  bring(player: PlayerId, amount: number): void {
    this.purses.set(player, (this.purses.get(player) ?? 0) + amount);
    this.#brought.set(player, (this.#brought.get(player) ?? 0) + amount);
    this.brought += amount;
  }

  facts(): Facts {
    const draw: Draw = {
      int: (below) => {
        const pockets = pocketsOf(this.state.config.wheel);
        expect(below).toBe(pockets.length);
        return Math.max(0, pockets.indexOf(this.pocket));
      },
      bits52: () => 0,
      shuffle: (items) => [...items],
    };
    return {
      now: ms(this.now),
      table: this.table,
      purse: (player) => z.parse(chipsSchema, this.purses.get(player) ?? 0),
      deck: {
        card: () => {
          throw new Error("there are no cards in this game");
        },
      },
      draw: (label) => {
        expect(label).toBe("spin");
        return draw;
      },
    };
  }

  apply(event: Event, own: PlayerId | null): void {
    const before = this.state;
    const moves = roulette.bank.moves(stepOf(roulette, before, event));
    const everyone = before.places.map(({ player }) => player);
    const shown = roulette.deltas.publicDelta(stepOf(roulette, before, event));
    const told = toldOf(roulette, before, event);
    const audience = [...told.keys()];
    const after = roulette.rules.evolve(before, event);

    this.#move(moves, own);
    const players = new Set([...everyone, ...audience, ann, bob, cy]);
    const heldBefore = [...players].reduce((sum, player) => sum + roulette.bank.onTable(before, player), 0);
    const heldAfter = [...players].reduce((sum, player) => sum + roulette.bank.onTable(after, player), 0);
    expect(heldAfter - heldBefore).toBe(sumOf(moves, "stake") - sumOf(moves, "pay") - sumOf(moves, "house"));
    expect(heldAfter).toBe(after.felt.staked);
    const purses = [...this.purses.values()].reduce((sum, chips) => sum + chips, 0);
    expect(purses + heldAfter + this.house).toBe(this.brought);

    if (shown !== null) {
      this.shown.push(shown);
      this.#view = roulette.deltas.fold(this.#view, shown);
    }
    expect(this.#view).toStrictEqual(roulette.sight.view(after));
    for (const player of players) {
      const seat = this.#seats.get(player) ?? roulette.sight.seat(before, player);
      const step = told.get(player) ?? null;
      const next = step === null ? seat : roulette.deltas.foldSeat(seat, step);
      expect(next).toStrictEqual(roulette.sight.seat(after, player));
      this.#seats.set(player, next);
    }
    expect(JSON.parse(JSON.stringify(after))).toStrictEqual(after);
    expect(roulette.rules.round(after) - roulette.rules.round(before)).toBe(
      event.type === "settled" || event.type === "voided" ? 1 : 0,
    );
    this.state = after;
    this.journal.push(event);
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
      const purse = (this.purses.get(move.player) ?? 0) + change;
      // Only a player's own command may stake more than the purse.
      if (purse < 0 && move.player === own) this.bring(own, -purse);
      this.purses.set(move.player, (this.purses.get(move.player) ?? 0) + change);
      expect(this.purses.get(move.player)).toBeGreaterThanOrEqual(0);
    }
  }
}

function sumOf(moves: readonly Move[], type: Move["type"]): number {
  return moves.filter((move) => move.type === type).reduce((sum, move) => sum + move.amount, 0);
}

/** Bets as a record, for comparing. */
export function bySpot(bets: readonly Bet[]): Record<string, number> {
  return Object.fromEntries(bets.map(({ spot, amount }) => [spot, amount]));
}
