import { expect, test } from "vitest";
import { keyOf } from "../../web/ui/key-of.ts";

const pressed = (key: string, code: string, shiftKey = false): string => keyOf({ key, code, shiftKey });

test.each([
  ["a Russian layout", "\u043a", "KeyR", "r"],
  ["a Russian layout, with Shift", "\u041a", "KeyR", "R"],
  ["a Greek layout", "\u03c8", "KeyC", "c"],
  ["a Hebrew layout", "\u05db", "KeyF", "f"],
  ["an Arabic layout's digits", "\u0661", "Digit1", "1"],
  ["an input method that composes", "Process", "KeyD", "d"],
  ["a US layout", "r", "KeyR", "r"],
  // Where letters are Latin they count as they are written on the keyboard.
  ["a French layout, where A is in Q's place", "a", "KeyQ", "a"],
  ["a Dvorak layout, where R is in O's place", "r", "KeyO", "r"],
  ["a French layout's digits, which are accented letters without Shift", "\u00e9", "Digit2", "\u00e9"],
  ["a sign of the upper row of a Russian layout", "\u2116", "Digit3", "\u2116"],
  ["the question mark of a Russian layout", "?", "Digit7", "?"],
  ["the letter of a key that the list has not", "\u0451", "Backquote", "\u0451"],
  ["a key with a name", "Enter", "Enter", "Enter"],
  ["the keypad", "1", "Numpad1", "1"],
])("a single key on %s", (_, key, code, meant) => {
  const shift = (key.length === 1 && key !== key.toLowerCase()) || meant === "?";
  expect(pressed(key, code, shift)).toBe(meant);
});
