import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { curveAt } from "../../rooms/crash/curve.ts";
import type { View } from "../../rooms/crash/types.ts";
import { Player } from "../chaos/player.ts";
import { DESKTOP, PHONE, type Stage } from "./browser.ts";
import { Lobby } from "./lobby.ts";

/** Pictures of the main lobby with a dozen people in it: in the air on a desk, and on a phone. */

const MAIN = "crash:main";
const PEOPLE = 12;
const AMOUNTS = [500, 2_000, 120, 50, 5_000, 300];
/** A flight that gets this far is worth a picture, at the one and at the other. */
const OUT_X100 = 150;
const SHOWN_X100 = 236;

export async function crashPictures(
  stage: Stage,
  flights: number,
  take: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const { url } = stage.house();
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => Player.guest(url, MAIN)));
  await Promise.all(people.map((player) => player.join()));
  const owner = people[0];
  if (owner === undefined) throw new Error("nobody came");
  const view = async (): Promise<View> => (await owner.api<{ view: View }>("/api/rooms/crash/main")).view;
  const until = async (name: string): Promise<void> => {
    while ((await view()).phase.name !== name) await sleep(50);
  };
  const bet = (): void =>
    people.forEach((player, i) => {
      const amount = AMOUNTS[i % AMOUNTS.length] ?? 100;
      void player.send({ type: "bet", amount, autoCashout: (120 + i * 31) / 100 });
    });
  for (let n = 0; n < flights; n++) {
    await until("waiting");
    bet();
    await until("crashed");
  }

  const { page: desk } = await stage.person(DESKTOP);
  const { page: hand } = await stage.person({ ...PHONE, deviceScaleFactor: 2 });
  const [table, phone] = await Promise.all([Lobby.open(desk, MAIN), Lobby.open(hand, MAIN)]);
  const reached = async (x100: number): Promise<boolean> => {
    for (;;) {
      const { phase } = await view();
      if (phase.name !== "running") return false;
      if (curveAt(Date.now() - phase.startedAt) >= x100) return true;
      await sleep(30);
    }
  };
  for (;;) {
    await until("waiting");
    await Promise.all([table.ready("a"), phone.ready("a")]);
    await table.fill("a", 500, "");
    await table.fill("b", 200, "3.00");
    await phone.fill("a", 250, "");
    await table.press("a");
    bet();
    await Promise.all([table.press("b"), phone.press("a")]);
    await until("running");
    if (!(await reached(OUT_X100))) continue;
    await table.press("a");
    if (!(await reached(SHOWN_X100))) continue;
    await Promise.all([take(hand, "crash-phone"), take(desk, "crash")]);
    break;
  }
  for (const player of people) player.close();
}
