import type { Backlog } from "../objects/player/backlog.ts";

/** The players whose events have waited for some seconds to be confirmed, in the Directory's SQLite: see player/backlog.ts. */

export const BACKLOG_TABLES = `
CREATE TABLE IF NOT EXISTS backlog (
  player TEXT PRIMARY KEY, waiting INTEGER NOT NULL CHECK (waiting >= 1), oldest_at INTEGER) STRICT, WITHOUT ROWID;
`;

export function keepBacklog(sql: SqlStorage, player: string, { waiting, oldestAt }: Backlog): void {
  if (waiting === 0) sql.exec("DELETE FROM backlog WHERE player = ?", player);
  else
    sql.exec("INSERT OR REPLACE INTO backlog (player, waiting, oldest_at) VALUES (?, ?, ?)", player, waiting, oldestAt);
}

/** The sum over all players. `outboxes`: how many players have events waiting. */
export type PlayersCensus = Backlog & { readonly outboxes: number };

export const backlogOfPlayers = (sql: SqlStorage): PlayersCensus =>
  sql
    .exec<PlayersCensus>(
      "SELECT count(*) AS outboxes, coalesce(sum(waiting), 0) AS waiting, min(oldest_at) AS oldestAt FROM backlog",
    )
    .one();
