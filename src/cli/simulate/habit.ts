import type { Croupier, Round } from "../../client/index.ts";
import type { Person } from "./person.ts";

/** How a simulated player plays one game, and what each round must pay. */
export interface Habit {
  /** `<game>:<id>` */
  readonly room: string;
  /** The average wait between two acts, in milliseconds. */
  readonly everyMs: number;
  /** Does at most one thing at the table, and records it once acknowledged. */
  act(): Promise<void>;
  /** Rounds that this player took part in and that have ended, soonest first. */
  ended(): readonly number[];
  /**
   * The profit of a round, computed from the acknowledged commands and the drawn outcome, and compared with the record. Throws
   * Difference. Afterwards `ended` does not list the round any more.
   */
  reckon(n: number, record: Round): number;
  /** Whether chips can be counted now: all ended rounds are accounted for and, in poker, no hand of this player is on. */
  still(): boolean;
  /** This player's chips held by the game, by the table's frames. */
  held(): number;
  /** Profit already realized in a round that has not ended, by the acknowledged commands. */
  early(): number;
  /** The purse at the table, and the wallet as the table knows it. */
  purse(): Purse | null;
  /** Stops taking risks. True once the game holds no chips of this player. */
  settleDown(): Promise<boolean>;
  /** Resolves when the table's first frame has arrived. */
  ready(): Promise<void>;
  /** Returns the chips to the wallet. */
  leave(): Promise<void>;
  close(): void;
  /** The sum staked in rounds that were not void, where it is counted: needed for the lottery. */
  readonly staked?: number;
}

/** How a game is simulated. */
export type Simulated = {
  /** The game that its players sit down to. */
  readonly at: string;
  /** Whether the players check the lottery tickets that their stakes earn. */
  readonly tickets?: true;
  /** `n`: the player's number in the crowd. It makes players differ from each other. */
  readonly habit: (person: Person, id: string, n: number) => Habit;
  /** Players for each table, so that all tables are busy and none has the whole crowd. */
  readonly places: number;
  /** Free places at the main table; default: `places`. */
  readonly left?: (house: Croupier) => Promise<number>;
  /** The config of tables that the players make. */
  readonly config?: object;
  /** Options for short rounds, so that a run has more of them. */
  readonly quick: object;
};

/** Chips in the purse at a table, and the wallet as that table last knew it. */
export type Purse = { readonly chips: number; readonly balance: number };

/** A choice by number: differs between players, and is the same for a player in every run. */
export function pick<T>(options: readonly [T, ...T[]], n: number): T {
  return options[n % options.length] ?? options[0];
}
