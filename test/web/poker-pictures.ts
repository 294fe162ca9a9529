import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { View } from "../../rooms/poker/types.ts";
import { Player } from "../chaos/player.ts";
import { DESKTOP, PHONE, type Stage } from "./browser.ts";
import { pokerRoom, Ring } from "./ring.ts";

/** Pictures of a hand among people and a house player: on a desk and on a phone, each when it is their turn. */

const SEATS = [1, 2, 5];
const HOUSE_SEAT = 4;
const DESK_SEAT = 0;
const PHONE_SEAT = 3;
const HANDS_MAX = 12;

export async function pokerPictures(stage: Stage, take: (page: Page, name: string) => Promise<void>): Promise<void> {
  const room = await pokerRoom(stage, { minPlayers: 6, actionMs: 60_000 });
  const { url } = stage.house();
  const people = await Promise.all(SEATS.map(() => Player.guest(url, room)));
  await Promise.all(people.map((player) => player.join()));
  const { page: desk } = await stage.person(DESKTOP);
  const { page: hand } = await stage.person({ ...PHONE, deviceScaleFactor: 2 });
  const [table, phone] = await Promise.all([Ring.open(desk, room), Ring.open(hand, room)]);
  await table.sit(DESK_SEAT);
  await phone.sit(PHONE_SEAT, 8_000);
  for (const [i, player] of people.entries()) {
    await player.send({ type: "sit", seat: SEATS[i] ?? 1, buyIn: 6_000 + 1_000 * i });
  }
  await table.page.getByTestId(`bot-${HOUSE_SEAT}`).click();
  const taken = new Set<string>();
  for (;;) {
    const view = people[0]?.view as View; // poker's, by the room's name
    if (taken.size === 2 || view.round > HANDS_MAX) break;
    const { hand: now } = view;
    const seat = now?.turn?.seat ?? null;
    const later = (now?.board.length ?? 0) >= 3 && view.seats.some((one) => (one?.bet ?? 0) > 0);
    if (seat === DESK_SEAT || seat === PHONE_SEAT) {
      const [ring, name] = seat === DESK_SEAT ? ([table, "poker"] as const) : ([phone, "poker-phone"] as const);
      if (later && !taken.has(name)) {
        await ring.until("turn");
        await sleep(1_200); // everything has come to lie
        await take(ring.page, name);
        taken.add(name);
      }
      await ring.press("call").catch(() => {});
    }
    const at = SEATS.indexOf(seat ?? -1);
    const player = people[at];
    const turn = now?.turn;
    if (player !== undefined && turn != null) {
      const bets = now?.board.length === 3 && turn.toCall === 0 && turn.raise !== null;
      const to = Math.min(turn.raise?.most ?? 0, Math.max(turn.raise?.least ?? 0, 350 + 150 * at));
      await player.send(bets ? { type: "raise", to } : { type: turn.toCall === 0 ? "check" : "call" });
    }
    await sleep(150);
  }
  for (const player of people) player.close();
}
