import { Pausable } from "../../kit/pausable.ts";
import { publishedOf, stepOf, toldOf } from "../../kit/step.ts";
import * as z from "zod/mini";
import { expect } from "vitest";
import type { Chips, DomainEvent, Facts, Input, Json, Ms, PlayerId, TableStatus } from "../../../rooms/game.ts";
import type { Event, EventOf } from "../../../rooms/lottery/events.ts";
import { lottery } from "../../../rooms/lottery/index.ts";
import type { State } from "../../../rooms/lottery/state.ts";
import type { Command, Message, Seat, Ticket, View } from "../../../rooms/lottery/types.ts";
import { LotteryOracle } from "./oracle.ts";

/**
 * A lottery with a clock, and a number that can be told. Every event that any test causes is judged by the oracle of L1 to L6, and
 * held against the invariants: the folded views equal the computed ones, nobody outside the audience sees a change, no chips are held.
 */

const playerSchema = z.custom<PlayerId>((value) => typeof value === "string");
const msSchema = z.custom<Ms>((value) => typeof value === "number");
export const playerId = (name: string): PlayerId => z.parse(playerSchema, name);
export const ms = (at: number): Ms => z.parse(msSchema, at);

export const [ann, bob, cy, dee, eve] = ["ann", "bob", "cy", "dee", "eve"].map(playerId) as [
  PlayerId,
  PlayerId,
  PlayerId,
  PlayerId,
  PlayerId,
];

export type Answer = "ok" | { readonly refused: string };
export const refused = (code: string): { refused: string } => ({ refused: code });

export class Driver extends Pausable {
  readonly room: string;
  state: State;
  now = 1_000_000;
  /** Numbers of 52 bits that the seed gives, one behind the other; zero when there are no more. */
  bits: number[] = [];
  readonly journal: Event[] = [];
  readonly published: DomainEvent[] = [];
  /** The events of each commit: of one input, with what it completed. */
  readonly commits: (readonly Event[])[] = [];
  /** What the last question was answered. */
  lastResult: Json | undefined;
  /** The label that was last drawn under. */
  label = "";
  #stakes = 0;
  readonly #oracle: LotteryOracle;
  readonly #seats = new Map<PlayerId, Seat>();
  #view: View;

  constructor(config: Readonly<Record<string, Json>> = {}, room = "lottery:main") {
    super();
    this.room = room;
    const parsed = z.parse(lottery.config, config);
    this.state = lottery.rules.initial(parsed);
    this.#oracle = new LotteryOracle(parsed);
    this.#view = lottery.sight.view(this.state);
  }

  // ---- what comes in ----

  /** A stake was made somewhere. */
  stake(player: PlayerId, stake = 10, game = "roulette"): Answer {
    const id = `stake-${++this.#stakes}`;
    const message: Message = { player, game, room: `${game}:main`, round: 1, stake };
    return this.input({ type: "message", id, message: z.parse(lottery.message, message) });
  }

  /** One stake of each. */
  stakes(...players: readonly PlayerId[]): void {
    for (const player of players) expect(this.stake(player)).toBe("ok");
  }

  tickets(of: Command["of"], from?: number): { draw: number | null; tickets: Ticket[]; next: number | null } {
    const given = { type: "tickets", of, ...(from === undefined ? {} : { from }) };
    const command = z.parse(lottery.command, given);
    const before = this.state;
    expect(this.input({ type: "command", player: ann, command })).toBe("ok");
    expect(this.state).toBe(before);
    return this.lastResult as unknown as ReturnType<Driver["tickets"]>;
  }

  protected override turned(status: TableStatus): void {
    this.#oracle.table(status);
    expect(this.input({ type: "table", status })).toBe("ok");
  }

  void(reason = "a test"): Answer {
    return this.input({ type: "void", reason });
  }

  input(input: Input<Command, Message>): Answer {
    const decision = lottery.rules.decide(this.state, input, this.facts());
    if ("refused" in decision) {
      expect(decision.message).not.toBe("");
      return { refused: decision.refused };
    }
    this.lastResult = decision.result;
    for (const event of decision.events) this.apply(event);
    this.commits.push(decision.events);
    return "ok";
  }

  // ---- time ----

  get due(): Ms | null {
    return this.#soonest()?.at ?? null;
  }

