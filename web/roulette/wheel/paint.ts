import type { Pocket } from "../../../rooms/roulette/types.ts";
import { colourOf } from "../../../rooms/roulette/wheel.ts";
import { RING, TAU, variety } from "./geometry.ts";

/**
 * The wheel's parts, each painted once: the bowl that stands still, the rotor that turns under a light that does not, and the
 * light itself. Turning them is the compositor's work (wheel.tsx); nothing is painted twice.
 */

type Ctx = CanvasRenderingContext2D;
export const PARTS = ["bowl", "rotor", "light"] as const;
export type Part = (typeof PARTS)[number];

const POCKET = {
  red: ["#b9352c", "#7c1c18", "#4a0f0d"],
  black: ["#2b2e33", "#15171a", "#08090a"],
  green: ["#2a8a5d", "#14593a", "#0a3321"],
} as const;

/** To be loaded before the rotor is painted. */
export const NUMBER_FONT = '650 14px "Playfair Variable", Georgia, serif';

/** Several wheels of one size, as in the lobby, are painted once. */
const painted = new Map<string, HTMLCanvasElement>();
const PAINTED_MAX = 9;

/** Puts a part on a canvas of `size` device pixels. `wheel` names the order. */
export function paint(
  canvas: HTMLCanvasElement,
  part: Part,
  wheel: string,
  order: readonly Pocket[],
  size: number,
): void {
  const key = `${wheel} ${part} ${size}`;
  const source = painted.get(key) ?? paintNew(part, order, size);
  painted.delete(key);
  painted.set(key, source);
  for (const oldest of painted.keys()) if (painted.size > PAINTED_MAX) painted.delete(oldest);
  canvas.width = size;
  canvas.height = size;
  canvas.getContext("2d")?.drawImage(source, 0, 0);
}

/** The faces have changed: what holds numbers has to be painted anew. */
export function forgetPainted(): void {
  painted.clear();
}

/** Its unit is the wheel's radius and its origin the centre. */
function paintNew(part: Part, order: readonly Pocket[], size: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const ctx = canvas.getContext("2d");
  if (ctx === null) return canvas;
  ctx.setTransform(size / 2, 0, 0, size / 2, size / 2, size / 2);
  switch (part) {
    case "bowl":
      bowl(ctx);
      break;
    case "rotor":
      rotor(ctx, order);
      break;
    case "light":
      light(ctx);
      break;
    default:
      part satisfies never;
  }
  return canvas;
}

function ring(ctx: Ctx, outer: number, inner: number, fill: CanvasGradient | string): void {
  ctx.beginPath();
  ctx.arc(0, 0, outer, 0, TAU);
  if (inner > 0) ctx.arc(0, 0, inner, TAU, 0, true);
  ctx.fillStyle = fill;
  ctx.fill();
}

function radial(ctx: Ctx, inner: number, outer: number, stops: readonly (readonly [number, string])[]): CanvasGradient {
  const gradient = ctx.createRadialGradient(0, 0, inner, 0, 0, outer);
  for (const [at, colour] of stops) gradient.addColorStop(at, colour);
  return gradient;
}

/** Light that goes round: stops by turn, from the top clockwise. */
function around(ctx: Ctx, stops: readonly (readonly [number, string])[]): CanvasGradient {
  const gradient = ctx.createConicGradient(-Math.PI / 2, 0, 0);
  for (const [at, colour] of stops) gradient.addColorStop(at, colour);
  return gradient;
}

