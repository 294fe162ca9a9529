import { plain } from "../input.ts";
import type { Crowd, Fault } from "./crowd.ts";
import { Difference } from "./person.ts";
import type { Tally } from "./tally.ts";

/** Output during a run and at its end. */

export type Frame = {
  readonly url: string;
  readonly players: number;
  readonly tally: Tally;
  readonly crowd: Crowd;
  /** The current activity: "arriving", "playing, 42 s left", "leaving". */
  readonly doing: string;
  /** A further message for the user. */
  readonly note: string;
};

const NUMBER = new Intl.NumberFormat("en");

/** The lines of the screen. */
export function lines({ url, players, tally, crowd, doing, note }: Frame): string[] {
  const { differences, faults } = crowd;
  const other = faults.length - differences;
  const over = doing === "done";
  return [
    `croupier simulate  ${url}  ${doing}`,
    `players      ${tally.online} of ${players} at their tables`,
    `bets         ${NUMBER.format(tally.bets)}, ${(over ? tally.mean() : tally.rate()).toFixed(1)} a second`,
    `answered     half within ${ms(tally.within(0.5))}, 99 of 100 within ${ms(tally.within(0.99))}`,
    `rounds       ${NUMBER.format(tally.rounds)} reckoned from their records, ${tally.awards} awards`,
    `checked      ${NUMBER.format(tally.atTable)} times at the table, ${NUMBER.format(tally.byStatement)} times by balance and statement`,
    `refused      ${refusals(tally)}`,
    `differences  ${differences === 0 ? "none" : differences}${other === 0 ? "" : `; ${other} players could not go on`}`,
    ...(note === "" ? [] : ["", note]),
  ];
}

/** One line of progress, for output that is not a terminal. */
export function brief({ players, tally, crowd, doing }: Frame): string {
  return `${doing}: ${tally.online} of ${players} players, ${tally.bets} bets (${tally.rate().toFixed(1)}/s), ${tally.rounds} rounds, p50 ${ms(tally.within(0.5))}, p99 ${ms(tally.within(0.99))}, ${crowd.differences} differences`;
}

/** Redraws the screen in place. */
export function draw(frame: Frame): void {
  process.stdout.write(
    `\x1b[H${lines(frame)
      .map((line) => `${line}\x1b[K`)
      .join("\n")}\n\x1b[J`,
  );
}

/** A fault's report: player, step, expected and seen values, and the latest commands with their ids. */
export function report({ person, game, error }: Fault): string {
  const head = `${person.name} (${person.id}), ${game}`;
  const what =
    error instanceof Difference
      ? [
          `DIFFERENCE  ${head}`,
          `  step      ${error.step}`,
          `  where     ${error.where}`,
          `  expected  ${JSON.stringify(error.expected)}`,
          `  seen      ${JSON.stringify(error.seen)}`,
        ]
      : [`COULD NOT GO ON  ${head}`, `  because   ${error.message}`];
  return [...what, "  before it", ...person.trail.map((line) => `    ${line}`)].map(plain).join("\n");
}

const ms = (wait: number | null): string => (wait === null ? "-" : `${wait.toFixed(wait < 10 ? 1 : 0)} ms`);

function refusals({ refusals: counts }: Tally): string {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.length === 0 ? "nothing" : sorted.map(([code, n]) => `${code} ${n}`).join(", ");
}
