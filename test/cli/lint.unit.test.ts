import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

/** What .oxlintrc.json refuses, planted one by one into a tree of the same folders. */

const root = join(import.meta.dirname, "../..");
const tree = mkdtempSync(join(tmpdir(), "croupier-lint-"));
afterAll(() => rmSync(tree, { recursive: true, force: true }));

type Config = { options: { typeAware: boolean } };
const config = JSON.parse(readFileSync(join(root, ".oxlintrc.json"), "utf8")) as Config;
writeFileSync(join(tree, ".oxlintrc.json"), JSON.stringify({ ...config, options: { typeAware: false } }));

const folders = readdirSync(join(root, "rooms"), { withFileTypes: true }).flatMap((one) =>
  one.isDirectory() ? [one.name] : [],
);
const pure = folders.filter((folder) => folder !== "host");
const games = pure.filter((folder) => !["kernel", "kit", "fair"].includes(folder));

/** What lint says of these files, by path from the root. */
function lint(files: Readonly<Record<string, string>>): string {
  rmSync(join(tree, "rooms"), { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  try {
    return execFileSync(join(root, "node_modules/.bin/oxlint"), ["--deny-warnings", "--format", "unix"], {
      cwd: tree,
      encoding: "utf8",
    });
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  }
}

const uses = (spec: string): string => `import { one } from "${spec}";\nexport const two = (): number => one;\n`;

const names = (spec: string): string => `import type { One } from "${spec}";\nexport type Two = One;\n`;

describe.each([...pure.map((folder) => `rooms/${folder}/planted.ts`), "rooms/planted.ts"])("%s", (path) => {
  test.each([
    ["a clock", "export const now = (): number => Date.now();\n", "no-restricted-globals"],
    ["a random number", "export const luck = (): number => Math.random();\n", "no-restricted-properties"],
    ["a timer", "export const later = (): unknown => setTimeout(() => {}, 1);\n", "no-restricted-globals"],
    ["the platform", uses("partyserver"), "no-restricted-imports"],
    ["the house around it", uses(`${"../".repeat(path.split("/").length - 1)}src/env.ts`), "no-restricted-imports"],
  ])("is refused %s", (_, text, rule) => {
    expect(lint({ [path]: text })).toContain(rule);
  });

  test("may be without any", () => {
    expect(lint({ [path]: "export const two = (one: number): number => one + 1;\n" })).not.toContain("planted.ts");
  });
});

describe("an import that goes up a floor", () => {
  test.each([
    ["fair", "../game.ts"],
    ["kit", "../kernel/engine.ts"],
    ["kernel", "../games.ts"],
    ["kernel", "../host/journal.ts"],
    ["kernel", `../${games[0] ?? ""}/index.ts`],
    ["host", "../../src/env.ts"],
    ["host", `../${games[0] ?? ""}/index.ts`],
    ...games.flatMap((game, i) => [
      [game, "../kernel/engine.ts"],
      [game, "../host/journal.ts"],
      [game, "../games.ts"],
      [game, `../${games[(i + 1) % games.length] ?? ""}/types.ts`],
    ]),
  ])("is refused in rooms/%s: %s", (folder, spec) => {
    expect(lint({ [`rooms/${folder}/planted.ts`]: uses(spec) })).toContain("no-restricted-imports");
  });

  test.each(["./kit/rtp.ts", "./kernel/engine.ts", "./games.ts", `./${games[0] ?? ""}/types.ts`])(
    "is refused in rooms/game.ts: %s",
    (spec) => {
      expect(lint({ "rooms/game.ts": names(spec) })).toContain("no-restricted-imports");
    },
  );

  test("is none from rooms/game.ts to fairness", () => {
    expect(lint({ "rooms/game.ts": names("./fair/deck.ts") })).not.toContain("no-restricted-imports");
  });
});

describe("an import circle", () => {
  test("is refused", () => {
    const said = lint({ "rooms/kit/a.ts": uses("./b.ts"), "rooms/kit/b.ts": uses("./a.ts") });
    expect(said).toContain("import(no-cycle)");
  });

  test("that is of types alone is none", () => {
    expect(lint({ "rooms/kit/a.ts": names("./b.ts"), "rooms/kit/b.ts": names("./a.ts") })).not.toContain("no-cycle");
  });
});
