import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dice } from "../../../rooms/dice/index.ts";
import type { Recount } from "../../../rooms/dice/rolls.ts";
import type { Json } from "../../../rooms/game.ts";
import { verify } from "../../../rooms/verify.ts";
import { expectNo, expectYes, greeted, Line, socketTo, type Who } from "../../host/room-line.workerd.ts";
import { expectConserved } from "../../host/room-oracle.workerd.ts";
import {
  alarmOf,
  evict,
  fire,
  holdClock,
  letClockGo,
  newPlayer,
  newRoom,
  pass,
  roomOf,
} from "../../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

const sit = async (room: string, who: Who | null) => greeted(new Line(dice, await socketTo(roomOf(room), who)));
const roll = (amount = 100, more: object = {}) => ({ type: "roll", amount, side: "under", target: 4_950, ...more });

async function table(config: Json): Promise<{ room: string; anna: Awaited<ReturnType<typeof sit>>; who: Who }> {
  const room = await newRoom(config, "dice");
  const who = await newPlayer();
  return { room, who, anna: await sit(room, who) };
}

describe("a room of dice", () => {
  test("[D2] [D4] [D5] rolls, rotates its seed, and anybody can check the round; the sum of all chips is what it was", async () => {
    const { room, anna } = await table({ rolls: 3 });
    const bob = await sit(room, await newPlayer());
    const words = { entropy: "anna's own words" };
    const results = [
      await anna.ask(roll(100, words)),
      await bob.ask(roll(50, { side: "over", target: 9_000, entropy: "too late for this one" })),
      await anna.ask(roll(70)),
    ].map((reply) => (reply.ok ? reply.result : reply.code));
    const [record] = (await roomOf(room).listRounds(null, 1, null)).rounds;
    if (record === undefined) throw new Error("no round is over");
    const { rolls } = record.outcome as unknown as Recount;
    expect(results).toEqual(rolls.map(({ rolled, payout }, nonce) => ({ nonce, rolled, payout })));
    expect(record?.proof.entropy.map(({ value }) => value)).toEqual(["anna's own words"]);
    expect(verify(JSON.parse(JSON.stringify(record)))).toMatchObject({ ok: true, headline: "3 rolls" });
    await anna.until(() => anna.view?.round === 2, "the next seed");
    expect([anna.view?.rolls, anna.seat?.last.length, bob.seat?.last.length]).toEqual([0, 2, 1]);
    await expectConserved();
  });

  test("[D4] the alarm ends a seed that is not rolled to its end, and none is set where nothing was rolled", async () => {
    const { room, anna } = await table({ seedMs: 5_000 });
    expect(await alarmOf(room)).toBeNull();
    expectYes(await anna.ask(roll()));
    pass(5_000);
    await fire(room);
    await anna.until(() => anna.view?.round === 2, "the next seed");
    expect(await roomOf(room).readRound(1, null)).toMatchObject({ round: 1, void: false });
  });

  test("[D3] what the table does not take has a code, and costs nothing", async () => {
    const { anna } = await table({ minStake: 5, maxStake: 200, maxProfit: 150 });
    const codes = [
      [roll(4), "below_minimum"],
      [roll(201), "above_maximum"],
      [roll(200), "above_table_maximum"],
      [roll(5, { target: 0 }), "illegal_target"],
      [roll(5, { target: 9_800 }), "no_profit"],
    ] as const;
    for (const [command, code] of codes) expectNo(await anna.ask(command), code);
    expect(anna.view?.rolls).toBe(0);
  });

  test("after a sleep the seed goes on where it was, and a roll that is sent again is not rolled again", async () => {
    const { room, anna, who } = await table({ rolls: 4 });
    const first = await anna.ask(roll());
    await evict(room, "close");
    const again = await sit(room, who);
    expect([again.view?.rolls, again.view?.last[0]?.nonce]).toEqual([1, 0]);
    const second = await again.ask(roll());
    expect([first, second].map((reply) => (reply.ok ? (reply.result as { nonce: number }).nonce : reply.code))).toEqual(
      [0, 1],
    );
    await expectConserved();
  });
});
