import { setTimeout as pause } from "node:timers/promises";
import { crash, type Crash } from "../../../rooms/rules.ts"; // in your own project: "croupier/rules"
import { ApiError, Croupier } from "../index.ts"; // in your own project: "croupier/client"

/** `node src/client/examples/crash-bot.ts [URL] [FLIGHTS] [ROOM]`: a guest who bets on flights by `strategy`. Ctrl-C ends it. */

type Bet = { readonly amount: number; readonly autoCashout: number };

/** Write your own. `past`: the last flights, newest first. `net`: won or lost so far. Returns null to stop. */
function strategy(past: readonly Crash.Flight[], net: number): Bet | null {
  if (net <= -1_000 || net >= 1_000) return null;
  const low = past.slice(0, 3).every(({ endX100 }) => endX100 < 200);
  return { amount: 50, autoCashout: low ? 2 : 1.25 };
}

/** Temporary refusals, worth a retry. */
const PASSING = new Set([
  "above_table_maximum",
  "busy",
  "internal",
  "not_ready",
  "old_round",
  "paused",
  "unknown_outcome",
]);
const WAIT_MS = 3_000;

const [url = "http://localhost:8787", flights = "10", room = "main"] = process.argv.slice(2);
const end = new AbortController();
const { signal } = end;
process.once("SIGINT", () => end.abort());

async function play(): Promise<void> {
  const { house, player } = await new Croupier({ url }).guest();
  console.log(`${player.username} plays ${flights} flights`);
  const table = house.room(crash, room);
  try {
    let net = 0;
    for (let flown = 0; flown < Number(flights);) {
      const { view, seat } = await table.until(({ view: { phase } }) => /waiting|betting/.test(phase.name), signal);
      const bet = strategy(view.history, net);
      if (bet === null) break;
      // The bet may have been placed already, if the connection broke before its answer.
      const answer = seat?.bets.length === 0 ? await table.send({ type: "bet", ...bet, round: view.round }) : null;
      if (answer?.ok === false) {
        console.log(`flight ${view.round}: ${answer.code}: ${answer.message}`);
        if (!PASSING.has(answer.code)) break;
        await pause(WAIT_MS, undefined, { signal });
        continue;
      }
      const { seat: after } = await table.until((now) => (now.seat?.last?.round ?? 0) >= view.round, signal);
      const { endX100 = null, bets = [] } = after?.last ?? {};
      flown += 1;
      if (endX100 === null) {
        console.log(`flight ${view.round} was called off: the stake is back`);
        continue;
      }
      for (const { amount, out } of bets) net += (out?.paid ?? 0) - amount;
      const how = bets.map(({ out }) => (out === null ? "lost" : `out at ${out.x100 / 100}`)).join(", ");
      console.log(`flight ${view.round} crashed at ${endX100 / 100}: ${how}, ${net} in all`);
    }
  } finally {
    await table.send({ type: "leave" }); // the chips go back to the wallet
    table.close();
  }
}

try {
  await play();
} catch (error) {
  if (error instanceof ApiError) {
    console.error(`${error.code}: ${error.message}`);
    process.exitCode = 1;
  } else if (!signal.aborted) throw error;
}
