/**
 * A line that people say to one another, made fit to stand among others' lines. Counted in graphemes, what a reader calls a letter:
 * a joined emoji or a flag is one, and so are a letter and its marks. Pure.
 */

let segmenter: Intl.Segmenter | undefined;
const segments = (text: string): Intl.Segments =>
  (segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" })).segment(text);

/** Marks upon one letter: no script needs more, and a tower of them covers other people's lines. */
const MARKS_MAX = 5;
/** Code points of one grapheme. A family of four has seven, a flag of tags as many, long conjuncts some twelve. */
const POINTS_MAX = 24;

/** Controls, half pairs, private letters, and letters that are none. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\u2028\u2029]+/gu;
/** What turns the direction of others' words, or hides in a text. Joiners and direction marks stay: scripts need them. */
const HIDDEN = /[\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/gu;
/** Tags belong to a flag; elsewhere they are words that nobody sees. */
const TAGS = /(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f})|[\u{e0000}-\u{e00ff}]/gu;
const TOWER = new RegExp(`([\\p{M}\\u200c\\u200d]{${MARKS_MAX}})[\\p{M}\\u200c\\u200d]+`, "gu");
/** Nothing is to be seen of a text of these alone. */
const BLANK = /^[\s\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

export function graphemes(text: string): number {
  let count = 0;
  for (const _ of segments(text)) count += 1;
  return count;
}

/** The first so many graphemes: never half of one. */
export function firstGraphemes(text: string, most: number): string {
  let count = 0;
  for (const { index } of segments(text)) if ((count += 1) > most) return text.slice(0, index);
  return text;
}

/** As it is shown; empty when there is nothing to be seen in it. */
export function tidyLine(text: string): string {
  const plain = text
    .replaceAll(UNSEEN, " ")
    .replaceAll(HIDDEN, "")
    .replaceAll(TAGS, "$1")
    .normalize("NFC")
    .replaceAll(TOWER, "$1")
    .trim();
  if (BLANK.test(plain)) return "";
  return Array.from(segments(plain), ({ segment }) => unjoined(segment)).join("");
}

/** A chain without end is one grapheme, which no line can break: it falls apart. */
function unjoined(grapheme: string): string {
  return grapheme.length > POINTS_MAX && Array.from(grapheme).length > POINTS_MAX
    ? grapheme.replaceAll(/[\u200c\u200d]/g, "")
    : grapheme;
}
