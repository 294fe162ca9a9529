import type { Command } from "../../rooms/lottery/types.ts";

/** What this page asks of a lottery: to see tickets, and the room's own commands that it uses. */
export type LotteryCommand = Command | { type: "chat"; text: string } | { type: "clientSeed"; value: string };
