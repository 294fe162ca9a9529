import { parseEnv } from "node:util";
import * as z from "zod";
import { BadInput, jsonOf, textOf } from "../input.ts";
import { complaintOf, type Vars, type Which } from "../settings.ts";
import type { Target } from "./target.ts";

/** Checks of settings that need no account: only of those in local files. */

/** Settings that must be secrets, with a valid placeholder for those on the account, whose values cannot be read. */
const SECRETS: Readonly<Record<Which, Readonly<Record<string, string>>>> = {
  house: {
    AUTH_SECRET: "x".repeat(32),
    OPERATOR_KEYS: "",
    METRICS_KEY: "",
    UPSTASH_REDIS_REST_TOKEN: "x",
  },
  bridge: { KAFKA_PASSWORD: "x" },
};
/** Settings that may be either secrets or plain vars, with placeholders. */
const EITHER: Vars = {
  UPSTASH_REDIS_REST_URL: "https://redis.example",
  KAFKA_BROKERS: "broker.example:9092",
  KAFKA_USERNAME: "x",
  KAFKA_REST_URL: "https://rest.example",
  KAFKA_REST_CLUSTER: "x",
};

/** Reads the file of `--secrets FILE`: `NAME=value` lines or a JSON object of strings. Throws BadInput. */
export function secretsIn(file: string | null): Readonly<Record<string, string>> {
  if (file === null) return {};
  const text = textOf(file);
  const lines: unknown = text.trimStart().startsWith("{") ? jsonOf(text, file) : parseEnv(text);
  const read = z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string()).safeParse(lines);
  if (!read.success || Object.keys(read.data).length === 0)
    throw new BadInput(`${file}: no NAME=value lines, nor a JSON object of texts.`);
  return read.data;
}

/**
 * Errors in the settings of this deployment: the vars of its wrangler.toml, the secrets to upload, and the secrets already on the
 * account, of which only the names are known. Empty: none.
 */
export async function wrongSettings(
  { which, config, options }: Target,
  uploads: Vars,
  onAccount: readonly string[],
): Promise<string[]> {
  const [, file = ""] = options;
  const wrong: string[] = [];
  for (const name of Object.keys(SECRETS[which])) {
    if (config.vars[name] !== undefined && config.vars[name] !== "")
      wrong.push(`${name} is in ${file}, where all can read it: take it out and make it a secret.`);
  }
  if ((config.vars["STALL_AT"] ?? "") !== "") wrong.push("STALL_AT is for tests: the house would stand still.");
  const standIns = Object.entries({ ...EITHER, ...SECRETS[which] }).filter(([name]) => onAccount.includes(name));
  const complaint = await complaintOf(which, { ...config.vars, ...Object.fromEntries(standIns), ...uploads });
  if (complaint !== null) wrong.push(complaint);
  return wrong;
}

/** Without an account the existing secrets are unknown, so the required ones are assumed to be there. */
export const assumedSecrets = (which: Which): readonly string[] =>
  which === "house" ? ["AUTH_SECRET"] : ["KAFKA_BROKERS"];
