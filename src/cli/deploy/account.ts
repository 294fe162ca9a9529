import * as z from "zod";
import { BadInput } from "../input.ts";
import type { Target } from "./target.ts";
import { wordsOf, type Said, type Wrangler } from "./wrangler.ts";

/** Checks whether the Cloudflare account has what a deployment needs. */

/** A resource that does not exist yet. */
export type Missing = {
  readonly what: string;
  /** The shell command that creates it. */
  readonly fix: string;
  /** The same as arguments of wrangler. `upload`: created by the deployment itself. Null: must be done by hand. */
  readonly make: readonly string[] | "upload" | null;
};

/** Throws BadInput, which says how to log in, when wrangler is not logged in. */
export async function mustBeLoggedIn(wrangler: Wrangler): Promise<void> {
  if ((await wrangler(["whoami", "--json"])).code === 0) return;
  throw new BadInput("wrangler is not logged in. Run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.");
}

const named = z.array(z.looseObject({ name: z.string() }));

/** The names of a Worker's secrets; null: no such Worker yet. */
export async function secretNames(wrangler: Wrangler, options: readonly string[]): Promise<string[] | null> {
  const said = await wrangler(["secret", "list", "--format", "json", ...options]);
  if (said.code !== 0 && isNowhere(said)) return null;
  return namesIn(said, "secret list");
}

export async function missingQueues(wrangler: Wrangler, { config }: Target): Promise<Missing[]> {
  const { producers, consumers } = config.queues;
  const names = new Set([
    ...producers.map(({ queue }) => queue),
    ...consumers.flatMap(({ queue, dead_letter_queue: dead }) => (dead === undefined ? [queue] : [queue, dead])),
  ]);
  const found = await Promise.all(
    [...names].map(async (name): Promise<Missing | null> => {
      const said = await wrangler(["queues", "info", name]);
      if (said.code === 0) return null;
      if (!isNowhere(said)) throw new BadInput(`wrangler queues info ${name}: ${wordsOf(said)}`);
      const make = ["queues", "create", name];
      return { what: `The queue ${name}`, fix: `npx wrangler ${make.join(" ")}`, make };
    }),
  );
  return found.filter((one) => one !== null);
}

export async function missingDatabases(wrangler: Wrangler, { config }: Target): Promise<Missing[]> {
  const wanted = config.d1_databases.filter((one) => one.database_id === undefined).map((one) => one.database_name);
  if (wanted.length === 0) return [];
  const there = namesIn(await wrangler(["d1", "list", "--json"]), "d1 list");
  return wanted
    .filter((name) => !there.includes(name))
    .map((name) => {
      const make = ["d1", "create", name];
      const quietly = [...make, "--update-config=false"]; // wrangler.toml names it already
      return { what: `The database ${name}`, fix: `npx wrangler ${make.join(" ")}`, make: quietly };
    });
}

/** The bridge calls the casino's Worker, which must be deployed first. */
export async function missingHouse(wrangler: Wrangler, { config, env }: Target): Promise<Missing[]> {
  const names = [...new Set(config.services.map(({ service }) => service))];
  const found = await Promise.all(names.map(async (name) => secretNames(wrangler, ["--name", name])));
  const fix = env === null ? "npm run deploy" : `npm run deploy -- --env ${env}`;
  return names.filter((_, i) => found[i] === null).map((name) => ({ what: `The Worker ${name}`, fix, make: null }));
}

/** Recognizes "not found" by wrangler's message or by the API's error code. */
const isNowhere = ({ out, err }: Said): boolean => /does not exist|code: 10007|"?code"?: 10007/.test(out + err);

function namesIn(said: Said, command: string): string[] {
  if (said.code !== 0) throw new BadInput(`wrangler ${command}: ${wordsOf(said)}`);
  try {
    return named.parse(JSON.parse(said.out.slice(Math.max(0, said.out.indexOf("["))))).map(({ name }) => name);
  } catch {
    throw new BadInput(`wrangler ${command} said something that is no list: ${wordsOf(said)}`);
  }
}
