import { ApiError, brokenBy, failureOf } from "./errors.ts";
import { randomHex } from "./random.ts";

/**
 * REST requests with retries. A request that changes something carries an Idempotency-Key, made once for each call and reused in
 * every try, so that it takes effect once however often it arrives.
 */

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export type RestOptions = {
  /** `https://house.example`; empty: the page's own origin. */
  readonly url: string;
  /** For `Authorization: Bearer`: a session's token, or an operator's key. Without one a page uses its cookie. */
  readonly token?: string | null;
  /** The most tries of one call; 4 by default. */
  readonly tries?: number;
  /** The longest Retry-After (of a 429 or 503) that is waited for; 10 s by default. With a longer one the call fails. */
  readonly waitMsMax?: number;
  /** The time limit of one try, to the last byte of its answer; 20 s by default, 0 for none. */
  readonly timeoutMs?: number;
  /** Used instead of the platform's fetch. */
  readonly fetch?: Fetch;
};

export type Request = {
  readonly query?: Query | undefined;
  readonly body?: object | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The caller's own Idempotency-Key, to repeat a request after a crash. */
  readonly key?: string | undefined;
};

const FIRST_WAIT_MS = 250;
const LAST_WAIT_MS = 4_000;
/** Calls whose answer holds a token: a repeat under the same key gets the first result. */
const KEYED: ReadonlySet<string> = new Set(["/api/auth/guest", "/api/auth/register", "/api/auth/refresh"]);

export class Rest {
  readonly url: string;
  readonly token: string | null;
  readonly #tries: number;
  readonly #waitMsMax: number;
  readonly #timeoutMs: number;
  readonly #fetch: Fetch;

  constructor(options: RestOptions) {
    const { url, token = null, tries = 4, waitMsMax = 10_000, timeoutMs = 20_000, fetch = platform } = options;
    this.url = url.replace(/\/+$/, "");
    this.token = token;
    this.#tries = tries;
    this.#waitMsMax = waitMsMax;
    this.#timeoutMs = timeoutMs;
    this.#fetch = fetch;
  }

  /** Returns a successful response. Throws ApiError, or the signal's reason. `path` begins with a slash. */
  async request(method: Method, path: string, request: Request = {}): Promise<Response> {
    const { signal } = request;
    const url = `${this.url}${path}${queryOf(request.query ?? {})}`;
    const init = this.#init(method, request);
    for (let tries = 1; ; tries++) {
      const error = await this.#once(url, init, signal);
      if (!(error instanceof ApiError)) return error;
      const wait = this.#waitBefore(tries, method, path, error);
      if (wait === null) throw error;
      await pause(wait, signal);
    }
  }

  #init(method: Method, { body, key }: Request): RequestInit {
    const changes = method !== "GET";
    const headers: Record<string, string> = { accept: "application/json" };
    if (this.token !== null) headers["authorization"] = `Bearer ${this.token}`;
    if (changes) headers["content-type"] = "application/json";
    if (changes) headers["idempotency-key"] = key ?? randomHex(16);
    return {
      method,
      headers,
      ...(changes ? { body: JSON.stringify(body ?? {}) } : {}),
    };
  }

  async #once(url: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response | ApiError> {
    const given = signal === undefined ? [] : [signal];
    const limits = this.#timeoutMs === 0 ? given : [...given, AbortSignal.timeout(this.#timeoutMs)];
    try {
      const response = await this.#fetch(
        url,
        limits.length === 0 ? init : { ...init, signal: AbortSignal.any(limits) },
      );
      return response.ok ? response : await failureOf(response);
    } catch (cause) {
      if (signal?.aborted === true) throw cause;
      return brokenBy(cause);
    }
  }

  /** Milliseconds to wait before the next try; null: do not retry. */
  #waitBefore(tries: number, method: Method, path: string, { status, code, retryAfterS }: ApiError): number | null {
    if (tries >= this.#tries) return null;
    // Log-in takes no Idempotency-Key, so it is not retried when it is unknown whether it took effect.
    const again = method === "GET" || !path.startsWith("/api/auth/") || KEYED.has(path);
    const passing = status === 429 || status === 503 || code === "idempotency_busy" || (status === 0 && again);
    if (!passing) return null;
    if (retryAfterS !== null) return retryAfterS * 1_000 > this.#waitMsMax ? null : retryAfterS * 1_000;
    return status === 429 ? null : Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LAST_WAIT_MS) * (1 + Math.random());
  }
}

const platform: Fetch = async (url, init) => fetch(url, init);

function queryOf(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise((resolve) => setTimeout(resolve, ms));
  signal?.throwIfAborted();
}
