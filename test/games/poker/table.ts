import { Pausable } from "../../kit/pausable.ts";
import * as z from "zod/mini";
import { expect } from "vitest";
import type { DealtCard } from "../../../rooms/fair/deck.ts";
import type { Chips, Facts, Input, Json, Move, Ms, PlayerId, TableStatus, Viewer } from "../../../rooms/game.ts";
import { lineup } from "../../../rooms/poker/blinds.ts";
import { cardsOf, DECK } from "../../../rooms/poker/cards.ts";
import type { Event } from "../../../rooms/poker/events.ts";
import { poker } from "../../../rooms/poker/index.ts";
import type { HandRecord } from "../../../rooms/poker/record.ts";
import type { Hand, Sitting, State } from "../../../rooms/poker/state.ts";
import type { Command, Config, HandView, Seat, SeatView, View } from "../../../rooms/poker/types.ts";
import { faceted, flat, type FlatOf } from "../../kit/flat.ts";
import { publishedOf } from "../../kit/step.ts";
import { PokerOracle } from "./oracle.ts";

/**
 * A table with a clock, purses without end, and a deck that can be told what to deal. Every event that any test causes is seen by the
 * oracle, and held against the invariants: chips are conserved, folded views equal computed ones, the state is JSON.
 */

const playerId = z.custom<PlayerId>((value) => typeof value === "string");
export const id = (name: string): PlayerId => playerId.parse(name);

/** Cards by name of the player, and of the boards; what is not told comes from the rest of the deck. */
export type Cards = { readonly [player: string]: string } & { readonly board?: string; readonly board2?: string };

export class PokerTable extends Pausable {
  readonly game: FlatOf<typeof poker>;
  state: State;
  now = 1_000_000 as Ms;
  house = 0;
  /** Chips taken from the wallet, less what went back. */
  readonly spent = new Map<PlayerId, number>();
  readonly journal: Event[] = [];
  /** Everything that was sent: to everybody, and to each player. */
  readonly sent: { readonly to: Viewer; readonly text: string }[] = [];
  readonly records: Json[] = [];
  readonly #oracle: PokerOracle;
  #view: View;
  readonly #mine = new Map<PlayerId, Seat>();
  #cards: Cards = {};
  /** By round: what the deck holds. */
  readonly #decks = new Map<number, readonly number[]>();
  /** Cards asked for, by round. */
  readonly asked: { readonly round: number; readonly position: number }[] = [];

  constructor(config: Partial<Config> = {}, game: FlatOf<typeof poker> = flat(poker)) {
    super();
    this.game = game;
    const parsed = poker.config.parse({ dealMs: 100, pauseMs: 100, ...config });
    this.state = game.initial(parsed);
    this.#view = game.view(this.state);
    this.#oracle = new PokerOracle(parsed);
  }

  // ---- what tests do ----

  /** "ok", or the code of the refusal. */
  does(player: string, command: Command): string {
    return this.input({ type: "command", player: id(player), command: poker.command.parse(command) });
  }

  sit(player: string, seat: number, buyIn: number): void {
    expect(this.does(player, { type: "sit", seat, buyIn })).toBe("ok");
  }

  /** Seats these players from seat 0 on, in their order. */
  seat(stacks: Readonly<Record<string, number>>): this {
    for (const [i, [player, stack]] of Object.entries(stacks).entries()) this.sit(player, i, stack);
    return this;
  }

  /** "ann folds", "bob calls", "cy raises 300", "dee all-in", "ann checks": each must be allowed. */
  acts(...lines: readonly string[]): this {
    for (const line of lines) expect([line, this.act(line)]).toEqual([line, "ok"]);
    return this;
  }

  act(line: string): string {
    const [player = "", what = "", to = ""] = line.split(" ");
    switch (what) {
      case "folds":
        return this.does(player, { type: "fold" });
      case "checks":
        return this.does(player, { type: "check" });
      case "calls":
        return this.does(player, { type: "call" });
      case "raises":
        return this.does(player, { type: "raise", to: Number(to) });
      default:
        return this.does(player, { type: "raise", to: this.view.hand?.turn?.raise?.most ?? 1 });
    }
  }

  protected override turned(status: TableStatus): void {
    this.#oracle.table(status);
    expect(this.input({ type: "table", status })).toBe("ok");
  }

