import { createHmac } from "node:crypto";
import * as z from "zod/mini";
import { bustOfDigest } from "../../rooms/crash/bust.ts";
import { BadInput, jsonOf, runTool, textOf, type Reviver } from "./input.ts";

/**
 * `npm run --silent oracle:crash -- FILE`: computes the bust points of a published hash chain, `{salt, games: [{hash}]}` bare or
 * under `v2`, with our own mapping (rooms/crash/bust.ts): the first 52 bits of HMAC-SHA256 of the hash's bytes, keyed with the
 * salt as text. Prints one line of JSON a game, in hundredths. Exit code 2 for bad input, and then nothing is printed.
 */

const chain = z.object({
  salt: z.string().check(z.minLength(1, "a salt is not empty")),
  games: z.array(
    z.object({
      /** The game's number; without one, its position, from 1. */
      game: z.optional(z.union([z.int(), z.bigint()])),
      hash: z.string().check(z.regex(/^[0-9a-f]{64}$/i, "a hash is 64 digits of hex")),
    }),
  ),
});

/** Keeps integers that a double cannot hold exactly, as BigInt. */
const exact: Reviver = (_key, value, context) => {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const { source } = context ?? {};
  return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value;
};

/** Throws `BadInput` with the path of the first error. */
function chainOf(value: unknown): z.infer<typeof chain> {
  const under = typeof value === "object" && value !== null && "v2" in value ? "v2" : null;
  const parsed = chain.safeParse(under === null ? value : (value as { v2: unknown }).v2);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = [...(under === null ? [] : [under]), ...(issue?.path ?? [])].map(String).join(".");
  throw new BadInput(`not a chain {salt, games: [{hash}]}: ${path === "" ? "" : `${path}: `}${issue?.message ?? ""}`);
}

function main(): number {
  const [file, ...more] = process.argv.slice(2);
  if (file === undefined || more.length > 0)
    throw new BadInput("one FILE is needed", "usage: npm run --silent oracle:crash -- FILE");
  const { salt, games } = chainOf(jsonOf(textOf(file), file, exact));
  const lines = games.map(({ game, hash }, i) => {
    const digest = createHmac("sha256", salt).update(Buffer.from(hash, "hex")).digest("hex");
    // Printed as BigInt, since a number above 2^53 is not printed with all its digits.
    return `{"game":${BigInt(game ?? i + 1)},"bust_x100":${BigInt(bustOfDigest(digest))}}\n`;
  });
  process.stdout.write(lines.join(""));
  return 0;
}

await runTool("oracle:crash", main);
