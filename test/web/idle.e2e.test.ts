import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { scene, soon } from "./scene.ts";
import { BRIEF, Table } from "./table.ts";

const WATCHED_MS = 12_000;

scene("an idle table", (stage) => {
  test("a page left open at a table where nobody bets lets the room sleep: it writes nothing, sets no alarm, and tells the lobby nothing", async () => {
    const { page } = await stage().person();
    const room = await stage().room(BRIEF);
    const table = await Table.open(page, room);
    await table.bet("high", 50);
    await soon(async () => (await table.rounds()).length).toBe(1);
    await table.reach("waiting");
    const files = join(stage().folder, "v3/do/croupier-Room");
    const reportedAt = async (): Promise<number | null> => {
      const { rooms } = await table.get<{ rooms: { game: string; id: string; reportedAt: number | null }[] }>(
        "/api/rooms",
      );
      return rooms.find(({ game, id }) => `${game}:${id}` === room)?.reportedAt ?? null;
    };
    const state = async () => ({ rows: rowsIn(files), reportedAt: await reportedAt() });

    // The last things are written and told a few seconds after the last round.
    let still = { state: await state(), since: Date.now() };
    await soon(async () => {
      await sleep(400);
      const now = await state();
      if (!isDeepStrictEqual(now, still.state)) still = { state: now, since: Date.now() };
      return Date.now() - still.since;
    }).toBeGreaterThan(WATCHED_MS);
    expect(still.state.reportedAt).not.toBeNull();
    // The lottery has the round's stake for a ticket, and its own time-limit; the table has nothing to wait for.
    const alarms = (still.state.rows["metadata.sqlite"]?.["_cf_ALARM"] ?? []) as { actor_name: string }[];
    expect(alarms.map((alarm) => alarm.actor_name).filter((name) => name !== "lottery:main")).toEqual([]);
    // It sleeps: the runtime has folded the log of a sleeping object into its file.
    await soon(() =>
      readdirSync(files).filter((name) => name.endsWith("-wal") && !name.startsWith("metadata")),
    ).toEqual([]);
    expect(await page.getByTestId("connection").getAttribute("data-state")).toBe("online");

    // It wakes for the next chip.
    await table.bet("low", 50);
    await soon(async () => (await table.view()).staked).toBe(50);
    expect(rowsIn(files)).not.toEqual(still.state.rows);
  });
});

/** Every row of every table in the SQLite files of a folder. They are copied first, so that the house is not disturbed. */
function rowsIn(folder: string): Record<string, Record<string, unknown[]>> {
  const copy = mkdtempSync(join(tmpdir(), "croupier-rows-"));
  try {
    cpSync(folder, copy, { recursive: true });
    const names = readdirSync(copy).filter((name) => name.endsWith(".sqlite"));
    return Object.fromEntries(names.map((name) => [name, rowsOf(join(copy, name))]));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function rowsOf(file: string): Record<string, unknown[]> {
  const db = new DatabaseSync(file);
  try {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    const rows = (table: string): unknown[] => {
      const statement = db.prepare(`SELECT * FROM "${table}"`);
      statement.setReadBigInts(true); // alarms are in nanoseconds
      return statement.all();
    };
    return Object.fromEntries(tables.map(({ name }) => [String(name), rows(String(name))]));
  } finally {
    db.close();
  }
}
