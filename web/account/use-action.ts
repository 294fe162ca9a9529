import { useState } from "react";
import { ApiError } from "../api/client.ts";
import { until } from "../ui/format.ts";

/** A request to the server: whether it is under way, and its error message. */
export type Action = {
  readonly busy: boolean;
  readonly error: string | null;
  /** The error messages of fields, by name. */
  readonly fields: Readonly<Record<string, string>>;
  /** Resolves to true if the request succeeded. */
  readonly run: (action: () => Promise<unknown>) => Promise<boolean>;
};

/** `words`: error messages of this form that replace the server's, by code. */
export function useAction(words: Readonly<Record<string, string>> = {}): Action {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ error: string; fields: Action["fields"] } | null>(null);
  const run = async (action: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setRefused(null);
    try {
      await action();
      return true;
    } catch (cause) {
      setRefused(wordsFor(cause, words));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error: refused?.error ?? null, fields: refused?.fields ?? {}, run };
}

function wordsFor(
  cause: unknown,
  words: Readonly<Record<string, string>>,
): { error: string; fields: Action["fields"] } {
  if (!(cause instanceof ApiError)) return { error: "That did not work. Nothing was changed.", fields: {} };
  const { code, message, fields, status, nextAt } = cause;
  const wait =
    status === 429 && nextAt !== null ? `Too many tries. Please try again ${until(nextAt, Date.now())}.` : null;
  return { error: words[code] ?? wait ?? message, fields };
}
