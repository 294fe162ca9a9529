import { join } from "node:path";
import { parseArgs } from "node:util";
import { BadInput } from "../input.ts";
import { configOf, type Part, type Which } from "../settings.ts";

export const USAGE = `npm run deploy -- [--env lottery] [--bridge] [--create] [--secrets FILE] [--dry-run]

  --env lottery   the deployment of lotteries alone, in place of the casino
  --bridge        the bridge to Kafka of that deployment, in place of the house
  --create        make what is missing on the account: queues, the database, AUTH_SECRET
  --secrets FILE  NAME=value lines (or JSON): looked at, and uploaded as secrets with this deployment
  --dry-run       all that can be looked at without an account or a network`;

/** What to deploy, and how. */
export type Target = {
  readonly which: Which;
  readonly env: string | null;
  /** The command line, `npm run deploy -- ...`. */
  readonly command: string;
  readonly config: Part;
  /** Options added to every wrangler command, which select this Worker. */
  readonly options: readonly string[];
  readonly create: boolean;
  readonly dryRun: boolean;
  readonly secrets: string | null;
};

export function targetOf(root: string, args: readonly string[]): Target {
  const { env = null, bridge, create, secrets = null, "dry-run": dryRun } = valuesOf(args);
  const file = bridge ? "src/bridge/wrangler.toml" : "wrangler.toml";
  const words = [...(env === null ? [] : [`--env ${env}`]), ...(bridge ? ["--bridge"] : [])];
  return {
    which: bridge ? "bridge" : "house",
    env,
    command: ["npm run deploy", ...(words.length > 0 ? ["--", ...words] : [])].join(" "),
    config: configOf(join(root, file), env),
    options: ["-c", file, `--env=${env ?? ""}`],
    create,
    dryRun,
    secrets,
  };
}

function valuesOf(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        env: { type: "string" },
        bridge: { type: "boolean", default: false },
        create: { type: "boolean", default: false },
        "dry-run": { type: "boolean", default: false },
        secrets: { type: "string" },
      },
    });
    return values;
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : String(error), USAGE);
  }
}
