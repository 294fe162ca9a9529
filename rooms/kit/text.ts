/** Text that people wrote, which is cut and kept by whole characters. */

/** What a person takes for a character: an emoji with its skin and family, a letter with its marks. Where nothing tells, code points. */
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter("en", { granularity: "grapheme" }) : null;

/** How far behind the cut is looked for what belongs to the character there. */
const BEHIND = 32;

/** The beginning of a text, at most so many UTF-16 units, and no character in half. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const at = segmenter?.segment(text.slice(0, most + BEHIND)).containing(most)?.index ?? most;
  if (at > 0 && at < most) return text.slice(0, at);
  // A character that is longer than all there is room for is cut between its code points.
  const half = (text.codePointAt(most - 1) ?? 0) > 0xffff;
  return text.slice(0, half ? most - 1 : most);
}

/** Without halves of characters. */
export const whole = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, "");

/** How many levels what others send may be nested: what the house reads has less than ten. */
export const LEVELS_MAX = 64;

/** Whether a value of JSON is nested deeper than that. What is, is refused unread: reading, storing or comparing it could end the stack. */
export function tooDeep(value: unknown, left = LEVELS_MAX): boolean {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => tooDeep(inner, left - 1));
}

/**
 * The path of a text in a value of JSON that has half a character in it, or of the object with such a name; null: there is none. For
 * what is not too deep.
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
