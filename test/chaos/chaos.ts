import { killAndCheck, MOMENTS, type Moment } from "./kill.ts";

/** `npm run chaos [-- --long]`: kill -9 in every phase, once around or twenty times. */
const rounds = process.argv.includes("--long") ? 20 : 1;
const moments: Moment[] = Array.from({ length: rounds }, () => MOMENTS).flat();
const report = await killAndCheck(moments, (line) => console.log(line));
console.log(
  `${report.kills} kills, ${report.bets} acknowledged bets of ${report.staked} in ${report.rounds} rounds (${report.voids} void): none lost, none doubled.`,
);
