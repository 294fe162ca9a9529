/** A call that the server refused, or that got no answer. Switch on `code`; `message` is for people. */
export class ApiError extends Error {
  /** The HTTP status; 0 when there was no answer (`offline`, `timeout`). */
  readonly status: number;
  readonly code: string;
  /** To quote when asking for help. */
  readonly requestId: string | null;
  /** What is wrong with each field, by path. */
  readonly fields: Readonly<Record<string, string>>;
  /** Seconds to wait before a retry makes sense; null: unknown. */
  readonly retryAfterS: number | null;
  /** The same as an instant in epoch milliseconds. */
  readonly nextAt: number | null;

  constructor(status: number, code: string, message: string, more: Partial<More> = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.requestId = more.requestId ?? null;
    this.fields = more.fields ?? {};
    this.retryAfterS = more.retryAfterS ?? null;
    this.nextAt = more.nextAt ?? null;
  }
}

/** For a call without a complete answer: it is unknown whether the request took effect. */
export function brokenBy(cause: unknown): ApiError {
  return cause instanceof DOMException && cause.name === "TimeoutError"
    ? new ApiError(0, "timeout", "The house did not answer in time. Please try again.")
    : new ApiError(0, "offline", "The house cannot be reached. Is there a connection?");
}

type More = Pick<ApiError, "requestId" | "fields" | "retryAfterS" | "nextAt">;

/** The error in a failed response. A proxy before the server may have sent it, so any body is accepted. */
export async function failureOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const error = field(body, "error");
  const wait = Number(response.headers.get("Retry-After"));
  const retryAfterS = number(field(error, "retryAfterS")) ?? (Number.isFinite(wait) && wait > 0 ? wait : null);
  const later = response.status === 429 && retryAfterS !== null ? Date.now() + retryAfterS * 1_000 : null;
  return new ApiError(
    response.status,
    text(field(error, "code")) ?? "unexpected",
    text(field(error, "message")) ?? "Something went wrong on our side. Nothing was changed.",
    {
      requestId: text(field(error, "requestId")),
      fields: words(field(error, "fields")),
      retryAfterS,
      nextAt: number(field(error, "nextAt")) ?? later,
    },
  );
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && key in value ? Reflect.get(value, key) : undefined;
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const number = (value: unknown): number | null => (typeof value === "number" ? value : null);

function words(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, word]) => (typeof word === "string" ? [[key, word]] : [])),
  );
}
