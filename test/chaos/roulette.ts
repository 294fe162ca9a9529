import { setTimeout as sleep } from "node:timers/promises";
import type { RoundRecord } from "../../rooms/host/ports.ts";
import type { SpinRecord, View } from "../../rooms/roulette/types.ts";
import { until, type Play, type Playing } from "./play.ts";
import type { Player } from "./player.ts";

/** Roulette under fire: everybody bets all the time. */

/** `topup`: while new players' first bets are on their way to the wallet. */
const MOMENTS = ["open", "closed", "spinning", "settled", "topup"] as const;

const SPOTS = ["red", "black", "odd", "even", "dozen:1", "straight:17", "split:17-20"];
const EXPECTED = new Set(["bets_closed", "insufficient_funds", "busy"]);

/** What one player was told: the sum of stakes acknowledged. */
class Bettor implements Playing {
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
    this.#done.catch(() => {}); // `stop` throws it
  }

  async #bet(everyMs: number): Promise<void> {
    for (let n = 0; !this.#stopped; n++) {
      const amount = 1 + ((n * 7) % 40);
      const spot = SPOTS[(n + this.player.id.charCodeAt(0)) % SPOTS.length] ?? "red";
      const reply = await this.player.send({ type: "bet", bets: [{ spot, amount }] });
      if (reply.ok) {
        this.acknowledged += amount;
        this.bets += 1;
      } else if (!EXPECTED.has(reply.code)) throw new Error(`refused ${reply.code}: ${reply.message}`);
      await sleep(everyMs);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  account(rounds: readonly RoundRecord[]): { staked: number; profit: number } {
    let staked = 0;
    let profit = 0;
    for (const round of rounds) {
      const { players } = round.outcome as unknown as SpinRecord;
      for (const line of players) {
        if (line.player !== this.player.id || round.void) continue;
        staked += line.staked;
        profit += line.returned - line.staked;
      }
    }
    const { acknowledged, player } = this;
    if (staked !== acknowledged) throw new Error(`${player.id} was told of ${acknowledged}, the rounds hold ${staked}`);
    return { staked, profit };
  }
}

export const roulette: Play<(typeof MOMENTS)[number]> = {
  game: "roulette",
  config: { openMs: 1_500, closedMs: 700, spinMs: 1_200, settledMs: 700 },
  moments: MOMENTS,
  habits: (player) => new Bettor(player),
  due: async (moment, { everyone, arrive }, i) => {
    if (moment === "topup") arrive(2);
    else await until(() => everyone.some(({ player }) => player.phase === moment), `the phase ${moment}`);
    await sleep((i * 37) % 180);
  },
  quiet: (view) => {
    const { staked, phase } = view as View;
    return staked === 0 && phase.name === "waiting";
  },
};
