import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { entries, games } from "../../rooms/games.ts";
import { ORDER_REFUSALS, ROOM_REFUSALS } from "../../rooms/kit/room-words.ts";

/** The codes that documents list are those that the rules and the rooms refuse commands with: none less, and none more. */

const sourceOf = (glob: string): string =>
  globSync(`rooms/${glob}`)
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
const literals = (text: string): string[] =>
  [...text.matchAll(/["`]([a-z]+(?:_[a-z]+)*)["`]/g)].map(([, one]) => one ?? "");

/** Every text that stands where a code does: after `refused:`, up to the end of that property. */
function refusedIn(source: string): Set<string> {
  const codes = new Set<string>();
  for (const [text] of source.matchAll(/refused: [^,;}]*/g)) {
    // The one code that is put together: by the side of the layout.
    if (text.includes("`above_${bet.side"))
      for (const side of ["inside", "outside"]) codes.add(`above_${side}_maximum`);
    else for (const code of literals(text)) codes.add(code);
  }
  return codes;
}

/** The same for what the kernel and the rooms' doors refuse by themselves. */
function roomCodes(): Set<string> {
  const doors = sourceOf("kernel/{engine,commands,batch,inbound,inputs,transfer}.ts") + sourceOf("host/{core,loop}.ts");
  const places = [/\.refuse\([^;]*?\)?;/g, /\bcode(?::| =)\s[^;}]*/g, /type LimitCode = [^;]*/g];
  const found = places.flatMap((place) => [...doors.matchAll(place)].flatMap(([text]) => literals(text)));
  return new Set(found.filter((word) => word.includes("_") || word in ROOM_REFUSALS));
}

describe("the codes that a command can be refused with", () => {
  test.each([...games.keys()])("are all listed for %s, with their meanings, and no others", (name) => {
    const own = [...refusedIn(sourceOf(`${name}/*.ts`))].filter(
      (code) => !(code in ROOM_REFUSALS) && !ORDER_REFUSALS.has(code),
    );
    expect(Object.keys(entries.get(name)?.words.refusals ?? {}).sort()).toEqual(own.sort());
  });

  test("are all listed for the room itself, and no others", () => {
    const own = [...roomCodes()].filter((code) => !ORDER_REFUSALS.has(code) && code !== "unrecognized_keys");
    const ofGames = [...games.keys()].flatMap((name) => [...refusedIn(sourceOf(`${name}/*.ts`))]);
    expect(own.filter((code) => !(code in ROOM_REFUSALS))).toEqual([]);
    expect(Object.keys(ROOM_REFUSALS).filter((code) => !own.includes(code) && !ofGames.includes(code))).toEqual([]);
  });
});
