import type { Fact, Step } from "../../../rooms/fair/check.ts";
import type { Verdict } from "../../../rooms/verify.ts";
import { plain } from "../input.ts";

/** Formats a verdict as text. */

/** The most lines of one step. Wrong and asked-for lines are always shown. */
const FACTS_MAX = 24;
const WIDTH = 100;

/** All steps of one round. `asked` selects lines to highlight. */
export function explain(verdict: Verdict, asked: (fact: Fact) => boolean): string {
  const { room, round, headline, ok } = verdict;
  const head = `${plain(room)}, round ${round}: ${plain(headline)}. ${ok ? "VERIFIED" : "NOT VERIFIED"}`;
  return [head, ...verdict.steps.map((step, i) => stepLines(step, i + 1, asked))].join("\n\n");
}

/** A one-line summary of a round. */
export function brief({ room, round, headline, ok, steps }: Verdict): string {
  const wrong = steps.filter((step) => step.ok === false).map(({ title, says }) => `${title}: ${says}`);
  const words = ok ? headline : wrong.join(" / ");
  return `${ok ? "ok   " : "WRONG"}  ${plain(room)} ${round}  ${plain(words)}`;
}

function stepLines({ title, ok, says, facts }: Step, n: number, asked: (fact: Fact) => boolean): string {
  const sign = ok === null ? "" : ok ? "  [ok]" : "  [WRONG]";
  const shown = facts.filter((fact, i) => i < FACTS_MAX || fact.ok === false || asked(fact));
  const width = Math.min(24, Math.max(0, ...shown.map(({ name }) => plain(name).length)));
  const lines = shown.map((fact) => factLines(fact, width, asked(fact)));
  const left = facts.length - shown.length;
  return [
    `${n}. ${title}${sign}`,
    ...wrapped(plain(says), WIDTH - 3).map((line) => `   ${line}`),
    ...lines,
    ...(left > 0 ? [`   ... and ${left} more, which are right`] : []),
  ].join("\n");
}

function factLines({ name, value, ok }: Fact, width: number, asked: boolean): string {
  const mark = ok === false ? " !" : asked ? " >" : "  ";
  const label = plain(name).padEnd(width);
  const [first = "", ...rest] = wrapped(dated(plain(value)), WIDTH - width - 6);
  const indent = " ".repeat(width + 6);
  return [`  ${mark} ${label}  ${first}`, ...rest.map((line) => ` ${indent}${line}`)].join("\n");
}

/** Adds the date to an instant. */
function dated(value: string): string {
  const at = /^(\d{12,14}) ms$/.exec(value)?.[1];
  return at === undefined ? value : `${value}, ${new Date(Number(at)).toISOString()}`;
}

/** Wraps text, at spaces where possible. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    for (let rest = word; ; rest = rest.slice(width)) {
      const piece = rest.slice(0, width);
      const joined = line === "" ? piece : `${line} ${piece}`;
      if (joined.length <= width) line = joined;
      else {
        lines.push(line);
        line = piece;
      }
      if (rest.length <= width) break;
    }
  }
  return [...lines, line];
}
