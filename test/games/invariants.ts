import type { History } from "../kit/history.ts";
import { idsAreOnce, inputsAreOnce, refusalsChangeNothing } from "./invariants/commands.ts";
import type { Hits } from "./invariants/common.ts";
import { drawsAreCommitted, roundsAreProved, uncommittedRoundsWait } from "./invariants/fairness.ts";
import { eventsAreRead, forks, replays, survivesJson } from "./invariants/journal.ts";
import { moneyAddsUp, pursesAddUp } from "./invariants/money.ts";
import { folds, framesFold, secretsAreKept } from "./invariants/sight.ts";
import { deadlinesFire, timeGoesFirst } from "./invariants/time.ts";

/**
 * The invariants of rooms/README.md#a-game-is-a-value as functions of a history: each throws when the history breaks it. None of them knows which game it is;
 * what must be known of one is in fixtures.ts.
 */
export const invariants = {
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

export type Invariant = keyof typeof invariants;
