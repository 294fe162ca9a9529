import type { ComponentType, ReactNode } from "react";
import type { RoomLine } from "./api/shapes.ts";

/** What the page needs to know of a game: one value in each game's folder, registered in web/games.ts. */
export type WebGame = {
  /** "Roulette", equal to the game's `lobby.title`. Repeated here so that the lobby need not load the game. */
  readonly title: string;
  readonly icon: ComponentType<{ readonly size?: number; readonly "aria-hidden"?: "true" }>;
  /** The name of a round in this game. */
  readonly unit: "round" | "hand" | "draw";
  /** Whether players sit down and bet. False for lotteries: their tickets are earned by stakes in other games. */
  readonly seated: boolean;
  /** When a stake in this game becomes a lottery ticket: "with every spin". Null: stakes earn no tickets. */
  readonly tickets: string | null;
  /** The page of a room, loaded on demand like all pages. */
  readonly page: ComponentType;
  /** The page of a finished round with its proof. */
  readonly roundPage: ComponentType;
  /** Whether links from a player's bets to a round name the player, so that the page starts with their part. */
  readonly proofOfPlayer: boolean;
  readonly card: Card;
};

/** A room's card in the lobby. */
export type Card = {
  /** The words before the limits: "A round takes". */
  readonly takes: string;
  /** The texts of the phases in the game's summary. */
  readonly phases: Readonly<Record<string, string>>;
  readonly look: (room: RoomLine, featured: boolean) => Look;
};

export type Look = {
  /** Loaded on demand; the card is complete without it. */
  readonly art: ReactNode;
  readonly words: string | null;
  readonly results: ReactNode;
  readonly facts?: readonly (readonly [name: string, value: string])[];
};
