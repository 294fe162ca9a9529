import { describe, expect, test } from "vitest";
import { readFrame } from "../../rooms/kernel/inbound.ts";
import { firstGraphemes, graphemes, tidyLine } from "../../rooms/kernel/line.ts";
import { CHAT_CHARS_MAX } from "../../rooms/kernel/protocol.ts";
import { roulette } from "../../rooms/roulette/index.ts";

const FAMILY = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}";
const KISS = "\u{1f469}\u{1f3fd}\u200d\u2764\ufe0f\u200d\u{1f48b}\u200d\u{1f468}\u{1f3ff}";
const SCOTLAND = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";

const says = (text: string) => readFrame(JSON.stringify({ id: "test:1", type: "chat", text }), roulette);

describe("a line of chat", () => {
  test.each([
    ["a joined emoji", FAMILY],
    ["a joined emoji with skins and a heart", KISS],
    ["a rainbow flag", "\u{1f3f3}\ufe0f\u200d\u{1f308}"],
    ["a flag of two letters", "\u{1f1eb}\u{1f1f7}"],
    ["a flag of tags", SCOTLAND],
    ["a keycap", "1\ufe0f\u20e3"],
    ["Persian with its non-joiner", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"],
    ["Hindi with a joiner", "\u0915\u094d\u200d\u0937 \u0938\u094d\u0924\u094d\u0930\u0940"],
    ["Hebrew with points", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd"],
    ["Vietnamese", "Ch\u00fac m\u1eebng"],
    ["Arabic with a direction mark", "\u0645\u0631\u062d\u0628\u0627\u200f!"],
    ["Tibetan", "\u0f56\u0f66\u0f92\u0fb2\u0f74\u0f56\u0f66"],
  ])("keeps %s whole", (_, text) => {
    expect(tidyLine(text)).toBe(text.normalize("NFC"));
  });

  test.each([
    ["spaces", "  \u00a0\u2003 "],
    ["controls", " \n\t\u0000 "],
    ["joiners", "\u200d\u200c\u200d"],
    ["nothing of width", "\u200b\u2060\ufeff"],
    ["Hangul fillers", "\u3164\u115f\uffa0"],
    ["Braille without dots", "\u2800\u2800"],
    ["tags", "\u{e0068}\u{e0069}"],
    ["marks without a letter", "\u0301\u0302"],
    ["half a pair", "\ud83c"],
  ])("of %s alone is none", (_, text) => {
    expect(tidyLine(text)).toBe("");
  });

  test("loses controls, hidden letters and what turns others' words about", () => {
    expect(tidyLine("  a\u0000\u0007\nb\u202e  ")).toBe("a b");
    expect(tidyLine("\u202eevil\u202c \u2066x\u2069")).toBe("evil x");
    expect(tidyLine("pay\u200b\u2060 \u{e0070}me\ufeff")).toBe("pay me");
    expect(tidyLine("a\ud83c b\ue000")).toBe("a  b");
  });

  test("has no towers of marks: five on a letter, and what follows is untouched", () => {
    const tower = tidyLine(`H${"\u0316\u0317\u0318\u0319\u031c\u0489".repeat(50)}i`);
    expect(tower).toMatch(/^H\p{M}{5}i$/u);
    expect(tidyLine(`H${"\u0316\u200d".repeat(100)}`).length).toBeLessThanOrEqual(6);
    expect(tidyLine("e\u0301")).toBe("\u00e9");
  });

  test("has no chain of joined emoji without end", () => {
    const chain = Array.from({ length: 40 }, () => "\u{1f469}").join("\u200d");
    expect(graphemes(chain)).toBe(1);
    expect(graphemes(tidyLine(chain))).toBe(40);
    expect(graphemes(tidyLine(FAMILY))).toBe(1);
  });

  test("is counted, and cut, by what a reader calls a letter", () => {
    expect(graphemes(`${FAMILY}e\u0301${SCOTLAND}x`)).toBe(4);
    expect(firstGraphemes(`ab${FAMILY}c`, 3)).toBe(`ab${FAMILY}`);
    expect(firstGraphemes(`ab${FAMILY}c`, 2)).toBe("ab");
    expect(firstGraphemes("ab", 5)).toBe("ab");
    expect(says("\u{1f1eb}\u{1f1f7}".repeat(CHAT_CHARS_MAX))).toMatchObject([{ kind: "command" }]);
    expect(says("x".repeat(CHAT_CHARS_MAX + 1))).toMatchObject([{ kind: "refused", code: "invalid_command" }]);
    expect(says(FAMILY.repeat(CHAT_CHARS_MAX))).toMatchObject([{ kind: "refused", code: "invalid_command" }]);
  });
});
