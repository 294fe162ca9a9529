import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { elapsedTo, payoutOf } from "../../../rooms/crash/curve.ts";
import type { Out, View } from "../../../rooms/crash/types.ts";
import {
  between,
  flightOf,
  flyTo,
  grantedBy,
  newPilot,
  reboard,
  recordOf,
  wordFor,
  type Flyer,
  type Pilot,
} from "./client.workerd.ts";
import { expectNo, expectYes } from "../../host/room-line.workerd.ts";
import { expectConserved } from "../../host/room-oracle.workerd.ts";
import {
  alarmOf,
  dump,
  evict,
  fire,
  heard,
  holdClock,
  inside,
  kill,
  letClockGo,
  newRoom,
  onDisk,
  pass,
  roomOf,
} from "../../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

const MINUTE_MS = 60_000;
const PHASES: readonly View["phase"]["name"][] = ["waiting", "betting", "running", "crashed"];
const ENDS = ["hibernate", "close", "kill"] as const;

type Flown = { readonly room: string; readonly anna: Pilot; readonly bert: Pilot };

/**
 * A lobby whose flight ends at 3.00 exactly: anna bets 100 by hand and 40 with a target of 3.00, bert 70 with a target of 1.50
 * and 60 with one of 3.01.
 */
async function boarded(): Promise<Flown> {
  const room = await newRoom({}, "crash");
  const [anna, bert] = [await newPilot(room), await newPilot(room)];
  expectYes(await anna.flyer.bet(100, { entropy: await wordFor(room, anna.id, between(300, 300)) }));
  expectYes(await anna.flyer.bet(40, { autoCashout: 3 }));
  expectYes(await bert.flyer.bet(70, { autoCashout: 1.5 }));
  expectYes(await bert.flyer.bet(60, { autoCashout: 3.01 }));
  return { room, anna, bert };
}

/** What each bet was paid, with instants counted from the start. */
async function paidIn(room: string, round: number): Promise<(Out | null)[]> {
  const { outcome } = await recordOf(room, round);
  const startedAt = outcome.startedAt ?? Number.NaN;
  return outcome.bets.map(({ out }) => out && ({ ...out, at: out.at - startedAt } as Out));
}

const target = (amount: number, x100: number): object => ({
  x100,
  paid: payoutOf(amount, x100),
  at: elapsedTo(x100),
  by: "target",
});

describe("an alarm that is late", () => {
  test.each([
    ["by a millisecond", 1],
    ["by a minute", MINUTE_MS],
    ["by an hour", 60 * MINUTE_MS],
  ])("[C4] [C12] %s pays the same amounts, at the same multipliers", async (_, late) => {
    const onTime = await boarded();
    await flyTo(onTime.room, "crashed", [onTime.anna.flyer]);
    const wanted = [null, target(40, 300), target(70, 150), null];
    expect(await paidIn(onTime.room, 1)).toEqual(wanted);
    const house = (await onDisk(onTime.room)).house;

    const delayed = await boarded();
    await flyTo(delayed.room, "running", [delayed.anna.flyer]);
    const { endAt } = await flightOf(delayed.room);
    pass(endAt + late - Date.now()); // everything is overdue at once: the target, the crash, and perhaps the next betting
    await fire(delayed.room);
    await delayed.anna.flyer.until(() => delayed.anna.flyer.view?.history.length === 1, "the crash");
    expect(await paidIn(delayed.room, 1)).toEqual(wanted);
    expect((await onDisk(delayed.room)).house).toBe(house);
    expect((await recordOf(delayed.room, 1)).outcome).toMatchObject({ bustX100: 300, endX100: 300, forced: false });
    await expectConserved();
  });

  test("[C1] before the start moves the start: nobody loses time in the air, and nothing was drawn before", async () => {
    const { room, anna } = await boarded();
    await anna.flyer.phase("betting");
    await fire(room, MINUTE_MS);
    await anna.flyer.phase("running");
    expect(anna.flyer.startedAt).toBe(Date.now());
    pass(elapsedTo(200));
    expect(grantedBy(await anna.flyer.cashout(1))).toMatchObject({ x100: 200, paid: 200 });
    await flyTo(room, "crashed", [anna.flyer]);
    expect((await recordOf(room, 1)).outcome.bets[0]?.out).toMatchObject({ paid: 200, by: "hand" });
    await expectConserved();
  });

  test("[C5] is found out by whoever comes too late, and opens no round in which nobody bets", async () => {
    const { room, anna, bert } = await boarded();
    await flyTo(room, "running", [anna.flyer, bert.flyer]);
    const { endAt } = await flightOf(room);
    pass(endAt + MINUTE_MS - Date.now());
    expectNo(await anna.flyer.cashout(1), "already_crashed");
    expectNo(await anna.flyer.cashout(2), "already_cashed_out");
    expect(anna.flyer.view).toMatchObject({ round: 2, phase: { name: "waiting" } });
    await heard(room);
    expect(await alarmOf(room)).toBeNull();
    await expectConserved();
  });

  test("[C10] by an hour gives a strategy a whole new countdown, and draws nothing of it yet", async () => {
    const { room, anna } = await boarded();
    const carl = await newPilot(room);
    expectYes(await carl.flyer.ask({ type: "strategy", amount: 5, autoCashout: 2 }));
    await flyTo(room, "running", [anna.flyer]);
    await fire(room, 60 * MINUTE_MS);
    await anna.flyer.until(
      () => anna.flyer.view?.round === 2 && anna.flyer.view.phase.name === "betting",
      "the next betting",
    );
    expect(anna.flyer.view?.phase).toEqual({ name: "betting", startsAt: Date.now() + 7_000 });
    expect(anna.flyer.view?.history).toHaveLength(1);
    const { commitments } = await onDisk(room);
    expect(commitments.map((one) => one.round)).toEqual([2, 3]);
    await expectConserved();
  });
});

