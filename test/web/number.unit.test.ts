import { describe, expect, test } from "vitest";
import { marksOf, readNumber } from "../../web/ui/number.ts";

/** What each text is by the language of the browser: a number, or the two that it could be, or none. */

type Is = number | "two ways" | "none";
const is = (language: string, text: string, whole = false): Is => {
  const { value, fault } = readNumber(text, { whole, marks: marksOf(language) });
  return value ?? (/ or /.test(fault ?? "") && !/such as/.test(fault ?? "") ? "two ways" : "none");
};

/** Languages in this order, one answer each; or one for all. */
const LANGUAGES = ["en-US", "de-DE", "fr-FR", "ru-RU", "hi-IN", "ar-EG", "de-CH"] as const;
const COMMA_IS_POINT: readonly Is[] = ["two ways", 2.5, 2.5, 2.5, "two ways", "two ways", "two ways"];
const TABLE: readonly (readonly [string, Is | readonly Is[]])[] = [
  ["250", 250],
  [" 250 ", 250],
  ["2.50", 2.5],
  ["2,50", COMMA_IS_POINT],
  ["1.000", ["two ways", 1_000, "two ways", "two ways", "two ways", "two ways", "two ways"]],
  ["1,000", [1_000, "two ways", "two ways", "two ways", 1_000, "two ways", "two ways"]],
  ["1 000", 1_000],
  ["1\u00a0000", 1_000],
  ["1\u202f000", 1_000],
  ["1'000", 1_000],
  ["1\u2019000", 1_000],
  ["1.234,50", 1_234.5],
  ["1,234.50", 1_234.5],
  ["1 234,50", 1_234.5],
  ["1\u202f234\u202f567,25", 1_234_567.25],
  ["1.234.567", 1_234_567],
  ["1,234,567", 1_234_567],
  ["12,34,567", 1_234_567],
  ["1,00,000", 100_000],
  ["12 50", "two ways"],
  ["5 5", "two ways"],
  ["0.125", 0.125],
  ["0,125", 0.125],
  ["0,5", 0.5],
  [".5", 0.5],
  ["5.", 5],
  ["1234.567", 1_234.567],
  ["\u0661\u0662\u0663", 123],
  ["\u0661\u066c\u0662\u0663\u0664\u066b\u0665", 1_234.5],
  ["\u200f\u0661\u0662\u0663", 123],
  ["\u06f1\u06f2\u06f3", 123],
  ["\u0967\u0968\u0969", 123],
  ["\uff11\uff12\uff13", 123],
  ["1.5.5", "none"],
  ["1,2,3", "none"],
  ["1,0000,000", "none"],
  ["1.234,567.8", "none"],
  ["", "none"],
  ["-5", "none"],
  ["+5", "none"],
  ["1e3", "none"],
  ["0x10", "none"],
  ["2k", "none"],
  ["10%", "none"],
  ["$5", "none"],
  ["1_000", "none"],
  ["Infinity", "none"],
  [".", "none"],
  [",,", "none"],
  ["9".repeat(17), "none"],
  ["9".repeat(400), "none"],
];

describe("numbers as people write them", () => {
  test.each(TABLE)("%j is read by the language, or not at all", (text, answers) => {
    const read = LANGUAGES.map((language) => is(language, text));
    expect(read).toEqual(typeof answers === "object" ? answers : LANGUAGES.map(() => answers));
  });

  test("what could be two numbers is told in a way that can only be one", () => {
    const marks = marksOf("en-US");
    for (const [text, words] of [
      ["2,50", "Write 2.50 or 250."],
      ["1.000", "Write 1 or 1000."],
      ["1.125", "Write 1.1250 or 1125."],
      ["1.250", "Write 1.25 or 1250."],
      ["12 50", "Write 12.50 or 1250."],
    ] as const) {
      const { fault } = readNumber(text, { marks });
      expect(fault).toBe(words);
      const [, one = "", other = ""] = /^Write (\S+) or (\S+)\.$/.exec(words) ?? [];
      for (const language of LANGUAGES) {
        expect([is(language, one), is(language, other)]).toEqual([Number(one), Number(other)]);
      }
    }
  });

  test("where only whole numbers are taken, parts of one are refused and no mark is passed over", () => {
    for (const language of LANGUAGES) {
      expect(is(language, "5.0", true)).toBe(5);
      expect(is(language, "2.50", true)).toBe("none");
      expect(is(language, "1.234,50", true)).toBe("none");
    }
    expect(readNumber("2,50", { whole: true, marks: marksOf("en-US") }).fault).toBe("Write 250 or 2.");
    expect(readNumber("2,50", { whole: true, marks: marksOf("de-DE") }).fault).toBe(
      "Write a whole number, such as 250.",
    );
  });

  test("what the page writes itself is read in every language as that", () => {
    for (const language of LANGUAGES) {
      for (const value of [1, 50, 999, 1_000, 123_456, 1_000_000_000]) expect(is(language, String(value))).toBe(value);
      for (const x100 of [101, 235, 1_549, 123_456]) expect(is(language, (x100 / 100).toFixed(2))).toBe(x100 / 100);
    }
  });
});
