import { firstGraphemes } from "../../rooms/kernel/line.ts";

/** The first letter of a name, as a face for it: never half of a character, and one letter also where its capital would be two. */
export function initialOf(name: string): string {
  return firstGraphemes(firstGraphemes(name, 1).toUpperCase(), 1);
}
