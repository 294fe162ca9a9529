import { describe, expect, test } from "vitest";
import { chips, type PlayerId } from "../../rooms/game.ts";
import { answered, cashOut, emptyPurse, opened, pay, shortfall, stake, topUp, transferId } from "../../rooms/purse.ts";

const ROOM = "roulette:main";
const id = transferId(ROOM, "ann" as PlayerId, 1);
const purse = { ...emptyPurse, chips: chips(100) };
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
    expect(topUp(id, ROOM, chips(30), 200)).toEqual({ id, room: ROOM, kind: "topup", amount: 200, min: 30 });
    expect(topUp(id, ROOM, chips(300), 200)).toEqual({ id, room: ROOM, kind: "topup", amount: 300, min: 300 });
    expect(id).toBe("roulette:main:ann:1");
  });

  test("brings its chips when it is answered, and notes the round in which it was asked for", () => {
    const waiting = opened(purse, topUp(id, ROOM, chips(30), 200), 7);
    expect(waiting).toMatchObject({ chips: 100, asked: 7, transfer: { id } });
    expect(answered(waiting, id, yes(150))).toEqual({ chips: 250, balance: 900, transfer: null, asked: 7 });
  });

  test("brings nothing when the wallet refuses, but says what the wallet holds", () => {
    const waiting = opened(purse, topUp(id, ROOM, chips(30), 200), 7);
    expect(answered(waiting, id, no)).toEqual({ chips: 100, balance: 3, transfer: null, asked: 7 });
  });
});

describe("a cash-out", () => {
  test("takes all there is at once, and is done when the wallet has it", () => {
    const request = cashOut(id, ROOM, purse);
    expect(request).toEqual({ id, room: ROOM, kind: "cashout", amount: 100, min: 100 });
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
    expect(() => opened(waiting, topUp(`${id}1`, ROOM, chips(1), 1), 7)).toThrow("still open");
  });

  test("an answer to another transfer, or to one that is done, changes nothing", () => {
    expect(answered(purse, id, yes(100))).toBe(purse);
    const waiting = opened(purse, topUp(id, ROOM, chips(1), 200), 7);
    expect(answered(waiting, `${id}0`, yes(100))).toBe(waiting);
    const done = answered(waiting, id, yes(200));
    expect(answered(done, id, yes(200))).toBe(done);
  });
});
