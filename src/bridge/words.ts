const WORDS_MAX = 300;

/**
 * An error as one line for logs and reports: its message and those of its causes, without duplicates. The Kafka client puts the
 * reason two levels deep, in `errors` or in `cause`. The messages hold no secrets, only hosts, topics and protocol errors.
 */
export function wordsOf(error: unknown): string {
  const said = new Set<string>();
  gather(error, said, 0);
  return [...said].join(" / ").slice(0, WORDS_MAX) || "an error without words";
}

function gather(error: unknown, said: Set<string>, depth: number): void {
  if (depth > 6) return;
  if (!(error instanceof Error)) {
    if (typeof error === "string" && error !== "") said.add(error);
    return;
  }
  if (error.message !== "") said.add(error.message);
  for (const inner of childrenOf(error)) gather(inner, said, depth + 1);
}

/** The direct causes of an error: the items of `errors`, then `cause`. */
export function childrenOf(error: Error): unknown[] {
  const { cause } = error;
  const errors: unknown = "errors" in error ? error.errors : [];
  return [...(Array.isArray(errors) ? (errors as unknown[]) : []), ...(cause === undefined ? [] : [cause])];
}

/** The result of `work`, or a rejection when it takes longer than `ms`. `work` itself is not cancelled. */
export function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${ms / 1_000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
