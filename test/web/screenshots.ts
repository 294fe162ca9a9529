import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import type { Bet, Command, Config } from "../../rooms/roulette/types.ts";
import { Player } from "../chaos/player.ts";
import { DESKTOP, openStage, PHONE, type Stage } from "./browser.ts";
import { crashPictures } from "./crash-pictures.ts";
import { housePictures } from "./house-pictures.ts";
import { lotteryPictures } from "./lottery-pictures.ts";
import { pokerPictures } from "./poker-pictures.ts";
import { Table } from "./table.ts";

/**
 * `node test/web/screenshots.ts [rounds] [roulette|crash|poker|lottery|house]`, after `npm run build`: takes the pictures of web/screenshots/README.md, of a house where
 * people play. Twelve rounds at the main table take five minutes.
 */

const rounds = Number(process.argv[2] ?? 12);
const only = process.argv[3];
const folder = join(dirname(fileURLToPath(import.meta.url)), "../../web/screenshots");
const MAIN = "roulette:main";

const on = (spot: string, amount: number): Bet => ({ spot, amount });
/** How each of the regulars plays. */
const HABITS: readonly Command[] = [
  { type: "bet", bets: [on("red", 500), on("straight:7", 50)] },
  { type: "bet", bets: [on("dozen:2", 1_000), on("corner:13-14-16-17", 100)] },
  { type: "call", name: "tiers", amount: 100 },
  { type: "bet", bets: [on("straight:32", 100), on("split:8-11", 500), on("odd", 1_000)] },
  { type: "call", name: "orphelins", amount: 50 },
  { type: "bet", bets: [on("column:3", 500), on("street:28-29-30", 100), on("straight:0", 50)] },
];

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (only === undefined || only === "lottery") await lotteryPictures(take);
  if (only === "lottery") return;
  const stage = await openStage();
  try {
    if (only === undefined || only === "poker") await pokerPictures(stage, take);
    if (only === undefined || only === "crash") await crashPictures(stage, Math.ceil(rounds / 2), take);
    if (only === undefined || only === "house") await housePictures(stage, rounds, take);
    if (only === undefined || only === "roulette") await roulettePictures(stage);
  } finally {
    await stage.close();
  }
}

async function roulettePictures(stage: Stage): Promise<void> {
  const quick = { openMs: 2_000, closedMs: 200, spinMs: 500, settledMs: 300 };
  const tables = await Promise.all([
    regulars(stage, MAIN, 6),
    opened(stage, { ...quick, wheel: "french" }, 3),
    opened(stage, { ...quick, wheel: "american", minStake: 10 }, 2),
  ]);
  await Promise.all(tables.map((players) => play(players, rounds)));

  // Who asked for less motion sees the number while everybody's chips still lie on the felt.
  const { page: desk } = await stage.person({ ...DESKTOP, reducedMotion: "reduce" });
  const { page: hand } = await stage.person({ ...PHONE, deviceScaleFactor: 2, reducedMotion: "reduce" });
  const table = await Table.open(desk, MAIN);
  const phone = await Table.open(hand, MAIN);
  await place(table, [
    [500, "split:17-20"],
    [100, "straight:23"],
    [1_000, "black"],
    [100, "line:25-26-27-28-29-30"],
  ]);
  await place(phone, [
    [100, "straight:17"],
    [500, "dozen:1"],
    [50, "corner:23-24-26-27"],
  ]);
  await Promise.all(tables.flatMap((players) => players.map((player, i) => bet(player, i))));
  await sleep(1_500); // the chips have come to lie
  await take(hand, "table-phone");
  await table.result();
  await lookAway(desk);
  await take(desk, "table-desktop");
  await table.reach("settled");
  await desk.getByTestId("tab-fair").click();
  await desk.getByTestId("verify-last").click();
  await desk.locator('[data-testid="verify-verdict"][data-ok="true"]').waitFor();
  await lookAway(desk);
  await take(desk, "round-desktop");

  await Promise.all(tables.map((players) => until(players, "waiting")));
  await Promise.all(tables.flatMap((players) => players.map((player, i) => bet(player, i))));
  await desk.getByRole("link", { name: "Croupier, to the tables" }).click();
  await desk.getByTestId(`room-${MAIN}`).getByText("Bets are open").waitFor();
  await lookAway(desk);
  await take(desk, "lobby-desktop");
  for (const player of tables.flat()) player.close();
}

async function opened(stage: Stage, config: Partial<Config>, players: number): Promise<readonly Player[]> {
  return regulars(stage, await stage.room(config), players);
}

async function regulars(stage: Stage, room: string, howMany: number): Promise<readonly Player[]> {
  const players = await Promise.all(Array.from({ length: howMany }, () => Player.guest(stage.house().url, room)));
  await Promise.all(players.map((player) => player.join()));
  return players;
}

/** Everybody at a table plays so many rounds. */
async function play(players: readonly Player[], howMany: number): Promise<void> {
  for (let n = 0; n < howMany; n++) {
    await Promise.all(players.map((player, i) => bet(player, i)));
    await until(players, "settled");
    await until(players, "waiting");
  }
}

async function bet(player: Player, i: number): Promise<void> {
  const habit = HABITS[i % HABITS.length];
  if (habit !== undefined) await player.send(habit);
}

async function until(players: readonly Player[], phase: string): Promise<void> {
  while (players.some((player) => player.phase !== phase)) await sleep(20);
}

async function place(table: Table, bets: readonly (readonly [chip: number, spot: string])[]): Promise<void> {
  for (const [chip, spot] of bets) await table.bet(spot, chip);
}

/** No pointer and no focus on anything, and everything painted. */
async function lookAway(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate("document.activeElement?.blur()");
  await sleep(1_000);
}

async function take(page: Page, name: string): Promise<void> {
  const picture = await page.screenshot({ type: "jpeg", quality: 88 });
  writeFileSync(join(folder, `${name}.jpg`), picture);
  console.log(`${name}.jpg: ${Math.round(picture.length / 1_000)} KB`);
}

await main();