  input(input: Input<Command, never>): string {
    const decision = this.game.decide(this.state, input, this.facts());
    if ("refused" in decision) {
      expect(decision.refused).toMatch(/^[a-z_]+$/);
      expect(decision.message).not.toBe("");
      this.sent.push({ to: input.type === "command" ? input.player : null, text: JSON.stringify(decision) });
      return decision.refused;
    }
    for (const event of decision.events) this.apply(event);
    return "ok";
  }

  comes(player: string): void {
    expect(this.input({ type: "presence", player: id(player), online: true })).toBe("ok");
  }

  goes(player: string): void {
    expect(this.input({ type: "presence", player: id(player), online: false })).toBe("ok");
  }

  /** Fires what is due in the next so many milliseconds, each on time. */
  pass(ms: number): this {
    const until = this.now + ms;
    for (;;) {
      const [due] = [...this.game.deadlines(this.state)].sort((a, b) => a.at - b.at);
      if (due === undefined || due.at > until) break;
      this.fire(due);
    }
    this.now = until as Ms;
    return this;
  }

  /** Fires the soonest deadline; false when there is none. */
  fire(due = [...this.game.deadlines(this.state)].sort((a, b) => a.at - b.at)[0]): boolean {
    if (due === undefined) return false;
    this.now = Math.max(this.now, due.at) as Ms;
    expect(this.input({ type: "deadline", name: due.name, at: due.at })).toBe("ok");
    expect(this.game.deadlines(this.state)).not.toContainEqual(due);
    return true;
  }

  /** The next hand is dealt, with these cards. */
  deal(cards: Cards = {}): this {
    this.#cards = cards;
    if (this.state.phase.name === "playing") this.end();
    for (let i = 0; this.state.phase.name !== "playing"; i++) {
      if (i > 5 || !this.fire()) throw new Error(`no hand is dealt: ${this.state.phase.name}`);
    }
    return this;
  }

  /** Everybody folds or checks until the hand is over. */
  end(): this {
    for (let i = 0; this.hand.end === null; i++) {
      if (i > 100) throw new Error("the hand does not end");
      const { turn } = this.hand.betting;
      const player = turn === null ? undefined : this.hand.players[turn];
      if (player === undefined || player.bot) this.fire();
      else this.acts(`${player.player} ${this.view.hand?.turn?.toCall === 0 ? "checks" : "folds"}`);
    }
    return this;
  }

  /** The run-out, card after card, to the end. */
  runOut(): this {
    for (let i = 0; this.hand.end === null && i < 10; i++) this.fire();
    return this;
  }

  // ---- what tests look at ----

  get view(): View {
    return this.#view;
  }

  get hand(): Hand {
    if (this.state.hand === null) throw new Error("no hand is on");
    return this.state.hand;
  }

