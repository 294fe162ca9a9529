import { setTimeout as sleep } from "node:timers/promises";
import { Patience, type Account, type Table } from "./account.ts";
import type { Habit, Purse } from "./habit.ts";
import { Difference, type Person } from "./person.ts";
import type { Records } from "./records.ts";

/** A simulated player at play: acts, accounts for every finished round, and checks the chips after each step. */
export class Player {
  readonly person: Person;
  readonly account: Account;
  readonly habit: Habit;
  readonly #records: Records;

  constructor(person: Person, account: Account, habit: Habit, records: Records) {
    this.person = person;
    this.account = account;
    this.habit = habit;
    this.#records = records;
  }

  /** Plays until `stop` is aborted, then leaves and checks everything once more. Throws Difference. */
  async play(stop: AbortSignal): Promise<void> {
    const { habit } = this;
    try {
      await habit.ready();
      while (!stop.aborted) {
        await habit.act();
        const reckoned = await this.#settle();
        if (habit.still()) await this.#count("an act");
        if (reckoned > 0 && habit.still()) await this.#balance("a round is over");
        await sleep(habit.everyMs * (0.75 + Math.random() / 2), undefined, { signal: stop }).catch(() => {});
      }
      await this.#leave();
    } finally {
      habit.close();
    }
  }

  async #leave(): Promise<void> {
    const { habit } = this;
    for (const deadline = Date.now() + LEAVE_MS; !(await habit.settleDown()); await sleep(habit.everyMs)) {
      await this.#settle();
      if (Date.now() > deadline)
        throw new Difference(habit.room, "the last round ends", "nothing in the game's hands", habit.held());
    }
    await this.#settle();
    await this.#count("the last round");
    await habit.leave();
    if (!(await this.#balance("the table is left"))) throw new Error("the chips never came to rest");
  }

  async #balance(step: string): Promise<boolean> {
    const settle = async (): Promise<void> => void (await this.#settle());
    return this.account.balance(step, settle, () => this.#table());
  }

  /** Accounts for the rounds that have ended. Returns their number. */
  async #settle(): Promise<number> {
    const rounds = this.habit.ended();
    for (const n of rounds) {
      const record = await this.#records.read(this.habit.room, n);
      this.account.profit += this.habit.reckon(n, record);
      this.person.tally.rounds += 1;
      this.person.note(`round ${n} reckoned: ${this.account.profit} in all`);
    }
    return rounds.length;
  }

  #table(): Table | null {
    const { habit } = this;
    if (!habit.still()) return null;
    return { chips: (habit.purse()?.chips ?? 0) + habit.held(), early: habit.early() };
  }

  /** All chips by the table's frames, less the profit so far of a round that goes on. */
  #all(purse: Purse): number {
    return purse.balance + purse.chips + this.habit.held() - this.habit.early();
  }

  /** Checks by the table's frames that the purse, chips held by the game and the wallet add up. Throws Difference. */
  async #count(step: string): Promise<void> {
    const { habit, account, person } = this;
    for (const patience = new Patience(); ; await sleep(100)) {
      const purse = habit.purse();
      if (!habit.still() || purse === null) return;
      if (account.plausible(this.#all(purse))) break;
      if (patience.ends()) {
        const all = { purse: purse.chips, table: habit.held(), wallet: purse.balance, early: habit.early() };
        throw new Difference(`the frames of ${habit.room}`, step, account.expected, { all: this.#all(purse), ...all });
      }
      await account.read();
      await this.#settle();
    }
    person.tally.atTable += 1;
  }
}

/** Enough for the last round of a slow table, or for a very long flight. */
const LEAVE_MS = 300_000;
