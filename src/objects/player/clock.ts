import { JUMP_MS } from "../../../rooms/host/clock.ts";

/**
 * Repairs instants after a host's clock that ran ahead was put right. What was stored meanwhile lies in the future: the last draw
 * of the faucet, the start of a sitting, events that are due. These are set to now. Promised dates (the end of a session or of a
 * break) stay as they are.
 */

/** Events are resent within minutes: one that is due later than this was stored by a clock that ran ahead. */
const NEWS_WITHIN_MS = 600_000;

/** Synchronous; the caller commits. Writes nothing when no instant lies in the future. */
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
