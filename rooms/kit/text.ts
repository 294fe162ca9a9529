/** Cuts and checks text that people wrote, never splitting a character. */

/** Splits text into graphemes, such as an emoji with its skin tone. Null where unsupported; then code points are used. */
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter("en", { granularity: "grapheme" }) : null;

/** UTF-16 units read beyond the cut, to find where the grapheme at the cut begins. */
const BEHIND = 32;

/** The beginning of a text, at most so many UTF-16 units, without a split character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const at = segmenter?.segment(text.slice(0, most + BEHIND)).containing(most)?.index ?? most;
  if (at > 0 && at < most) return text.slice(0, at);
  // A character longer than `most` is cut between its code points.
  const half = (text.codePointAt(most - 1) ?? 0) > 0xffff;
  return text.slice(0, half ? most - 1 : most);
}

/** Removes lone surrogates. */
export const whole = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, "");

/** Most levels of nesting in JSON from outside. All data that the house expects has less than ten. */
export const LEVELS_MAX = 64;

/** Whether a JSON value is nested deeper than that. It is refused unread: handling it could overflow the stack. */
export function tooDeep(value: unknown, left = LEVELS_MAX): boolean {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => tooDeep(inner, left - 1));
}

/**
 * The path of a string with a lone surrogate in a JSON value, or of the object with such a key; null: none. Recursive: check
 * `tooDeep` before.
 */
export function illFormed(value: unknown): readonly string[] | null {
  if (typeof value === "string") return value.isWellFormed() ? null : [];
  if (typeof value !== "object" || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    if (!name.isWellFormed()) return [];
    const found = illFormed(inner);
    if (found !== null) return [name, ...found];
  }
  return null;
}
