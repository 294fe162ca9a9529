import * as z from "zod";
import { done, retry, type Verdict } from "../queue/verdict.ts";
import { base64, isAboutTheRecord } from "./rest-words.ts";
import { refused, type OutRecord } from "./sender.ts";

/** Body of `POST /v3/clusters/{cluster}/topics/{topic}/records` in streaming mode: concatenated JSON objects, one per record. */
export const v3Body = (records: readonly OutRecord[]): string =>
  records
    .map(({ key, value, headers }) =>
      JSON.stringify({
        key: { type: "BINARY", data: base64(key) },
        value: { type: "BINARY", data: base64(value) },
        headers: Object.entries(headers).map(([name, text]) => ({ name, value: base64(text) })),
      }),
    )
    .join("\n");

const report = z.object({ error_code: z.int(), message: z.string().nullish() });

/** The answer mirrors the request: a delivery report for each record, in their order. It may be cut off. */
export function v3Verdicts(text: string, count: number): Verdict[] {
  const reports = concatenated(text).map((one) => report.safeParse(one));
  return Array.from({ length: count }, (_none, index): Verdict => {
    const read = reports[index];
    if (read === undefined) return retry("the REST proxy's answer broke off before this record");
    if (!read.success) return retry("the REST proxy's answer has no error_code");
    const { error_code, message } = read.data;
    if (error_code === 200) return done;
    const error = `REST error ${error_code}: ${(message ?? "").slice(0, 150)}`;
    // Some proxies answer an HTTP status (413), others a five-digit code that starts with it (41301).
    const status = error_code < 1_000 ? error_code : Math.floor(error_code / 100);
    const stays = status === 413 || (status < 500 && isAboutTheRecord(message ?? ""));
    return stays ? refused(error) : retry(error);
  });
}

/** Parses concatenated JSON objects, with or without separators. An incomplete object at the end is left out. */
export function concatenated(text: string): unknown[] {
  const found: unknown[] = [];
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char === "\\") i += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') {
      quoted = true;
    } else if (char === "{") {
      if (depth === 0) start = i;
      depth += 1;
    } else if (char === "}" && depth > 0) {
      depth -= 1;
      if (depth > 0) continue;
      try {
        found.push(JSON.parse(text.slice(start, i + 1)));
      } catch {
        return found;
      }
    }
  }
  return found;
}
