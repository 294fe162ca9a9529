import { runTool, BadInput, textOf } from "./input.ts";
import { handsOfLines } from "./oracle-poker/lines.ts";
import { handsOfPhh } from "./oracle-poker/phh.ts";
import { played } from "./oracle-poker/play.ts";

/**
 * `npm run --silent oracle:poker -- FILE`: hands that another engine or a televised table has played, one a line of JSON or in PHH,
 * played again through the rules that this house's tables use. One line of JSON a hand: the final stacks, what each player could
 * have done on their turn, and whether all that agrees, else the first difference. Exit code 0: all agree; 1: one does not; 2: the
 * input is not what it must be, and then nothing is printed.
 */

const USAGE = `usage: npm run --silent oracle:poker -- FILE

  FILE   hands as {"n","sb","bb","ante","stacks","hole","steps","final"}, one a line, or .phh (.phhs); - reads standard input`;

function main(): number {
  const [file, ...more] = process.argv.slice(2);
  if (file === undefined || more.length > 0) throw new BadInput("one FILE is needed", USAGE);
  const text = textOf(file);
  const hands = isPhh(file, text) ? handsOfPhh(text, file) : handsOfLines(text, file);
  if (hands.length === 0) throw new BadInput(`${file}: there are no hands in it`);
  const lines = hands.map((hand, i) => ({ hand: i + 1, ...played(hand) }));
  process.stdout.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return lines.every(({ ok }) => ok) ? 0 : 1;
}

function isPhh(file: string, text: string): boolean {
  if (/\.(phhs?|toml)$/i.test(file)) return true;
  return !/\.jsonl?$/i.test(file) && /^\s*(#.*\n\s*)*[A-Za-z_[]/.test(text) && !/^\s*\{/.test(text);
}

await runTool("oracle:poker", main);
