import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { phhOf } from "../../../rooms/poker/phh.ts";
import type { HandRecord } from "../../../rooms/poker/record.ts";
import { handsOfPhh } from "../../../src/cli/oracle-poker/phh.ts";
import { played } from "../../../src/cli/oracle-poker/play.ts";
import { PokerTable } from "./table.ts";

/**
 * What PokerKit makes of our PHH. The folder holds hands as this house writes them, and `said.json` the stacks that PokerKit 0.7.7
 * (`pip install pokerkit==0.7.7`) had at the end of each, from `for state in HandHistory.load(file)`. Whoever changes how a hand is
 * written has to ask it again.
 */

const folder = join(import.meta.dirname, "pokerkit-0.7.7");
const written = (name: string): string => readFileSync(join(folder, `${name}.phh`), "utf8");
const said = JSON.parse(readFileSync(join(folder, "said.json"), "utf8")) as Record<string, number[]>;

const NAMES: Readonly<Record<string, string>> = {
  ann: "Ann Ümlaut",
  bob: 'Bob "the" Grey',
  cy: "Cy",
  dee: "Dee",
  eve: "Eve",
};
const nameOf = (player: string): string => NAMES[player] ?? player;

const ALL_IN = { ann: "AsAh", bob: "KsKh", board: "2c7d9hJc3s" };

/** A newcomer who does not wait posts between the blinds and the button, and the one under the gun begins. */
function posts(): HandRecord {
  const table = new PokerTable({ seats: 5 }).seat({ ann: 5_000, bob: 5_000, cy: 5_000, dee: 5_000 }).deal();
  table.sit("eve", 4, 5_000);
  expect(table.does("eve", { type: "postBlinds" })).toBe("ok");
  for (
    let i = 0;
    i < 5 && !table.deal().hand.log.some((line) => line.type === "post" && line.what === "missed blinds");
    i++
  );
  return recordOf(table.end());
}

/** The big blind is all-in with it, the small blind has it covered: the board runs out without an act. */
function allInByTheBlinds(): HandRecord {
  const table = new PokerTable({ seats: 2, minBuyInBigBlinds: 1 });
  table.sit("bob", 0, 5_000);
  table.sit("ann", 1, 100);
  table.deal({ ann: "2s3h", bob: "KsKh", board: "2c7d9hJc4s" }).end().deal(ALL_IN).runOut();
  return recordOf(table);
}

function twoBoards(): HandRecord {
  const table = new PokerTable({ seats: 2 }).seat({ ann: 2_000, bob: 3_000 });
  for (const player of ["ann", "bob"]) table.does(player, { type: "runItTwice", on: true });
  table.deal({ ...ALL_IN, board2: "KdTd5c4h2h" });
  table.acts(`${table.turn} all-in`);
  table.acts(`${table.turn} ${table.view.hand?.turn?.raise === null ? "calls" : "all-in"}`);
  if (table.turn !== null) table.acts(`${table.turn} calls`);
  return recordOf(table.runOut());
}

function recordOf(table: PokerTable): HandRecord {
  for (let i = 0; table.state.hand !== null && i < 5; i++) table.fire();
  return table.record(null);
}

const HANDS = { posts, "all-in-by-the-blinds": allInByTheBlinds, "two-boards": twoBoards } as const;

describe("our PHH in PokerKit 0.7.7 [P18]", () => {
  test.each(Object.entries(HANDS))("%s: is written as it was when PokerKit read it", (name, hand) => {
    const text = phhOf(hand(), "poker:main", nameOf);
    expect(text).toBe(written(name));
    expect(handsOfPhh(text, name).map(played)).toMatchObject([
      { ok: true, final: hand().players.map(({ end }) => end) },
    ]);
  });

  test("[P11] a post is negative among the blinds, and PokerKit has the stacks that we have", () => {
    expect(written("posts")).toMatch(/\nblinds_or_straddles = \[.*-100.*\]\n/);
    expect(written("posts")).not.toContain("_first");
    expect(said.posts).toEqual(posts().players.map(({ end }) => end));
  });

  test("a hand that ran out without an act tells who showed, before the board, so that PokerKit pays the same", () => {
    const actions = written("all-in-by-the-blinds").split("actions = [")[1] ?? "";
    expect(actions.indexOf("p1 sm AsAh")).toBeGreaterThan(0);
    expect(actions.indexOf("p1 sm AsAh")).toBeLessThan(actions.indexOf("d db"));
    expect(said["all-in-by-the-blinds"]).toEqual(allInByTheBlinds().players.map(({ end }) => end));
  });

  test("[P16] a second board is a field of our own: PokerKit reads the hand, with its first board", () => {
    expect(written("two-boards")).toContain('\n_second_board = ["KdTd5c", "4h", "2h"]\n');
    expect(written("two-boards")).not.toContain("second board");
    expect(twoBoards().players.map(({ player, end }) => [player, end])).toEqual(
      expect.arrayContaining([
        ["ann", 2_000],
        ["bob", 3_000],
      ]),
    );
    // Ann wins the first board: her 2,000 twice.
    expect(said["two-boards"]?.toSorted((a, b) => a - b)).toEqual([1_000, 4_000]);
  });

  test("players have their names, and without them their ids", () => {
    expect(phhOf(allInByTheBlinds(), "poker:main", nameOf)).toContain(
      '\nplayers = ["Ann Ümlaut", "Bob \\"the\\" Grey"]\n',
    );
    expect(phhOf(allInByTheBlinds(), "poker:main")).toContain('\nplayers = ["ann", "bob"]\n');
  });
});
