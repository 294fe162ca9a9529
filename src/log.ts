import { cut } from "../rooms/kit/text.ts";

/**
 * The log: JSON lines, `{"level","at","what",...}`, on the console and so in Workers Logs. A line never contains a token, ticket,
 * cookie, seed, password or key: a value that is named like one, looks like one, or is the value of a secret setting is redacted.
 * `LOG_LEVEL` is the lowest level that is written.
 */

export const LEVELS = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** Extra fields of a line. `error` may be any thrown value: its message is written. Lists are written as short texts. */
export type Fields = Readonly<Record<string, unknown>>;

export type Log = {
  /** Whether lines of this level are written: check it before building a line on a hot path. */
  readonly tells: (level: Level) => boolean;
} & { readonly [L in Level]: (what: string, fields?: Fields) => void };

const TEXT_MAX = 500;
const STACK_MAX = 2_000;
const LIST_MAX = 20;
const BLOT = "[secret]";

/** The log of a Worker, one for each `env`. It also works when the settings are wrong. */
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

// ---- redaction ----

const SECRET_NAME = /token|ticket|secret|passw|cookie|authorization|seed|entropy|^key$|_key$|[a-z]Key$/i;

const SECRET_SHAPES: readonly [RegExp, string][] = [
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]+)?/g, BLOT], // a JWT, whole or cut
  [/\b(Bearer|Basic)\s+[^\s"',]+/gi, `$1 ${BLOT}`],
  [/([?&;\s"'](?:ticket|token|invite|session|croupier|key)=)[^&;\s"']+/gi, `$1${BLOT}`],
  [/(["']?(?:password|seed|secret|token|ticket)["']?\s*[:=]\s*["']?)[^"'\s,}&]+/gi, `$1${BLOT}`],
];

/** Long runs of characters are taken for seeds, digests or keys and redacted; only UUIDs (request ids) and paths are kept. */
const LONG = /[A-Za-z0-9_+/=-]{32,}/g;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PATH = /^[\w-]*(\/[\w-]{0,31})+$/;

/** The text with every secret redacted, cut to `most` characters. */
function blotted(text: string, secrets: readonly string[], most = TEXT_MAX): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, BLOT);
  for (const [shape, instead] of SECRET_SHAPES) clean = clean.replace(shape, instead);
  clean = clean.replace(LONG, (run) => (UUID.test(run) || PATH.test(run) ? run : BLOT));
  return clean.length <= most ? clean : `${cut(clean, most)}…`;
}

const SECRET_SETTING = /SECRET|TOKEN|PASSWORD|KEYS?$/;

/** The values of secret settings, and the parts of lists among them, longest first. Values under 12 characters are left out. */
function secretsOf(env: object): string[] {
  const values = Object.entries(env).flatMap(([name, value]) =>
    SECRET_SETTING.test(name) && typeof value === "string" ? [value, ...value.split(/[,:]/)] : [],
  );
  return [...new Set(values.map((value) => value.trim()))]
    .filter((value) => value.length >= 12)
    .sort((a, b) => b.length - a.length);
}
