import { describe, expect, test } from "vitest";
import { chips, type Ms, type PlayerId } from "../../rooms/game.ts";
import type { Allowance } from "../../rooms/kernel/transfer.ts";
import {
  allows,
  answered,
  cashOut,
  emptyPurse,
  mayStake,
  opened,
  pay,
  revoked,
  shortfall,
  stake,
  topUp,
  transferId,
} from "../../rooms/kernel/purse.ts";

const ROOM = "roulette:main";
const id = transferId(ROOM, "ann" as PlayerId, 1);
const purse = { ...emptyPurse, chips: chips(100) };
/** Somebody who wants to stake so much. */
const needing = (covers: number, who = purse) => ({ id, room: ROOM, purse: who, covers });
const flow = { staked: 0, returned: 0 };
const given = (some: Partial<Allowance>): Allowance => ({
  stake: null,
  loss: null,
  until: null,
  version: 1,
  ...some,
});
const limited = (some: Partial<Allowance>) => ({ ...purse, open: true, allowance: given(some) });
const yes = (amount: number) => ({ ok: true, amount: chips(amount), balance: chips(900) }) as const;
const no = { ok: false, code: "insufficient_funds", balance: chips(3) } as const;

describe("an amount of chips", () => {
  test("is a whole number from 0 to 2^53 - 1", () => {
    for (const n of [0, 1, Number.MAX_SAFE_INTEGER]) expect(chips(n)).toBe(n);
    for (const n of [-1, 0.5, 2 ** 53, Number.NaN, Infinity]) expect(() => chips(n)).toThrow(RangeError);
  });
});

describe("a purse", () => {
  test("gives a stake and takes a pay, to the chip", () => {
    expect(stake(purse, chips(100)).chips).toBe(0);
    expect(pay(purse, chips(5)).chips).toBe(105);
  });

  test("gives no more than it has, and takes no more than can be counted", () => {
    expect(() => stake(purse, chips(101))).toThrow(RangeError);
    expect(() => pay(purse, chips(Number.MAX_SAFE_INTEGER))).toThrow(RangeError);
  });

  test("says how much is missing", () => {
    expect([0, 99, 100, 101, 250].map((amount) => shortfall(purse, amount))).toEqual([0, 0, 0, 1, 150]);
  });
});

describe("a top-up", () => {
  test("asks for the buy-in, or for what is missing when that is more, and takes no less than what is missing", () => {
    expect(topUp(needing(130), 200)).toEqual({
      id,
      room: ROOM,
      kind: "topup",
      amount: 200,
      min: 30,
      covers: 130,
      flow,
    });
    expect(topUp(needing(400), 200)).toEqual({
      id,
      room: ROOM,
      kind: "topup",
      amount: 300,
      min: 300,
      covers: 400,
      flow,
    });
    expect(id).toBe("roulette:main:ann:1");
  });

  test("brings its chips when it is answered, and notes the round in which it was asked for", () => {
    const waiting = opened(purse, topUp(needing(130), 200), 7);
    expect(waiting).toMatchObject({ chips: 100, asked: 7, transfer: { id } });
    expect(answered(waiting, id, yes(150))).toEqual({ ...purse, chips: 250, balance: 900, asked: 7, open: true });
  });

  test("brings nothing when the wallet refuses, but says what the wallet holds", () => {
    const waiting = opened(purse, topUp(needing(130), 200), 7);
    expect(answered(waiting, id, no)).toEqual({ ...purse, balance: 3, asked: 7 });
  });
});

describe("a cash-out", () => {
  test("takes all there is at once, and is done when the wallet has it", () => {
    const request = cashOut(id, ROOM, purse);
    expect(request).toEqual({ id, room: ROOM, kind: "cashout", amount: 100, min: 100, flow });
    const waiting = opened({ ...purse, asked: 3 }, request, 7);
    expect(waiting).toMatchObject({ chips: 0, asked: 3 });
    expect(answered(waiting, id, yes(100))).toMatchObject({ chips: 0, balance: 900, transfer: null });
  });

  test("that the wallet refuses brings the chips back", () => {
    const waiting = opened(purse, cashOut(id, ROOM, purse), 7);
    expect(answered(waiting, id, no)).toMatchObject({ chips: 100, transfer: null });
  });

  test("leaves what is won meanwhile in the purse", () => {
    const waiting = pay(opened(purse, cashOut(id, ROOM, purse), 7), chips(36));
    expect(answered(waiting, id, yes(100)).chips).toBe(36);
  });
});

