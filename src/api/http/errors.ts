import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type * as z from "zod";
import { BadSettings } from "../../env.ts";
import { logOf } from "../../log.ts";
import type { AppEnv } from "./context.ts";
import { Refused } from "./refusals.ts";
import { andMore, wordsByKey } from "../../../rooms/kit/unknown-fields.ts";

/** Answers every failure as `{error: {code, message, requestId}}`, never with a stack or the value of a setting. */

export function answerError(error: Error, c: Context<AppEnv>): Response {
  const requestId = c.get("requestId");
  const refused = asRefused(error);
  if (refused.status === 500) {
    const { stack } = error;
    logOf(c.env).error("request failed", { requestId, method: c.req.method, path: c.req.path, error, stack });
  }
  const { code, message, status } = refused;
  c.set("refusal", code);
  const { fields, nextAt, retryAfterS } = refused.details;
  if (retryAfterS !== undefined) c.header("retry-after", String(retryAfterS));
  return c.json({ error: { code, message, requestId, fields, nextAt, retryAfterS } }, status);
}

function asRefused(error: Error): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof BadSettings) return new Refused("bad_settings", { message: error.message });
  if (error instanceof HTTPException && error.status === 400) return new Refused("malformed_json");
  if (error instanceof HTTPException && error.status === 415) return new Refused("not_json");
  return new Refused("internal");
}

/** The hook that @hono/zod-openapi calls for each validated part of a request. Throws `invalid_request`. */
export function refuseInvalid(
  result: { success: true } | { success: false; error: Pick<z.core.$ZodError, "issues"> },
): void {
  if (!result.success) throw invalid(result.error.issues);
}

/** `invalid_request` with one message for each field; `under` is the path of the object that the issues are in. */
export function invalid(issues: readonly z.core.$ZodIssue[], under: readonly string[] = []): Refused {
  const fields = issues.flatMap((issue) => faults(issue, under));
  return new Refused("invalid_request", { fields: Object.fromEntries(fields) });
}

/** Messages by field path. An unknown field is reported by its own name. Of a union, the closest variant is reported. */
function faults(issue: z.core.$ZodIssue, under: readonly string[]): [string, string][] {
  const path = [...under, ...issue.path.map(String)];
  if (issue.code === "unrecognized_keys") {
    const told = wordsByKey(issue.message, issue.keys).map(([key, words]): [string, string] => [
      [...path, key].join("."),
      words,
    ]);
    const more = issue.keys.length - told.length;
    return more === 0 ? told : [...told, [path.join(".") || "body", andMore(more)]];
  }
  if (issue.code === "invalid_union") {
    const known = issue.errors.filter((issues) => !hasUnknown(issues));
    const [only] = known;
    if (only !== undefined && known.length === 1) return only.flatMap((one) => faults(one, path));
    const closest = issue.errors.toSorted((a, b) => a.length - b.length).find(hasUnknown);
    if (only === undefined && closest !== undefined) return closest.flatMap((one) => faults(one, path));
    const names = known.map(([first]) => first?.path.join(".") ?? "");
    if (names.length > 0 && names.every((name) => name !== "")) {
      return [[path.join(".") || "body", `Needs one of these: ${names.map((name) => `\`${name}\``).join(", ")}.`]];
    }
  }
  return [[path.join(".") || "body", issue.message]];
}

const hasUnknown = (issues: readonly z.core.$ZodIssue[]): boolean =>
  issues.some(({ code }) => code === "unrecognized_keys");
