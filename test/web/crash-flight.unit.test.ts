import { expect, test } from "vitest";
import { curveAt, elapsedTo } from "../../rooms/crash/curve.ts";
import type { Phase } from "../../rooms/crash/types.ts";
import type { Ms } from "../../rooms/game.ts";
import { flownMs, heightAt, pointAt, scaleAt, shownX100, ticksOf, type Box } from "../../web/crash/flight/shape.ts";

const AT = 1_795_212_549_024;
const running: Phase = { name: "running", startedAt: AT as Ms };
const crashed = (endX100: number): Phase => ({
  name: "crashed",
  startedAt: AT as Ms,
  endX100,
  nextAt: (AT + 60_000) as Ms,
});
const BOX: Box = { left: 60, top: 20, width: 900, height: 500 };
/** From the first frame to a flight of a million. */
const INSTANTS = Array.from({ length: 2_000 }, (_, i) => Math.floor((i / 2_000) ** 2 * 230_000));

test("[C2] the number that is shown is the lobby's own curve, to the hundredth, at every instant", () => {
  for (const ms of INSTANTS) expect(shownX100(running, AT + ms)).toBe(curveAt(ms));
  expect(shownX100(running, AT - 5_000)).toBe(100);
  expect(shownX100({ name: "waiting" }, AT)).toBeNull();
});

test("[C2] once the end is known nothing is drawn or shown beyond it, however late it is seen", () => {
  for (const endX100 of [100, 101, 135, 200, 1_549, 1_000_000]) {
    for (const late of [0, 40, 60_000]) {
      expect(shownX100(crashed(endX100), AT + elapsedTo(endX100) + late)).toBe(endX100);
      expect(flownMs(crashed(endX100), AT + elapsedTo(endX100) + late)).toBe(elapsedTo(endX100));
    }
    // The head stands at the end itself, to less than the hundredth that the curve is rounded by.
    const head = heightAt(flownMs(crashed(endX100), AT)) * 100;
    expect(Math.abs(head - endX100)).toBeLessThan(1 + endX100 * 0.0001);
  }
});

test("a flight that has not started by our clock is drawn at its start, not before it", () => {
  expect(flownMs(running, AT - 300)).toBe(0);
  expect(flownMs(running, AT + 300)).toBe(300);
});

test("the head of the curve stays inside the picture, and the axes only ever recede, without a jump", () => {
  let before = scaleAt(0);
  for (const ms of INSTANTS) {
    const scale = scaleAt(ms);
    const { x, y } = pointAt(scale, BOX, ms);
    expect(x).toBeGreaterThanOrEqual(BOX.left);
    expect(x).toBeLessThanOrEqual(BOX.left + BOX.width * 0.87);
    expect(y).toBeGreaterThanOrEqual(BOX.top + BOX.height * 0.2);
    expect(y).toBeLessThanOrEqual(BOX.top + BOX.height);
    expect(scale.spanMs).toBeGreaterThanOrEqual(before.spanMs);
    expect(scale.top).toBeGreaterThanOrEqual(before.top);
    before = scale;
  }
  for (let ms = 0; ms < 120_000; ms += 16) {
    const [now, then] = [scaleAt(ms), scaleAt(ms + 16)];
    expect(then.spanMs / now.spanMs).toBeLessThan(1.004);
    expect((then.top - 1) / (now.top - 1)).toBeLessThan(1.004);
  }
});

test("the lines of an axis are round values, apart enough to be read, and fade instead of jumping", () => {
  const faults: unknown[] = [];
  let before = new Map<number, number>();
  for (let ms = 0; ms < 200_000; ms += 16) {
    const { top } = scaleAt(ms);
    const ticks = ticksOf(1, top, BOX.height);
    const now = new Map(ticks.map(({ value, alpha }) => [value, alpha]));
    const clear = ticks.filter(({ alpha }) => alpha > 0.05).length;
    if (clear < 1 || clear > 17) faults.push({ ms, clear });
    for (const [value, alpha] of now) {
      const was = before.get(value) ?? alpha;
      if (value <= 1 || value > top || alpha < 0 || alpha > 1 || Math.abs(alpha - was) > 0.05)
        faults.push({ ms, value });
    }
    // What goes, goes when it can hardly be seen.
    for (const [value, alpha] of before) if (!now.has(value) && alpha > 0.05) faults.push({ ms, gone: value, alpha });
    before = now;
  }
  expect(faults).toEqual([]);
  expect(ticksOf(1, 2.6, 500).map(({ value }) => value)).toContain(2);
});