describe("one transfer at a time", () => {
  test("a second one is a bug and throws", () => {
    const waiting = opened(purse, cashOut(id, ROOM, purse), 7);
    expect(() => opened(waiting, topUp({ ...needing(101), id: `${id}1` }, 1), 7)).toThrow("still open");
  });

  test("an answer to another transfer, or to one that is done, changes nothing", () => {
    expect(answered(purse, id, yes(100))).toBe(purse);
    const waiting = opened(purse, topUp(needing(101), 200), 7);
    expect(answered(waiting, `${id}0`, yes(100))).toBe(waiting);
    const done = answered(waiting, id, yes(200));
    expect(answered(done, id, yes(200))).toBe(done);
  });
});

describe("an allowance", () => {
  const T = 1_000 as Ms;

  test("without limits is all the chips, and so is one that says nothing", () => {
    expect(mayStake(purse, T)).toBe(100);
    expect(mayStake(limited({}), T)).toBe(100);
    expect(mayStake({ ...limited({}), transfer: cashOut(id, ROOM, purse) }, T)).toBe(100);
  });

  test("of stakes goes down by each stake, and not up by a pay", () => {
    const start = limited({ stake: 60 });
    expect(mayStake(start, T)).toBe(60);
    const staked = stake(start, chips(40));
    expect(mayStake(staked, T)).toBe(20);
    expect(mayStake(pay(staked, chips(80)), T)).toBe(20);
  });

  test("of losses counts what lies on the table as lost, and what came back as not", () => {
    const staked = stake(limited({ loss: 50 }), chips(40));
    expect(mayStake(staked, T)).toBe(10);
    expect(mayStake(pay(staked, chips(80)), T)).toBe(90);
  });

  test("ends at its instant, and is nothing while the wallet is asked", () => {
    const start = limited({ stake: 60, until: 1_001 as Ms });
    expect([mayStake(start, T), mayStake(start, 1_001 as Ms)]).toEqual([60, 0]);
    expect(mayStake({ ...start, transfer: cashOut(id, ROOM, purse) }, T)).toBe(0);
  });

  test("is asked for by itself when no chips are missing, and tells what was staked and returned since the last time", () => {
    const played = pay(stake(limited({ stake: 60 }), chips(60)), chips(30));
    expect(allows(played, 1, T)).toBe(false);
    const request = topUp(needing(50, played), 200);
    const told = { staked: 60, returned: 30 };
    expect(request).toEqual({ id, room: ROOM, kind: "allowance", amount: 0, min: 0, covers: 50, flow: told });
    const waiting = opened(played, request, 7);
    expect(waiting).toMatchObject({ chips: 70, staked: 0, returned: 0, asked: 7 });
    const answer = { ok: true, amount: chips(0), balance: chips(5), allowance: given({ stake: 55 }) } as const;
    const after = answered(waiting, id, answer);
    expect([after.chips, mayStake(after, T)]).toEqual([70, 55]);
  });

  test("that was given before the limits changed, and comes after the room heard of it, is worth nothing", () => {
    const waiting = opened(purse, topUp(needing(130), 200), 7);
    const answer = { ...yes(150), allowance: given({ stake: 500, version: 3 }) };
    expect(mayStake(answered(revoked(waiting, 4), id, answer), T)).toBe(0);
    expect(mayStake(answered(revoked(waiting, 4), id, yes(150)), T)).toBe(0);
    expect(mayStake(answered(revoked(waiting, 3), id, answer), T)).toBe(250);
    expect(revoked(limited({ version: 4 }), 4)).toMatchObject({ allowance: { version: 4, stake: null } });
  });

  test("is gone when everything went home: what was won meanwhile is not staked unasked", () => {
    const waiting = pay(opened(limited({ stake: 60 }), cashOut(id, ROOM, purse), 7), chips(36));
    const home = answered(waiting, id, yes(100));
    expect([home.chips, home.open, mayStake(home, T)]).toEqual([36, false, 0]);
    expect(mayStake(answered(pay(opened(purse, cashOut(id, ROOM, purse), 7), chips(36)), id, yes(100)), T)).toBe(36);
  });
});
