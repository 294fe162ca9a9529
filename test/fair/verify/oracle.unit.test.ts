import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filing, root, runTool } from "./tool.ts";

/** Games of a public chain (bustabit), with the results that were published for them, in hundredths. */
const SALT = "0000000000000000004d6ec16dafe9d8370958664c1dc422f452892264c59526";
const PUBLISHED = [
  ["9f57575fd54cd441e962448537e155ace9555df10cd27fa817bbcaf48a59ebcf", 1549],
  ["9f60c0b9439f8bdd27adb2053876d9fa36b7e3ca051a0d95114668992f9c1845", 742],
  ["6e548074a57b39330de68ab00a2b42377a2d822fb1a7774d502e8bf17b1ec617", 104],
  ["a840f5c02904a165d58da467afdfc9a7903cc54aef6f5e75f0c9307f28ed40b6", 271],
  ["06a433b62bfc725dea09c114e845fbbd2d1a2a136ef9561f2f915f759c89af8d", 4930],
] as const;
const SHARED = join(root, "../shared/vectors/bustabit.json");

const file = filing();
const games = PUBLISHED.map(([hash]) => ({ hash }));
const lines = (out: string): unknown[] =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

describe("oracle:crash [C3]", () => {
  test("gives the results that were published, one line of JSON a game", async () => {
    const { code, out, err } = await runTool("oracle-crash.ts", [file({ salt: SALT, games })]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(PUBLISHED.map(([, bust], i) => `{"game":${i + 1},"bust_x100":${bust}}\n`).join(""));
  });

  test("takes the chain under v2, and a game's own number before its place", async () => {
    const numbered = [{ game: 7, ...games[0] }, games[1], { game: 3, hash: games[2]?.hash.toUpperCase() }];
    const { code, out } = await runTool("oracle-crash.ts", [file({ v2: { salt: SALT, games: numbered } })]);
    expect(code).toBe(0);
    expect(lines(out)).toEqual([
      { game: 7, bust_x100: PUBLISHED[0][1] },
      { game: 2, bust_x100: PUBLISHED[1][1] },
      { game: 3, bust_x100: PUBLISHED[2][1] },
    ]);
  });

  test("reads standard input", async () => {
    const { code, out } = await runTool(
      "oracle-crash.ts",
      ["-"],
      JSON.stringify({ salt: SALT, games: games.slice(0, 1) }),
    );
    expect({ code, lines: lines(out) }).toEqual({ code: 0, lines: [{ game: 1, bust_x100: PUBLISHED[0][1] }] });
  });

  test("prints numbers to the last digit beyond 2^53", async () => {
    const text = `{"salt":"${SALT}","games":[{"game":9007199254740993,"hash":"${games[0]?.hash}"}]}`;
    const { code, out } = await runTool("oracle-crash.ts", [file(text)]);
    expect({ code, out }).toEqual({ code: 0, out: `{"game":9007199254740993,"bust_x100":${PUBLISHED[0][1]}}\n` });
  });

  test("prints nothing and ends with 2 for what is no chain, and says where", async () => {
    const bad: readonly (readonly [unknown, RegExp])[] = [
      ["{", /not JSON/],
      ["", /not JSON/],
      ["null", /not a chain/],
      ["[]", /not a chain/],
      [{ salt: SALT }, /games/],
      [{ games }, /salt/],
      [{ salt: "", games }, /salt is not empty/],
      [{ salt: 5, games }, /salt/],
      [{ v2: null }, /v2/],
      [{ salt: SALT, games: [...games, { hash: games[0]?.hash.slice(1) }] }, /games\.\d+\.hash: a hash is 64 digits/],
      [{ salt: SALT, games: [...games, { hash: `${games[0]?.hash.slice(1)}g` }] }, /64 digits of hex/],
      [{ salt: SALT, games: [...games, {}] }, /hash/],
      [{ salt: SALT, games: [{ game: 1.5, ...games[0] }] }, /games\.0\.game/],
      [{ salt: SALT, games: [{ game: "1", ...games[0] }] }, /games\.0\.game/],
    ];
    await Promise.all(
      bad.map(async ([content, words]) => {
        const { code, out, err } = await runTool("oracle-crash.ts", [file(content)]);
        expect({ code, out }, err).toEqual({ code: 2, out: "" });
        expect(err).toMatch(words);
        expect(err.trim().split("\n"), "one line, and no stack").toHaveLength(1);
      }),
    );
    for (const args of [[], ["a", "b"], ["/nowhere/at all.json"]]) {
      expect(await runTool("oracle-crash.ts", args)).toMatchObject({ code: 2, out: "" });
    }
  });

  test.skipIf(!existsSync(SHARED))(
    "agrees with every published game of ../shared/vectors (skipped where it is missing)",
    async () => {
      const { v2 } = JSON.parse(readFileSync(SHARED, "utf8")) as {
        v2: { games: { game: number; bust_x100: number }[] };
      };
      const { code, out } = await runTool("oracle-crash.ts", [SHARED]);
      expect(code).toBe(0);
      expect(lines(out)).toEqual(v2.games.map(({ game, bust_x100 }) => ({ game, bust_x100 })));
      expect(v2.games.length).toBeGreaterThan(10);
    },
  );
});
