import { killAtEveryStep } from "./chain.ts";
import { crash, hits } from "./crash.ts";
import { killAndCheck } from "./kill.ts";
import type { Play } from "./play.ts";
import { poker } from "./poker.ts";
import { roulette } from "./roulette.ts";

/** `npm run chaos [-- --long] [--only chain|roulette|crash|poker]`: kill -9 in every phase of every game, once around or twenty times. */
const times = process.argv.includes("--long") ? 20 : 1;
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;

async function run<Moment extends string>(play: Play<Moment>): Promise<void> {
  if (only !== undefined && only !== play.game) return;
  const moments = Array.from({ length: times }, () => play.moments).flat();
  const { kills, bets, staked, rounds } = await killAndCheck(play, moments, (line) => console.log(line));
  const voids = rounds.filter((round) => round.void).length;
  console.log(
    `${play.game}: ${kills.length} kills, ${bets} acknowledged bets, ${staked} staked in ${rounds.length} rounds (${voids} void): none lost, none doubled, every round verifies.`,
  );
  if (play.game !== "crash") return;
  const { flownOn, overdue, atEnd } = hits(kills, rounds);
  const ends = atEnd.toSorted((a, b) => a - b).join(" ");
  console.log(
    `killed in mid-flight: ${flownOn} flew on, ${overdue} were over at the wake; ms from a flight's end: ${ends || "none"}`,
  );
}

if (only === undefined || only === "chain") {
  for (let round = 0; round < times; round++) {
    const { steps, draws, staked } = await killAtEveryStep((line) => console.log(line));
    console.log(`chain: ${steps.length} kills, ${staked} staked in ${draws} draws: every award came, and once.`);
  }
}
await run(roulette);
await run(crash);
await run(poker);
