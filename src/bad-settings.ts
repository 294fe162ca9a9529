import * as z from "zod";

/** What both Workers' settings share (src/env.ts, src/bridge/env.ts). */

/** Names the settings that are wrong or contradict each other, and why where we say it ourselves; never their values. */
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

/** `a, b,c`: its items, each as `item` reads it. Empty: none. */
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
