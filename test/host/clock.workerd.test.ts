import { CADENCE_MS } from "../../rooms/kernel/public-feed.ts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { expectYes, join, type Client } from "./room-client.workerd.ts";
import { expectConserved } from "./room-oracle.workerd.ts";
import {
  alarmOf,
  evict,
  heard,
  holdClock,
  letClockGo,
  newPlayer,
  newRoom,
  onDisk,
  pass,
  roomOf,
  wakeByAlarm,
} from "./room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

const HOUR = 3_600_000;

function closesIn({ view }: Client, from: number): number {
  if (view?.phase.name !== "open") throw new Error("not open");
  return view.phase.closesAt - from;
}

/** Wakes the room by its alarm, and lets no more than so long pass by it. */
async function wakeWithin(room: string, ms: number): Promise<void> {
  const at = await alarmOf(room);
  expect(at).not.toBeNull();
  expect((at ?? Infinity) - Date.now()).toBeLessThanOrEqual(ms);
  await wakeByAlarm(room);
}

/** Alarm after alarm until round `n` is over, each within a minute. */
async function playOutByAlarm(room: string, client: Client, n = 1): Promise<void> {
  for (let i = 0; i < 12 && client.view?.last?.round !== n; i += 1) {
    await wakeWithin(room, 60_000);
    await client.received();
    await new Promise((resolve) => setTimeout(resolve, 2 * CADENCE_MS));
  }
  await client.until(() => client.view?.last?.round === n, `the end of round ${n}`);
}

describe("A host's clock that ran an hour ahead and is put right", () => {
  test("[R4] closes the round that was opened meanwhile, in the time that was left", async () => {
    const room = await newRoom();
    const anna = await join(roomOf(room), await newPlayer());
    pass(HOUR);
    expectYes(await anna.bet("red", 10));
    await anna.phase("open");
    const window = closesIn(anna, Date.now());
    pass(3_000 - HOUR);
    expectYes(await anna.bet("black", 10));
    await wakeWithin(room, window);
    await anna.phase("closed");
    await playOutByAlarm(room, anna);
    expect(anna.view?.last).toMatchObject({ round: 1, staked: 20 });
    await expectConserved();
  });

  test("[R4] does so after a restart too, and stamps no event earlier than one before it", async () => {
    const room = await newRoom();
    const who = await newPlayer();
    const anna = await join(roomOf(room), who);
    pass(HOUR);
    expectYes(await anna.bet("red", 10));
    const before = (await onDisk(room)).at;
    pass(-HOUR);
    await evict(room, "close");
    const again = await join(roomOf(room), who);
    await again.phase("open");
    expectYes(await again.bet("odd", 5));
    await playOutByAlarm(room, again);
    expect(again.view?.last).toMatchObject({ round: 1, staked: 15 });
    expect((await onDisk(room)).at).toBeGreaterThanOrEqual(before);
    await expectConserved();
  });

  test("leaves a table at which nothing is promised to wait for it, and the next round takes its usual time", async () => {
    const room = await newRoom();
    const anna = await join(roomOf(room), await newPlayer());
    pass(HOUR);
    expectYes(await anna.bet("red", 10));
    await playOutByAlarm(room, anna);
    await wakeWithin(room, 60_000);
    await anna.phase("waiting");
    const last = (await onDisk(room)).at;
    await heard(room);
    await anna.received();
    vi.setSystemTime(Date.now() - HOUR);
    expectYes(await anna.bet("red", 10));
    await anna.phase("open");
    expect(closesIn(anna, last)).toBeLessThan(60_000);
    await playOutByAlarm(room, anna, 2);
    await expectConserved();
  });
});
