import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Throttle } from "../../rooms/throttle.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function throttle(): { soon: () => void; acts: number[] } {
  const acts: number[] = [];
  const one = new Throttle(
    50,
    () => Date.now(),
    () => acts.push(Date.now()),
  );
  return { soon: () => one.soon(), acts };
}

test("after a pause it acts at once", () => {
  const { soon, acts } = throttle();
  soon();
  expect(acts).toEqual([1_000]);
  vi.advanceTimersByTime(50);
  soon();
  expect(acts).toEqual([1_000, 1_050]);
});

test("in a rush it acts at most every 50 ms, and the last call is not lost", () => {
  const { soon, acts } = throttle();
  for (let i = 0; i < 100; i++) {
    soon();
    vi.advanceTimersByTime(3);
  }
  vi.advanceTimersByTime(1_000);
  const gaps = acts.slice(1).map((at, i) => at - (acts[i] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(50);
  expect(acts.length).toBeGreaterThanOrEqual(6);
  expect(acts.at(-1)).toBeGreaterThanOrEqual(1_000 + 99 * 3);
});

test("when nobody calls it does nothing, and leaves no timer behind", () => {
  const { soon, acts } = throttle();
  soon();
  soon();
  vi.advanceTimersByTime(10_000);
  expect(acts).toEqual([1_000, 1_050]);
  expect(vi.getTimerCount()).toBe(0);
});
