import type { Command } from "../../rooms/crash/types.ts";

/** Commands that this page sends to a crash room: the game's own, and those of any room. */
export type CrashCommand =
  Command | { type: "chat"; text: string } | { type: "clientSeed"; value: string } | { type: "leave" };
