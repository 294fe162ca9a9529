import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { Command } from "../../rooms/roulette/types.ts";
import { Player } from "../chaos/player.ts";
import { DESKTOP, PHONE, type Stage } from "./browser.ts";
import { BRIEF, Table } from "./table.ts";

/** Pictures of the pages around the tables, of a house where a dozen people have played. */

const PEOPLE = 11;
const SPOTS = ["red", "dozen:2", "straight:17", "odd", "column:3", "split:8-11"] as const;
const CHIPS = [500, 1_000, 50, 2_000, 250, 100] as const;

export async function housePictures(
  stage: Stage,
  rounds: number,
  take: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const { url } = stage.house();
  const room = await stage.room(BRIEF);
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => Player.guest(url, room)));
  await Promise.all(people.map((player) => player.join()));
  const { page: desk } = await stage.person(DESKTOP);
  const table = await Table.open(desk, room);
  for (let n = 0; n < rounds; n++) {
    for (const [i, player] of people.entries()) {
      const [spot, amount] = [SPOTS[(i + n) % SPOTS.length] ?? "red", CHIPS[(i * 7 + n) % CHIPS.length] ?? 100];
      await player.send({ type: "bet", bets: [{ spot, amount }] } satisfies Command);
    }
    await table.bet(n % 2 === 0 ? "red" : "dozen:1", 500);
    while (people.some((player) => player.phase !== "settled")) await sleep(20);
    while (people.some((player) => player.phase !== "waiting")) await sleep(20);
  }
  // The same person on a phone: the pages are their own.
  const { page: hand } = await stage.person({ ...PHONE, deviceScaleFactor: 2 });
  await hand.context().addCookies(await desk.context().cookies());

  for (const [page, path, name] of [
    [desk, "/me", "you"],
    [hand, "/boards?board=profit&period=day", "boards-phone"],
    [desk, "/architecture", "architecture"],
    [hand, "/account", "account-phone"],
  ] as const) {
    await page.goto(path);
    await page.waitForLoadState("networkidle").catch(() => console.warn(`${name}: the page does not come to rest`));
    await sleep(1_500);
    await take(page, name);
  }
  for (const player of people) player.close();
}
