/** The parts of a KeyboardEvent used here. */
type Key = { readonly key: string; readonly code: string; readonly shiftKey: boolean };

/** Physical keys of letters and digits, for keyboards that are not Latin. */
const PLACE = /^(?:Key([A-Z])|Digit([0-9]))$/;

/**
 * The meaning of a single key. If it types a Latin letter or an ASCII symbol, that is used, so letters are where they are printed
 * on any Latin keyboard. On a Cyrillic, Greek or other keyboard, the key's position on the US layout is used.
 */
export function keyOf({ key, code, shiftKey }: Key): string {
  const written = key.length === 1;
  if (written && !/^(?![\p{ASCII}\p{Script=Latin}])[\p{L}\p{N}]$/u.test(key)) return key;
  // Named keys (Enter) are returned as they are, but not keys that an input method is still composing.
  if (!written && key !== "Process" && key !== "Unidentified") return key;
  const [, letter, digit] = PLACE.exec(code) ?? [];
  if (letter === undefined) return digit ?? key;
  return shiftKey ? letter : letter.toLowerCase();
}
