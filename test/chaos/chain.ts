import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { STEPS, type StepName } from "../../src/steps.ts";
import { freePort, OPEN_LIMITS, startHouse, type DevHouse } from "./dev.ts";
import { assertConserved, audit, type Audit } from "./oracle.ts";
import { Player } from "./player.ts";

/**
 * The chain from a stake to its award, killed between every two of its steps: the house stands still at a step (STALL_AT), is
 * killed there with SIGKILL and started again on the same files, with its queues empty. Then everything must arrive, once.
 */

export type ChainReport = {
  readonly steps: readonly StepName[];
  readonly draws: number;
  readonly staked: number;
  readonly sum: Audit;
};

const SETTINGS = {
  ...OPEN_LIMITS,
  // Two players and a stake each make a draw; a tenth of the stakes is always a prize.
  LOTTERIES: JSON.stringify({
    main: { players: 2, minPlayers: 2, timeLimitMs: 600_000, drawMs: 300, prizeShare: 1_000 },
  }),
  OUTBOX_RESEND_S: 1,
};
const TABLE = { openMs: 1_000, closedMs: 100, spinMs: 100, settledMs: 100 };
const STAKE = 500;
const REACHED_MS = 40_000;

export async function killAtEveryStep(
  log: (line: string) => void = () => {},
  steps: readonly StepName[] = STEPS,
): Promise<ChainReport> {
  const folder = mkdtempSync(join(tmpdir(), "croupier-chain-"));
  const port = await freePort();
  const start = (stallAt?: StepName): Promise<DevHouse> =>
    startHouse({
      persistTo: folder,
      port,
      settings: { ...SETTINGS, ...(stallAt !== undefined && { STALL_AT: stallAt }) },
    });
  let house = await start();
  const players: Player[] = [];
  try {
    const founder = await Player.guest(house.url, "roulette:main");
    const { id } = await founder.api<{ id: string }>("/api/rooms", { game: "roulette", config: TABLE });
    for (let i = 0; i < 2; i++) players.push(await Player.guest(house.url, `roulette:${id}`));
    await house.stop();
    let staked = 0;
    for (const [i, name] of steps.entries()) {
      house = await start(name);
      await Promise.all(players.map((player) => player.join()));
      const replies = await Promise.all(
        players.map((player) => player.send({ type: "bet", bets: [{ spot: "red", amount: STAKE }] })),
      );
      for (const reply of replies) if (!reply.ok) throw new Error(`refused ${reply.code}: ${reply.message}`);
      staked += players.length * STAKE;
      await reached(house, name);
      await house.kill();
      log(`killed at ${name} (${i + 1} of ${steps.length})`);
      for (const player of players) player.drop();
      house = await start();
      await arrived(folder, i + 1, staked, name);
      await house.stop();
    }
    const sum = audit(folder);
    assertConserved(sum);
    return { steps, draws: sum.draws, staked, sum };
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\n--- the house said\n${house.log().slice(-4_000)}`,
      { cause: error },
    );
  } finally {
    for (const player of players) player.close();
    await house.stop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}

async function reached(house: DevHouse, name: StepName): Promise<void> {
  const deadline = Date.now() + REACHED_MS;
  while (!house.log().includes(`stalled at ${name}`)) {
    if (Date.now() > deadline) throw new Error(`the house did not come to ${name}`);
    await sleep(20);
  }
}

/** Every round is a draw, every draw an award in a ledger, and nothing is under way: all within a minute of the return. */
async function arrived(folder: string, draws: number, staked: number, name: StepName): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const sum = audit(folder);
    const prizes = [...sum.awarded.values()].reduce((all, amount) => all + amount, 0);
    if (sum.draws === draws && sum.underWay === 0 && prizes === staked / 10) return;
    if (sum.draws > draws || prizes > staked / 10)
      throw new Error(`after ${name}: ${sum.draws} draws, ${prizes} in awards`);
    if (Date.now() > deadline) {
      const { totals: _, awarded: __, ...rest } = sum;
      throw new Error(`after ${name} not everything arrived: ${JSON.stringify({ ...rest, prizes, due: staked / 10 })}`);
    }
    await sleep(250);
  }
}
