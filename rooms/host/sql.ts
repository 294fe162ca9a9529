/** The only way to `transactionSync`: an async callback, which would commit before it is done, is a type error. */
export function transact<T>(
  storage: Pick<DurableObjectStorage, "transactionSync">,
  work: () => T extends PromiseLike<unknown> ? never : T,
): T {
  // oxlint-disable-next-line no-restricted-properties -- this is the wrapper the rule points to
  return storage.transactionSync<T>(work);
}

export type Row = Record<string, SqlStorageValue>;
/** The part of the object's SQL API that tables need. */
export type Sql = Pick<SqlStorage, "exec">;

/** Counts the rows that were written through it, as the platform bills them. */
export class CountedSql implements Sql {
  readonly #sql: Sql;
  rowsWritten = 0;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  exec<T extends Row>(query: string, ...bindings: unknown[]): SqlStorageCursor<T> {
    const cursor = this.#sql.exec<T>(query, ...bindings);
    this.rowsWritten += cursor.rowsWritten;
    return cursor;
  }
}

/** Longer texts are split into pieces: a row has at most 2 MB, and a batch row should be small. */
const PIECE_CHARS = 400_000;

export function cut(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  do {
    let end = Math.min(start + PIECE_CHARS, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1; // never between the halves of a surrogate pair
    pieces.push(text.slice(start, end));
    start = end;
  } while (start < text.length);
  return pieces;
}
