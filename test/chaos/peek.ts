import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * A look into a room's own file while the house runs, as nobody has it who plays there: into a copy, so the house is not
 * disturbed. `folder` holds the files of all rooms. Null when there is no such room yet, or its copy was torn by a write.
 */
export function peek<T>(folder: string, room: string, look: (db: DatabaseSync) => T): T | null {
  const copy = mkdtempSync(join(tmpdir(), "croupier-peek-"));
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite");
    for (const name of names) {
      const found = lookInto(join(folder, name), copy, room, look);
      if (found !== null) return found.seen;
    }
    return null;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Null: it is another room's, one that was never set up, or torn. */
function lookInto<T>(
  file: string,
  copy: string,
  room: string,
  look: (db: DatabaseSync) => T,
): { readonly seen: T } | null {
  const mine = join(copy, basename(file));
  try {
    for (const end of ["", "-wal"]) cpSync(file + end, mine + end, { force: true });
    const db = new DatabaseSync(mine);
    try {
      const whose = db.prepare("SELECT value FROM meta WHERE key = 'room'").get();
      return whose?.["value"] === room ? { seen: look(db) } : null;
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}
