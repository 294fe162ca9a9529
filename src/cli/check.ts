import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { heldBack } from "./held-back.ts";

/**
 * `npm run check`: formatting, lint, the rule book's references, generated files and types. Formatting runs beside the others, since
 * it uses one core. Prints the output of every step that fails; exits with 1 if any did.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Each list runs one after another, the lists side by side. */
const STEPS = [
  ["format:check"],
  ["lint", "rules:check", "client:types -- --check", "frames:schemas -- --check", "types"],
] as const;

async function passes(step: string): Promise<boolean> {
  const began = Date.now();
  const child = spawn(`npm run --silent ${step}`, { cwd: root, shell: true, stdio: ["ignore", "pipe", "pipe"] });
  const { code, said } = await heldBack(child);
  const seconds = ((Date.now() - began) / 1_000).toFixed(0);
  console.log(`${code === 0 ? "passed" : "FAILED"} in ${seconds} s: ${step}`);
  if (code !== 0) process.stdout.write(said);
  return code === 0;
}

const passed = await Promise.all(
  STEPS.map(async (steps) => {
    const results: boolean[] = [];
    for (const step of steps) results.push(await passes(step));
    return results.every(Boolean);
  }),
);
if (!passed.every(Boolean)) process.exit(1);
