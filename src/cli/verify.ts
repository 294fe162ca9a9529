import { parseArgs } from "node:util";
import type { Fact } from "../../rooms/fair/check.ts";
import { listFaults, NotARecord, readRound, verify, type Known, type Verdict } from "../../rooms/verify.ts";
import { BadInput, jsonOf, plain, runTool, textOf } from "./input.ts";
import { brief, explain } from "./verify/explain.ts";
import { addressOf, fetchList, fetchRound, isAddress } from "./verify/fetch.ts";

/**
 * `npm run --silent verify -- FILE|URL`: recomputes finished rounds from their public records and explains each step. Exit code
 * 0: all verified; 1: something does not match; 2: bad input.
 */

const USAGE = `usage: npm run --silent verify -- FILE|URL [options]

  FILE   one round as the API gives it, a list of them, or a page {"rounds": [...]}; - reads standard input
  URL    a round's page or API address, or a room's (its newest rounds, oldest first)

  --expect-commitment HEX   the server seed hash that you were shown before the round; of a hand of cards, the commitment
  --limit N                 at most so many rounds of a room (1000)
  --json                    one line of JSON a round

exit code 0: verified; 1: something does not fit; 2: bad input`;

const LIMIT = 1_000;

type Order = { readonly target: string; readonly known: Known; readonly limit: number; readonly json: boolean };
type Found = {
  readonly records: readonly unknown[];
  /** Whether these are the newest rounds of a room without a gap: then missing numbers are faults. */
  readonly whole: boolean;
  /** Selects the lines of the bet or player named in the address. */
  readonly asked: (fact: Fact) => boolean;
  /** The bet or player named in the address, in words; null: none. */
  readonly sought: string | null;
};

async function main(): Promise<number> {
  const order = orderOf(process.argv.slice(2));
  if (order === null) {
    console.log(USAGE);
    return 0;
  }
  const { records, whole, asked, sought } = isAddress(order.target) ? await fromUrl(order) : fromFile(order.target);
  const [first] = records;
  if (first === undefined) throw new BadInput(`${order.target}: there are no rounds in it`);
  if (records.length > 1 && order.known.commitment !== undefined) {
    throw new BadInput("--expect-commitment is for one round, and here are several");
  }
  const verdicts = records.map((record, i) =>
    judged(record, order.known, records.length === 1 ? "" : `record ${i + 1}: `),
  );
  if (sought !== null && !verdicts.some(({ steps }) => steps.some(({ facts }) => facts.some(asked)))) {
    throw new BadInput(`${order.target}: there is no ${sought} in this round`);
  }
  const faults = listFaults(records.map(readRound), whole);
  if (order.json) printJson(verdicts, faults);
  else if (records.length === 1 && verdicts[0] !== undefined) printOne(verdicts[0], order.known, asked);
  else printMany(verdicts, faults);
  return verdicts.every(({ ok }) => ok) && faults.length === 0 ? 0 : 1;
}

function orderOf(args: readonly string[]): Order | null {
  const { values, positionals } = parsed(args);
  if (values.help === true) return null;
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0) throw new BadInput("one FILE or URL is needed", USAGE);
  const commitment = values["expect-commitment"];
  if (commitment !== undefined && !/^[0-9a-f]{64}$/i.test(commitment)) {
    throw new BadInput("--expect-commitment takes 64 digits of hex");
  }
  const limit = values.limit === undefined ? LIMIT : Number(values.limit);
  if (!Number.isSafeInteger(limit) || limit < 1) throw new BadInput("--limit takes a whole number from 1");
  return { target, limit, json: values.json === true, known: commitment === undefined ? {} : { commitment } };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        "expect-commitment": { type: "string" },
        limit: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : String(error), USAGE);
  }
}

function fromFile(file: string): Found {
  const value = jsonOf(textOf(file), file);
  const records = Array.isArray(value) ? value : isPage(value) ? value.rounds : [value];
  return { records, whole: false, asked: () => false, sought: null };
}

function isPage(value: unknown): value is { rounds: unknown[] } {
  return typeof value === "object" && value !== null && "rounds" in value && Array.isArray(value.rounds);
}

async function fromUrl({ target, limit }: Order): Promise<Found> {
  const address = addressOf(target);
  if (address.kind === "list") {
    return {
      records: await fetchList(address.url, limit, console.error),
      whole: true,
      asked: () => false,
      sought: null,
    };
  }
  const { bet, player } = address;
  const sought = bet !== null ? `bet ${bet}` : player === null ? null : `bet of ${player}`;
  const asked = ({ name }: Fact): boolean =>
    (bet !== null && name.startsWith(`bet ${bet} of `)) || (player !== null && name === player);
  return { records: [await fetchRound(address.url)], whole: false, asked, sought };
}

function judged(record: unknown, known: Known, where: string): Verdict {
  try {
    return verify(record, known);
  } catch (error) {
    if (error instanceof NotARecord) throw new BadInput(`${where}not the public record of a round: ${error.message}`);
    throw error;
  }
}

function printOne(verdict: Verdict, known: Known, asked: (fact: Fact) => boolean): void {
  console.log(explain(verdict, asked));
  if (known.commitment !== undefined || !verdict.ok) return;
  console.log(`
What this shows: all parts of the record agree. That the commitment was out before the bets, the record alone cannot
show: whoever saw it then can pass it with --expect-commitment.`);
}

function printMany(verdicts: readonly Verdict[], faults: readonly string[]): void {
  const wrong = verdicts.filter(({ ok }) => !ok).length;
  for (const verdict of verdicts) console.log(brief(verdict));
  for (const fault of faults) console.log(`WRONG  ${plain(fault)}`);
  const voids = verdicts.filter((verdict) => verdict.void).length;
  const more = faults.length === 0 ? "" : `, and the list has ${faults.length} of its own faults`;
  console.log(
    `\n${verdicts.length} rounds, ${voids} of them void: ${verdicts.length - wrong} verified, ${wrong} wrong${more}`,
  );
}

function printJson(verdicts: readonly Verdict[], faults: readonly string[]): void {
  for (const { ok, ...rest } of verdicts) console.log(JSON.stringify({ verified: ok, ...rest }));
  if (faults.length > 0) console.log(JSON.stringify({ verified: false, list: faults }));
}

await runTool("verify", main);
