import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import * as z from "zod";

/**
 * For development and tests, in Node: a copy of the bridge's wrangler.toml with other settings. It is needed because `wrangler
 * dev` with two configurations passes `--var` to the first Worker only, and all instances on a machine would share one
 * `.dev.vars`.
 */

const here = dirname(fileURLToPath(import.meta.url));

const table = z.looseObject({ vars: z.record(z.string(), z.unknown()).default({}) });
const shape = z.looseObject({
  ...table.shape,
  main: z.string(),
  alias: z.record(z.string(), z.string()),
  env: z.record(z.string(), table),
});

export type DevVars = Readonly<Record<string, string | number | boolean>>;

/** Writes `<folder>/bridge.json`, with `vars` in every environment. Answers its path, for `wrangler dev -c wrangler.toml -c`. */
export function writeBridgeConfig(folder: string, vars: DevVars): string {
  const config = shape.parse(parse(readFileSync(join(here, "wrangler.toml"), "utf8")));
  const environments = Object.entries(config.env).map(([name, one]) => [
    name,
    { ...one, vars: { ...one.vars, ...vars } },
  ]);
  const changed = {
    ...config,
    main: resolve(here, config.main),
    alias: Object.fromEntries(Object.entries(config.alias).map(([from, to]) => [from, resolve(here, to)])),
    vars: { ...config.vars, ...vars },
    env: Object.fromEntries(environments) as unknown,
  };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "bridge.json");
  writeFileSync(file, JSON.stringify(changed, null, 2), { mode: 0o600 });
  return file;
}

/**
 * Starts the feed in development, where no cron runs: calls the bridge's scheduled handler. `house` is any URL of the house.
 * Throws when `wrangler dev` refuses.
 */
export async function pokeBridge(house: string, worker: "croupier-bridge" | "croupier-lottery-bridge"): Promise<void> {
  const url = new URL(`/cdn-cgi/local/explorer/api/local/scheduled?worker=${worker}`, house);
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify({ cron: "* * * * *" }) });
  if (!answer.ok)
    throw new Error(`wrangler dev did not call the bridge: ${answer.status} ${(await answer.text()).slice(0, 200)}`);
}
