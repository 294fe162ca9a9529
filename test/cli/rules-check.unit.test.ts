import { expect, test } from "vitest";
import { faultsOf, LAW_BOOK } from "../../src/cli/rules-check/faults.ts";

// The check reads this file too: numbers of rules that there are not are put together here.
const WRONG = ["R", "99"].join("");
const CHAPTER = ["DESIGN", "5"].join(" ");

const BOOK = "# Rules\n\n### R1\n\nA rule.\n\n### C2\n\nAnother.\n";
const TESTS = 'describe("[R1] a bet", () => {});\ntest.each([[1], [2]])(\n  "[C2] the curve",\n  () => {},\n);\n';
const SOUND = { [LAW_BOOK]: BOOK, "test/a.test.ts": TESTS, "src/a.ts": "/** As it must be. [R1] */\n" };

const check = (changed: Readonly<Record<string, string>>): readonly string[] =>
  faultsOf(new Map(Object.entries({ ...SOUND, ...changed })));

test("a repository whose citations, tests and links are right has no fault", () => {
  const documents = {
    "README.md":
      '[book](rooms/RULES.md#r1) <img src="web/a.jpg"> [top](#a-title-of-2) [rooms](rooms/) [out](https://x.y/#z)\n\n## A title, of 2!\n',
    "web/a.jpg": "",
  };
  expect(check(documents)).toEqual([]);
});

test("a rule that is cited and not in the book is told with its place, however it is written", () => {
  const fault = `there is no rule ${WRONG} in ${LAW_BOOK}.`;
  expect(check({ "src/b.ts": `// Fine.\n/** So. [${WRONG}] */\n` })).toEqual([`src/b.ts:2: ${fault}`]);
  expect(check({ "README.md": `By (${WRONG}) it is paid.` })).toEqual([`README.md:1: ${fault}`]);
  expect(check({ "web/c.tsx": `const rule = "${WRONG}";` })).toEqual([`web/c.tsx:1: ${fault}`]);
});

test("a coordinate of a drawing is no citation", () => {
  expect(check({ "web/c.tsx": 'const d = "M16 4.6 L20.4 11.6";' })).toEqual([]);
});

test("a rule that no test's title names is told", () => {
  const fault = `${LAW_BOOK}: no test's title names C2.`;
  expect(check({ "test/a.test.ts": 'test("[R1] a bet", () => {});\n' })).toEqual([fault]);
});

test("a message, a comment, a helper's file and a skipped test name no rule", () => {
  const fault = `${LAW_BOOK}: no test's title names C2.`;
  for (const text of [
    'assert.ok(true, "[C2] the curve");',
    "// [C2] the curve",
    'test.skip("[C2] the curve", () => {});',
    'test.todo("[C2] the curve");',
  ]) {
    expect(check({ "test/a.test.ts": `test("[R1] a bet", () => {});\n${text}\n` })).toEqual([fault]);
  }
  expect(check({ "test/a.test.ts": 'test("[R1] a bet", () => {});\n', "test/b.ts": TESTS })).toEqual([fault]);
});

test("a chapter or a name of a document that is not here is told", () => {
  expect(check({ "src/b.ts": `/** Money: ${CHAPTER}. */` })).toEqual([
    `src/b.ts:1: ${CHAPTER} is in no document of this repository.`,
  ]);
  const name = ["PLATFORM", "md"].join(".");
  expect(check({ "src/b.ts": `/** See ${name}, and RULES.md. */` })).toEqual([
    `src/b.ts:1: there is no ${name} in this repository.`,
  ]);
});

test("a link to no file, or to no heading, is told; one in code is none", () => {
  expect(check({ "src/README.md": "Fine.\n\n[a](b.ts) [c](../rooms/RULES.md#c3)\n" })).toEqual([
    "src/README.md:3: b.ts leads to no file.",
    "src/README.md:3: ../rooms/RULES.md#c3: rooms/RULES.md has no heading of that name.",
  ]);
  expect(check({ "src/README.md": '<img src="gone.jpg">\n' })).toEqual(["src/README.md:1: gone.jpg leads to no file."]);
  expect(check({ "src/README.md": "`[a](b.ts)`\n\n```md\n[a](b.ts)\n```\n" })).toEqual([]);
});

test("what points from code to a section that is not there is told", () => {
  expect(check({ "src/b.ts": "/** See rooms/RULES.md#r1. */" })).toEqual([]);
  expect(check({ "src/b.ts": "/** See rooms/RULES.md#c9. */" })).toEqual([
    "src/b.ts:1: rooms/RULES.md#c9: rooms/RULES.md has no heading of that name.",
  ]);
});

test("a law book without rules is a fault of its own", () => {
  expect(check({ [LAW_BOOK]: "# Rules\n" })).toEqual([`${LAW_BOOK}: it has no rules.`]);
});
