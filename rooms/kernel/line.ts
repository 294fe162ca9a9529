/**
 * Cleans a line that people write for one another, so that it cannot disturb the lines around it. Length is counted in graphemes,
 * the characters that a reader sees: a joined emoji or a flag is one, and so is a letter with its marks. Pure.
 */

let segmenter: Intl.Segmenter | undefined;
const segments = (text: string): Intl.Segments =>
  (segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" })).segment(text);

/** Most combining marks on one letter. No script needs more, and a taller stack would cover other people's lines. */
const MARKS_MAX = 5;
/** Most code points of one grapheme. A family of four has seven, a flag made of tags as many, long conjuncts some twelve. */
const POINTS_MAX = 24;

/** Control characters, lone surrogates, private-use characters, noncharacters and line separators. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\u2028\u2029]+/gu;
/** Direction overrides and invisible characters. Joiners and direction marks stay: some scripts need them. */
const HIDDEN = /[\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/gu;
/** Tag characters are kept inside a flag; anywhere else they are invisible text. */
const TAGS = /(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f})|[\u{e0000}-\u{e00ff}]/gu;
const TOWER = new RegExp(`([\\p{M}\\u200c\\u200d]{${MARKS_MAX}})[\\p{M}\\u200c\\u200d]+`, "gu");
/** A text of only these characters is invisible. */
const BLANK = /^[\s\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

export function graphemes(text: string): number {
  let count = 0;
  for (const _ of segments(text)) count += 1;
  return count;
}

/** The first `most` graphemes, none of them cut. */
export function firstGraphemes(text: string, most: number): string {
  let count = 0;
  for (const { index } of segments(text)) if ((count += 1) > most) return text.slice(0, index);
  return text;
}

/** The line as it is shown; empty when nothing in it is visible. */
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

/** Removes the joiners of a grapheme that is too long: an endless chain would be one grapheme, which cannot be wrapped. */
function unjoined(grapheme: string): string {
  return grapheme.length > POINTS_MAX && Array.from(grapheme).length > POINTS_MAX
    ? grapheme.replaceAll(/[\u200c\u200d]/g, "")
    : grapheme;
}