  get shownHand(): HandView {
    if (this.#view.hand === null) throw new Error("no hand is shown");
    return this.#view.hand;
  }

  mine(player: string): Seat {
    return this.game.seat(this.state, id(player));
  }

  sitting(player: string): Sitting {
    const sitting = this.state.seats.find((one) => one?.player === player);
    if (sitting == null) throw new Error(`${player} does not sit`);
    return sitting;
  }

  shown(player: string): NonNullable<SeatView> {
    const seat = this.#view.seats.find((one) => one?.player === player);
    if (seat == null) throw new Error(`${player} does not sit`);
    return seat;
  }

  stack(player: string): number {
    return this.shown(player).stack;
  }

  /** Who has button, small and big blind (by name, "-" where nobody is), and who is dealt in. */
  get posts(): string {
    const { button, smallBlind, bigBlind } = this.shownHand;
    const who = (seat: number | null): string => (seat === null ? "-" : (this.#view.seats[seat]?.player ?? "-"));
    return `${who(button)} ${who(smallBlind)} ${who(bigBlind)}: ${this.hand.players.map(({ player }) => player).join(" ")}`;
  }

  get turn(): string | null {
    const seat = this.#view.hand?.turn?.seat;
    return seat === undefined ? null : (this.#view.seats[seat]?.player ?? null);
  }

  /** As this viewer may read the last hand that is over. */
  record(viewer: string | null): HandRecord {
    return this.game.recount(this.records.slice(-1), viewer === null ? null : id(viewer)) as unknown as HandRecord;
  }

  // ---- the world ----

  facts(): Facts {
    return {
      now: this.now,
      table: this.table,
      purse: () => 1_000_000_000 as Chips,
      draw: () => {
        throw new Error("a hand is dealt from the deck");
      },
      deck: { card: (position) => this.card(this.state.round, position) },
    };
  }

  /** Its salt tells nothing of it. */
  card(round: number, position: number): DealtCard {
    this.asked.push({ round, position });
    let deck = this.#decks.get(round);
    if (deck === undefined) {
      deck = this.#ordered();
      this.#decks.set(round, deck);
    }
    const card = deck[position];
    if (card === undefined) throw new RangeError(`no card at ${position}`);
    const salt = (round * 64 + position).toString(16).padStart(32, "5");
    return { card, opening: { position, salt, path: [] } };
  }

  /** The told cards where the deal will ask for them. */
  #ordered(): number[] {
    const players = (lineup(this.state)?.seats ?? []).map((seat) => this.state.seats[seat]?.player ?? "");
    const deck: (number | undefined)[] = DECK.map(() => undefined);
    for (const [place, player] of players.entries()) {
      for (const [n, card] of cardsOf(this.#cards[player] ?? "").entries()) deck[n * players.length + place] = card;
    }
    const { board = "", board2 = "" } = this.#cards;
    for (const [i, card] of cardsOf(board).entries()) deck[2 * players.length + i] = card;
    // A second board lies behind the whole first one.
    for (const [i, card] of cardsOf(board2).entries()) deck[2 * players.length + 5 + i] = card;
    const rest = DECK.filter((card) => !deck.includes(card));
    return deck.map((card) => card ?? (rest.shift() as number));
  }

  apply(event: Event): void {
    const { game, state: before } = this;
    const verdict = this.#oracle.see(event);
    const moves = game.money(before, event);
    const shown = game.show(before, event);
    const audience = game.audience(before, event);
    const told = new Map(audience.map((player) => [player, game.tell(before, event, player)]));
    const kept = game.keep(before, event);
    const after = game.evolve(before, event);
    const people = new Set([...before.seats, ...after.seats].flatMap((one) => (one === null ? [] : [one.player])));
    this.#moved(moves, verdict.house, [...people], before, after);
    if (shown !== null) {
      this.#view = game.fold(this.#view, shown);
      this.sent.push({ to: null, text: JSON.stringify(shown) });
    }
    expect(this.#view).toEqual(game.view(after));
    for (const player of new Set([...people, ...audience])) {
      if (player.startsWith("bot:")) continue; // has no page
      const step = told.get(player) ?? null;
      const known = this.#mine.get(player) ?? game.seat(before, player);
      const next = step === null ? known : game.foldSeat(known, step);
      expect(next).toEqual(game.seat(after, player));
      this.#mine.set(player, next);
      if (step !== null) this.sent.push({ to: player, text: JSON.stringify(step) });
    }
    for (const published of publishedOf(faceted(game), before, event, "poker:main"))
      this.sent.push({ to: null, text: JSON.stringify(published) });
    expect(game.event.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
    expect(JSON.parse(JSON.stringify(after))).toEqual(after);
    expect(game.round(after) - game.round(before)).toBe(event.type === "ended" || event.type === "voided" ? 1 : 0);
    if (kept !== null) this.records.push(kept);
    this.state = after;
    this.journal.push(event);
  }

  #moved(moves: readonly Move[], house: number, people: readonly PlayerId[], before: State, after: State): void {
    const change = people.reduce(
      (sum, player) => sum + this.game.held(after, player) - this.game.held(before, player),
      0,
    );
    let flow = 0;
    let toHouse = 0;
    for (const move of moves) {
      if (move.type === "house") {
        toHouse += move.amount;
        continue;
      }
      const signed = move.type === "stake" ? move.amount : 0 - move.amount;
      flow += signed;
      this.spent.set(move.player, (this.spent.get(move.player) ?? 0) + signed);
    }
    expect(toHouse).toBe(house);
    expect(change).toBe(flow - toHouse);
    this.house += toHouse;
  }
}
