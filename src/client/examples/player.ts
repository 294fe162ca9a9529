import { roulette } from "../../../rooms/rules.ts"; // in your own project: "croupier/rules"
import { verify } from "../../../rooms/verify.ts"; // in your own project: "croupier/verify"
import { Croupier } from "../index.ts"; // in your own project: "croupier/client"

/** `node src/client/examples/player.ts [URL]`: a new guest bets on red at roulette:main, and checks the proof of the round. */

const lobby = new Croupier({ url: process.argv[2] ?? "http://localhost:8787" });
const { house, player } = await lobby.guest();
const { available } = await house.call("GET /api/balance");
console.log(`${player.username} has ${available} to play with`);

const table = house.room(roulette, "main");
const { view, table: room } = await table.until(({ view: { phase } }) => ["waiting", "open"].includes(phase.name));
const sealed = room.commitments.find(({ round }) => round === view.round); // the commitment to the outcome, made before the bet
const bet = await table.send({ type: "bet", bets: [{ spot: "red", amount: 100 }], clientSeed: "my own words" });
if (!bet.ok) throw new Error(`${bet.code}: ${bet.message}`);
console.log(`100 on red in round ${view.round}, whose server seed hash is ${sealed?.hash}`);

const { seat } = await table.until((now) => (now.seat?.paid?.round ?? 0) >= view.round);
console.log(`the ball fell on ${seat?.paid?.result}: ${seat?.paid?.returned} came back`);

const path = { game: "roulette", id: "main", n: view.round };
const record = await house.call("GET /api/rooms/{game}/{id}/rounds/{n}", { path });
const verdict = verify(record, sealed === undefined ? {} : { commitment: sealed.hash });
for (const { title, ok } of verdict.steps) console.log(`${ok === false ? "WRONG" : "fine "}  ${title}`);
console.log(verdict.ok ? "the proof holds" : "the proof does not hold");

await table.send({ type: "leave" });
table.close();
