import type { Command } from "../../rooms/poker/types.ts";

/** Commands that this page sends to a table: the game's own, and those of any room. */
export type PokerCommand =
  Command | { type: "chat"; text: string } | { type: "clientSeed"; value: string } | { type: "leave" };
