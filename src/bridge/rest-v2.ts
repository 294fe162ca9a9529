import * as z from "zod";
import { done, retry, type Verdict } from "../queue/verdict.ts";
import { base64, isAboutTheRecord } from "./rest-words.ts";
import { refused, type OutRecord } from "./sender.ts";

/** Body of `POST /topics/{topic}` of a REST proxy v2. v2 has no record headers; what they say is in the value too. */
export const v2Body = (records: readonly OutRecord[]): string =>
  JSON.stringify({ records: records.map(({ key, value }) => ({ key: base64(key), value: base64(value) })) });

const answer = z.object({
  offsets: z.array(
    z.object({ offset: z.number().nullish(), error_code: z.int().nullish(), error: z.string().nullish() }),
  ),
});

/**
 * One verdict for each record, by the error's text. The error code does not decide: code 1 (not retriable) also covers a missing
 * permission, which an operator can grant later, so such a record is retried.
 */
export function v2Verdicts(text: string, count: number): Verdict[] {
  const read = answer.safeParse(jsonOf(text));
  const offsets = read.success ? read.data.offsets : [];
  return Array.from({ length: count }, (_none, index): Verdict => {
    const one = offsets[index];
    if (one === undefined) return retry("the REST proxy said nothing of this record");
    if (one.error_code === null || one.error_code === undefined) {
      const known = one.offset !== null && one.offset !== undefined;
      return known ? done : retry("the REST proxy named no offset");
    }
    const error = `REST error ${one.error_code}: ${(one.error ?? "").slice(0, 150)}`;
    return isAboutTheRecord(one.error ?? "") ? refused(error) : retry(error);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
