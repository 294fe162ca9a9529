import type { Croupier, Round } from "../../client/index.ts";
import type { Person } from "./person.ts";

/** How one game is played by a simulated player, and what each round must bring them. */
export interface Habit {
  /** `<game>:<id>` */
  readonly room: string;
  /** How long to wait between two acts, by default. */
  readonly everyMs: number;
  /** At most one thing done at the table, which counts what was acknowledged. */
  act(): Promise<void>;
  /** Rounds with this player's chips that the table has ended, soonest first. */
  ended(): readonly number[];
  /**
   * Won less lost in a round: computed from what was acknowledged and the drawn outcome, and compared with what the record says.
   * Throws Difference. Afterwards the round is not named by `ended` again.
   */
  reckon(n: number, record: Round): number;
  /** Nothing of what the table shows is between two rounds: chips can be counted. */
  still(): boolean;
  /** This player's chips in the game's hands, by the table's frames. */
  held(): number;
  /** Won less lost with what is out of a round before it ends, by what was acknowledged. */
  early(): number;
  /** The purse there, and the wallet as the table knows it. */
  purse(): Purse | null;
  /** Takes no new risk, and true as soon as nothing is in the game's hands. */
  settleDown(): Promise<boolean>;
  /** Resolves when the table has greeted this player. */
  ready(): Promise<void>;
  /** Sends the chips home. */
  leave(): Promise<void>;
  close(): void;
  /** Staked in rounds that were played to their end, where it is counted: for the lottery. */
  readonly staked?: number;
}

/** A game as it is simulated. */
export type Simulated = {
  /** The game of the tables that its players sit at. */
  readonly at: string;
  /** Whether they look for the tickets that their stakes make. */
  readonly tickets?: true;
  /** `n`: which of the crowd it is, for players differ from each other. */
  readonly habit: (person: Person, id: string, n: number) => Habit;
  /** So many to a table, so that each is busy and none is the whole crowd's. */
  readonly places: number;
  /** How many more the main table has room for; `places`, unless told. */
  readonly left?: (house: Croupier) => Promise<number>;
  /** Of a table that they make. */
  readonly config?: object;
  /** The same with short rounds: more of them in a run. */
  readonly quick: object;
};

/** Chips in the purse at a table, and the wallet as that table last heard of it. */
export type Purse = { readonly chips: number; readonly balance: number };

/** Habits differ from each other, and not from run to run of one player. */
export function pick<T>(options: readonly [T, ...T[]], n: number): T {
  return options[n % options.length] ?? options[0];
}
