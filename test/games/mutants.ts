import type { FlatOf } from "../kit/flat.ts";
import type { crash } from "../../rooms/crash/index.ts";
import type { lottery } from "../../rooms/lottery/index.ts";
import type { poker } from "../../rooms/poker/index.ts";
import type { roulette } from "../../rooms/roulette/index.ts";
import type { Invariant } from "./invariants.ts";
import { inCrash } from "./mutants/crash.ts";
import { inGames } from "./mutants/games.ts";
import { inTheKernel } from "./mutants/kernel.ts";
import { inTheLottery } from "./mutants/lottery.ts";
import { inPoker } from "./mutants/poker.ts";

type Crash = FlatOf<typeof crash>;
type Lottery = FlatOf<typeof lottery>;
type Poker = FlatOf<typeof poker>;
type Roulette = FlatOf<typeof roulette>;

/**
 * Bugs that somebody could write, each with the check that must catch it. They are planted in a copy of a game's value, or in
 * place of what a module of the kernel exports (mutants.search.test.ts); nothing in the rooms knows of them.
 */

type Modules = typeof import("../../rooms/kernel/batch.ts") &
  typeof import("../../rooms/host/transfers.ts") &
  typeof import("../../rooms/fair/deck.ts") &
  typeof import("../../rooms/kernel/engine.ts") &
  typeof import("../../rooms/fair/draw.ts") &
  typeof import("../../rooms/kernel/public-feed.ts") &
  typeof import("../../rooms/kernel/state.ts") &
  typeof import("../../rooms/kernel/snapshot.ts") &
  typeof import("../../rooms/kernel/room-events.ts") &
  typeof import("../../rooms/lottery/tickets.ts") &
  typeof import("../../rooms/kernel/purse.ts") &
  typeof import("../../rooms/kernel/command-ids.ts");

export type Mutant = {
  readonly name: string;
  readonly caughtBy: Invariant | "simulation";
  /** What the check says. */
  readonly says: RegExp;
  /** In roulette, which is also where the kernel's mutants are looked for. */
  readonly game?: (real: Roulette) => Roulette;
  readonly crash?: (real: Crash) => Crash;
  readonly lottery?: (real: Lottery) => Lottery;
  readonly poker?: (real: Poker) => Poker;
  readonly modules?: (real: Modules) => Partial<Modules>;
  readonly lyingDisk?: boolean;
  /** How many random lives it may take to show; eight unless told. */
  readonly histories?: number;
};

export const mutants: readonly Mutant[] = [...inGames, ...inCrash, ...inPoker, ...inTheLottery, ...inTheKernel];
