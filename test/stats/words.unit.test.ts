import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvLine, csvStream } from "../../src/api/http/csv.ts";
import { cursorOf, placeOf } from "../../src/api/routes/cursor.ts";

/** RFC 4180, read by itself. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, quoted]: [string[], string, boolean] = [[], "", false];
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i] ?? "";
    if (quoted && sign === '"' && text[i + 1] === '"') cell += text[(i += 1)] ?? "";
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === ",") [row, cell] = [[...row, cell], ""];
    else if (!quoted && sign === "\r" && text[i + 1] === "\n") {
      rows.push([...row, cell]);
      [row, cell] = [[], ""];
      i += 1;
    } else cell += sign;
  }
  return rows;
}

describe("tables", () => {
  test("are read as they were written, whatever is in them", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom('"', ',"', "\r\n", 'a"b', "x\ny", ""));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (cells) => {
        const safe = cells.map((cell) => (/^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell));
        expect(read(csvLine(cells))).toEqual([safe]);
      }),
    );
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://x","y")'])(
    "%j is no formula in a spreadsheet",
    (text) => expect(read(csvLine([text]))[0]?.[0]).toBe(`'${text}`),
  );

  test("numbers stay numbers, also below zero, and what is not there is empty", () => {
    expect(csvLine([-250, 0, 2 ** 53 - 1, null, "a"])).toBe("-250,0,9007199254740991,,a\r\n");
  });

  test("are made as they are read; a page that cannot be had breaks them off, and a reader who leaves ends it", async () => {
    let made = 0;
    let ended = false;
    async function* pages(fail: boolean) {
      try {
        for (;;) {
          if (fail && made === 2) throw new Error("gone");
          made += 1;
          yield [[made]];
        }
      } finally {
        ended = true;
      }
    }
    const reader = csvStream(["n"], pages(false)).getReader();
    await reader.read();
    await reader.read();
    expect(made).toBeLessThan(4);
    await reader.cancel();
    expect(ended).toBe(true);
    made = 0;
    await expect(new Response(csvStream(["n"], pages(true))).text()).rejects.toThrow("gone");
  });
});

describe("cursors", () => {
  const room = fc.stringMatching(/^[a-z]{1,20}:[A-Za-z0-9_-]{1,60}$/);
  const place = fc.record({ at: fc.nat(2 ** 50), room, round: fc.integer({ min: 1, max: 2 ** 50 }) });

  test("lead back to their place, and are safe in a URL", () => {
    fc.assert(
      fc.property(place, (one) => {
        expect(placeOf(cursorOf(one))).toEqual(one);
        expect(encodeURIComponent(cursorOf(one))).toBe(cursorOf(one));
      }),
    );
  });

  test("that were made up are none, and nothing throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json().map(btoa64)), (text) => {
        const read = placeOf(text);
        if (read !== null) expect(cursorOf(read)).toBe(text);
      }),
    );
  });
});

const btoa64 = (text: string): string => Buffer.from(text).toString("base64url");
