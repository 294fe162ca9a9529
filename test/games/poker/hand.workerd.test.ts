import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { verify } from "../../../rooms/verify.ts";
import {
  allHeard,
  calls,
  dealt,
  folds,
  newSitter,
  over,
  playUntil,
  recordOf,
  stateOf,
  type Sitter,
} from "./client.workerd.ts";
import { expectYes } from "../../host/room-line.workerd.ts";
import { expectConserved } from "../../host/room-oracle.workerd.ts";
import { eventually, fire, GRANT, holdClock, letClockGo, newRoom } from "../../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

type Party = { readonly room: string; readonly anna: Sitter; readonly bert: Sitter };

/** Two people and two house players; the cards come next. The clock stands still, so nobody is late for the first hand. */
async function party(config = {}): Promise<Party> {
  const room = await newRoom(config, "poker");
  const [anna, bert] = [await newSitter(room), await newSitter(room)];
  expectYes(await anna.chair.sit(0, 5_000));
  expectYes(await bert.chair.sit(3, 4_000));
  expectYes(await anna.chair.addBot(1));
  expectYes(await bert.chair.addBot(4));
  return { room, anna, bert };
}

describe("a hand between two people and two house players", () => {
  test("[P7] [P20] goes to its end, and every chip of it is in the books of the room", async () => {
    const { room, anna, bert } = await party();
    const chairs = [anna.chair, bert.chair];
    await allHeard(room, chairs);
    expect(anna.chair.view?.phase.name).toBe("starting");
    let sums = await expectConserved();
    expect(sums).toMatchObject({ held: 9_000, house: 0 });

    for (let hand = 1; hand <= 3; hand += 1) {
      await playUntil(room, chairs, dealt);
      expect(await expectConserved()).toMatchObject({ held: sums.held, house: sums.house });
      await playUntil(room, chairs, over, hand === 1 ? calls : folds);
      sums = await expectConserved();
      const sitting = (await stateOf(room)).seats.flatMap((one) => (one === null ? [] : [one]));
      const of = (bot: boolean): number =>
        sitting.filter((one) => one.bot === bot).reduce((sum, { stack }) => sum + stack, 0);
      // What the people lost the house players have, with the house's money.
      expect(sums).toMatchObject({ held: of(false), house: 9_000 - of(false) });
      if (hand === 1) expect(of(true)).toBe(20_000 + sums.house);
      await fire(room);
      const record = await recordOf(room, hand);
      for (const { player, end } of record.outcome.players) {
        expect([player, end]).toEqual([player, sitting.find((one) => one.player === player)?.stack]);
      }
      expect(verify(record)).toMatchObject({ ok: true, round: hand });
      expect(verify(await recordOf(room, hand, anna.id))).toMatchObject({ ok: true, round: hand });
      if ((await stateOf(room)).phase.name === "waiting") break; // nobody is left to play with
    }
    if ((await stateOf(room)).phase.name !== "waiting") await playUntil(room, chairs, over, folds);
    for (const { chair } of [anna, bert]) {
      expectYes(await chair.ask({ type: "stand" }));
      expectYes(await chair.ask({ type: "leave" }));
    }
    await eventually(async () => {
      const last = await expectConserved();
      expect(last).toMatchObject({ held: 0, purses: 0, transfers: 0, wallets: 2 * GRANT - last.house });
    });
  });
});
