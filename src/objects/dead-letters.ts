import { DurableObject } from "cloudflare:workers";
import { transact } from "../../rooms/host/sql.ts";
import { cut } from "../../rooms/kit/text.ts";
import type { Env } from "../env.ts";
import type { Topic } from "../events.ts";
import type { DeadLetter } from "../bridge-port.ts";

/**
 * Durable Object `DeadLetters`, a single one named `main`: messages that can never be processed as they are, with the reason. An
 * operator can replay them. The other messages of their batches are not affected.
 */

/** `n`: a serial number. `replayedAt` and `outcome`: when an operator last replayed it, and with what outcome. */
export type StoredLetter = Omit<DeadLetter, "body"> & {
  readonly n: number;
  readonly body: unknown;
  readonly replayedAt: number | null;
  readonly outcome: string | null;
};

const BODY_CHARS_MAX = 200_000;

const TABLES = `
CREATE TABLE IF NOT EXISTS letter (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  "from" TEXT NOT NULL,
  topic TEXT NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL,
  replayed_at INTEGER,
  outcome TEXT
) STRICT;
`;

/** Selects letters: all given conditions must hold. */
export type LetterFilter = {
  readonly code?: string | undefined;
  readonly topic?: Topic | undefined;
  /** The room that sent the event. */
  readonly room?: string | undefined;
  /** Parked at or after `since`, and before `before`: epoch milliseconds. */
  readonly since?: number | undefined;
  readonly before?: number | undefined;
};

/** Open: never replayed, or the replay failed. */
const OPEN = "(replayed_at IS NULL OR NOT (outcome LIKE 'done%' OR outcome LIKE 'queued%'))";

/** A message that is too long is stored cut, as text: no room can be read from it, so a filter by room skips it. */
const MATCHES = `(?1 IS NULL OR code = ?1) AND (?2 IS NULL OR topic = ?2)
  AND (?3 IS NULL OR json_extract(body, '$.source') = ?3 OR json_extract(body, '$.payload.room') = ?3)
  AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at < ?5)`;

const bindings = ({ code, topic, room, since, before }: LetterFilter): (string | number | null)[] => [
  code ?? null,
  topic ?? null,
  room ?? null,
  since ?? null,
  before ?? null,
];

type Row = Omit<StoredLetter, "body" | "replayedAt"> & { body: string; replayed_at: number | null };

function letterOf({ replayed_at: replayedAt, body, ...row }: Row): StoredLetter {
  return { ...row, body: JSON.parse(body) as unknown, replayedAt };
}

export class DeadLetters extends DurableObject<Env> {
  readonly #sql: SqlStorage = this.ctx.storage.sql;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql.exec(TABLES);
  }

  /** Idempotent by id. A letter that is parked again after a replay is open again, with the new reason. */
  async park(letters: readonly DeadLetter[]): Promise<void> {
    transact(this.ctx.storage, () => {
      for (const { id, from, topic, code, reason, body, at } of letters) {
        const text = JSON.stringify(body ?? null);
        const kept = text.length <= BODY_CHARS_MAX ? text : JSON.stringify(cut(text, BODY_CHARS_MAX));
        this.#sql.exec(
          `INSERT INTO letter (id, "from", topic, code, reason, body, at) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET code = excluded.code, reason = excluded.reason, replayed_at = NULL, outcome = NULL`,
          id,
          from,
          topic,
          code,
          cut(reason, 500),
          kept,
          at,
        );
      }
    });
  }

  /** A page, newest first, below number `below`. */
  async list(
    below: number | null,
    limit: number,
    filter: LetterFilter = {},
  ): Promise<{ letters: StoredLetter[]; next: number | null }> {
    const found = this.#sql
      .exec<Row>(
        `SELECT * FROM letter WHERE ${MATCHES} AND n < ?6 ORDER BY n DESC LIMIT ?7`,
        ...bindings(filter),
        below ?? Number.MAX_SAFE_INTEGER,
        limit + 1,
      )
      .toArray()
      .map(letterOf);
    const letters = found.slice(0, limit);
    return { letters, next: found.length > limit ? (letters.at(-1)?.n ?? null) : null };
  }

  /** The oldest open letters above number `above`. `left`: how many more there are after these. */
  async open(above: number, limit: number, filter: LetterFilter): Promise<{ letters: StoredLetter[]; left: number }> {
    const where = `FROM letter WHERE ${OPEN} AND ${MATCHES} AND n > ?6`;
    const letters = this.#sql
      .exec<Row>(`SELECT * ${where} ORDER BY n LIMIT ?7`, ...bindings(filter), above, limit)
      .toArray()
      .map(letterOf);
    const { n } = this.#sql.exec<{ n: number }>(`SELECT count(*) AS n ${where}`, ...bindings(filter), above).one();
    return { letters, left: n - letters.length };
  }

  async find(id: string): Promise<StoredLetter | null> {
    const [row] = this.#sql.exec<Row>("SELECT * FROM letter WHERE id = ?", id).toArray();
    return row === undefined ? null : letterOf(row);
  }

  /** Stores the outcomes of a replay. */
  async replayed(letters: readonly { readonly id: string; readonly outcome: string }[]): Promise<void> {
    transact(this.ctx.storage, () => {
      for (const { id, outcome } of letters)
        this.#sql.exec("UPDATE letter SET replayed_at = ?, outcome = ? WHERE id = ?", Date.now(), outcome, id);
    });
  }

  /** The ids among these that are not parked here. */
  async missing(ids: readonly string[]): Promise<string[]> {
    return ids.filter((id) => this.#sql.exec("SELECT 1 FROM letter WHERE id = ?", id).toArray().length === 0);
  }

  async count(): Promise<{ open: number; replayed: number }> {
    return this.#sql
      .exec<{ open: number; replayed: number }>(
        `SELECT count(*) FILTER (WHERE ${OPEN}) AS open, count(*) FILTER (WHERE NOT ${OPEN}) AS replayed FROM letter`,
      )
      .one();
  }
}
