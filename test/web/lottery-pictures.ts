import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { View } from "../../rooms/lottery/types.ts";
import { DESKTOP, openStage, PHONE } from "./browser.ts";
import { LotteryHall, Staker } from "./lottery.ts";
import { BRIEF, Table } from "./table.ts";

/** Pictures of the main lottery: one gathering tickets on a desk, and just drawn on a phone. */

const PEOPLE = 8;
/** The last of them waits until the other pictures are taken. */
const LOTTERIES = JSON.stringify({
  main: { players: PEOPLE, timeLimitMs: 240_000, drawMs: 3_000, capPerPlayer: 20_000 },
});
const AMOUNTS = [1_800, 4_200, 900, 3_000, 6_500, 1_200, 2_400, 5_200];
const DRAWS = 3;
const ROUNDS = 3;

export async function lotteryPictures(take: (page: Page, name: string) => Promise<void>): Promise<void> {
  const stage = await openStage({ LOTTERIES });
  try {
    const people = await Staker.gather(stage, PEOPLE);
    const [last, ...regulars] = people;
    if (last === undefined) throw new Error("nobody came");
    const view = async (): Promise<View> => (await last.player.api<{ view: View }>("/api/rooms/lottery/main")).view;
    for (let n = 1; n <= DRAWS; n++) {
      await Promise.all(people.map((one, i) => one.stake(AMOUNTS[(i + n) % AMOUNTS.length] ?? 500)));
      while ((await view()).history[0]?.draw !== n) await sleep(100);
    }

    const { page: desk } = await stage.person(DESKTOP);
    const { page: hand } = await stage.person({ ...PHONE, deviceScaleFactor: 2 });
    const room = await stage.room(BRIEF);
    const [table, phone] = [await Table.open(desk, room), await Table.open(hand, room)];
    for (let n = 0; n < ROUNDS; n++) {
      await Promise.all([table.reach("waiting"), phone.reach("waiting")]);
      await Promise.all([
        table.bet("red", 1_000),
        phone.bet("odd", 500),
        ...regulars.slice(0, PEOPLE - 3).map((one, i) => one.stake((AMOUNTS[(i + 3 * n) % AMOUNTS.length] ?? 500) / 2)),
      ]);
      await sleep(4_000); // settled, and in the lottery
    }
    const [ring, small] = [await LotteryHall.open(desk), await LotteryHall.open(hand)];
    await sleep(2_500); // every ticket has been asked for
    await take(desk, "lottery");
    await last.stake(2_000);
    await Promise.all([ring.landed(), small.landed()]);
    await sleep(600);
    await take(hand, "lottery-phone");
    for (const one of people) one.leave();
  } finally {
    await stage.close();
  }
}
