import { addCounts, type Counts } from "../../rooms/host/counters.ts";
import type { RoomReport } from "../../rooms/host/services.ts";

/**
 * The rooms' last reports, in the Directory's SQLite. A room's counters restart from 0 when its object is constructed again. The
 * counts of all earlier runs are kept beside the report (`base`), so that the sum of both never falls.
 */

const TABLE = `
CREATE TABLE IF NOT EXISTS report (
  room TEXT PRIMARY KEY, online INTEGER NOT NULL CHECK (online >= 0), body TEXT NOT NULL,
  base TEXT NOT NULL DEFAULT '{}') STRICT, WITHOUT ROWID;
`;

type Row = { body: string; base: string };
export type Kept = { readonly room: string; readonly report: RoomReport; readonly base: Counts };

/** Creates the table, or migrates one of an older version, which had no `base`. */
export function openReports(sql: SqlStorage): void {
  sql.exec(TABLE);
  const columns = sql.exec<{ name: string }>("SELECT name FROM pragma_table_info('report')").toArray();
  if (!columns.some(({ name }) => name === "base"))
    sql.exec("ALTER TABLE report ADD COLUMN base TEXT NOT NULL DEFAULT '{}'");
}

/** Writes one row. A report has all counts since the object's construction, so a lost or repeated report does no harm. */
export function keepReport(sql: SqlStorage, room: string, report: RoomReport): void {
  const [row] = sql.exec<Row>("SELECT body, base FROM report WHERE room = ?", room).toArray();
  const last = row === undefined ? null : keptOf(room, row);
  const sameRun = last === null || (last.report.run !== undefined && last.report.run === report.run);
  const base = last === null ? {} : sameRun ? last.base : addCounts(last.base, last.report.counters);
  sql.exec(
    "INSERT OR REPLACE INTO report (room, online, body, base) VALUES (?, ?, ?, ?)",
    room,
    report.online,
    JSON.stringify(report),
    JSON.stringify(base),
  );
}

export function* reports(sql: SqlStorage): Iterable<Kept> {
  for (const row of sql.exec<Row & { room: string }>("SELECT room, body, base FROM report"))
    yield keptOf(row.room, row);
}

function keptOf(room: string, { body, base }: Row): Kept {
  const report: RoomReport = JSON.parse(body);
  const counts: Counts = JSON.parse(base);
  return { room, report, base: counts };
}
