const WORDS_MAX = 300;

/**
 * An error in a line of words for logs and reports: its own and those of what caused it, each once. The Kafka client hides the reason
 * two levels deep, in `errors` or in `cause`. None of them says a secret: they name hosts, topics and protocol errors.
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

/** What an error says it comes from. */
export function childrenOf(error: Error): unknown[] {
  const { cause } = error;
  const errors: unknown = "errors" in error ? error.errors : [];
  return [...(Array.isArray(errors) ? (errors as unknown[]) : []), ...(cause === undefined ? [] : [cause])];
}

/** `work`, or a rejection that says that it took longer than that. `work` itself is left to end as it likes. */
export function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${ms / 1_000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
