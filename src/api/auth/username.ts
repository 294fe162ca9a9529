import { lookOf } from "./look-alikes.ts";

/**
 * User names: 3 to 20 characters. Letters of one script, the digits 0 to 9, and between them single spaces, `.`, `_`, `-` or `'`.
 * Input is normalized first (NFKC). Names that differ only in case are the same name, and of names that look the same only one
 * can be registered. Invisible characters and names in the style of guest names are refused.
 */

export type Username = {
  /** As shown to others. */
  readonly shown: string;
  /** The canonical spelling: the `Account` object's name. */
  readonly folded: string;
  /** What it looks like, see look-alikes.ts. */
  readonly look: string;
};

/** The original ASCII rule. Names that match it stay valid. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._-]{1,18}[A-Za-z0-9]$/;
const BETWEEN = " ._'-";

/** The scripts that may be mixed in one name; some languages use several. Letters of scripts not in daily use are not listed. */
const SCRIPTS = (
  "Latin Cyrillic Greek Armenian Hebrew Arabic Syriac Thaana Nko Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada " +
  "Malayalam Sinhala Thai Lao Tibetan Myanmar Georgian Ethiopic Cherokee Canadian_Aboriginal Khmer Mongolian Tifinagh Javanese " +
  "Balinese Sundanese Yi Vai Adlam Ol_Chiki Meetei_Mayek Chakma Lisu Osage Han+Hiragana+Katakana Han+Bopomofo Hangul+Han"
)
  .split(" ")
  .map((group) => {
    const marks = group.split("+").map((script) => `\\p{Script_Extensions=${script}}`);
    return new RegExp(`^[${marks.join("")}\\p{Script=Inherited}\\p{N}${BETWEEN}]+$`, "u");
  });

/** Latin letters used only in phonetic notation. */
const PHONETIC =
  /[\u0250-\u0252\u0255\u0256\u0258\u025a\u025c-\u0262\u0264-\u0271\u0273-\u028a\u028c-\u02af\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]/u;

const LETTERS = /^[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{M}0-9々〻ゝゞヽヾーๆ ._'-]+$/u;
const ENDS = /^[\p{L}0-9].*[\p{L}\p{M}0-9]$/u;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{C}]/u;
/** More combining marks than any script uses, or an accent on a letter that has no precomposed form with it. */
const PILED = /\p{M}{4}|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{Mn}/u;
const LIKE_A_GUEST = /^[a-z]+ [a-z]+ \d{3}$/i;

const fold = (shown: string): string => shown.toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFKC");

/** For log-in. Null: not a name. Reserved names are accepted here: an account may be older than that list. */
export function readUsername(typed: string): Username | null {
  return typeof wrongWith(typed) === "string" ? null : spelled(typed);
}

function spelled(typed: string): Username {
  const shown = typed.normalize("NFKC").replaceAll("’", "'").trim();
  return { shown, folded: PLAIN.test(shown) ? shown.toLowerCase() : fold(shown), look: lookOf(shown) };
}

/** Why this cannot be a name, as a sentence for the person who typed it; null: it can. */
export function wrongWith(typed: string): string | null {
  if (typed.length > 200) return "A name has 20 characters at most.";
  const { shown, folded } = spelled(typed);
  const { length } = Array.from(shown);
  if (length < 3) return "A name has 3 characters at least.";
  if (length > 20) return "A name has 20 characters at most.";
  if (PLAIN.test(shown)) return null;
  if (UNSEEN.test(shown)) return "There is a character in it that nobody sees. Please type the name anew.";
  if (!LETTERS.test(shown))
    return "Letters, the digits 0 to 9, spaces and . _ - ' may be in a name; this has something else in it.";
  if (shown.includes("  ")) return "One space at a time, please.";
  if (!ENDS.test(shown)) return "A name begins and ends with a letter or a digit.";
  if (!SCRIPTS.some((script) => script.test(shown)))
    return "All letters of a name are of one script: Latin and Cyrillic ones, say, do not go together.";
  if (PILED.test(shown) || PHONETIC.test(shown)) return "Please use letters as they are in everyday writing.";
  const foldedLength = Array.from(folded).length;
  if (foldedLength > 20 || foldedLength < 3) return "That name is a little too long.";
  if (LIKE_A_GUEST.test(shown)) return "Names like this are made up for guests. Please take another.";
  return null;
}
