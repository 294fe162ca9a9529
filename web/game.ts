import type { ComponentType, ReactNode } from "react";
import type { RoomLine } from "./api/shapes.ts";

/** What the page has to know of a game: one value, in the game's folder. All of it is in web/games.ts, the page's registry. */
export type WebGame = {
  /** "Roulette": as the game's own `lobby.title`, which the lobby is not to load the game for. */
  readonly title: string;
  readonly icon: ComponentType<{ readonly size?: number; readonly "aria-hidden"?: "true" }>;
  /** What one of its rounds is called. */
  readonly unit: "round" | "hand" | "draw";
  /** Whether one sits down at it and bets. At a draw one does not: its tickets are bought elsewhere. */
  readonly seated: boolean;
  /** When a stake here becomes a lottery's ticket: "with every spin". Null: the house keeps no part of a stake. */
  readonly tickets: string | null;
  /** A room of it; loaded when one goes there, as are all pages. */
  readonly page: ComponentType;
  /** A finished round with its proof. */
  readonly roundPage: ComponentType;
  /** Whether the link to a round from one's own bets names the player, so that the page begins with theirs. */
  readonly proofOfPlayer: boolean;
  readonly card: Card;
};

/** A room of the game in the lobby. */
export type Card = {
  /** What the limits are of: "A round takes". */
  readonly takes: string;
  /** By the phases of the game's summary. */
  readonly phases: Readonly<Record<string, string>>;
  readonly look: (room: RoomLine, featured: boolean) => Look;
};

export type Look = {
  /** Loaded late: the card stands without it. */
  readonly art: ReactNode;
  readonly words: string | null;
  readonly results: ReactNode;
  readonly facts?: readonly (readonly [name: string, value: string])[];
};
