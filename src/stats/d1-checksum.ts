import type { PlayerId } from "../../rooms/game.ts";
import { balanceLine, changeLine, Checksum, personaLine, resultLine, totalLine } from "./checksum.ts";
import type { Change, Persona, Result, Totals } from "./model.ts";

/** The checksum (checksum.ts) of the model on D1, read page by page: facts projected meanwhile may or may not be in it. */

const PAGE = 5_000;

/** Only rows of players who have a result. */
const PLAYED = "player IN (SELECT player FROM total)";

export async function checksumOf(db: D1Database): Promise<{ sum: string; facts: number }> {
  const checksum = new Checksum();
  let facts = 0;
  const fact = (line: string): void => {
    checksum.add(line);
    facts += 1;
  };
  await each<Result>(db, "result", ["player", "at", "room", "round"], (row) => fact(resultLine(row)));
  await each<Change>(db, "change", ["player", "entry"], (row) => fact(changeLine(row)), PLAYED);
  await each<Omit<Persona, "hidden"> & { hidden: number }>(
    db,
    "persona",
    ["player"],
    ({ hidden, ...row }) => fact(personaLine({ ...row, hidden: hidden === 1 })),
    PLAYED,
  );
  await each<TotalRow>(db, "total", ["player", "day", "game"], ({ player, game, day, biggest: biggestWin, ...sums }) =>
    checksum.add(totalLine(player, game, day, { ...sums, biggestWin })),
  );
  await each<{ span: string; player: PlayerId; balance: number }>(
    db,
    "standing",
    ["span", "player"],
    ({ player, balance }) => checksum.add(balanceLine(player, balance)),
    "span = 'all'",
  );
  return { sum: checksum.hex, facts };
}

type TotalRow = Omit<Totals, "biggestWin"> & { player: PlayerId; day: string; game: string; biggest: number };

/** Passes every row of a table to `see`, in the order of its key. */
async function each<Row extends object>(
  db: D1Database,
  table: string,
  key: readonly (keyof Row & string)[],
  see: (row: Row) => void,
  where = "true",
): Promise<void> {
  let after: readonly unknown[] = [];
  for (;;) {
    const beyond = after.length === 0 ? "true" : `(${key.join(", ")}) > (${key.map(() => "?").join(", ")})`;
    const { results } = await db
      .prepare(`SELECT * FROM ${table} WHERE ${where} AND ${beyond} ORDER BY ${key.join(", ")} LIMIT ${PAGE}`)
      .bind(...after)
      .all<Row>();
    for (const row of results) see(row);
    const last = results.at(-1);
    if (last === undefined || results.length < PAGE) return;
    after = key.map((column) => last[column]);
  }
}
