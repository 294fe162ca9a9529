import type { Command } from "../../rooms/lottery/types.ts";

/** Commands that this page sends to a lottery: reading tickets, and those of any room. */
export type LotteryCommand = Command | { type: "chat"; text: string } | { type: "clientSeed"; value: string };
