import { TAU, variety } from "./geometry.ts";

/** Painting tools for the wheel: rings, gradients, wood grain, brass. */

export type Ctx = CanvasRenderingContext2D;

export function ring(ctx: Ctx, outer: number, inner: number, fill: CanvasGradient | string): void {
  ctx.beginPath();
  ctx.arc(0, 0, outer, 0, TAU);
  if (inner > 0) ctx.arc(0, 0, inner, TAU, 0, true);
  ctx.fillStyle = fill;
  ctx.fill();
}

export function radial(
  ctx: Ctx,
  inner: number,
  outer: number,
  stops: readonly (readonly [number, string])[],
): CanvasGradient {
  const gradient = ctx.createRadialGradient(0, 0, inner, 0, 0, outer);
  for (const [at, colour] of stops) gradient.addColorStop(at, colour);
  return gradient;
}

/** A conic gradient: colour stops by fractions of a turn, from the top clockwise. */
export function around(ctx: Ctx, stops: readonly (readonly [number, string])[]): CanvasGradient {
  const gradient = ctx.createConicGradient(-Math.PI / 2, 0, 0);
  for (const [at, colour] of stops) gradient.addColorStop(at, colour);
  return gradient;
}

export const BRASS: readonly (readonly [number, string])[] = [
  [0, "#fbe9b8"],
  [0.09, "#c79c4f"],
  [0.22, "#8a6730"],
  [0.34, "#d9b46a"],
  [0.5, "#6d5024"],
  [0.66, "#d2aa5d"],
  [0.8, "#8a6730"],
  [0.92, "#cfa558"],
  [1, "#fbe9b8"],
];

/** Fine circular streaks, as from a lathe. */
export function grain(ctx: Ctx, outer: number, inner: number, count: number, seed: number): void {
  const next = variety(seed);
  for (let i = 0; i < count; i++) {
    const radius = inner + (outer - inner) * next();
    const from = next() * TAU;
    ctx.beginPath();
    ctx.arc(0, 0, radius, from, from + 0.15 + next() * 0.9);
    ctx.lineWidth = 0.0012 + next() * 0.003;
    ctx.strokeStyle =
      next() < 0.55 ? `rgb(12 4 1 / ${0.1 + next() * 0.22})` : `rgb(214 140 88 / ${0.03 + next() * 0.09})`;
    ctx.stroke();
  }
}

export function hoop(ctx: Ctx, radius: number, width: number): void {
  ring(ctx, radius, radius - width, around(ctx, BRASS));
}

export function disc(
  ctx: Ctx,
  x: number,
  y: number,
  radius: number,
  [shine, body, edge]: readonly [string, string, string],
): void {
  ctx.beginPath();
  ctx.arc(x + 0.008, y + 0.012, radius * 1.06, 0, TAU);
  ctx.fillStyle = "rgb(0 0 0 / 0.35)";
  ctx.fill();
  const gradient = ctx.createRadialGradient(x - radius * 0.3, y - radius * 0.4, radius * 0.05, x, y, radius);
  gradient.addColorStop(0, shine);
  gradient.addColorStop(0.5, body);
  gradient.addColorStop(1, edge);
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, TAU);
  ctx.fillStyle = gradient;
  ctx.fill();
}