  /** Goes to `to`; every alarm on the way comes on time. */
  goTo(to: number): void {
    for (let due = this.#soonest(); due !== undefined && due.at <= to; due = this.#soonest()) {
      this.now = Math.max(this.now, due.at);
      this.#fire(due);
    }
    this.now = Math.max(this.now, to);
  }

  pass(by: number): void {
    this.goTo(this.now + by);
  }

  /** No alarm came until now, `by` milliseconds later. */
  late(by: number): void {
    this.now += by;
    for (let due = this.#soonest(); due !== undefined && due.at <= this.now; due = this.#soonest()) this.#fire(due);
  }

  /** The started draw is drawn when it is due, and gets this number. */
  draw(number = 0): EventOf<"drawn"> {
    const { started } = this.state;
    if (started === null) throw new Error("no draw is started");
    this.bits = [number];
    this.goTo(started.drawsAt);
    const drawn = this.journal.findLast((event) => event.type === "drawn");
    if (drawn === undefined) throw new Error("nothing was drawn");
    return drawn;
  }

  #soonest(): { name: string; at: Ms } | undefined {
    const all = lottery.rules.deadlines(this.state);
    return all
      .filter(({ unlessPaused }) => this.table === "running" || unlessPaused !== true)
      .sort((a, b) => a.at - b.at)[0];
  }

  #fire(due: { name: string; at: Ms }): void {
    const from = this.journal.length;
    const input = { type: "deadline", ...due } as const;
    expect(this.input(input)).toBe("ok");
    expect(this.journal.length, "what is due changes something").toBeGreaterThan(from);
    for (const { name, at } of lottery.rules.deadlines(this.state)) expect(name !== due.name || at > due.at).toBe(true);
    const again = lottery.rules.decide(this.state, input, this.facts());
    expect(again, "and once").toEqual({ events: [] });
  }

  // ---- what tests look at ----

  get started(): NonNullable<State["started"]> {
    if (this.state.started === null) throw new Error("no draw is started");
    return this.state.started;
  }

  view(): View {
    return lottery.sight.view(this.state);
  }

  seat(player: PlayerId): Seat {
    return lottery.sight.seat(this.state, player);
  }

  types(from = 0): string[] {
    return this.journal.slice(from).map((event) => event.type);
  }

  // ---- the invariants ----

  facts(): Facts {
    return {
      now: ms(this.now),
      table: this.table,
      purse: () => 0 as Chips,
      deck: {
        card: () => {
          throw new Error("there are no cards in this game");
        },
      },
      draw: (label) => {
        this.label = label;
        const { bits } = this;
        return { int: () => 0, bits52: () => bits.shift() ?? 0, shuffle: (items) => [...items] };
      },
    };
  }

  apply(event: Event): void {
    const before = this.state;
    const shown = lottery.deltas.publicDelta(stepOf(lottery, before, event));
    const told = toldOf(lottery, before, event);
    const audience = [...told.keys()];
    const after = lottery.rules.evolve(before, event);
    expect(lottery.event.parse(JSON.parse(JSON.stringify(event)))).toStrictEqual(event);
    expect(this.#oracle.see(event).house).toBe(0);
    expect(lottery.bank.moves(stepOf(lottery, before, event))).toEqual([]);
    this.published.push(...publishedOf(lottery, before, event, this.room));

    if (shown !== null) this.#view = lottery.deltas.fold(this.#view, shown);
    expect(this.#view).toStrictEqual(lottery.sight.view(after));
    for (const player of new Set([...audience, ann, bob, cy, playerId("stranger")])) {
      const seat = this.#seats.get(player) ?? lottery.sight.seat(before, player);
      const step = told.get(player) ?? null;
      const next = step === null ? seat : lottery.deltas.foldSeat(seat, step);
      expect(next).toStrictEqual(lottery.sight.seat(after, player));
      this.#seats.set(player, next);
      expect(lottery.bank.onTable(after, player)).toBe(0);
    }
    expect(JSON.parse(JSON.stringify(after))).toStrictEqual(after);
    const moved = event.type === "drawn" || event.type === "voided" ? 1 : 0;
    expect(lottery.rules.round(after) - lottery.rules.round(before)).toBe(moved);
    this.state = after;
    this.journal.push(event);
  }
}