const BRASS: readonly (readonly [number, string])[] = [
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

function bowl(ctx: Ctx): void {
  // The rim: polished mahogany, rounded, lit from above.
  ring(
    ctx,
    RING.rim,
    RING.track,
    radial(ctx, RING.track, RING.rim, [
      [0, "#1d0d07"],
      [0.16, "#3a1b0f"],
      [0.55, "#6b3720"],
      [0.78, "#8a4c2c"],
      [0.93, "#4a2413"],
      [1, "#1c0c06"],
    ]),
  );
  grain(ctx, RING.rim, RING.track, 220, 7);
  ring(
    ctx,
    RING.rim,
    RING.track,
    around(ctx, [
      [0, "rgb(255 226 180 / 0.30)"],
      [0.12, "rgb(255 226 180 / 0.08)"],
      [0.3, "rgb(0 0 0 / 0.25)"],
      [0.5, "rgb(0 0 0 / 0.5)"],
      [0.7, "rgb(0 0 0 / 0.25)"],
      [0.88, "rgb(255 226 180 / 0.1)"],
      [1, "rgb(255 226 180 / 0.30)"],
    ]),
  );
  hoop(ctx, 0.992, 0.009);
  // The ball's track and the apron below it fall away towards the rotor.
  ring(
    ctx,
    RING.track + 0.055,
    RING.apron - 0.02,
    radial(ctx, RING.apron, RING.track + 0.055, [
      [0, "#241008"],
      [0.35, "#4b2716"],
      [0.62, "#6a3a22"],
      [0.72, "#3a1c10"],
      [0.86, "#2a140b"],
      [1, "#120805"],
    ]),
  );
  grain(ctx, RING.track + 0.05, RING.apron, 160, 23);
  ring(
    ctx,
    RING.track + 0.055,
    RING.apron - 0.02,
    around(ctx, [
      [0, "rgb(0 0 0 / 0.45)"],
      [0.2, "rgb(0 0 0 / 0.15)"],
      [0.42, "rgb(255 222 170 / 0.10)"],
      [0.5, "rgb(255 222 170 / 0.22)"],
      [0.58, "rgb(255 222 170 / 0.10)"],
      [0.8, "rgb(0 0 0 / 0.15)"],
      [1, "rgb(0 0 0 / 0.45)"],
    ]),
  );
  hoop(ctx, RING.track + 0.058, 0.007);
  for (let i = 0; i < 8; i++) deflector(ctx, (i / 8) * TAU + TAU / 16, i % 2 === 0);
  // The well that the rotor lies in.
  ring(ctx, RING.apron, 0, "#050302");
}

/** Fine streaks that follow the turning of the lathe. */
function grain(ctx: Ctx, outer: number, inner: number, count: number, seed: number): void {
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

function hoop(ctx: Ctx, radius: number, width: number): void {
  ring(ctx, radius, radius - width, around(ctx, BRASS));
}

/** The brass diamonds that break the ball's run. */
function deflector(ctx: Ctx, angle: number, upright: boolean): void {
  ctx.save();
  ctx.rotate(angle);
  ctx.translate(0, -0.832);
  const [w, h] = upright ? [0.015, 0.038] : [0.038, 0.015];
  const diamond = (dx: number, dy: number, scale: number): void => {
    ctx.beginPath();
    ctx.moveTo(dx, dy - h * scale);
    ctx.lineTo(dx + w * scale, dy);
    ctx.lineTo(dx, dy + h * scale);
    ctx.lineTo(dx - w * scale, dy);
    ctx.closePath();
  };
  ctx.fillStyle = "rgb(0 0 0 / 0.5)";
  diamond(0.003, 0.01, 1.12);
  ctx.fill();
  diamond(0, 0, 1);
  const shine = ctx.createLinearGradient(-w, -h, w, h);
  shine.addColorStop(0, "#fff0c4");
  shine.addColorStop(0.45, "#c99e52");
  shine.addColorStop(0.55, "#8c6930");
  shine.addColorStop(1, "#e7c67d");
  ctx.fillStyle = shine;
  ctx.fill();
  diamond(0, 0, 0.42);
  ctx.fillStyle = "rgb(255 245 214 / 0.55)";
  ctx.fill();
  ctx.restore();
}

function rotor(ctx: Ctx, order: readonly Pocket[]): void {
  const step = TAU / order.length;
  order.forEach((pocket, i) => {
    const [bright, mid, deep] = POCKET[colourOf(pocket)];
    ctx.save();
    ctx.rotate(i * step);
    wedge(ctx, RING.numbersOut, RING.numbersIn, step);
    ctx.fillStyle = radial(ctx, RING.numbersIn, RING.numbersOut, [
      [0, mid],
      [0.6, bright],
      [1, mid],
    ]);
    ctx.fill();
    wedge(ctx, RING.numbersIn, RING.pocketsIn, step);
    ctx.fillStyle = radial(ctx, RING.pocketsIn, RING.numbersIn, [
      [0, mid],
      [0.25, mid],
      [0.85, deep],
      [1, "#030303"],
    ]);
    ctx.fill();
    ctx.fillStyle = "#f7f0de";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    // Drawn at reading size and scaled, so that the face's sturdy small cut is taken.
    ctx.font = NUMBER_FONT;
    ctx.translate(0, -(RING.numbersOut + RING.numbersIn) / 2 + 0.004);
    ctx.scale(0.0065, 0.0065);
    ctx.fillText(pocket, 0, 0);
    ctx.restore();
  });
  for (let i = 0; i < order.length; i++) fret(ctx, (i + 0.5) * step);
  hoop(ctx, RING.numbersOut + 0.012, 0.013);
  hoop(ctx, RING.numbersIn + 0.004, 0.007);
  cone(ctx);
}

function wedge(ctx: Ctx, outer: number, inner: number, step: number): void {
  const from = -Math.PI / 2 - step / 2;
  ctx.beginPath();
  ctx.arc(0, 0, outer, from, from + step);
  ctx.arc(0, 0, inner, from + step, from, true);
  ctx.closePath();
}

/** The thin metal walls between the pockets. */
function fret(ctx: Ctx, angle: number): void {
  ctx.save();
  ctx.rotate(angle);
  ctx.fillStyle = "rgb(0 0 0 / 0.55)";
  ctx.fillRect(0.002, -RING.numbersIn, 0.006, RING.numbersIn - RING.pocketsIn);
  const metal = ctx.createLinearGradient(-0.004, 0, 0.004, 0);
  metal.addColorStop(0, "#f4dda3");
  metal.addColorStop(0.5, "#c59b50");
  metal.addColorStop(1, "#75572a");
  ctx.fillStyle = metal;
  ctx.fillRect(-0.0036, -RING.numbersIn, 0.0072, RING.numbersIn - RING.pocketsIn);
  ctx.fillStyle = "rgb(236 208 145 / 0.5)";
  ctx.fillRect(-0.0018, -RING.numbersOut, 0.0036, RING.numbersOut - RING.numbersIn);
  ctx.restore();
}

/** The wooden cone and the turret of brass on it. */
function cone(ctx: Ctx): void {
  ring(
    ctx,
    RING.pocketsIn,
    0,
    radial(ctx, 0, RING.pocketsIn, [
      [0, "#7b4326"],
      [0.4, "#5f311b"],
      [0.82, "#3f1f11"],
      [1, "#1b0c06"],
    ]),
  );
  // Eight inlaid leaves, light and dark in turn.
  for (let i = 0; i < 16; i++) {
    ctx.save();
    ctx.rotate((i / 16) * TAU);
    ctx.beginPath();
    ctx.moveTo(0, -RING.cone + 0.03);
    ctx.quadraticCurveTo(0.075, -0.25, 0, -RING.hub);
    ctx.quadraticCurveTo(-0.075, -0.25, 0, -RING.cone + 0.03);
    ctx.fillStyle = i % 2 === 0 ? "rgb(222 158 100 / 0.14)" : "rgb(10 4 2 / 0.2)";
    ctx.fill();
    ctx.restore();
  }
  grain(ctx, RING.cone, RING.hub, 90, 41);
  hoop(ctx, RING.pocketsIn + 0.004, 0.016);
  hoop(ctx, 0.205, 0.006);
  for (let i = 0; i < 4; i++) arm(ctx, (i / 4) * TAU);
  disc(ctx, 0, 0, RING.hub, ["#f2d58f", "#b98b40", "#553c17"]);
  ring(ctx, RING.hub * 0.97, RING.hub * 0.9, around(ctx, BRASS));
  disc(ctx, 0, 0, 0.084, ["#ffeebd", "#c79a4e", "#62461c"]);
  disc(ctx, 0, 0, 0.04, ["#fffdf2", "#e3bd72", "#7c5b28"]);
}

function arm(ctx: Ctx, angle: number): void {
  ctx.save();
  ctx.rotate(angle);
  ctx.fillStyle = "rgb(0 0 0 / 0.4)";
  ctx.fillRect(-0.01, -0.3, 0.036, 0.22);
  const metal = ctx.createLinearGradient(-0.019, 0, 0.019, 0);
  metal.addColorStop(0, "#6f5226");
  metal.addColorStop(0.32, "#f7e2aa");
  metal.addColorStop(0.6, "#c39850");
  metal.addColorStop(1, "#5c431e");
  ctx.fillStyle = metal;
  ctx.beginPath();
  ctx.moveTo(-0.024, -0.09);
  ctx.lineTo(-0.012, -0.29);
  ctx.lineTo(0.012, -0.29);
  ctx.lineTo(0.024, -0.09);
  ctx.fill();
  disc(ctx, 0, -0.3, 0.036, ["#fff3cc", "#cfa355", "#5b421b"]);
  ctx.restore();
}

function disc(
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

/** What stands still above the rotor: the shadow of the bowl and the lamp's reflections. */
function light(ctx: Ctx): void {
  ring(
    ctx,
    RING.apron,
    0.6,
    radial(ctx, 0.6, RING.apron, [
      [0, "rgb(0 0 0 / 0)"],
      [0.72, "rgb(0 0 0 / 0.1)"],
      [1, "rgb(0 0 0 / 0.62)"],
    ]),
  );
  // The far side of the well is in shade, the near side catches the lamp.
  ring(
    ctx,
    RING.apron,
    RING.cone,
    around(ctx, [
      [0, "rgb(0 0 0 / 0.4)"],
      [0.17, "rgb(0 0 0 / 0.16)"],
      [0.36, "rgb(255 222 170 / 0.02)"],
      [0.5, "rgb(255 222 170 / 0.08)"],
      [0.64, "rgb(255 222 170 / 0.02)"],
      [0.83, "rgb(0 0 0 / 0.16)"],
      [1, "rgb(0 0 0 / 0.4)"],
    ]),
  );
  // The cone rises: the lamp falls on its upper half, and its lower half is dark.
  const lamp = ctx.createRadialGradient(0, -0.3, 0.02, 0, -0.12, 0.5);
  lamp.addColorStop(0, "rgb(255 226 176 / 0.34)");
  lamp.addColorStop(0.4, "rgb(255 226 176 / 0.1)");
  lamp.addColorStop(0.7, "rgb(0 0 0 / 0.06)");
  lamp.addColorStop(1, "rgb(0 0 0 / 0.42)");
  ring(ctx, RING.cone, 0, lamp);
  gloss(ctx, 0.985, 0.87, -0.3, 0.62, 0.2);
  gloss(ctx, 0.985, 0.87, 0.5, 0.3, 0.08);
}

/** A soft reflection along the rim. */
function gloss(ctx: Ctx, outer: number, inner: number, at: number, width: number, strength: number): void {
  const middle = (outer + inner) / 2;
  for (let i = 0; i < 6; i++) {
    const part = 1 - i / 6;
    ctx.beginPath();
    ctx.arc(0, 0, middle, -Math.PI / 2 + at - (width * part) / 2, -Math.PI / 2 + at + (width * part) / 2);
    ctx.lineWidth = (outer - inner) * 0.34 * (1 - part * 0.6);
    ctx.lineCap = "round";
    ctx.strokeStyle = `rgb(255 244 220 / ${strength / 6})`;
    ctx.stroke();
  }
}
