import type { Command } from "../../rooms/crash/types.ts";

/** What this page asks of a lobby: the game's commands, and the room's own that it uses. */
export type CrashCommand =
  Command | { type: "chat"; text: string } | { type: "clientSeed"; value: string } | { type: "leave" };
