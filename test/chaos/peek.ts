import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * A look into a room's own file while the house runs, as nobody has it who plays there: into a copy, so the house is not
 * disturbed. `folder` holds the files of all rooms. Null when there is no such room yet, or the copy was torn by a write.
 */
export function peek<T>(folder: string, room: string, look: (db: DatabaseSync) => T): T | null {
  const copy = mkdtempSync(join(tmpdir(), "croupier-peek-"));
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite");
    for (const name of names) {
      for (const end of ["", "-wal"]) cpSync(join(folder, name + end), join(copy, name + end), { force: true });
      const db = new DatabaseSync(join(copy, basename(name)));
      try {
        if (db.prepare("SELECT value FROM meta WHERE key = 'room'").get()?.["value"] === room) return look(db);
      } finally {
        db.close();
      }
    }
    return null;
  } catch {
    return null;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
