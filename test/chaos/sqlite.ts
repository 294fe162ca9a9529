import type { DatabaseSync, SQLInputValue } from "node:sqlite";

/** As much of a Durable Object's storage as the journal needs, over a file: so that the oracle replays with the room's own code. */
export function sqlStorage(db: DatabaseSync): DurableObjectStorage {
  const sql = {
    exec(query: string, ...bindings: SQLInputValue[]) {
      if (/^\s*CREATE/.test(query)) {
        db.exec(query);
        return cursor([]);
      }
      return cursor(db.prepare(query).all(...bindings));
    },
  };
  // The journal touches nothing else of it when it only reads.
  return { sql } as unknown as DurableObjectStorage;
}

function cursor(rows: readonly Record<string, unknown>[]) {
  return { rowsWritten: 0, toArray: () => rows, [Symbol.iterator]: () => rows[Symbol.iterator]() };
}
