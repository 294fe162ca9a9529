import { parseArgs } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { BadInput, plain, runTool } from "./input.ts";
import { rebuild, type Ask } from "./rebuild-steps.ts";

/**
 * `npm run rebuild -- --url URL --key OPERATOR_KEY`: empties the read model of a deployment and rebuilds it from the data of its
 * rooms and players. Exit code 0: the checksum is the same as before; 1: it differs.
 */

const USAGE =
  "npm run rebuild -- --url https://croupier.example --key OPERATOR_KEY   (or OPERATOR_KEY in the environment)";

const TRIES = 5;

/** Every call is idempotent, so a call without an answer is retried. */
function askOf(url: URL, key: string): Ask {
  return async (method, path, body) => {
    for (let tries = 1; ; tries += 1) {
      const answer = await fetch(new URL(`/api/operator/model${path}`, url), {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch((error: unknown) => error);
      if (answer instanceof Response && answer.ok) return answer.json();
      const passing = !(answer instanceof Response) || answer.status === 429 || answer.status >= 500;
      if (!passing || tries >= TRIES)
        throw new BadInput(`${method} /api/operator/model${path}: ${await saidBy(answer)}`);
      await sleep(
        answer instanceof Response ? 1_000 * Number(answer.headers.get("retry-after") ?? tries) : 1_000 * tries,
      );
    }
  };
}

async function saidBy(answer: unknown): Promise<string> {
  if (answer instanceof Response) return `${answer.status} ${(await answer.text()).slice(0, 300)}`;
  const cause = answer instanceof Error ? (answer.cause ?? answer) : answer;
  return cause instanceof Error ? cause.message : String(cause);
}

async function main(): Promise<number> {
  const { url, key } = read();
  const { before, after } = await rebuild(askOf(url, key), (line) => console.log(plain(line)));
  if (before.sum === after.sum) {
    console.log("The same: nothing was missing and nothing too much.");
    return 0;
  }
  console.error(
    "Another checksum. Was anybody playing? Then events may have been on their way: run it again when it is quiet. Else the model was not right, and now it is.",
  );
  return 1;
}

function read(): { readonly url: URL; readonly key: string } {
  const { values } = parse();
  const key = values.key ?? process.env["OPERATOR_KEY"] ?? "";
  if (values.url === undefined || !URL.canParse(values.url)) throw new BadInput("--url is missing or no URL.", USAGE);
  if (key === "") throw new BadInput("--key is missing.", USAGE);
  return { url: new URL(values.url), key };
}

function parse() {
  try {
    return parseArgs({ options: { url: { type: "string" }, key: { type: "string" } } });
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : String(error), USAGE);
  }
}

await runTool("rebuild", main);
