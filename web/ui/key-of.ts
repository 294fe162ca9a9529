/** As a browser tells it. */
type Key = { readonly key: string; readonly code: string; readonly shiftKey: boolean };

/** What is on a key whose letters are not Latin: by its place on the keyboard. */
const PLACE = /^(?:Key([A-Z])|Digit([0-9]))$/;

/**
 * What a single key means. Where it writes Latin, or a sign of ASCII, that counts, so the letters are where they are written on any
 * Latin keyboard; on a Cyrillic, Greek or other one the key's place does, as it is on the keyboard that the list was made for.
 */
export function keyOf({ key, code, shiftKey }: Key): string {
  const written = key.length === 1;
  if (written && !/^(?![\p{ASCII}\p{Script=Latin}])[\p{L}\p{N}]$/u.test(key)) return key;
  // The names of keys (Enter), but not of those whose letter an input method still composes.
  if (!written && key !== "Process" && key !== "Unidentified") return key;
  const [, letter, digit] = PLACE.exec(code) ?? [];
  if (letter === undefined) return digit ?? key;
  return shiftKey ? letter : letter.toLowerCase();
}
