import * as z from "zod/mini";
import { differWords, newOptionName, readOptionNames } from "./names.ts";

/** A game's config: strict where a room is made, and lenient where a stored one is read. */

/** A rule between options: the option that it is told at, what is wrong, and whether it holds. */
export type ConfigRule<Config> = readonly [
  option: keyof Config & string,
  fault: string,
  holds: (config: Config) => boolean,
];

/**
 * `config` takes no option that it does not know, and checks the options against each other. `stored` takes what an older version
 * made: what it does not know any more it leaves out, and it asks no questions that were not asked then.
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

/** A config by the names that its schema has. */
const byOneName = z.transform((config: unknown, { issues }) => {
  const { value, differ } = readOptionNames(config);
  for (const names of differ) {
    issues.push({ code: "custom", input: config, path: [names[0]], message: differWords(names), continue: false });
  }
  return value;
});
