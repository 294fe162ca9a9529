import { setTimeout as sleep } from "node:timers/promises";
import { Story } from "./story.ts";

/**
 * Kafka away, and the lottery away, while people play: bets go on as fast as before, and everything arrives once they are back.
 * `npm run test:outage [-- --minutes 5] [-- --check]`: half a minute unless told; with `--check`, ends with 1 unless all is as it should be.
 */

export type Outage = {
  /** 99th percentile of a bet's answer, milliseconds, of runs in turn: all is well, and Kafka is away. */
  readonly runs: readonly { readonly up: number; readonly down: number }[];
  /** The median of the runs' ratios, down to up. */
  readonly ratio: number;
  readonly bets: number;
  /** From the return of Kafka, and of the lottery, until everything had arrived. */
  readonly arrivedMs: { readonly kafka: number; readonly lottery: number };
  readonly deadLetters: number;
  readonly draws: number;
};

const RUNS = 3;
const RUN_MS = 6_000;
const ARRIVAL_MS = 60_000;
const EVERY_MS = 25;
const RATIO_MAX = 1.25;

export async function outage(awayMs: number, log: (line: string) => void = () => {}): Promise<Outage> {
  const story = await Story.begin({ log, players: 8 });
  try {
    await bet(story, 3_000); // warm
    const runs: { up: number; down: number }[] = [];
    let bets = 0;
    const run = async (ms: number): Promise<number> => {
      const times = await bet(story, ms);
      bets += times.length;
      return p99(times);
    };
    // The median of three; on a noisy machine of six, or of nine: no single run is thrown away.
    let kafka = Number.NaN;
    for (let i = 0; i < RUNS || (i % RUNS > 0 && i < 3 * RUNS) || (i < 3 * RUNS && medianOf(runs) > RATIO_MAX); i++) {
      const up = await run(RUN_MS);
      // Gone, or there and silent: by turns.
      const silent = i % 2 === 1;
      if (silent) story.broker.pause();
      else await story.broker.kill();
      await sleep(500);
      const down = await run(RUN_MS);
      // Away for long once.
      if (i === 0) bets += (await bet(story, awayMs)).length;
      if (silent) story.broker.resume();
      else await story.broker.restart();
      const back = Date.now();
      await story.arrived(ARRIVAL_MS);
      if (i === 0) kafka = Date.now() - back;
      runs.push({ up, down });
      log(`run ${i + 1}: p99 ${up.toFixed(1)} ms, with Kafka ${silent ? "silent" : "gone"} ${down.toFixed(1)} ms`);
    }
    log(`Kafka was away for ${awayMs / 1_000} s: everything arrived ${kafka} ms after its return`);
    await story.kill("lottery");
    bets += (await bet(story, awayMs)).length;
    await story.revive("lottery");
    const lotteryBack = Date.now();
    const sum = await story.arrived(ARRIVAL_MS);
    const lottery = Date.now() - lotteryBack;
    log(`the lottery was away for ${awayMs / 1_000} s: everything arrived ${lottery} ms after its return`);
    const letters = await Promise.all(
      (["casino", "lottery"] as const).map((side) => story.operator<{ letters: unknown[] }>(side, "/dead-letters")),
    );
    return {
      runs,
      ratio: medianOf(runs),
      bets,
      arrivedMs: { kafka, lottery },
      deadLetters: letters.reduce((all, { letters: some }) => all + some.length, 0),
      draws: sum.draws,
    };
  } finally {
    await story.end();
  }
}

/** Everybody bets all the time. How long each accepted bet took, milliseconds. */
async function bet(story: Story, ms: number): Promise<number[]> {
  const until = Date.now() + ms;
  const times: number[] = [];
  await Promise.all(
    story.players.map(async (player) => {
      while (Date.now() < until) {
        const at = performance.now();
        const reply = await player.send({ type: "bet", bets: [{ spot: "red", amount: 50 }] });
        if (reply.ok) {
          times.push(performance.now() - at);
          story.staked += 50;
        } else if (!["bets_closed", "insufficient_funds"].includes(reply.code)) {
          throw new Error(`refused ${reply.code}: ${reply.message}`);
        }
        await sleep(EVERY_MS);
      }
    }),
  );
  await story.settled();
  return times;
}

function medianOf(runs: Outage["runs"]): number {
  const ratios = runs.map(({ up, down }) => down / up).toSorted((a, b) => a - b);
  const middle = Math.floor(ratios.length / 2);
  const [below = Number.NaN, above = Number.NaN] = [
    ratios[ratios.length % 2 === 1 ? middle : middle - 1],
    ratios[middle],
  ];
  return (below + above) / 2;
}

function p99(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}

/** What is not as it should be; empty: nothing. */
export function faultsOf({ ratio, arrivedMs, deadLetters, bets, draws }: Outage): string[] {
  return [
    ...(ratio <= RATIO_MAX
      ? []
      : [`bets were ${ratio.toFixed(2)} times as slow without Kafka, not ${RATIO_MAX} at most`]),
    ...Object.entries(arrivedMs).flatMap(([which, ms]) =>
      ms < ARRIVAL_MS ? [] : [`${which}: ${ms} ms until all arrived`],
    ),
    ...(deadLetters === 0 ? [] : [`${deadLetters} messages became dead letters`]),
    ...(bets > 1_000 && draws > 5 ? [] : [`only ${bets} bets and ${draws} draws: too few to say anything`]),
  ];
}

if (process.argv[1]?.endsWith("outage.ts") === true) {
  const at = process.argv.indexOf("--minutes");
  const minutes = at < 0 ? 0.5 : Number(process.argv[at + 1]);
  const result = await outage(minutes * 60_000, (line) => console.log(line));
  console.log(JSON.stringify(result, null, 2));
  const faults = faultsOf(result);
  for (const fault of faults) console.error(fault);
  if (process.argv.includes("--check") && faults.length > 0) process.exitCode = 1;
}
