import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { d1Model, INSERT } from "../../src/stats/d1.ts";
import type { Facts } from "../../src/stats/model.ts";
import { answersMatch } from "./answers.ts";
import { Oracle } from "./oracle.ts";
import { dealt, NOW, world } from "./world.ts";
import { Random } from "../kit/random.ts";

/** The tables of a deployment that has been in use since the first version, brought up to this one. */

const db = env.READ_MODEL;
const { READ_MODEL_MIGRATIONS: migrations } = env as unknown as { READ_MODEL_MIGRATIONS: D1Migration[] };
/** Which were applied is noted under another name than that of setup.ts, which has applied them all. */
const APPLIED = "applied_here";

/** As the first version wrote them: it knew of no tables apart. */
const FIRST_INSERT = `INSERT INTO result (player, at, room, round, game, staked, returned)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 FROM json_each(?)
  WHERE true ON CONFLICT DO NOTHING`;

async function projectAtFirst({ results, changes, personas }: Facts): Promise<void> {
  const insert = (sql: string, rows: readonly unknown[]): D1PreparedStatement =>
    db.prepare(sql).bind(JSON.stringify(rows));
  await db.batch([
    insert(
      FIRST_INSERT,
      results.map((one) => [one.player, one.at, one.room, one.round, one.game, one.staked, one.returned]),
    ),
    insert(
      INSERT.changes,
      changes.map((one) => [one.player, one.entry, one.kind, one.amount, one.at]),
    ),
    insert(
      INSERT.personas,
      personas.map((one) => [one.player, one.name, Number(one.hidden), one.version]),
    ),
    db.prepare(INSERT.freshness).bind(NOW, 0),
  ]);
}

const migrateTo = async (last: number): Promise<void> => applyD1Migrations(db, migrations.slice(0, last), APPLIED);

/** Every row of every table of the read model. */
async function everyRow(): Promise<Record<string, unknown[]>> {
  const { results } = await db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '_cf*' AND name NOT GLOB 'sqlite_*' ORDER BY name",
    )
    .all<{ name: string }>();
  const names = results.map(({ name }) => name).filter((name) => name !== APPLIED && name !== "d1_migrations");
  const rows: Record<string, unknown[]> = {};
  for (const name of names)
    rows[name] = (await db.prepare(`SELECT * FROM ${name} ORDER BY 1, 2`).all()).results.toSorted((a, b) =>
      JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
    );
  return rows;
}

/** By everybody, as the board has it. */
async function wagered(): Promise<number> {
  const { lines } = await d1Model(db).board("wagered", "all", 100, null, NOW);
  return lines.reduce((sum, { value }) => sum + value, 0);
}

/** A database as the first version made it, with nothing in it. */
beforeEach(async () => {
  const tables = ["result", "change", "persona", "total", "standing", "span", "freshness", APPLIED];
  await db.batch(tables.map((table) => db.prepare(`DROP TABLE IF EXISTS ${table}`)));
  await migrateTo(1);
});

describe("the read model's tables brought up from the first version", () => {
  test("answer as the list of all facts does, with rows of before", async () => {
    const all = world(11);
    const oracle = new Oracle();
    await oracle.project(all, NOW);
    await projectAtFirst(all);
    await migrateTo(migrations.length);
    await answersMatch(d1Model(db), oracle, NOW, "all");
  });

  test("hold row by row what a rebuild makes of the same facts", async () => {
    const all = world(13);
    await projectAtFirst(all);
    await migrateTo(migrations.length);
    const migrated = await everyRow();
    const { sum } = await d1Model(db).checksum();
    expect(Object.keys(migrated)).toEqual(["change", "freshness", "persona", "result", "span", "standing", "total"]);
    for (const table of ["change", "persona", "result", "span", "standing", "total"])
      expect(migrated[table]?.length, table).toBeGreaterThan(0);

    await d1Model(db).clear();
    await d1Model(db).project(all, NOW);
    const rebuilt = await everyRow();
    expect({ ...rebuilt, freshness: [] }).toEqual({ ...migrated, freshness: [] });
    expect((await d1Model(db).checksum()).sum).toBe(sum);
  });

  test("count on from there: what comes again changes nothing, and what is new is added", async () => {
    const [before, after] = dealt(world(14), new Random(14), 2);
    if (before === undefined || after === undefined) throw new Error("two piles were asked for");
    const oracle = new Oracle();
    await projectAtFirst(before);
    await migrateTo(migrations.length);
    const migrated = await everyRow();
    for (const facts of [before, after]) await oracle.project(facts, NOW);
    await d1Model(db).project(before, NOW);
    expect({ ...(await everyRow()), freshness: [] }).toEqual({ ...migrated, freshness: [] });
    await d1Model(db).project(after, NOW);
    await answersMatch(d1Model(db), oracle, NOW, "quick");
  });

  test("rank nobody by what was played at a table that a player made, which they did at first", async () => {
    const all = world(15);
    await projectAtFirst(all);
    const atFirst = await wagered();
    await migrateTo(migrations.length);
    expect(await wagered()).toBeLessThan(atFirst);
  });
});
