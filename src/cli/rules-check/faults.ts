import { lineOf, type Files } from "./files.ts";
import { linkFaults } from "./links.ts";

export const LAW_BOOK = "rooms/RULES.md";

/** One line for each fault; empty when there is none. */
export function faultsOf(files: Files): readonly string[] {
  const rules = rulesOf(files.get(LAW_BOOK) ?? "");
  if (rules.size === 0) return [`${LAW_BOOK}: it has no rules.`];
  return [...citationFaults(files, rules), ...untested(files, rules), ...strangers(files), ...linkFaults(files)];
}

/** The rules of the rule book: each has a heading that is only its number. */
function rulesOf(book: string): ReadonlySet<string> {
  return new Set([...book.matchAll(/^### ([A-Z]\d+)$/gm)].map(([, rule = ""]) => rule));
}

/** Finds citations by the letters of rules: `[C4]`, `(P7)`, "the limits of R6"; but not coordinates of an SVG path (`L20.4`). */
function citationFaults(files: Files, rules: ReadonlySet<string>): string[] {
  const letters = new Set([...rules].map((rule) => rule.charAt(0)));
  const citation = new RegExp(`(?<![\\w.-])[${[...letters].join("")}]\\d{1,2}(?!\\w|\\.\\d)`, "g");
  return found(files, citation, (rule) => (rules.has(rule) ? null : `there is no rule ${rule} in ${LAW_BOOK}.`));
}

/** The first argument of a test or describe call, on the same line or the next. Skipped tests do not count. */
const TITLE =
  /(?:\b(?:test|it|describe)(?:\.(?:only|concurrent|sequential))?|\))\(\s*(?:"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g;

function untested(files: Files, rules: ReadonlySet<string>): string[] {
  const named = new Set<string>();
  for (const [path, text] of files) {
    if (!path.endsWith(".test.ts")) continue;
    for (const [, plain, template] of text.matchAll(TITLE)) {
      for (const [, rule = ""] of (plain ?? template ?? "").matchAll(/\[([A-Z]\d+)\]/g)) named.add(rule);
    }
  }
  return [...rules].filter((rule) => !named.has(rule)).map((rule) => `${LAW_BOOK}: no test's title names ${rule}.`);
}

/** A chapter of a document that is not in this repository ("STYLE" and a number), or any document by its file name. */
const CHAPTER = /\b(?:DESIGN|PLATFORM|WEB|STYLE|POKER|HOUSE|CROWD) \d+\b/g;
const DOCUMENT = /\b[A-Z][A-Z_-]+\.md\b/g;

function strangers(files: Files): string[] {
  const names = new Set([...files.keys()].map((path) => path.slice(path.lastIndexOf("/") + 1)));
  return [
    ...found(files, CHAPTER, (what) => `${what} is in no document of this repository.`),
    ...found(files, DOCUMENT, (what) => (names.has(what) ? null : `there is no ${what} in this repository.`)),
  ];
}

/** Reports every match of the pattern for which `faultOf` returns a message, with its place. */
function found(files: Files, pattern: RegExp, faultOf: (what: string) => string | null): string[] {
  return [...files].flatMap(([path, text]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const fault = faultOf(match[0]);
      return fault === null ? [] : [`${path}:${lineOf(text, match.index)}: ${fault}`];
    }),
  );
}
