import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RoundRecord } from "../../rooms/host/ports.ts";
import { verify } from "../../rooms/verify.ts";
import { freePort, OPEN_LIMITS, startHouse, type DevHouse } from "./dev.ts";
import { assertConserved, audit } from "./oracle.ts";
import type { Play, Playing, Tending } from "./play.ts";
import { Player } from "./player.ts";

/**
 * Kills the whole runtime with SIGKILL again and again while people play, and starts it on the same files. Then holds what
 * every player was told against what the house recorded: no acknowledged bet lost, none doubled, every round ended or given
 * back and proved by its record, and every chip accounted for from the SQLite files.
 */

/** When the runtime was killed, what that hit, and when it was back. */
export type Kill = { readonly at: number; readonly hit: string; readonly upAt: number };

export type KillReport = {
  readonly kills: readonly Kill[];
  readonly bets: number;
  readonly staked: number;
  /** In their order. */
  readonly rounds: readonly RoundRecord[];
};

/** Draws come all the time, so that the plug is pulled on them too; and what a dead queue held is soon sent again. */
const settings = {
  ...OPEN_LIMITS,
  LOTTERIES: JSON.stringify({ main: { players: 3, timeLimitMs: 4_000, drawMs: 700, prizeShare: 500 } }),
  OUTBOX_RESEND_S: 2,
};

const SEATED = 4;
const GRANT = 100_000;

export async function killAndCheck<Moment extends string>(
  play: Play<Moment>,
  moments: readonly Moment[],
  log: (line: string) => void = () => {},
): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), "croupier-kill-"));
  const port = await freePort();
  let house: DevHouse = await startHouse({ persistTo: folder, port, settings });
  let tending: Tending | undefined;
  const began = Date.now();
  const clock = (): string => `${((Date.now() - began) / 1_000).toFixed(1).padStart(6)} s`;
  try {
    const { game, config } = play;
    const founder = await Player.guest(house.url, `${game}:main`);
    const { id } = await founder.api<{ id: string }>("/api/rooms", { game, config });
    const room = `${game}:${id}`;
    const host = await Player.guest(house.url, room);
    await host.join();
    const everyone: Playing[] = [];
    const arrive = async (howMany: number): Promise<void> => {
      for (let i = 0; i < howMany; i++) {
        const player = await Player.guest(house.url, room);
        await player.join().catch((error: unknown) => {
          player.close(); // or it would try for ever
          throw error;
        });
        const playing = play.habits(player, everyone.length);
        everyone.push(playing);
        playing.start(30 + 10 * i);
      }
    };
    // Some of those who come on the way will not even have a seat when the plug is pulled.
    const more = (howMany: number): void => void arrive(howMany).catch(() => {});
    const scene = { room, folder, host, everyone, moment: moments[0] as Moment, arrive: more };
    tending = play.tend?.(scene);
    await arrive(SEATED);
    const kills: Kill[] = [];
    for (const [i, moment] of moments.entries()) {
      scene.moment = moment;
      await play.due(moment, scene, i);
      const at = Date.now();
      await house.kill();
      const hit = play.hit?.(scene) ?? moment;
      log(`${clock()} killed ${i + 1} of ${moments.length}, at ${moment}${hit === moment ? "" : `: ${hit}`}`);
      house = await startHouse({ persistTo: folder, port, settings });
      kills.push({ at, hit, upAt: Date.now() });
    }
    await sleep(2_000); // they come back and play on
    await Promise.all(everyone.map((playing) => playing.stop()));
    const rounds = await allOver(host, room, play.quiet);
    for (const { player } of everyone) await player.send({ type: "leave" });
    await atRest(folder);
    const totals = await settleUp(everyone, rounds, audit(folder).awarded);
    for (const { player } of [...everyone, { player: host }, { player: founder }]) player.close();
    await house.stop();
    const sum = audit(folder);
    assertConserved(sum);
    log(`conserved: ${JSON.stringify({ ...sum, totals: undefined })}`);
    return { kills, rounds, ...totals };
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\n--- the house said\n${house.log().slice(-4_000)}`,
      { cause: error },
    );
  } finally {
    await tending?.stop();
    await house.stop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits for the end of the last round. Gives all rounds in their order, each checked from its record alone, none left out. */
async function allOver(host: Player, room: string, quiet: (view: unknown) => boolean): Promise<RoundRecord[]> {
  const path = `/api/rooms/${room.replace(":", "/")}`;
  const deadline = Date.now() + 120_000;
  for (;;) {
    const { view } = await host.api<{ view: unknown }>(path);
    if (quiet(view)) break;
    if (Date.now() > deadline) throw new Error(`the last round does not end: ${JSON.stringify(view)}`);
    await sleep(100);
  }
  const rounds: RoundRecord[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: { rounds: RoundRecord[]; next: string | number | null } = await host.api(
      `${path}/rounds?limit=50${cursor === "" ? "" : `&cursor=${cursor}`}`,
    );
    rounds.unshift(...page.rounds.toReversed());
    cursor = page.next === null ? null : String(page.next);
  }
  rounds.forEach(({ round }, i) => {
    if (round !== i + 1) throw new Error(`round ${i + 1} is missing: ${rounds.map((one) => one.round).join(" ")}`);
  });
  for (const round of rounds) {
    const verdict = verify(round);
    const wrong = verdict.steps.filter((step) => step.ok === false);
    if (!verdict.ok) throw new Error(`round ${round.round} does not verify: ${JSON.stringify({ wrong, round })}`);
  }
  return rounds;
}

/** Every stake has become a ticket, and every award an entry. What was under way as the plug was pulled is sent again. */
export async function atRest(folder: string, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  await sleep(500);
  for (let quiet = 0; quiet < 2; await sleep(400)) {
    const { underWay, inFlight, drawing } = audit(folder);
    quiet = underWay + inFlight === 0 && !drawing ? quiet + 1 : 0;
    if (Date.now() > deadline) throw new Error(`${underWay} events and ${inFlight} chips are still under way`);
  }
}

/** Every player's word against the records of all rounds, and the records against the balances. */
async function settleUp(
  everyone: readonly Playing[],
  rounds: readonly RoundRecord[],
  awarded: ReadonlyMap<string, number>,
): Promise<{ bets: number; staked: number }> {
  let staked = 0;
  for (const playing of everyone) {
    const account = playing.account(rounds);
    staked += account.staked;
    const { total } = await playing.player.api<{ total: number }>("/api/balance");
    const due = GRANT + account.profit + (awarded.get(playing.player.id) ?? 0);
    if (total !== due) throw new Error(`${playing.player.id} has ${total}, not ${due}`);
  }
  return { staked, bets: everyone.reduce((sum, { bets }) => sum + bets, 0) };
}
