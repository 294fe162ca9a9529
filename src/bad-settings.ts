import * as z from "zod";

/** Shared by the settings of both Workers (src/env.ts, src/bridge/env.ts). */

/** Settings are wrong or contradict each other. The message names them and the reasons of our own checks, never values. */
export class BadSettings extends Error {
  readonly settings: readonly string[];

  constructor(issues: readonly z.core.$ZodIssue[], where: string) {
    const settings = [...new Set(issues.map((issue) => String(issue.path[0])))];
    const why = issues.flatMap((issue) => (issue.code === "custom" ? [issue.message] : []));
    const more = why.length === 0 ? "" : ` (${why.join("; ")})`;
    super(`These settings are missing or wrong: ${settings.join(", ")}${more}. See ${where} for what each may be.`);
    this.name = "BadSettings";
    this.settings = settings;
  }
}

/** Reads a comma-separated list such as `a, b,c`, each item by the schema `item`. An empty text is an empty list. */
export const listOf = <Item extends z.ZodType<string, string>>(item: Item): z.ZodType<z.output<Item>[]> =>
  z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== ""),
    )
    .pipe(z.array(item));
