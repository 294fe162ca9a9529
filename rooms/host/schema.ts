import type { Sql } from "./sql.ts";

/** The tables of a room. */

const TABLES = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS journal (
  n INTEGER PRIMARY KEY, version INTEGER NOT NULL, more INTEGER NOT NULL CHECK (more IN (0, 1)), body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS snapshot (
  part INTEGER PRIMARY KEY, n INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS ids (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS seeds (round INTEGER PRIMARY KEY, seed TEXT NOT NULL CHECK (length(seed) = 64)) STRICT;
CREATE TABLE IF NOT EXISTS transfers (
  id TEXT PRIMARY KEY, player TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('topup', 'cashout')),
  amount INTEGER NOT NULL CHECK (amount > 0), min INTEGER NOT NULL CHECK (min > 0 AND min <= amount)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rounds (
  round INTEGER NOT NULL, part INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (round, part)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox (
  n INTEGER PRIMARY KEY, topic TEXT NOT NULL, body TEXT NOT NULL, tries INTEGER NOT NULL, due INTEGER NOT NULL,
  parked INTEGER NOT NULL CHECK (parked IN (0, 1)), sends INTEGER NOT NULL DEFAULT 0,
  first INTEGER NOT NULL DEFAULT 0, last INTEGER NOT NULL DEFAULT ${Number.MAX_SAFE_INTEGER}) STRICT;
CREATE TABLE IF NOT EXISTS settled (first INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS inbox (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ordered (id TEXT PRIMARY KEY, print TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/**
 * Columns that an outbox from before confirmations lacks. The defaults of `first` and `last` include its old rows in any search.
 */
const LATER_COLUMNS = [
  "sends INTEGER NOT NULL DEFAULT 0",
  "first INTEGER NOT NULL DEFAULT 0",
  `last INTEGER NOT NULL DEFAULT ${Number.MAX_SAFE_INTEGER}`,
];

/** Creates the tables and columns that are missing. */
export function makeTables(sql: Sql): void {
  sql.exec(TABLES);
  const known = new Set(
    sql
      .exec<{ name: string }>("SELECT name FROM pragma_table_info('outbox')")
      .toArray()
      .map(({ name }) => name),
  );
  for (const column of LATER_COLUMNS) {
    if (!known.has(column.slice(0, column.indexOf(" ")))) sql.exec(`ALTER TABLE outbox ADD COLUMN ${column}`);
  }
}
