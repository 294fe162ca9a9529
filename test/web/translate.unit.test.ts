import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { initialOf } from "../../web/ui/initial.ts";

const WEB = join(dirname(fileURLToPath(import.meta.url)), "../../web");
/** What only operators see is not looked at. */
const sources = globSync("**/*.tsx", { cwd: WEB, exclude: ["dist", "operator"] }).map((path) => ({
  path: relative(WEB, join(WEB, path)),
  text: readFileSync(join(WEB, path), "utf8"),
}));

/** Elements with nothing in them but one expression: their tag, attributes and expression. */
const ALONE =
  /<([A-Za-z]+)((?:\s+[\w-]+(?:="[^"]*"|=\{(?:[^{}]|\{[^{}]*\})*\})?)*)\s*>\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*<\//g;
const elements = sources.flatMap(({ path, text }) =>
  [...text.matchAll(ALONE)]
    .map(([, tag = "", attributes = "", shown = ""]) => ({ path, tag, attributes, shown }))
    .filter(({ shown }) => !shown.includes("</")),
);
const lost = (found: typeof elements): string[] =>
  found
    .filter(({ tag, attributes }) => tag !== "Name" && !attributes.includes('translate="no"'))
    .map(({ path, tag, shown }) => `${path}: <${tag}> ${shown}`);

describe("A browser that translates the page leaves alone", () => {
  test("numbers that stand by themselves", () => {
    const numbers = elements.filter(
      ({ attributes, shown }) =>
        /\b(numerals|bust-face|chip-sum)\b/.test(attributes) &&
        /^(amount|signed|times|short|shortTimes|hundredths)\([^()]*(\([^()]*\))?[^()]*\)$/.test(shown.trim()),
    );
    expect(numbers.length).toBeGreaterThan(25);
    expect(lost(numbers)).toEqual([]);
  });

  test("what people are called", () => {
    const names = elements.filter(({ shown }) =>
      /(^|[ :])((names|who)\(|nameOf\((line\.)?(player|asked))|\b(line|player)\.(user)?name$/i.test(shown.trim()),
    );
    expect(names.length).toBeGreaterThan(10);
    expect(lost(names)).toEqual([]);
  });

  test("hashes, seeds and codes", () => {
    const hashes = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/<(p|span)\s[^<>]*className="hash(?:-box)?"[^<>]*>/g)].map(([tag]) => ({ path, tag })),
    );
    expect(hashes.length).toBeGreaterThan(8);
    expect(hashes.filter(({ tag }) => !tag.includes('translate="no"'))).toEqual([]);
  });
});

describe("The face of a name", () => {
  test.each([
    ["heron", "H"],
    ["\u{1f469}\u200d\u{1f680} Ada", "\u{1f469}\u200d\u{1f680}"],
    ["\u{1f1e9}\u{1f1ea}", "\u{1f1e9}\u{1f1ea}"],
    ["e\u0301lan", "E\u0301"],
    ["\u00dfen", "S"],
    ["\u{10428}x", "\u{10400}"],
    ["", ""],
  ])("of %j is %j: a whole letter, and no more", (name, face) => expect(initialOf(name)).toBe(face));
});
