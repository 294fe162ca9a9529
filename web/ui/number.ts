/**
 * Parses numbers typed by people, for all fields. Points and commas are read by the browser's language, and as the page itself
 * writes numbers. An ambiguous number is an error, whose message tells how to write each reading.
 */

/** The decimal and group separators of a language. */
export type Marks = { readonly decimal: string; readonly group: string };

export type ReadNumber =
  { readonly value: number; readonly fault: null } | { readonly value: null; readonly fault: string };

export function marksOf(language: string | undefined): Marks {
  const parts = new Intl.NumberFormat(language).formatToParts(123_456.7);
  const found = (type: string): string => parts.find((part) => part.type === type)?.value ?? "";
  return { decimal: found("decimal"), group: found("group") };
}

let here: Marks | null = null;
/** The separators of the browser's language. */
const marksHere = (): Marks => (here ??= marksOf(undefined));

const none = (fault: string): ReadNumber => ({ value: null, fault });

/**
 * `whole`: without decimals. Digits of any script are accepted; separators are points, commas, the Arabic ones, spaces and
 * apostrophes. Signs, exponents, words and empty text are errors.
 */
export function readNumber(
  text: string,
  { whole = false, marks = marksHere() }: { readonly whole?: boolean; readonly marks?: Marks } = {},
): ReadNumber {
  const wrong = none(whole ? "Write a whole number, such as 250." : "Write a number, such as 250 or 2.50.");
  const plain = plainDigits(text.trim())
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/\s/g, " ")
    .replaceAll("\u2019", "'");
  if (plain.length > 40 || !/^[.,\u066b]?\d(?:[\d., '\u066b\u066c]*\d)?[.,\u066b]?$/.test(plain)) return wrong;
  const split = splitOf(plain, marks);
  if (split === "wrong") return wrong;
  if (split === "two ways") return none(bothWays(plain, whole));
  const [integer, fraction] = split;
  const value = Number(`${integer}.${fraction}0`);
  if (value > Number.MAX_SAFE_INTEGER) return none("That is more than can be counted here.");
  return whole && /[1-9]/.test(fraction) ? wrong : { value, fault: null };
}

/** Converts digits to 0 to 9. In every script the ten digits have consecutive code points. */
function plainDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (digit) => {
    const at = digit.codePointAt(0) ?? 0;
    let before = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(at - before - 1))) before += 1;
    return String(before % 10);
  });
}

/** Groups of three with one separator, or Indian groups: 12,34,567. */
const GROUPED = /^[1-9]\d{0,2}(?:(\D)\d{3}(?:\1\d{3})*|(\D)(?:\d\d\2)+\d{3})$/;

/** The digits of a whole number; null if its groups have wrong lengths. */
function ungrouped(text: string): string | null {
  if (/^\d+$/.test(text)) return text;
  return GROUPED.test(text) ? text.replaceAll(/\D/g, "") : null;
}

type Split = readonly [integer: string, fraction: string] | "two ways" | "wrong";

function splitOf(text: string, { decimal, group }: Marks): Split {
  const marks = text.replaceAll(/\d/g, "");
  const last = marks.at(-1);
  if (last === undefined) return [text, ""];
  const [head, tail] = around(text, last);
  const whole = ungrouped(text);
  const integer = head === "" ? "0" : ungrouped(head);
  const canBePoint = ".,\u066b".includes(last) && !head.includes(last);
  const parts = canBePoint && integer !== null ? ([integer, tail] as const) : null;
  if (whole !== null && (parts === null || last === group)) return [whole, ""];
  if (whole !== null) return "two ways";
  if (parts === null) return marks.length === 1 ? "two ways" : "wrong";
  // The page writes 2.50. "2,50" means that where the comma is the decimal separator, and may mean 250 elsewhere.
  const sure = last !== "," || last === decimal || marks.length > 1 || tail === "" || /^0*$/.test(head);
  return sure ? parts : "two ways";
}

function around(text: string, mark: string): readonly [string, string] {
  const at = text.lastIndexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** "Write 2.50 or 250.": both readings in unambiguous form. */
function bothWays(text: string, whole: boolean): string {
  const joined = text.replaceAll(/\D/g, "");
  const [head, tail] = around(text, text.replaceAll(/\d/g, "").at(-1) ?? "");
  if (whole) return `Write ${joined} or ${head}.`;
  const parted =
    tail.length !== 3
      ? `${head}.${tail}`
      : tail === "000"
        ? head
        : `${head}.${tail.replace(/0$/, "") + (tail.endsWith("0") ? "" : "0")}`;
  return `Write ${parted} or ${joined}.`;
}
