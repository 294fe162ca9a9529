import { setTimeout as sleep } from "node:timers/promises";
import { elapsedTo } from "../../rooms/crash/curve.ts";
import { fullLobby, shownIn } from "./lobby.ts";
import { eventually, Swarm } from "./swarm.ts";
import type { Workerd } from "./workerd.ts";

/**
 * Whole rounds of a lobby with 1,000 players, as a viewer pays for them: one bet each with an amount and a target of its own,
 * spread over the countdown. Bytes from the first bet until betting is open again, and of the flight alone, start to end.
 */

export type RoundBytes = {
  readonly players: number;
  readonly rounds: number;
  readonly flight_s_mean: number;
  readonly player_bytes_per_flight: number;
  readonly spectator_bytes_per_flight: number;
  readonly player_bytes_per_round: number;
  readonly spectator_bytes_per_round: number;
  /** The dearest flight. */
  readonly player_bytes_per_flight_max: number;
  readonly spectator_bytes_per_flight_max: number;
};

const PLAYERS = 1_000;
const BETTING_MS = 7_000;

/** What one socket has heard of the round. */
type Count = { round: number; flight: number; phase: "before" | "flight" | "after" | "over" };

type Rounds = { readonly flightMs: number; readonly players: readonly Count[]; readonly spectator: Count };

export async function roundBytes(workerd: Workerd, rounds: number, say: (line: string) => void): Promise<RoundBytes> {
  const lobby = await fullLobby(workerd, "round", PLAYERS, { bettingMs: BETTING_MS });
  const watcher = await Swarm.open([`${workerd.ws}/room/crash:round`], true);
  await sleep(2_000); // who came last has been told of by then
  const played: Rounds[] = [];
  for (let n = 1; n <= rounds; n++) {
    const players = Array.from({ length: PLAYERS }, fresh);
    const spectator = fresh();
    let flightMs = 0;
    lobby.players.on = (i, data) => count(players[i], data);
    watcher.on = (_, data) => {
      count(spectator, data);
      for (const { endX100 } of shownIn(data.toString(), "ended")) flightMs = elapsedTo(endX100);
    };
    for (let i = 0; i < PLAYERS; i++) {
      const amount = 1 + Math.floor(10 ** (4 * Math.random()));
      const autoCashout = (101 + Math.floor(400 * Math.random())) / 100;
      lobby.say(i, { type: "bet", amount, autoCashout });
      if (i % 10 === 9) await sleep((10 * (BETTING_MS - 1_000)) / PLAYERS);
    }
    await eventually(() => [...players, spectator].every(({ phase }) => phase === "over"), "the end of the round");
    played.push({ flightMs, players, spectator });
    const bytes = Math.round(mean(players.map(({ flight }) => flight)));
    say(`  round ${n}/${rounds}: ${(flightMs / 1_000).toFixed(1)} s in the air, ${bytes} bytes to a player meanwhile`);
  }
  lobby.players.close();
  watcher.close();
  const perPlayer = (key: "round" | "flight"): number[] =>
    played.map(({ players }) => mean(players.map((one) => one[key])));
  const perSpectator = (key: "round" | "flight"): number[] => played.map(({ spectator }) => spectator[key]);
  return {
    players: PLAYERS,
    rounds,
    flight_s_mean: mean(played.map(({ flightMs }) => flightMs)) / 1_000,
    player_bytes_per_flight: Math.round(mean(perPlayer("flight"))),
    spectator_bytes_per_flight: Math.round(mean(perSpectator("flight"))),
    player_bytes_per_round: Math.round(mean(perPlayer("round"))),
    spectator_bytes_per_round: Math.round(mean(perSpectator("round"))),
    player_bytes_per_flight_max: Math.round(Math.max(...perPlayer("flight"))),
    spectator_bytes_per_flight_max: Math.round(Math.max(...perSpectator("flight"))),
  };
}

function fresh(): Count {
  return { round: 0, flight: 0, phase: "before" };
}

/** The frames that start and end a flight are of it; own frames come before the public one that ends it. */
function count(one: Count | undefined, data: Buffer): void {
  if (one === undefined) return;
  const text = data.toString("latin1");
  if (text.includes('"ok":false')) throw new Error(`refused: ${text.slice(0, 300)}`);
  if (one.phase === "before" && text.includes('"type":"launched"')) one.phase = "flight";
  one.round += data.length;
  if (one.phase === "flight") one.flight += data.length;
  if (one.phase === "flight" && text.includes('"bustX100"')) one.phase = "after";
  if (one.phase === "after" && text.includes('"type":"ready"')) one.phase = "over";
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
