import { DurableObject } from "cloudflare:workers";
import { transact } from "../../rooms/host/sql.ts";
import type { Role } from "../api/auth/roles.ts";
import type { Env } from "../env.ts";

/**
 * Durable Object `Audit`, a single one named `main`: the operators' calls and their results. Two tables, which triggers keep
 * append-only: the call, written before anything is changed, and its result. A call without a result is unfinished or was cut
 * off.
 */

export type AuditCall = {
  /** The operator's name; null: the call had no valid key. */
  readonly name: string | null;
  readonly role: Role | null;
  readonly method: string;
  /** Includes the query. */
  readonly path: string;
  /** The body's plain fields as JSON text, see audit/summary.ts; null: there was no body. */
  readonly summary: string | null;
  /** The client's address, hashed. */
  readonly client: string;
  readonly requestId: string;
  readonly at: number;
};
/** `outcome`: `ok`, or the refusal's code. */
export type AuditResult = { readonly status: number; readonly outcome: string; readonly at: number };
export type AuditEntry = AuditCall & { readonly n: number; readonly result: AuditResult | null };

/** Calls without a valid key that are stored per hour: from one client, and from all clients. The rest is only counted. */
export const STRANGERS_PER_CLIENT = 5;
export const STRANGERS = 60;
const HOUR_MS = 3_600_000;

const growsOnly = (table: string): string => `
CREATE TRIGGER IF NOT EXISTS ${table}_stays BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER IF NOT EXISTS ${table}_keeps BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
`;

const TABLES = `
CREATE TABLE IF NOT EXISTS call (
  n INTEGER PRIMARY KEY, name TEXT, role TEXT, method TEXT NOT NULL, path TEXT NOT NULL, summary TEXT,
  client TEXT NOT NULL, request TEXT NOT NULL, at INTEGER NOT NULL, CHECK ((name IS NULL) = (role IS NULL))) STRICT;
CREATE TABLE IF NOT EXISTS result (
  n INTEGER PRIMARY KEY REFERENCES call (n), status INTEGER NOT NULL, outcome TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS stranger (
  client TEXT PRIMARY KEY, hour INTEGER NOT NULL, calls INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unlisted (one INTEGER PRIMARY KEY CHECK (one = 1), calls INTEGER NOT NULL) STRICT;
${growsOnly("call")}${growsOnly("result")}`;

type Row = Omit<AuditCall, "requestId"> & {
  n: number;
  request: string;
  status: number | null;
  outcome: string | null;
  done: number | null;
};

export class Audit extends DurableObject<Env> {
  readonly #sql: SqlStorage = this.ctx.storage.sql;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql.exec(TABLES);
  }

  /** Stores a call before it is executed; durable once this answers. Answers the number for `close`. */
  async open(call: AuditCall): Promise<number> {
    return this.#call(call);
  }

  /** Stores a call's result. Throws on a second result. */
  async close(n: number, result: AuditResult): Promise<void> {
    this.#result(n, result);
  }

  /** Stores a call that changed nothing, with its result. */
  async note(call: AuditCall, result: AuditResult): Promise<void> {
    transact(this.ctx.storage, () => this.#result(this.#call(call), result));
  }

  /** Stores a call without a valid key, with its result; over the hour's limits it is only counted. */
  async stranger(call: AuditCall, result: AuditResult): Promise<void> {
    transact(this.ctx.storage, () => {
      const hour = Math.floor(call.at / HOUR_MS);
      this.#sql.exec("DELETE FROM stranger WHERE hour < ?", hour);
      const { mine, all } = this.#sql
        .exec<{ mine: number; all: number }>(
          `SELECT coalesce(sum(calls), 0) AS "all", coalesce(sum(calls) FILTER (WHERE client = ?), 0) AS mine FROM stranger`,
          call.client,
        )
        .one();
      if (mine >= STRANGERS_PER_CLIENT || all >= STRANGERS) {
        this.#sql.exec(
          "INSERT INTO unlisted (one, calls) VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET calls = calls + 1",
        );
        return;
      }
      this.#sql.exec(
        "INSERT INTO stranger (client, hour, calls) VALUES (?, ?, 1) ON CONFLICT (client) DO UPDATE SET calls = calls + 1",
        call.client,
        hour,
      );
      this.#result(this.#call(call), result);
    });
  }

  /** A page, newest first, below entry `before`. `unlisted`: how many calls without a valid key were only counted, ever. */
  async list(
    before: number | null,
    limit: number,
  ): Promise<{ entries: AuditEntry[]; next: number | null; unlisted: number }> {
    const found = this.#sql
      .exec<Row>(
        `SELECT call.*, status, outcome, result.at AS done FROM call LEFT JOIN result USING (n)
         WHERE call.n < ? ORDER BY call.n DESC LIMIT ?`,
        before ?? Number.MAX_SAFE_INTEGER,
        limit + 1,
      )
      .toArray()
      .map(entryOf);
    const entries = found.slice(0, limit);
    const [rest] = this.#sql.exec<{ calls: number }>("SELECT calls FROM unlisted").toArray();
    const next = found.length > limit ? (entries.at(-1)?.n ?? null) : null;
    return { entries, next, unlisted: rest?.calls ?? 0 };
  }

  #call({ name, role, method, path, summary, client, requestId, at }: AuditCall): number {
    return this.#sql
      .exec<{ n: number }>(
        "INSERT INTO call (name, role, method, path, summary, client, request, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING n",
        name,
        role,
        method,
        path,
        summary,
        client,
        requestId,
        at,
      )
      .one().n;
  }

  #result(n: number, { status, outcome, at }: AuditResult): void {
    this.#sql.exec("INSERT INTO result (n, status, outcome, at) VALUES (?, ?, ?, ?)", n, status, outcome, at);
  }
}

function entryOf({ request: requestId, status, outcome, done, ...call }: Row): AuditEntry {
  const result = status === null || outcome === null || done === null ? null : { status, outcome, at: done };
  return { ...call, requestId, result };
}
