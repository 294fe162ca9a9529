import { expect, test } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { emptyTable, foldTable, TABLE_LEFT_MAX, type RoomDelta, type Table } from "../../rooms/kernel/table.ts";

const comes = (n: number, online = true, name = `Guest ${n}`): RoomDelta => ({
  type: "room.presence",
  player: `p${n}` as PlayerId,
  name,
  online,
});
const folded = (steps: readonly RoomDelta[], from: Table = emptyTable): Table => steps.reduce(foldTable, from);
const namesOf = (table: Table): unknown => table.left?.map(({ name }) => name);

test("who has left is still known by name, the last one last, until they are back", () => {
  const gone = folded([comes(1), comes(2), comes(1, false), comes(2, false)]);
  expect([gone.players, gone.online, namesOf(gone)]).toEqual([[], 0, ["Guest 1", "Guest 2"]]);
  const back = folded([comes(1, true, "heron")], gone);
  expect([back.players, namesOf(back)]).toEqual([[{ player: "p1", name: "heron" }], ["Guest 2"]]);
  expect(namesOf(folded([comes(1, false, "heron")], back))).toEqual(["Guest 2", "heron"]);
});

test("a table that was kept before has nobody to remember, and the list is bounded", () => {
  const { left: _, ...older } = emptyTable;
  const many = Array.from({ length: TABLE_LEFT_MAX + 5 }, (_none, n) => [comes(n), comes(n, false)]).flat();
  const after = folded(many, older);
  expect(after.left).toHaveLength(TABLE_LEFT_MAX);
  expect(after.left?.[0]?.name).toBe("Guest 5");
});
