import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { parse } from "smol-toml";
import * as z from "zod";
import { BadSettings } from "../bad-settings.ts";
import { BadInput } from "./input.ts";

/** Reads the settings that a Worker would get, and checks them before it starts or is deployed. */

export type Vars = Readonly<Record<string, unknown>>;
export type Which = "house" | "bridge";

/** Imported by path: these files use types of the Workers platform, which are not available to Node tools. */
const SCHEMAS = { house: new URL("../env.ts", import.meta.url), bridge: new URL("../bridge/env.ts", import.meta.url) };

/** Null: valid. Otherwise names the missing or invalid settings, without their values. */
export async function complaintOf(which: Which, vars: Vars): Promise<string | null> {
  const { settingsOf }: { settingsOf: (env: Vars) => unknown } = await import(SCHEMAS[which].href);
  try {
    settingsOf({ ...vars });
    return null;
  } catch (error) {
    if (error instanceof BadSettings) return error.message;
    throw error;
  }
}

const queues = z.object({
  producers: z.array(z.looseObject({ queue: z.string() })).default([]),
  consumers: z.array(z.looseObject({ queue: z.string(), dead_letter_queue: z.string().optional() })).default([]),
});
const part = z.looseObject({
  name: z.string().optional(),
  vars: z.record(z.string(), z.unknown()).default({}),
  queues: queues.default({ producers: [], consumers: [] }),
  d1_databases: z
    .array(z.looseObject({ binding: z.string(), database_name: z.string(), database_id: z.string().optional() }))
    .default([]),
  services: z.array(z.looseObject({ service: z.string() })).default([]),
});
const shape = z.looseObject({ ...part.shape, env: z.record(z.string(), part).default({}) });
export type Part = z.output<typeof part> & { readonly name: string };

/** A wrangler.toml, or one environment of it, which inherits no bindings and no vars. Throws BadInput for a missing one. */
export function configOf(file: string, env: string | null): Part {
  const read = shape.safeParse(parse(readFileSync(file, "utf8")));
  if (!read.success) throw new BadInput(`${file}: ${z.prettifyError(read.error)}`);
  const { name = "croupier" } = read.data;
  if (env === null) return { ...read.data, name };
  const found = read.data.env[env];
  if (found === undefined) throw new BadInput(`${file} has no environment ${env}.`);
  return { ...found, name: found.name ?? `${name}-${env}` };
}

/** The values of `.dev.vars.<env>` if it exists, else of `.dev.vars`, as wrangler dev reads them. */
export function devVarsOf(root: string, env: string | null): Vars {
  const [file] = [...(env === null ? [] : [`.dev.vars.${env}`]), ".dev.vars"]
    .map((name) => join(root, name))
    .filter((path) => existsSync(path));
  return file === undefined ? {} : parseEnv(readFileSync(file, "utf8"));
}

/** The values of `--var NAME:value`; the last one counts. */
export function varsOfOptions(args: readonly string[]): Vars {
  const given = args.flatMap((arg, i) => {
    const text = arg.startsWith("--var=") ? arg.slice("--var=".length) : args[i - 1] === "--var" ? arg : null;
    const colon = text?.indexOf(":") ?? -1;
    return text === null || colon < 0 ? [] : [[text.slice(0, colon), text.slice(colon + 1)] as const];
  });
  return Object.fromEntries(given);
}
