/**
 * Operators' notes about a player, which the player never sees. Append-only. Synchronous and without a transaction of its own.
 */

/** `by` is the operator's name. */
export type Note = { readonly id: string; readonly text: string; readonly by: string; readonly at: number };

const NOTES_SHOWN = 20;

export const NOTE_TABLES = `
CREATE TABLE IF NOT EXISTS note (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL, "by" TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
`;

/** Adds a note. Idempotent by its id. False: that id has another text. */
export function addNote(sql: SqlStorage, { id, text, by, at }: Note): boolean {
  sql.exec(`INSERT OR IGNORE INTO note (id, text, "by", at) VALUES (?, ?, ?, ?)`, id, text, by, at);
  return sql.exec<{ text: string }>("SELECT text FROM note WHERE id = ?", id).one().text === text;
}

/** The last twenty, newest first. */
export function notesOf(sql: SqlStorage): Note[] {
  return sql.exec<Note>(`SELECT id, text, "by", at FROM note ORDER BY n DESC LIMIT ?`, NOTES_SHOWN).toArray();
}
