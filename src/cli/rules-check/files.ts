/** The repository: every file by its path from the root; the text is empty for what is no text. */
export type Files = ReadonlyMap<string, string>;

/** The number of the line that this place is in, from 1. */
export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}
