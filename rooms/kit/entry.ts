import type { Checker, DeckChecker } from "../fair/check.ts";
import type { AnyGame, Json, Viewer } from "../game.ts";
import type { AnyWords } from "./words.ts";

/**
 * A game's entry in the registry (rooms/games.ts): its value, and parts that a page of the game does not have to load. It is in
 * the game's folder, so that a new game adds one line to the registry. A missing part does not compile.
 */
export type Entry = {
  readonly game: AnyGame;
  /** Verifies a finished round. */
  readonly checker: Checker | DeckChecker;
  /** Documentation of its commands and refusals. */
  readonly words: AnyWords;
  /** For games whose rounds can be exported in other formats than JSON. */
  readonly histories?: Histories;
  /** For games with tickets: a ticket with the proof that it was in the draw. Null: there is no ticket at that place. */
  ticketOf?(round: Finished, place: number): TicketProof | null;
  /** For games in which house players play with the house's chips. */
  readonly houseChips?: HouseChips;
};

/** A finished round as a viewer may read it. */
export type Finished = { readonly room: string; readonly round: number; readonly outcome: Json };

export type Histories = {
  /** The players named in the history of a round; null: this round has no history. */
  people(outcome: Json): readonly string[] | null;
  /** `names`: the names of those players who have a public one. */
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
  /** The most chips that a table of this config lends in a day. */
  promised(config: unknown): number;
  /** The config, reduced so that it lends at most `most` chips a day. */
  within(config: unknown, most: number): unknown;
};
