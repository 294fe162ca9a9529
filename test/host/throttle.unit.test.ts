import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Throttle } from "../../rooms/host/throttle.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function throttle(): { soon: (everyMs?: number) => void; acts: number[] } {
  const acts: number[] = [];
  const one = new Throttle(
    50,
    () => Date.now(),
    () => acts.push(Date.now()),
  );
  return { soon: (everyMs) => one.soon(everyMs), acts };
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

test("a call that can wait waits for company, and one that cannot takes it along", () => {
  const { soon, acts } = throttle();
  soon();
  soon(1_000);
  vi.advanceTimersByTime(200);
  expect(acts).toEqual([1_000]);
  soon();
  expect(acts).toEqual([1_000, 1_200]);
  vi.advanceTimersByTime(10_000);
  expect(acts).toEqual([1_000, 1_200]);
  soon();
  soon(1_000);
  vi.advanceTimersByTime(20);
  soon(); // due 50 ms after the last act, not now
  vi.advanceTimersByTime(10_000);
  expect(acts).toEqual([1_000, 1_200, 11_200, 11_250]);
});

test("a patient call does not put off one that is due sooner", () => {
  const { soon, acts } = throttle();
  soon();
  soon();
  soon(1_000);
  vi.advanceTimersByTime(10_000);
  expect(acts).toEqual([1_000, 1_050]);
});
