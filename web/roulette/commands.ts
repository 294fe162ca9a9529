import type { Command } from "../../rooms/roulette/types.ts";

/** Commands that this page sends to a table: the game's own, and those of any room. */
export type TableCommand = Command | { type: "chat"; text: string } | { type: "leave" };
