import { OpenAPIHono, z } from "@hono/zod-openapi";
import { PASSWORD_MAX, PASSWORD_MIN } from "../auth/password.ts";
import { isCommon } from "../auth/common.ts";
import { readUsername, wrongWith, type Username } from "../auth/username.ts";
import type { AppEnv } from "../http/context.ts";
import { refuseInvalid } from "../http/errors.ts";
import { Refused } from "../http/refusals.ts";

/** Schemas shared by routes. Amounts are integer minor units, instants are epoch milliseconds. */

/** A router that answers invalid input with 422 `invalid_request`. */
export const router = (): OpenAPIHono<AppEnv> => new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });

export { createRoute, idempotencyHeader, sameAgainHeader } from "../http/route.ts";
export { z };

export const amount = z.int().openapi({ description: "Integer minor units.", example: 98_500 });
export const instant = z.int().openapi({ description: "Epoch milliseconds.", example: 1_795_212_549_024 });

const text = z.string({ error: "Text, please." });

export const username = text
  .transform((typed, context) => {
    const name = readUsername(typed);
    if (name !== null) return name;
    context.addIssue(wrongWith(typed) ?? "That is not a name.");
    return z.NEVER;
  })
  .openapi({
    type: "string",
    description:
      "3 to 20 characters: letters of one script, digits, and between them single spaces, `.`, `_`, `-` or `'`. Names that differ in case only are the same, and of two that look alike only one can be taken.",
    example: "heron",
  });

/** An id that the caller makes for each request; the same id again means the same request. */
export const requestId = z
  .string()
  .regex(/^[\x21-\x7e]{1,100}$/, "1 to 100 visible ASCII characters")
  .openapi({ description: "Made by you, new for each.", example: "refund-2026-11-27-1" });

/** Text written by a person: not empty, and at most `most` characters. http/guards.ts has checked that it is well-formed. */
export const freeText = (most: number): z.ZodString => z.string().trim().min(1).max(most);

export const newPassword = text
  .min(PASSWORD_MIN, `A password has ${PASSWORD_MIN} characters at least.`)
  .max(PASSWORD_MAX, `A password has ${PASSWORD_MAX} characters at most.`)
  .refine(
    (password) => !isCommon(password),
    "Many people use that one, so it is guessed first. A short sentence is best.",
  )
  .openapi({
    description: `${PASSWORD_MIN} to ${PASSWORD_MAX} characters, and none of those that most people use.`,
    example: "correct horse battery",
  });

/** Refuses a password equal to the user name, which attackers guess first. Refused `invalid_request`. */
export function passwordFor(name: Username | null, password: string, field = "password"): void {
  const same = name !== null && password.normalize("NFKC").toLowerCase().trim() === name.shown.toLowerCase();
  if (same)
    throw new Refused("invalid_request", { fields: { [field]: "That is your name: it is guessed first of all." } });
}

export const anyPassword = text
  .max(PASSWORD_MAX, `A password has ${PASSWORD_MAX} characters at most.`)
  .openapi({ example: "correct horse battery" });

export const RECOVERY_EXAMPLE = "3fw7k-2m9qx-4c0v8-h1ztr-3fw7k";

export const recoveryCode = z.string().openapi({
  description: "Sets a new password once, when the old one is lost. Shown only here.",
  example: RECOVERY_EXAMPLE,
});

export const player = z
  .object({
    id: z.string().openapi({ description: "Permanent.", example: "7k2m9qx4c0v8h1ztr3fw" }),
    username: z.string().openapi({ description: "A guest's is made up and has spaces.", example: "Brass Heron 482" }),
    guest: z.boolean(),
  })
  .openapi("Player");

export const session = z
  .object({
    token: z.string().openapi({ description: "For `Authorization: Bearer`; a page has it as a cookie as well." }),
    expiresAt: instant,
    player,
  })
  .openapi("Session");

export const ticket = z
  .object({ ticket: z.string().openapi({ description: "One use, this player, this socket." }), expiresAt: instant })
  .openapi("Ticket");

export const ticketQuery = z.string().max(1_024).openapi({ description: "From the ticket call: one use." });

/** An integer in a path or a query: decimal digits only, so no `1e3`, `0x10` or sign. */
export const whole = (least: number, most = Number.MAX_SAFE_INTEGER): z.ZodType<number> =>
  z
    .string()
    .regex(/^[0-9]{1,16}$/, "a whole number")
    .transform(Number)
    .pipe(z.int().min(least).max(most))
    .openapi({ type: "integer", minimum: least, maximum: most });

/** A page size. `what` is counted: items of a page, or days. */
export const pageLimit = (fallback: number, most: number, what = "How many on a page"): z.ZodType<number> =>
  whole(1, most)
    .default(fallback)
    .openapi({ description: `${what}: 1 to ${most}, ${fallback} by default.`, default: fallback, example: fallback });

/** The description of every list's `cursor`. */
export const CURSOR = "`next` of the page before, as it is: what it is made of may change. None: the first page.";

/** The description and JSON body of a successful response. */
export const json = <Schema extends z.ZodType>(
  description: string,
  schema: Schema,
): { description: string; content: { "application/json": { schema: Schema } } } => ({
  description,
  content: { "application/json": { schema } },
});

/** A required JSON body. */
export const takes = <Schema extends z.ZodType>(
  schema: Schema,
): { required: true; content: { "application/json": { schema: Schema } } } => ({
  required: true,
  content: { "application/json": { schema } },
});
