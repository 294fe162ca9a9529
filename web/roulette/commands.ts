import type { Command } from "../../rooms/roulette/types.ts";

/** What this page asks of a table: the game's commands, and the room's own that it uses. */
export type TableCommand = Command | { type: "chat"; text: string } | { type: "leave" };
