import type { History } from "./history.ts";
import { idsAreOnce, inputsAreOnce, refusalsChangeNothing } from "./laws/commands.ts";
import type { Hits } from "./laws/common.ts";
import { drawsAreCommitted, roundsAreProved, uncommittedRoundsWait } from "./laws/fairness.ts";
import { eventsAreRead, forks, replays, survivesJson } from "./laws/journal.ts";
import { moneyAddsUp, pursesAddUp } from "./laws/money.ts";
import { folds, framesFold, secretsAreKept } from "./laws/sight.ts";
import { deadlinesFire, timeGoesFirst } from "./laws/time.ts";

/**
 * The laws of rooms/README.md#a-game-is-a-value as functions of a history: each throws when the history breaks it. None of them knows which game it is;
 * what must be known of one is in worlds.ts.
 */
export const laws = {
  replays,
  forks,
  survivesJson,
  eventsAreRead,
  folds,
  framesFold,
  secretsAreKept,
  moneyAddsUp,
  pursesAddUp,
  deadlinesFire,
  timeGoesFirst,
  idsAreOnce,
  inputsAreOnce,
  refusalsChangeNothing,
  drawsAreCommitted,
  uncommittedRoundsWait,
  roundsAreProved,
} as const satisfies Readonly<Record<string, (history: History) => Hits | void>>;

export type Law = keyof typeof laws;
