import { readNumber } from "../../ui/number.ts";

/** Units of integer options, given by the end of their names, and how people write them. Pure. */

export type Unit = {
  /** Shown after the field; null: no unit. */
  readonly word: string | null;
  /** The text of the field: 15000 milliseconds are "15". */
  readonly write: (value: number) => string;
  /** For display, with separators. */
  readonly show: (value: number) => string;
  /** Null: not an integer number of units. */
  readonly read: (text: string) => number | null;
  /** How to write a valid number, for text that is not one; null: it is a number. */
  readonly fault: (text: string) => string | null;
};

function unit(scale: number, word: string | null): Unit {
  return {
    word,
    write: (value) => String(value / scale),
    show: (value) => (value / scale).toLocaleString("en-US", { maximumFractionDigits: 6 }),
    read: (text) => {
      const { value } = readNumber(text, { whole: scale === 1 });
      if (value === null) return null;
      // 0.35 * 100 is not exactly 35.
      const scaled = Number((value * scale).toFixed(6));
      return Number.isSafeInteger(scaled) ? scaled : null;
    },
    fault: (text) => readNumber(text, { whole: scale === 1 }).fault,
  };
}

const UNITS: readonly (readonly [ending: string, unit: Unit])[] = [
  ["Bps", unit(100, "%")],
  ["X100", unit(100, "\u00d7")],
  ["BigBlinds", unit(1, "big blinds")],
  ["Ms", unit(1_000, "seconds")],
];
const PLAIN = unit(1, null);

export function unitOf(name: string): Unit {
  return UNITS.find(([ending]) => name.endsWith(ending))?.[1] ?? PLAIN;
}
