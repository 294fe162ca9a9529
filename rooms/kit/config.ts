import * as z from "zod/mini";
import { differWords, newOptionName, readOptionNames } from "./names.ts";

/** A game's config: strict when a room is created, lenient when a stored one is read. */

/** A rule between options: the option that the error is reported for, the error message, and the check. */
export type ConfigRule<Config> = readonly [
  option: keyof Config & string,
  fault: string,
  holds: (config: Config) => boolean,
];

/**
 * `config` refuses unknown options and checks the rules between options. `stored` reads the configs of older versions: it drops
 * options that no longer exist and checks no rules, as an older version may not have had them.
 */
export function configs<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  rules: readonly ConfigRule<z.infer<z.ZodMiniObject<Shape>>>[] = [],
): { config: z.ZodMiniType<z.infer<z.ZodMiniObject<Shape>>>; stored: z.ZodMiniObject<Shape> } {
  const checks = rules.map(([option, error, holds]) =>
    z.refine<z.infer<z.ZodMiniObject<Shape>>>(holds, { error, path: [option] }),
  );
  const config = z.strictObject(shape).check(...checks);
  const renamed = Object.keys(shape).some((option) => newOptionName(option) !== undefined);
  return { config: renamed ? z.pipe(byOneName, config) : config, stored: z.object(shape) };
}

/** Renames options to the names in the schema. Two names of one option with different values are an issue. */
const byOneName = z.transform((config: unknown, { issues }) => {
  const { value, differ } = readOptionNames(config);
  for (const names of differ) {
    issues.push({ code: "custom", input: config, path: [names[0]], message: differWords(names), continue: false });
  }
  return value;
});