test("[C4] an alarm that comes twice finds nothing due the second time, in every phase", async () => {
  const { room, anna } = await boarded();
  const ring = async (): Promise<void> => inside(room, async (object) => object.alarm());
  for (const phase of ["running", "crashed"] as const) {
    await flyTo(room, phase, [anna.flyer]);
    await anna.flyer.received();
    const state = JSON.stringify((await onDisk(room)).state);
    const alarm = await alarmOf(room);
    await Promise.all([ring(), ring()]);
    expect(JSON.stringify((await onDisk(room)).state)).toBe(state);
    expect(await alarmOf(room)).toBe(alarm);
  }
  await expectConserved();
});

describe.each(PHASES)("[C12] a lobby whose object goes away while it is %s", (phase) => {
  /** In the second round of a lobby, so that there is a past to lose. */
  async function lobbyAt(): Promise<Flown> {
    const flown = await boarded();
    const { room, anna, bert } = flown;
    const both: Flyer[] = [anna.flyer, bert.flyer];
    if (phase === "waiting") {
      await flyTo(room, "crashed", both);
      await fire(room);
    }
    await flyTo(room, phase, both);
    return flown;
  }

  test.each(ENDS)("by %s wakes as it was, flies on from the same instant, and keeps every chip", async (end) => {
    const { room, anna, bert } = await lobbyAt();
    if (phase === "running") {
      pass(3_000);
      expectYes(await anna.flyer.bet(9)); // waits for the next
    }
    await anna.flyer.received();
    await bert.flyer.received();
    const [view, seat, alarm, before] = [anna.flyer.view, anna.flyer.seat, await alarmOf(room), await onDisk(room)];

    if (end === "kill") await kill();
    else await evict(room, end);
    if (end !== "hibernate") await anna.flyer.closed();
    const back = end === "hibernate" ? anna.flyer : await reboard(room, anna, anna.flyer);
    if (end !== "hibernate") await reboard(room, bert, bert.flyer); // or the alarm would be for who is gone
    await back.received();

    expect([back.view, back.seat]).toEqual([view, seat]);
    expect((await roomOf(room).describe()).view).toEqual(view);
    expect(await alarmOf(room)).toBe(alarm);
    const after = await onDisk(room);
    expect([after.state, after.purses, after.house, after.round, after.commitments]).toEqual([
      before.state,
      before.purses,
      before.house,
      before.round,
      before.commitments,
    ]);

    if (phase === "betting") await flyTo(room, "running", [back]);
    if (phase === "betting" || phase === "running") {
      pass(2_000);
      const { startedAt } = back;
      const { at, x100, paid } = grantedBy(await back.cashout(1));
      expect(at).toBe(Date.now());
      await flyTo(room, "crashed", [back]);
      expect(await paidIn(room, 1)).toEqual([
        { x100, paid, at: at - startedAt, by: "hand" },
        target(40, 300),
        target(70, 150),
        null,
      ]);
    } else {
      expect(await paidIn(room, 1)).toEqual([null, target(40, 300), target(70, 150), null]);
      expectYes(await back.bet(10));
      expect(await roomOf(room).holdings(anna.id)).toMatchObject({ held: 10 });
    }
    await expectConserved();
  });
});

describe("[C1] a lobby in which nobody bets", () => {
  test("sets no alarm, runs no round, and sleeps with every socket open", async () => {
    const room = await newRoom({}, "crash");
    const pilots: Pilot[] = [];
    for (let i = 0; i < 5; i += 1) pilots.push(await newPilot(room));
    for (const { flyer } of pilots) await flyer.until(() => flyer.table?.online === 5, "the others");
    expect(await alarmOf(room)).toBeNull();
    const before = await dump(room);
    await evict(room); // fails while anything still runs in there
    pass(60 * MINUTE_MS);
    for (const { flyer } of pilots) await flyer.received();
    expect((await roomOf(room).stats()).counters).toMatchObject({ batches: 0, rowsWritten: 0 });
    expect(await dump(room)).toBe(before);
    expect(await alarmOf(room)).toBeNull();
    expect(pilots.map(({ flyer }) => flyer.closedWith)).toEqual(pilots.map(() => null));
    expect(pilots[0]?.flyer.view).toMatchObject({ round: 1, phase: { name: "waiting" }, history: [] });
  });

  test("falls back to that after a flight, and after a countdown whose bets were all cancelled", async () => {
    const { room, anna, bert } = await boarded();
    await flyTo(room, "crashed", [anna.flyer, bert.flyer]);
    expect(await alarmOf(room)).not.toBeNull();
    await fire(room);
    await anna.flyer.phase("waiting");
    await heard(room);
    expect(await alarmOf(room)).toBeNull();

    expectYes(await bert.flyer.bet(5));
    await bert.flyer.phase("betting");
    expectYes(await bert.flyer.ask({ type: "cancel", bet: 5 }));
    await fire(room);
    await bert.flyer.phase("waiting");
    expect(bert.flyer.view).toMatchObject({ round: 2, history: [{ round: 1 }] });
    expect(await alarmOf(room)).toBeNull();
    await expectConserved();
  });
});
