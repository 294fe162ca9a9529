import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { Redis } from "@upstash/redis/cloudflare";

/** Time-out of a request with its retries, longer than any answer takes. */
const TIMEOUT_MS = 10_000;
const RETRIES = 2;

/** A Lua script and its SHA-1, by which Redis finds it once it has run. */
export type Script = { readonly lua: string; readonly sha: string };
export const script = (lua: string): Script => ({ lua, sha: bytesToHex(sha1(utf8ToBytes(lua))) });

/** One run of a script. `readOnly`: a replica may answer. */
export type Call = {
  readonly script: Script;
  readonly keys: readonly string[];
  readonly args: readonly string[];
  readonly readOnly?: boolean;
};

/** Redis through Upstash's REST API. Rejects with `StoreError`: one short line without the token or any player's data. */
export class Store {
  readonly #redis: Redis;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#token = token;
    this.#redis = new Redis({
      url,
      token,
      automaticDeserialization: false,
      responseEncoding: false,
      enableTelemetry: false,
      enableAutoPipelining: false,
      retry: { retries: RETRIES, backoff: (tries) => 50 * 2 ** tries },
      signal: () => AbortSignal.timeout(TIMEOUT_MS),
    });
  }

  /** Runs commands on the Redis client; a pipeline takes one round trip. */
  async ask<T>(commands: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      return await commands(this.#redis);
    } catch (error) {
      throw new StoreError(this.#plain(error));
    }
  }

  /** Runs scripts in one transaction and one round trip; in two if Redis does not have them cached. */
  async run(calls: readonly Call[]): Promise<unknown[]> {
    try {
      return await this.#send(calls, false);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes("NOSCRIPT")) throw new StoreError(this.#plain(error));
    }
    return this.ask(async () => this.#send(calls, true));
  }

  async #send(calls: readonly Call[], whole: boolean): Promise<unknown[]> {
    const [first, ...more] = calls;
    if (first === undefined) return [];
    if (more.length === 0) return [await evaluate(this.#redis, first, whole)];
    const multi = this.#redis.multi();
    for (const call of calls) {
      if (whole) multi.eval(call.script.lua, [...call.keys], [...call.args]);
      else multi.evalsha(call.script.sha, [...call.keys], [...call.args]);
    }
    return multi.exec<unknown[]>();
  }

  #plain(error: unknown): string {
    const message = error instanceof Error ? error.message : String(error);
    // The client appends the whole command to the message: it is cut off.
    const [first = ""] = message.replaceAll(this.#token, "...").split(/, command was:|\n/);
    return first.slice(0, 200);
  }
}

/** Redis did not answer, or answered an error. */
export class StoreError extends Error {
  constructor(message: string) {
    super(`Upstash Redis: ${message}`);
    this.name = "StoreError";
  }
}

async function evaluate(redis: Redis, { script, keys, args, readOnly }: Call, whole: boolean): Promise<unknown> {
  const [all, rest] = [[...keys], [...args]];
  if (whole) return readOnly ? redis.evalRo(script.lua, all, rest) : redis.eval(script.lua, all, rest);
  return readOnly ? redis.evalshaRo(script.sha, all, rest) : redis.evalsha(script.sha, all, rest);
}
