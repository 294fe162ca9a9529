import type { Checker, DeckChecker } from "../fair/check.ts";
import type { AnyGame, Json, Viewer } from "../game.ts";
import type { AnyWords } from "./words.ts";

/**
 * A game's entry in the registry (rooms/games.ts): its value, and what a page of the game need not load with it. It stands in the
 * game's folder, so that a new game adds one line, and what it forgets does not compile.
 */
export type Entry = {
  readonly game: AnyGame;
  /** How anybody checks a finished round. */
  readonly checker: Checker | DeckChecker;
  /** What documents say of its commands and refusals. */
  readonly words: AnyWords;
  /** Where rounds are also told in other words than JSON. */
  readonly histories?: Histories;
  /** Where rounds have tickets: one with what proves that it was in the draw. Null: there is none at that place. */
  ticketOf?(round: Finished, place: number): TicketProof | null;
  /** Where tables play with chips of the house. */
  readonly houseChips?: HouseChips;
};

/** A finished round as a viewer may read it. */
export type Finished = { readonly room: string; readonly round: number; readonly outcome: Json };

export type Histories = {
  /** Whose names such a history tells; null: no history is told of this round. */
  people(outcome: Json): readonly string[] | null;
  /** `names`: of those people who have one that others may know. */
  write(form: "phh" | "text", round: Finished, viewer: Viewer, names: ReadonlyMap<string, string>): string;
};

export type TicketProof = {
  readonly draw: number;
  readonly place: number;
  readonly size: number;
  readonly ticket: {
    readonly id: string;
    readonly player: string;
    readonly stake: number;
    readonly weight: number;
    readonly stakes: number;
  };
  readonly start: number;
  readonly leaf: string;
  readonly path: string[];
  readonly root: string;
};

export type HouseChips = {
  /** The most that a table of this config lends in a day. */
  promised(config: unknown): number;
  /** The config with no more than `most` of them. */
  within(config: unknown, most: number): unknown;
};
