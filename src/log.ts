import { cut } from "../rooms/kit/text.ts";

/**
 * The log: one line of JSON for each thing worth telling, `{"level","at","what",...}`, on the console and so in Workers Logs. A line
 * never says a token, ticket, cookie, seed, password or key: what is named like one, looks like one, or is the value of a secret
 * setting is blotted out. `LOG_LEVEL` says from which level on.
 */

export const LEVELS = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** `error` may be whatever was thrown: its message is written. Lists are of short texts. */
export type Fields = Readonly<Record<string, unknown>>;

export type Log = {
  /** Whether lines of this level are written: ask before making one on a path that is taken often. */
  readonly tells: (level: Level) => boolean;
} & { readonly [L in Level]: (what: string, fields?: Fields) => void };

const TEXT_MAX = 500;
const STACK_MAX = 2_000;
const LIST_MAX = 20;
const BLOT = "[secret]";

/** Of the settings and secrets of a Worker. One for each `env`; bad settings do not keep it from writing. */
export function logOf(env: object): Log {
  const known = logs.get(env);
  if (known !== undefined) return known;
  const made = makeLog(env);
  logs.set(env, made);
  return made;
}

const logs = new WeakMap<object, Log>();

function makeLog(env: object): Log {
  const { LOG_LEVEL }: { LOG_LEVEL?: unknown } = env;
  const least = Math.max(
    0,
    LEVELS.findIndex((level) => level === (LOG_LEVEL ?? "info")),
  );
  const secrets = secretsOf(env);
  const tells = (level: Level): boolean => LEVELS.indexOf(level) >= least;
  const write =
    (level: Level) =>
    (what: string, fields: Fields = {}): void => {
      if (tells(level)) console[level](lineOf(level, what, fields, secrets));
    };
  return { tells, debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

function lineOf(level: Level, what: string, fields: Fields, secrets: readonly string[]): string {
  const line: Record<string, unknown> = { level, at: new Date().toISOString(), what: blotted(what, secrets) };
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue;
    const most = name === "stack" ? STACK_MAX : TEXT_MAX;
    line[name] = SECRET_NAME.test(name) ? BLOT : plain(value, secrets, most);
  }
  return JSON.stringify(line);
}

function plain(value: unknown, secrets: readonly string[], most: number): unknown {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.slice(0, LIST_MAX).map((one) => blotted(String(one), secrets));
  return blotted(value instanceof Error ? value.message : String(value), secrets, most);
}

// ---- what is never told ----

const SECRET_NAME = /token|ticket|secret|passw|cookie|authorization|seed|entropy|^key$|_key$|[a-z]Key$/i;

const SECRET_SHAPES: readonly [RegExp, string][] = [
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]+)?/g, BLOT], // a JWT, whole or cut
  [/\b(Bearer|Basic)\s+[^\s"',]+/gi, `$1 ${BLOT}`],
  [/([?&;\s"'](?:ticket|token|invite|session|croupier|key)=)[^&;\s"']+/gi, `$1${BLOT}`],
  [/(["']?(?:password|seed|secret|token|ticket)["']?\s*[:=]\s*["']?)[^"'\s,}&]+/gi, `$1${BLOT}`],
];

/** Seeds, digests, keys: nothing that one reads is that long in one piece, but for the ids of requests. */
const LONG = /[A-Za-z0-9_+/=-]{32,}/g;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PATH = /^[\w-]*(\/[\w-]{0,31})+$/;

/** Text of at most `most` characters with every secret blotted out. */
function blotted(text: string, secrets: readonly string[], most = TEXT_MAX): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, BLOT);
  for (const [shape, instead] of SECRET_SHAPES) clean = clean.replace(shape, instead);
  clean = clean.replace(LONG, (run) => (UUID.test(run) || PATH.test(run) ? run : BLOT));
  return clean.length <= most ? clean : `${cut(clean, most)}…`;
}

const SECRET_SETTING = /SECRET|TOKEN|PASSWORD|KEYS?$/;

/** The values of the settings that are secrets, and each part of a list of keys. */
function secretsOf(env: object): string[] {
  const values = Object.entries(env).flatMap(([name, value]) =>
    SECRET_SETTING.test(name) && typeof value === "string" ? [value, ...value.split(/[,:]/)] : [],
  );
  return [...new Set(values.map((value) => value.trim()))]
    .filter((value) => value.length >= 12)
    .sort((a, b) => b.length - a.length);
}
