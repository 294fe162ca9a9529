import { createHmac } from "node:crypto";
import * as z from "zod/mini";
import { bustOfDigest } from "../../rooms/crash/bust.ts";
import { BadInput, jsonOf, runTool, textOf, type Reviver } from "./input.ts";

/**
 * `npm run --silent oracle:crash -- FILE`: the bust points of a published chain, `{salt, games: [{hash}]}` bare or under `v2`, by this
 * house's own mapping (rooms/crash/bust.ts): HMAC-SHA256 of the hash's bytes under the salt as text, and of that the first 52
 * bits. One line of JSON a game, in hundredths. Exit code 2 when the input is not as it must be, and then nothing is printed.
 */

const chain = z.object({
  salt: z.string().check(z.minLength(1, "a salt is not empty")),
  games: z.array(
    z.object({
      /** Its number; where it has none, its place, from 1. */
      game: z.optional(z.union([z.int(), z.bigint()])),
      hash: z.string().check(z.regex(/^[0-9a-f]{64}$/i, "a hash is 64 digits of hex")),
    }),
  ),
});

/** Whole numbers that a double cannot hold stay as they were written. */
const exact: Reviver = (_key, value, context) => {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const { source } = context ?? {};
  return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value;
};

/** Throws `BadInput` with the place of the first thing that is wrong. */
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
    // By BigInt, since a number of more than 53 bits is not printed to its last digit.
    return `{"game":${BigInt(game ?? i + 1)},"bust_x100":${BigInt(bustOfDigest(digest))}}\n`;
  });
  process.stdout.write(lines.join(""));
  return 0;
}

await runTool("oracle:crash", main);
