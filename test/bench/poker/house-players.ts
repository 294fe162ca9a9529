import { duel } from "./duel.ts";
import { STRATEGIES } from "./strategies.ts";

/**
 * `npm run bench:bots [-- DEALS]`: what each simple strategy wins a hand from house players, in big blinds with its 95 % confidence
 * interval, heads-up, three-handed, and at six and nine seats, with short stacks and deep ones. Each deal is played from every place. Exit code 1 when one wins
 * more than noise.
 */

const deals = Number(process.argv[2] ?? 10_000);
let beaten = false;
for (const players of [2, 3, 6, 9]) {
  for (const bigBlinds of [5, 10, 20, 100]) {
    for (const name of Object.keys(STRATEGIES)) {
      const { hands, won, within } = duel(name, players, bigBlinds, deals, 2_026);
      const wins = won > 1.5 * within;
      beaten ||= wins;
      const figure = `${won.toFixed(3).padStart(8)} \u00b1 ${within.toFixed(3)}`;
      console.log(
        `${players} players, ${bigBlinds} big blinds, ${hands} hands: ${figure}  ${name}${wins ? "  WINS" : ""}`,
      );
    }
  }
}
process.exitCode = beaten ? 1 : 0;
