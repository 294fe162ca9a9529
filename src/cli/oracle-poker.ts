import { BadInput, plain, runTool, textOf } from "./input.ts";
import { handsOfLines } from "./oracle-poker/lines.ts";
import { foreignForm } from "./oracle-poker/foreign.ts";
import { readPhh, type Unread } from "./oracle-poker/phh.ts";
import { played, type Told } from "./oracle-poker/play.ts";

/**
 * `npm run --silent oracle:poker -- FILE`: replays hands from another engine or a televised table, as lines of JSON or in PHH,
 * with the rules of our own tables. Prints one line of JSON a hand: the final stacks, each player's legal bounds on each turn,
 * and whether all of it agrees, else the first difference. Exit code 0: all agree; 1: one does not; 2: bad input, and then
 * nothing is printed. In a PHH file of several hands, unreadable hands are named and the others are replayed. An unknown stack is
 * "inf".
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

/** JSON has no Infinity. */
const finite = (_key: string, value: unknown): unknown => (value === Infinity ? "inf" : value);

function isPhh(file: string, text: string): boolean {
  if (/\.(phhs?|toml)$/i.test(file)) return true;
  return !/\.jsonl?$/i.test(file) && /^\s*(#.*\n\s*)*[A-Za-z_[]/.test(text) && !/^\s*\{/.test(text);
}

await runTool("oracle:poker", main);
