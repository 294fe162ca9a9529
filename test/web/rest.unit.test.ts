import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Rest, REST_MS } from "../../web/ui/resting.ts";
import { meansOf, restMs, type Action } from "../../web/crash/slots.ts";
import type { Phase } from "../../rooms/crash/types.ts";
import type { Ms } from "../../rooms/game.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a control rests when its meaning changes, and not for what it means at first or still means", () => {
  const rest = new Rest();
  rest.tell("bet 1");
  expect(rest.on).toBe(false);
  rest.tell("bet 1");
  expect(rest.stops(performance.now())).toBe(false);
  rest.tell("cancel 7");
  expect([rest.on, rest.stops(performance.now()), rest.leftMs]).toEqual([true, true, REST_MS]);
  vi.advanceTimersByTime(REST_MS - 1);
  rest.tell("cancel 7");
  expect(rest.on).toBe(true);
  vi.advanceTimersByTime(1);
  // A finger that went down before comes up too late to mean what is there now.
  expect([rest.on, rest.stops(performance.now()), rest.stops(performance.now() - 1)]).toEqual([false, false, true]);
});

test("what changes again while it rests, rests from there", () => {
  const rest = new Rest("bet 1");
  rest.tell("wait bet");
  vi.advanceTimersByTime(200);
  rest.tell("cancel 7");
  vi.advanceTimersByTime(REST_MS - 1);
  expect(rest.on).toBe(true);
  vi.advanceTimersByTime(1);
  expect(rest.on).toBe(false);
});

test("crash: after a flight the button rests longer, and a bet on the next flight is the same when that is open", () => {
  const bet = { id: 7, amount: 50, targetX100: null, by: "hand", out: null } as Extract<
    Action,
    { does: "cancel" }
  >["bet"];
  const running: Phase = { name: "running", startedAt: 0 as Ms };
  expect(meansOf({ does: "queue" }, { phase: running, round: 4 })).toBe(
    meansOf({ does: "bet" }, { phase: { name: "waiting" }, round: 5 }),
  );
  const take = meansOf({ does: "cancel", bet, queued: false }, { phase: { name: "waiting" }, round: 4 });
  const out = meansOf({ does: "cashout", bet }, { phase: running, round: 4 });
  const next = meansOf({ does: "queue" }, { phase: running, round: 4 });
  expect(new Set([take, out, next]).size).toBe(3);
  expect([restMs(out)(take), restMs(next)(out)]).toEqual([REST_MS, 1_000]);
});
