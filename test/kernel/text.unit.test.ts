import { assert, constantFrom, integer, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { cut, illFormed, LEVELS_MAX, tooDeep, whole } from "../../rooms/kit/text.ts";

const FAMILY = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}";
const WAVE = "\u{1f44b}\u{1f3fd}";

describe("a text that is too long", () => {
  test("is cut in front of the character that has no room, whatever it is made of", () => {
    expect(cut(`${"x".repeat(63)}\u{1f600}`, 64)).toBe("x".repeat(63));
    expect(cut("\u{1f600}".repeat(33), 64)).toBe("\u{1f600}".repeat(32));
    expect(cut(`xx${FAMILY}`, 9)).toBe("xx");
    expect(cut(`xx${WAVE}!`, 5)).toBe("xx");
    expect(cut(`xe\u0301e\u0301`, 4)).toBe("xe\u0301");
    expect(cut("abcdef", 3)).toBe("abc");
    expect(cut("abc", 3)).toBe("abc");
  });

  test("is cut between code points where one character is longer than all the room", () => {
    expect(cut(FAMILY, 4)).toBe("\u{1f468}\u200d");
    expect(cut(FAMILY, 1)).toBe("");
    expect(cut(`a${"\u0301".repeat(100)}`, 10)).toBe(`a${"\u0301".repeat(9)}`);
  });

  test("stays well-formed, a beginning of what it was, and within its limit", () => {
    const texts = string({
      unit: constantFrom("x", " ", "\u0301", FAMILY, WAVE, "\u{1f600}", "\u{1f1e9}"),
      maxLength: 60,
    });
    assert(
      property(texts, integer({ min: 0, max: 80 }), (text, most) => {
        const head = cut(text, most);
        expect(head.isWellFormed() && text.startsWith(head) && head.length <= most).toBe(true);
      }),
    );
  });
});

test("halves of characters are left out", () => {
  expect(whole("a\ud83d b\ude00 \u{1f600}")).toBe("a b \u{1f600}");
});

test("half a character is found wherever it is in a body", () => {
  expect(illFormed({ a: 1, b: ["x", { c: "half \ud83d" }] })).toEqual(["b", "1", "c"]);
  expect(illFormed({ a: { "\ude00": 1 } })).toEqual(["a"]);
  expect(illFormed({ a: ["\u{1f600}", null, 3, true] })).toBeNull();
  expect(illFormed("\ud83d")).toEqual([]);
});

const nested = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));

test("what is nested too deep is told without going to its end", () => {
  expect(tooDeep(nested(LEVELS_MAX))).toBe(false);
  expect(tooDeep(nested(LEVELS_MAX + 1))).toBe(true);
  expect(tooDeep({ a: [1, { b: nested(1_000_000) }] })).toBe(true);
  expect([tooDeep("x"), tooDeep(null), tooDeep({})]).toEqual([false, false, false]);
});
