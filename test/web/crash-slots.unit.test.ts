import { expect, test } from "vitest";
import type { Bet, Out, Phase, Seat } from "../../rooms/crash/types.ts";
import { chips, type Ms } from "../../rooms/game.ts";
import { lineOf } from "../../web/crash/lines.ts";
import { actionOf, pairOf, placeOf, type Desk } from "../../web/crash/slots.ts";
import { stakesOf } from "../../web/crash/stakes.ts";

const AT = 1_795_212_549_024 as Ms;
const waiting: Phase = { name: "waiting" };
const betting: Phase = { name: "betting", startsAt: AT };
const running: Phase = { name: "running", startedAt: AT };
const crashed: Phase = { name: "crashed", startedAt: AT, endX100: 135, nextAt: AT };

const bet = (id: number, more: Partial<Bet> = {}): Bet => ({
  id,
  amount: chips(100),
  targetX100: null,
  by: "hand",
  out: null,
  ...more,
});
const out = (x100: number, paid: number, by: Out["by"] = "hand"): Out => ({ x100, paid: chips(paid), at: AT, by });
const seat = (more: Partial<Seat>): Seat => ({
  bets: [],
  queued: [],
  strategy: null,
  plan: null,
  stopped: null,
  last: null,
  ...more,
});
const desk = (more: Partial<Desk> = {}): Desk => ({ asked: [], homes: new Map(), granted: new Map(), ...more });
const at = (phase: Phase, of: Seat, on = desk(), slot: "a" | "b" = "a") => placeOf(phase, of, 7, on, slot);

const say = (phase: Phase, of: Seat): string | null => lineOf(phase, at(phase, of))?.text ?? null;

test("a bet stays in the slot that it was placed from, also when the other slot's bet is older or taken back", () => {
  const homes = new Map([
    [4, "b"],
    [5, "a"],
  ] as const);
  expect(pairOf([bet(4), bet(5)], desk({ homes }))).toMatchObject({ a: { id: 5 }, b: { id: 4 } });
  expect(pairOf([bet(4)], desk({ homes }))).toMatchObject({ a: null, b: { id: 4 } });
});

test("a bet that comes before its answer is that of the slot which asked; after a reload the first is the first", () => {
  const asked = [{ slot: "b", type: "bet", amount: 100, targetX100: null }] as const;
  expect(pairOf([bet(9)], desk({ asked }))).toMatchObject({ a: null, b: { id: 9 } });
  expect(pairOf([bet(8), bet(9)], desk())).toMatchObject({ a: { id: 8 }, b: { id: 9 } });
  expect(pairOf([bet(8, { by: "strategy" })], desk())).toMatchObject({ a: null, b: { id: 8 } });
});

test("[C7] the button bets while betting is open, takes back until the start, and queues in the air", () => {
  expect(actionOf(waiting, at(waiting, seat({})))).toEqual({ does: "bet" });
  expect(actionOf(betting, at(betting, seat({ bets: [bet(1)] })))).toMatchObject({ does: "cancel", queued: false });
  expect(actionOf(running, at(running, seat({})))).toEqual({ does: "queue" });
  expect(actionOf(running, at(running, seat({ queued: [bet(2)] })))).toMatchObject({ does: "cancel", queued: true });
  expect(actionOf(crashed, at(crashed, seat({})))).toEqual({ does: "queue" });
});

test("[C10] while a strategy plays, the second slot takes no other bet, but gets out of the air like any", () => {
  const plan = { amount: chips(50), targetX100: 200, onWinX100: null, onLossX100: null };
  const strategy = {
    plan: { ...plan, stopLoss: null, stopWin: null, rounds: null },
    next: chips(75),
    left: null,
    net: 0,
    bet: 1,
  };
  const flying = seat({ bets: [bet(1, { by: "strategy", targetX100: 200 })], strategy });
  expect(actionOf(running, at(running, flying, desk(), "b"))).toMatchObject({ does: "cashout", bet: { id: 1 } });
  expect(actionOf(running, at(running, seat({ strategy }), desk(), "b"))).toEqual({ does: "watch", next: 75 });
  expect(actionOf(running, at(running, seat({ strategy }), desk(), "a"))).toEqual({ does: "queue" });
});

test("[C5] the cash-out is pending at once, and resolves with the answer even before the lobby's own step is here", () => {
  const flying = seat({ bets: [bet(1)] });
  expect(actionOf(running, at(running, flying))).toMatchObject({ does: "cashout", bet: { id: 1 } });
  const asking = desk({ asked: [{ slot: "a", type: "cashout", bet: 1 }] });
  expect(actionOf(running, at(running, flying, asking))).toMatchObject({
    does: "wait",
    for: "cashout",
    bet: { id: 1 },
  });
  const answered = desk({ granted: new Map([[1, { x100: 235, paid: 235 }]]) });
  const place = at(running, flying, answered);
  expect(actionOf(running, place)).toEqual({ does: "queue" });
  expect(lineOf(running, place)).toEqual({ text: "Cashed out at 2.35\u00d7, +135", tone: "won" });
});

test("a slot says in one line what became of its bet", () => {
  expect(say(waiting, seat({}))).toBeNull();
  expect(say(betting, seat({ bets: [bet(1, { targetX100: 150 })] }))).toBe("100 until 1.50\u00d7, on this flight");
  expect(say(running, seat({ bets: [bet(1)] }))).toBe("100, in the air");
  expect(say(running, seat({ bets: [bet(1, { out: out(150, 150, "target") })] }))).toBe(
    "Out at your target, 1.50\u00d7, +50",
  );
  expect(say(crashed, seat({ last: { round: 6, endX100: 135, bets: [bet(1)] } }))).toBe("Crashed, \u2212100");
  expect(say(betting, seat({ last: { round: 6, endX100: 135, bets: [bet(1)] } }))).toBe("Crashed, \u2212100");
  expect(say(running, seat({ last: { round: 6, endX100: 135, bets: [bet(1)] } }))).toBeNull();
  expect(say(waiting, seat({ last: { round: 6, endX100: null, bets: [bet(1)] } }))).toBeNull();
  expect(say(crashed, seat({ last: { round: 5, endX100: 135, bets: [bet(1)] } }))).toBeNull();
  const forced = seat({ last: { round: 6, endX100: 135, bets: [bet(1, { out: out(135, 135, "force") })] } });
  expect(say(crashed, forced)).toBe("Paid at the house\u2019s limit, 1.35\u00d7, +35");
});

test("what is in play is what is in the air or waits for it; a cash-out takes it out, what has no answer yet counts as under way", () => {
  const bets = [bet(1), bet(2, { out: out(150, 150) })];
  expect(stakesOf(seat({ bets, queued: [bet(3)] }), [])).toEqual({ staked: 200, pending: 0 });
  const pending = [
    { id: "page:1", at: 0, command: { type: "bet", amount: 40 } },
    { id: "page:2", at: 0, command: { type: "cancel", bet: 3 } },
    { id: "page:3", at: 0, command: { type: "chat", text: "hello" } },
  ] as const;
  expect(stakesOf(seat({ bets, queued: [bet(3)] }), pending)).toEqual({ staked: 200, pending: -60 });
});
