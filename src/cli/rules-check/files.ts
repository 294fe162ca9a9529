/** The repository: the text of every file by its path from the root; empty for files that are not text. */
export type Files = ReadonlyMap<string, string>;

/** The line number of an offset in the text, from 1. */
export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}
