/**
 * Which name holds a look. Names that can be mistaken for one another have the same look (auth/look-alikes.ts), and only one of
 * them may be registered. An object that is named by a look stores nothing else.
 */

const LOOK_TABLES = `
CREATE TABLE IF NOT EXISTS look (
  one INTEGER PRIMARY KEY CHECK (one = 1), folded TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
`;
/** A registration takes its look first and its name right after; it takes no longer than this. */
const REGISTERING_MS = 60_000;

/** `folded`: the name that holds the look. `sure`: held for so long that its registration has finished or failed. */
export type Holder = { readonly folded: string; readonly sure: boolean };

export class Look {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  hold(folded: string, instead: string | null, now: number): Holder {
    this.#sql.exec(LOOK_TABLES);
    const [row] = this.#sql.exec<{ folded: string; at: number }>("SELECT folded, at FROM look").toArray();
    const sure = row !== undefined && row.at + REGISTERING_MS <= now;
    if (row !== undefined && row.folded !== folded && !(sure && row.folded === instead))
      return { folded: row.folded, sure };
    if (row?.folded !== folded)
      this.#sql.exec("INSERT OR REPLACE INTO look (one, folded, at) VALUES (1, ?, ?)", folded, now);
    return { folded, sure: true };
  }
}
