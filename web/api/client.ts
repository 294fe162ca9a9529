import type * as z from "zod/mini";
import { randomHex } from "./random.ts";

/** The house's REST interface. The session travels in an HttpOnly cookie: no token is ever held by the page. */

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** For a person who asks for help. */
  readonly requestId: string | null;
  /** With 429: when to try again, in epoch milliseconds. */
  readonly nextAt: number | null;

  constructor(status: number, code: string, message: string, requestId: string | null, nextAt: number | null) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.nextAt = nextAt;
  }
}

export async function get<T>(path: string, shape: z.ZodMiniType<T>, signal?: AbortSignal): Promise<T> {
  const response = await request(path, signal === undefined ? {} : { signal });
  return shape.parse(await response.json());
}

/** Each call is a new wish: its Idempotency-Key covers repeats by the network, not by the player. */
export async function post<T>(path: string, shape: z.ZodMiniType<T>, body: object = {}): Promise<T> {
  const response = await request(path, sending(body));
  return shape.parse(await response.json());
}

/** For calls that answer with nothing. */
export async function tell(path: string, body: object = {}): Promise<void> {
  await request(path, sending(body));
}

function sending(body: object): RequestInit {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": randomHex(16) },
    body: JSON.stringify(body),
  };
}

async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api${path}`, { ...init, credentials: "same-origin" });
  } catch (cause) {
    if (init.signal?.aborted === true) throw cause;
    throw new ApiError(0, "offline", "The house cannot be reached. Is there a connection?", null, null);
  }
  if (response.ok) return response;
  throw await failure(response);
}

async function failure(response: Response): Promise<ApiError> {
  const { status } = response;
  const wait = Number(response.headers.get("Retry-After"));
  const later = status === 429 && Number.isFinite(wait) && wait > 0 ? Date.now() + wait * 1_000 : null;
  const body: unknown = await response.json().catch(() => null);
  const error = field(body, "error");
  const text = (key: string): string | null => {
    const value = field(error, key);
    return typeof value === "string" ? value : null;
  };
  const nextAt = field(error, "nextAt");
  return new ApiError(
    status,
    text("code") ?? "unexpected",
    text("message") ?? "Something went wrong on our side. Nothing was changed.",
    text("requestId"),
    typeof nextAt === "number" ? nextAt : later,
  );
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && key in value ? Reflect.get(value, key) : undefined;
}
