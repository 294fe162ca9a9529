import type { Command } from "../../rooms/poker/types.ts";

/** What this page asks of a table: the game's commands, and the room's own that it uses. */
export type PokerCommand =
  Command | { type: "chat"; text: string } | { type: "clientSeed"; value: string } | { type: "leave" };
