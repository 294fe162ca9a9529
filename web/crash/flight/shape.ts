import { curveAt, elapsedTo } from "../../../rooms/crash/curve.ts";
import type { Phase, X100 } from "../../../rooms/crash/types.ts";

/**
 * The geometry of the curve: pure functions of the time since the start, so that all players see the same whenever they join.
 * Values that decide money come from the game's `curveAt`; between its hundredths the line is drawn smoothly.
 */

/** How much of the flight to draw, in milliseconds: until now, or until its end. */
export function flownMs(phase: Phase, now: number): number {
  switch (phase.name) {
    case "running":
      return Math.max(0, now - phase.startedAt);
    case "crashed":
      return elapsedTo(phase.endX100);
    case "waiting":
    case "betting":
      return 0;
    default:
      phase satisfies never;
      return 0;
  }
}

/** The multiplier to show, in hundredths; null between flights. */
export function shownX100(phase: Phase, now: number): X100 | null {
  if (phase.name === "crashed") return phase.endX100;
  return phase.name === "running" ? curveAt(now - phase.startedAt) : null;
}

/** The continuous multiplier, used only for drawing. */
export function heightAt(ms: number): number {
  return Math.exp(0.00006 * Math.max(0, ms));
}

/** The range of the axes: time from 0 to `spanMs`, multipliers from 1 to `top`. */
export type Scale = { readonly spanMs: number; readonly top: number };

const SPAN_MS = 9_000;
const RISE = 0.8;
/** Where the end of the curve comes to stand, as parts of width and height. */
const AHEAD = 0.86;
const ABOVE = 0.74;

/** The axes stay fixed at first and grow later, with a smooth transition. */
export function scaleAt(ms: number): Scale {
  return { spanMs: round(SPAN_MS, ms / AHEAD), top: 1 + round(RISE, (heightAt(ms) - 1) / ABOVE) };
}

/** A smooth maximum of two numbers. */
function round(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return high * (1 + (low / high) ** 6) ** (1 / 6);
}

export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };

export function pointAt({ spanMs, top }: Scale, box: Box, ms: number): Point {
  return { x: box.left + (ms / spanMs) * box.width, y: levelAt({ spanMs, top }, box, heightAt(ms)) };
}

/** The y coordinate of a multiplier (not in hundredths). */
export function levelAt({ top }: Scale, box: Box, multiplier: number): number {
  return box.top + box.height * (1 - (multiplier - 1) / (top - 1));
}

export type Tick = { readonly value: number; readonly alpha: number };

/** Each step is a multiple of the one before, so that lines persist as the axis grows and only finer ones fade out. */
const RUNGS = [-2, -1, 0, 1, 2, 3, 4, 5, 6].flatMap((ten) => [10 ** ten, 5 * 10 ** ten]);
/** Lines closer than this are invisible; from twice this distance they are fully visible. */
const APART_PX = 30;

/** The round values above `from` and up to `to`, on an axis of `pixels` pixels. */
export function ticksOf(from: number, to: number, pixels: number): readonly Tick[] {
  const apart = (rung: number): number => (rung * pixels) / (to - from);
  const finest = RUNGS.find((rung) => apart(rung) > APART_PX) ?? to;
  const ticks: Tick[] = [];
  for (let i = Math.floor(from / finest + 1e-9) + 1; i * finest <= to; i++) {
    const value = Number((i * finest).toPrecision(9));
    const rung = RUNGS.findLast((one) => one <= value && Math.abs(value / one - Math.round(value / one)) < 1e-6);
    ticks.push({ value, alpha: Math.min(1, apart(rung ?? finest) / APART_PX - 1) });
  }
  return ticks;
}
