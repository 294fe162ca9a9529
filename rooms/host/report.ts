import type { AnyGame, Ms } from "../game.ts";
import type { Kernel } from "../kernel/state.ts";
import type { RoomClock } from "./clock.ts";
import type { Counters } from "./counters.ts";
import type { Journal } from "./journal.ts";
import type { RoomReport } from "./services.ts";

export type Reported = {
  readonly game: AnyGame;
  readonly kernel: Kernel;
  readonly journal: Journal;
  readonly counters: Counters;
  readonly clock: RoomClock;
  readonly sockets: number;
  /** Transfers to and from wallets that have no answer yet. */
  readonly transfers: number;
};

/** The room's state as reported to the Directory. Times are by the host's clock. */
export function reportOf({ game, kernel, journal, counters, clock, sockets, transfers }: Reported): RoomReport {
  const { outbox } = journal;
  const { waiting, parked, oldestAt } = outbox.standing();
  const now = Date.now();
  const byWall = (at: Ms | null): Ms | null => (at === null ? null : (Math.min(clock.toWall(at), now) as Ms));
  return {
    summary: game.lobby.summary(kernel.state),
    online: kernel.table.online,
    sockets,
    status: kernel.table.status,
    counters: counters.counts(journal.rowsWritten),
    at: now as Ms,
    run: counters.run,
    waiting: {
      transfers,
      outbox: waiting,
      parked,
      oldestAt: byWall(oldestAt),
      oldestSettledAt: byWall(outbox.oldestSettledAt()),
    },
  };
}
