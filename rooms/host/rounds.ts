import type { Proof } from "../fair/deck.ts";
import type { Json, Ms } from "../game.ts";
import { proofOf, type FinishedRound } from "../kernel/state.ts";
import { cut, type Sql } from "./sql.ts";

/** A room's secret seeds, and its finished rounds. Synchronous; the caller wraps related calls in a transaction. */

/** A finished round as it is stored, private to the server: `kept` may have what a viewer must not see. */
export type StoredRound = {
  readonly round: number;
  readonly startedAt: Ms;
  readonly endedAt: Ms;
  readonly void: boolean;
  readonly kept: readonly Json[];
  readonly proof: Proof;
};

export class Rounds {
  readonly #sql: Sql;
  readonly #room: string;

  constructor(sql: Sql, room: string) {
    this.#sql = sql;
    this.#room = room;
  }

  keepSeed(round: number, seed: string): void {
    this.#sql.exec("INSERT INTO seeds (round, seed) VALUES (?, ?)", round, seed);
  }

  /** Throws when the round has no secret seed: it is over, or was never committed to. */
  seedOf(round: number): string {
    const [row] = this.#sql.exec<{ seed: string }>("SELECT seed FROM seeds WHERE round = ?", round).toArray();
    if (row === undefined) throw new Error(`no seed for round ${round}`);
    return row.seed;
  }

  /** Stores a finished round. Deletes its secret seed, which is now in the proof or stays secret for good. */
  keep(finished: FinishedRound): void {
    const { n, startedAt, endedAt, kept } = finished;
    const stored: StoredRound = {
      round: n,
      startedAt: startedAt ?? endedAt,
      endedAt,
      void: finished.void,
      kept,
      proof: proofOf(this.#room, finished),
    };
    cut(JSON.stringify(stored)).forEach((piece, part) => {
      this.#sql.exec("INSERT INTO rounds (round, part, body) VALUES (?, ?, ?)", n, part, piece);
    });
    this.#sql.exec("DELETE FROM seeds WHERE round = ?", n);
  }

  find(n: number): StoredRound | null {
    const parts = this.#sql
      .exec<{ body: string }>("SELECT body FROM rounds WHERE round = ? ORDER BY part", n)
      .toArray();
    return parts.length === 0 ? null : (JSON.parse(parts.map((p) => p.body).join("")) as StoredRound);
  }

  /** Newest first, below `before`; `next`: where the next page begins. */
  page(before: number | null, limit: number): { rounds: StoredRound[]; next: number | null } {
    const numbers = this.#sql
      .exec<{ round: number }>(
        "SELECT round FROM rounds WHERE part = 0 AND round < ? ORDER BY round DESC LIMIT ?",
        before ?? Number.MAX_SAFE_INTEGER,
        limit + 1,
      )
      .toArray()
      .map((r) => r.round);
    const rounds = numbers.slice(0, limit).flatMap((n) => this.find(n) ?? []);
    return { rounds, next: numbers.length > limit ? (rounds.at(-1)?.round ?? null) : null };
  }
}
