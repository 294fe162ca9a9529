import type { Answer, Entered, Croupier, LinkState } from "../../client/index.ts";
import type { Tally } from "./tally.ts";

/** A simulated player: identity, latest commands, and a place at one table. */

/** A value that differs from the expected one. */
export class Difference extends Error {
  readonly where: string;
  readonly step: string;
  readonly expected: unknown;
  readonly seen: unknown;

  constructor(where: string, step: string, expected: unknown, seen: unknown) {
    super(`${step}, ${where}: expected ${JSON.stringify(expected)}, seen ${JSON.stringify(seen)}`);
    this.where = where;
    this.step = step;
    this.expected = expected;
    this.seen = seen;
  }
}

/** Throws Difference unless both are equal as JSON. `step`: what is compared; `where`: the room and the round. */
export function same(where: string, step: string, expected: unknown, seen: unknown): void {
  if (JSON.stringify(expected) !== JSON.stringify(seen)) throw new Difference(where, step, expected, seen);
}

const TRAIL = 12;

export class Person {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly house: Croupier;
  readonly tally: Tally;
  /** The latest commands with their ids and results. */
  readonly trail: string[] = [];

  constructor({ house, player, token }: Entered, tally: Tally) {
    this.id = player.id;
    this.name = player.username;
    this.token = token;
    this.house = house;
    this.tally = tally;
  }

  note(line: string): void {
    this.trail.push(line);
    if (this.trail.length > TRAIL) this.trail.shift();
  }
}

/** The parts of a link that a place needs. */
export type Live<View, Seat extends object, Command> = {
  get(): LinkState<View, Seat, Command>;
  subscribe(listener: () => void): () => void;
  send(command: Command): Promise<Answer>;
  until(holds?: () => boolean, signal?: AbortSignal): Promise<unknown>;
  close(): void;
};

/** A person at one table. */
export class Place<View, Seat extends object, Command extends { readonly type: string }> {
  readonly person: Person;
  /** `<game>:<id>` */
  readonly room: string;
  readonly live: Live<View, Seat, Command>;

  constructor(person: Person, room: string, live: Live<View, Seat, Command>) {
    this.person = person;
    this.room = room;
    this.live = live;
  }

  get view(): View {
    return this.#known.view;
  }

  get seat(): Seat {
    const { seat } = this.#known;
    if (seat === null) throw new Error(`${this.room} takes ${this.person.name} for a spectator`);
    return seat;
  }

  /** Chips in the purse at the table, and the wallet as the room last knew it. Null: no purse. */
  get purse(): { readonly chips: number; readonly balance: number } | null {
    return this.#known.purse;
  }

  get #known() {
    const { known } = this.live.get();
    if (known === null) throw new Error(`${this.room} has not greeted ${this.person.name}`);
    return known;
  }

  /** The result of a command (true if it has none); null: refused. `bets`: counts as a bet in the tally. */
  async ask(command: Command, bets = false): Promise<unknown> {
    const { tally } = this.person;
    const before = performance.now();
    const answer = this.live.send(command);
    const id = this.live.get().pending.at(-1)?.id ?? "none";
    const got = await answer;
    if (bets) tally.acknowledged(performance.now() - before, got.ok);
    const { type, ...rest } = command;
    this.person.note(`${id} ${type} ${JSON.stringify(rest)}: ${got.ok ? "ok" : got.code}`);
    if (got.ok) return got.result ?? true;
    tally.refused(got.code);
    return null;
  }
}
