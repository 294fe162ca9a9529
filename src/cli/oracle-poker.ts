import { BadInput, plain, runTool, textOf } from "./input.ts";
import { handsOfLines } from "./oracle-poker/lines.ts";
import { foreignForm } from "./oracle-poker/foreign.ts";
import { readPhh, type Unread } from "./oracle-poker/phh.ts";
import { played, type Told } from "./oracle-poker/play.ts";

/**
 * `npm run --silent oracle:poker -- FILE`: hands that another engine or a televised table has played, one a line of JSON or in PHH,
 * played again through the rules that this house's tables use. One line of JSON a hand: the final stacks, what each player could
 * have done on their turn, and whether all that agrees, else the first difference. Exit code 0: all agree; 1: one does not; 2: the
 * input is not what it must be, and then nothing is printed; but of a file of several hands in PHH, those that cannot be read are
 * named, and the others are played. A stack that is not known is "inf".
 */

const USAGE = `usage: npm run --silent oracle:poker -- FILE

  FILE   hands as {"n","sb","bb","ante","stacks","hole","steps","final"}, one a line, or .phh (.phhs); - reads standard input`;

function main(): number {
  const [file, ...more] = process.argv.slice(2);
  if (file === undefined || more.length > 0) throw new BadInput("one FILE is needed", USAGE);
  const text = textOf(file);
  const foreign = foreignForm(text);
  if (foreign !== null) throw new BadInput(`${file}: ${foreign}`);
  const hands: readonly (Told | Unread)[] = isPhh(file, text) ? readPhh(text, file) : handsOfLines(text, file);
  if (hands.length === 0) throw new BadInput(`${file}: there are no hands in it`);
  const unread = hands.flatMap((hand) => ("unread" in hand ? [hand.unread] : []));
  const lines = hands.map((hand, i) => ({ hand: i + 1, ...("unread" in hand ? notPlayed(hand) : played(hand)) }));
  process.stdout.write(lines.map((line) => `${JSON.stringify(line, finite)}\n`).join(""));
  for (const why of unread) console.error(`oracle:poker: ${plain(`${file}: ${why}`)}`);
  if (unread.length > 0) return 2;
  return lines.every(({ ok }) => ok) ? 0 : 1;
}

const notPlayed = ({ name, unread }: Unread) => ({ name, final: null, steps: [], ok: false, unread });

/** JSON has no infinity. */
const finite = (_key: string, value: unknown): unknown => (value === Infinity ? "inf" : value);

function isPhh(file: string, text: string): boolean {
  if (/\.(phhs?|toml)$/i.test(file)) return true;
  return !/\.jsonl?$/i.test(file) && /^\s*(#.*\n\s*)*[A-Za-z_[]/.test(text) && !/^\s*\{/.test(text);
}

await runTool("oracle:poker", main);
