import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RoundRecord } from "../../rooms/ports.ts";
import type { Recount } from "../../rooms/roulette/types.ts";
import { freePort, startHouse, type DevHouse } from "./dev.ts";
import { assertConserved, audit } from "./oracle.ts";
import { Player } from "./player.ts";

/**
 * Kills the whole runtime with SIGKILL again and again while people play, and starts it on the same files. Then holds what
 * every player was told against what the house recorded: no acknowledged bet lost, none doubled, every round ended or given
 * back, and every chip accounted for from the SQLite files.
 */

/** When to pull the plug. `topup`: while new players' first bets are on their way to the wallet. */
export const MOMENTS = ["open", "closed", "spinning", "settled", "topup"] as const;
export type Moment = (typeof MOMENTS)[number];

export type KillReport = {
  readonly kills: number;
  readonly bets: number;
  readonly staked: number;
  readonly rounds: number;
  readonly voids: number;
};

const ROOM_CONFIG = { openMs: 1_500, closedMs: 700, spinMs: 1_200, settledMs: 700 };
const SPOTS = ["red", "black", "odd", "even", "dozen:1", "straight:17", "split:17-20"];

/** What one player was told: the sum of stakes acknowledged, and whether a bet is open. */
class Told {
  readonly player: Player;
  acknowledged = 0;
  bets = 0;
  #stopped = false;
  #done: Promise<void> = Promise.resolve();

  constructor(player: Player) {
    this.player = player;
  }

  start(everyMs: number): void {
    this.#done = this.#bet(everyMs);
  }

  async #bet(everyMs: number): Promise<void> {
    for (let n = 0; !this.#stopped; n++) {
      const amount = 1 + ((n * 7) % 40);
      const spot = SPOTS[(n + this.player.id.charCodeAt(0)) % SPOTS.length] ?? "red";
      const reply = await this.player.send({ type: "bet", bets: [{ spot, amount }] });
      if (reply.ok) {
        this.acknowledged += amount;
        this.bets += 1;
      } else if (reply.code !== "bets_closed" && reply.code !== "insufficient_funds" && reply.code !== "busy") {
        throw new Error(`refused ${reply.code}: ${reply.message}`);
      }
      await sleep(everyMs);
    }
  }

  /** Stops betting once every bet on its way has been answered. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }
}

export async function killAndCheck(
  moments: readonly Moment[],
  log: (line: string) => void = () => {},
): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), "croupier-kill-"));
  const port = await freePort();
  let house: DevHouse = await startHouse({ persistTo: folder, port });
  try {
    const host = await Player.guest(house.url, "roulette:main");
    const { id } = await host.api<{ id: string }>("/api/rooms", { game: "roulette", config: ROOM_CONFIG });
    const room = `roulette:${id}`;
    const everyone: Told[] = [];
    const arrive = async (howMany: number): Promise<void> => {
      for (let i = 0; i < howMany; i++) {
        const player = await Player.guest(house.url, room);
        await player.join();
        const told = new Told(player);
        everyone.push(told);
        told.start(30 + 10 * i);
      }
    };
    await arrive(4);
    for (const [i, moment] of moments.entries()) {
      if (moment === "topup")
        void arrive(2).catch(() => {}); // some of these will not even have a seat yet
      else await reached(everyone, moment);
      await sleep((i * 37) % 180);
      await house.kill();
      log(`killed ${i + 1} of ${moments.length}, at ${moment}`);
      house = await startHouse({ persistTo: folder, port });
    }
    await reached(everyone, "open");
    await Promise.all(everyone.map((told) => told.stop()));
    const report = await settledUp(host, room, everyone, moments.length);
    for (const told of everyone) await told.player.send({ type: "leave" });
    await sleep(500);
    for (const told of everyone) told.player.close();
    host.close();
    await house.stop();
    const sum = audit(folder);
    assertConserved(sum);
    log(`conserved: ${JSON.stringify({ ...sum, totals: undefined })}`);
    return report;
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\n--- the house said\n${house.log().slice(-4_000)}`,
      { cause: error },
    );
  } finally {
    await house.stop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}

async function reached(everyone: readonly Told[], phase: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!everyone.some((told) => told.player.phase === phase)) {
    if (Date.now() > deadline) throw new Error(`nobody saw the phase ${phase}`);
    await sleep(5);
  }
}

/** Waits for the last round, then compares every player's word with the records of all rounds and with the balance. */
async function settledUp(host: Player, room: string, everyone: readonly Told[], kills: number): Promise<KillReport> {
  const path = `/api/rooms/${room.replace(":", "/")}/rounds`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { view } = await host.api<{ view: { staked: number; phase: { name: string } } }>(path.replace("/rounds", ""));
    if (view.staked === 0 && view.phase.name === "waiting") break;
    if (Date.now() > deadline) throw new Error(`the last round does not end: ${JSON.stringify(view.phase)}`);
    await sleep(100);
  }
  const rounds: RoundRecord[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: { rounds: RoundRecord[]; next: string | number | null } = await host.api(
      `${path}?limit=50${cursor === "" ? "" : `&cursor=${cursor}`}`,
    );
    rounds.push(...page.rounds);
    cursor = page.next === null ? null : String(page.next);
  }
  const numbers = rounds.map((round) => round.round).toSorted((a, b) => a - b);
  numbers.forEach((n, i) => {
    if (n !== i + 1) throw new Error(`round ${i + 1} is missing: ${numbers.join(" ")}`);
  });
  let staked = 0;
  for (const { player, acknowledged } of everyone) {
    let recorded = 0;
    let profit = 0;
    for (const round of rounds) {
      const { players } = round.outcome as unknown as Recount;
      for (const line of players) {
        if (line.player !== player.id || round.void) continue;
        recorded += line.staked;
        profit += line.returned - line.staked;
      }
    }
    if (recorded !== acknowledged)
      throw new Error(`${player.id} was told of ${acknowledged}, the rounds hold ${recorded}`);
    const { total } = await player.api<{ total: number }>("/api/balance");
    if (total !== 100_000 + profit) throw new Error(`${player.id} has ${total}, not ${100_000 + profit}`);
    staked += recorded;
  }
  const bets = everyone.reduce((sum, told) => sum + told.bets, 0);
  return { kills, bets, staked, rounds: rounds.length, voids: rounds.filter((round) => round.void).length };
}
