import type { Croupier } from "../../client/index.ts";
import { Account } from "./account.ts";
import { SIMULATED } from "./games.ts";
import { lastDraws, missingAwards, Tickets } from "./lottery.ts";
import { Difference, Person } from "./person.ts";
import { Player } from "./player.ts";
import { Records } from "./records.ts";
import { Tables } from "./tables.ts";
import type { Tally } from "./tally.ts";
import type { Kept } from "./tokens.ts";

/** All players of a run: they arrive a few at a time, play, and leave together. */

/** Why a player stopped: a difference, or another error. */
export type Fault = { readonly person: Person; readonly game: string; readonly error: Error };

export type Plan = {
  readonly house: Croupier;
  readonly players: number;
  readonly games: readonly string[];
  readonly quick: boolean;
  /** Players of an earlier run. */
  readonly kept: readonly Kept[];
};

/** How many players arrive at the same time. */
const AT_ONCE = 4;

export class Crowd {
  readonly faults: Fault[] = [];
  readonly people: Person[] = [];
  readonly #plan: Plan;
  readonly #tally: Tally;
  readonly #tables: Tables;
  readonly #records: Records;
  readonly #kept: Kept[];
  readonly #players: Player[] = [];
  readonly #playing: Promise<void>[] = [];
  #draws: ReadonlyMap<string, number> = new Map();
  #next = 0;

  constructor(plan: Plan, tally: Tally) {
    this.#plan = plan;
    this.#tally = tally;
    this.#tables = new Tables(plan.quick);
    this.#records = new Records(plan.house);
    this.#kept = [...plan.kept];
  }

  /** Resolves when all players have arrived, or when `stop` is aborted. */
  async arrive(stop: AbortSignal): Promise<void> {
    this.#draws = await lastDraws(this.#plan.house);
    const enter = async (): Promise<void> => {
      while (!stop.aborted && this.#next < this.#plan.players) await this.#admit(this.#next++, stop);
    };
    const given = new Promise<void>((resolve) => stop.addEventListener("abort", () => resolve(), { once: true }));
    await Promise.race([Promise.all(Array.from({ length: AT_ONCE }, enter)), given]);
  }

  async #admit(i: number, stop: AbortSignal): Promise<void> {
    const game = this.#plan.games[i % this.#plan.games.length] ?? "";
    const [person, account] = await this.#enter();
    this.people.push(person);
    if (stop.aborted) return;
    const player = this.#play(person, account, game, i, stop).catch((error: unknown) => {
      this.faults.push({ person, game, error: error instanceof Error ? error : new Error(String(error)) });
    });
    this.#playing.push(player);
  }

  /** A player of an earlier run without chips on tables, or a new guest. */
  async #enter(): Promise<[Person, Account]> {
    const { house } = this.#plan;
    for (let kept = this.#kept.shift(); kept !== undefined; kept = this.#kept.shift()) {
      const { id, username, token } = kept;
      const entered = { house: house.as(token), token, player: { id, username, guest: true } };
      const person = new Person(entered, this.#tally);
      const account = new Account(person, this.#records);
      // With an expired token or chips on a table, another kept player or a new guest is taken.
      if (await account.open().catch((error: unknown) => refused(error))) {
        if (account.wallet >= LEAST) return [person, account];
      }
    }
    const person = new Person(await house.guest(), this.#tally);
    const account = new Account(person, this.#records);
    await account.open();
    return [person, account];
  }

  async #play(person: Person, account: Account, game: string, i: number, stop: AbortSignal): Promise<void> {
    const simulated = SIMULATED.get(game);
    if (simulated === undefined) throw new Error(`nobody knows how to play ${game}`);
    const id = await this.#tables.place(simulated, person.house);
    const tickets = simulated.tickets === true ? new Tickets(person, this.#records) : null;
    const watched = (await tickets?.open()) ?? false;
    const habit = simulated.habit(person, id, i);
    const player = new Player(person, account, habit, this.#records);
    this.#players.push(player);
    this.#tally.online += 1;
    try {
      await player.play(stop);
      if (watched && habit.staked !== undefined) await tickets?.check(habit.staked);
    } finally {
      this.#tally.online -= 1;
      tickets?.close();
    }
  }

  /** Resolves when all players have left and all awards have been checked. */
  async finish(): Promise<void> {
    while (this.#playing.length > 0) await this.#playing.shift();
    const missing = await missingAwards(this.#plan.house, this.#players, this.#draws);
    for (const { player, error } of missing) this.faults.push({ person: player.person, game: "lottery", error });
  }

  get differences(): number {
    return this.faults.filter(({ error }) => error instanceof Difference).length;
  }
}

/** With fewer chips a player would soon be broke. */
const LEAST = 20_000;

function refused(error: unknown): false {
  if (error instanceof Difference) throw error;
  return false;
}
