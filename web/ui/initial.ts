import { firstGraphemes } from "../../rooms/kernel/line.ts";

/** The capital first letter of a name. Never half of a character, and a single letter even where its capital form has two. */
export function initialOf(name: string): string {
  return firstGraphemes(firstGraphemes(name, 1).toUpperCase(), 1);
}
