import { JUMP_MS } from "../../../rooms/host/clock.ts";

/**
 * When a host's clock that ran ahead is put right, what a player's object noted meanwhile lies ahead of now: a faucet that was drawn in an
 * hour, a sitting that begins then, news that are due then. None of that can have happened: it counts from now on. What was promised
 * for an instant of the calendar (a session's end, a break) stays as it was promised.
 */

/** News are sent again within minutes: what is due later than that was noted by a clock that ran ahead. */
const NEWS_WITHIN_MS = 600_000;

/** Synchronous; the caller wraps it. Writes nothing when all is well. */
export function countFromNow(sql: SqlStorage, now: number): void {
  const late = now + JUMP_MS;
  sql.exec("UPDATE player SET faucet_at = ?1 WHERE faucet_at > ?2", now, late);
  sql.exec(
    `UPDATE sitting SET started_at = min(started_at, ?1), seen_at = min(seen_at, ?1), told_at = min(told_at, ?1)
     WHERE started_at > ?2 OR seen_at > ?2 OR told_at > ?2`,
    now,
    late,
  );
  sql.exec("UPDATE news SET due = ?1 WHERE due > ?2", now, now + NEWS_WITHIN_MS);
}
