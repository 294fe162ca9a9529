import { BACKLOG_TABLES } from "./backlog.ts";
import { LIMIT_TABLES } from "./limits.ts";
import { NEWS_TABLES } from "./outbox.ts";
import { NOTE_TABLES } from "./notes.ts";
import { OPERATOR_TABLES } from "./operator-transfers.ts";
import { RENEWAL_TABLES } from "./renewals.ts";
import { addRequestColumns } from "./requests.ts";
import { DOOR_TABLES } from "./sessions.ts";
import { ANSWER_TABLES } from "./transfers.ts";

/**
 * A player's SQLite tables. The ledger is append-only, and each entry's balance is the sum of the amounts so far: triggers
 * enforce both, whatever the code does.
 */

const SAFE_MAX = Number.MAX_SAFE_INTEGER;

/** The tables of the first version. */
const FIRST_TABLES = `
CREATE TABLE player (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  account TEXT CHECK (account IS NULL OR length(account) BETWEEN 3 AND 20),
  created_at INTEGER NOT NULL,
  faucet_at INTEGER
) STRICT;

CREATE TABLE ledger (
  n INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('grant', 'faucet', 'topup', 'cashout', 'award', 'operator')),
  amount INTEGER NOT NULL CHECK (
    CASE kind WHEN 'topup' THEN amount < 0 WHEN 'operator' THEN amount <> 0 ELSE amount > 0 END),
  balance INTEGER NOT NULL CHECK (balance BETWEEN 0 AND ${SAFE_MAX}),
  room TEXT,
  transfer TEXT,
  at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER ledger_adds_up BEFORE INSERT ON ledger
WHEN NEW.balance <> NEW.amount + coalesce((SELECT balance FROM ledger ORDER BY n DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'the ledger does not add up'); END;
CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_keeps BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TABLE transfer (
  id TEXT PRIMARY KEY,
  room TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('topup', 'cashout')),
  amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND ${SAFE_MAX}),
  min INTEGER NOT NULL CHECK (min BETWEEN 1 AND amount),
  moved INTEGER NOT NULL CHECK (moved BETWEEN 0 AND amount),
  balance INTEGER NOT NULL CHECK (balance BETWEEN 0 AND ${SAFE_MAX}),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX transfer_refused ON transfer (at) WHERE moved = 0;

CREATE TABLE purse (room TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  opened_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL CHECK (expires_at > opened_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket (id TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE request (
  key TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  status INTEGER,
  body TEXT,
  at INTEGER NOT NULL,
  CHECK ((status IS NULL) = (body IS NULL))
) STRICT, WITHOUT ROWID;
`;

const AWARD_TABLES = `
CREATE TABLE IF NOT EXISTS award (
  id TEXT PRIMARY KEY,
  lottery TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND ${SAFE_MAX}),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** The faucet pays once per operation: the index enforces it, whatever the code does. */
const FAUCET_TABLES = `
CREATE UNIQUE INDEX IF NOT EXISTS ledger_faucet ON ledger (transfer) WHERE kind = 'faucet';
`;

/** Tables of later versions, which older players get too. Writes nothing if they exist. */
const LATER_TABLES = [
  AWARD_TABLES,
  FAUCET_TABLES,
  LIMIT_TABLES,
  ANSWER_TABLES,
  NEWS_TABLES,
  BACKLOG_TABLES,
  NOTE_TABLES,
  OPERATOR_TABLES,
  DOOR_TABLES,
  RENEWAL_TABLES,
].join("");

/** Makes a new player's tables. */
export function createTables(sql: SqlStorage): void {
  sql.exec(FIRST_TABLES);
  updateTables(sql);
}

/** Migrates the tables of an older version to this one. */
export function updateTables(sql: SqlStorage): void {
  sql.exec(LATER_TABLES);
  addRequestColumns(sql);
  const named = sql.exec("SELECT 1 FROM pragma_table_info('player') WHERE name = 'named_at'").toArray();
  // For players registered before this column existed, the creation date is taken.
  if (named.length === 0) {
    sql.exec("ALTER TABLE player ADD COLUMN named_at INTEGER");
    sql.exec("UPDATE player SET named_at = created_at WHERE account IS NOT NULL");
  }
}
