import { levelAt, pointAt, scaleAt, ticksOf, type Box, type Point, type Scale } from "./shape.ts";

/** Paints the flight on a canvas, completely for each frame: a bright curve on a dark ground. */

/** A cash-out on the curve. */
export type Mark = { readonly ms: number; readonly mine: boolean; readonly words: string | null };

export type Picture = {
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly ms: number;
  /** 1 during the flight, then falling to 0 as the light fades after the crash. */
  readonly light: number;
  /** Whether there is a flight to draw. Otherwise the axes are shown with the previous flight as a trace. */
  readonly flying: boolean;
  readonly traceMs: number | null;
  readonly marks: readonly Mark[];
  /** The player's own targets, as multipliers. */
  readonly targets: readonly number[];
};

const FONT = '500 13px "Source Sans 3 Variable", "Source Sans 3", system-ui, sans-serif';
const STEP_PX = 5;

export function paint(ctx: CanvasRenderingContext2D, picture: Picture): void {
  const { width, height, flying, traceMs, light } = picture;
  ctx.clearRect(0, 0, width, height);
  if (width < 40 || height < 40) return;
  const ms = flying ? picture.ms : (traceMs ?? 0);
  const box = boxOf(width, height);
  const scale = scaleAt(ms);
  axes(ctx, box, scale, height);
  if (!flying) {
    if (traceMs !== null) trace(ctx, box, scale, traceMs);
    return;
  }
  for (const target of picture.targets) aim(ctx, box, scale, target);
  const line = lineTo(box, scale, ms);
  under(ctx, box, line, light);
  thread(ctx, line, box, light);
  marks(ctx, box, scale, picture.marks);
  head(ctx, line, light);
}

function boxOf(width: number, height: number): Box {
  const narrow = width < 560;
  const left = narrow ? 44 : 64;
  const right = narrow ? 18 : 40;
  // On a small screen the multiplier is shown above the flight, not beside it.
  const top = narrow ? 92 : 28;
  const bottom = narrow ? 28 : 38;
  return { left, top, width: width - left - right, height: height - top - bottom };
}

function axes(ctx: CanvasRenderingContext2D, box: Box, scale: Scale, height: number): void {
  ctx.font = FONT;
  ctx.lineWidth = 1;
  ctx.textBaseline = "middle";
  ctx.textAlign = "right";
  const floor = box.top + box.height;
  rule(ctx, box.left, floor, box.left + box.width, 0.2);
  ctx.fillStyle = "rgb(203 196 176 / 0.75)";
  ctx.fillText("1\u00d7", box.left - 12, floor);
  for (const { value, alpha } of ticksOf(1, scale.top, box.height)) {
    const y = levelAt(scale, box, value);
    if (y < box.top + 4) continue;
    // Fainter towards the top, behind the multiplier.
    rule(ctx, box.left, y, box.left + box.width, (0.035 + (0.075 * (y - box.top)) / box.height) * alpha);
    ctx.fillStyle = `rgb(203 196 176 / ${0.75 * legible(alpha)})`;
    ctx.fillText(`${tidy(value)}\u00d7`, box.left - 12, y);
  }
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  for (const { value, alpha } of ticksOf(0, scale.spanMs / 1_000, box.width * 0.62)) {
    const x = box.left + ((value * 1_000) / scale.spanMs) * box.width;
    if (x > box.left + box.width - 6) continue;
    ctx.fillStyle = `rgb(203 196 176 / ${0.62 * legible(alpha)})`;
    ctx.fillText(`${tidy(value)} s`, x, height - 12);
  }
}

function rule(ctx: CanvasRenderingContext2D, x: number, y: number, to: number, alpha: number): void {
  // Aligned to the pixel grid, so that a thin line stays thin.
  const at = Math.round(y) + 0.5;
  ctx.strokeStyle = `rgb(240 226 190 / ${alpha})`;
  ctx.beginPath();
  ctx.moveTo(x, at);
  ctx.lineTo(to, at);
  ctx.stroke();
}

/** Labels fade out before their lines, because half-faded text is unreadable. */
function legible(alpha: number): number {
  return Math.max(0, (alpha - 0.35) / 0.65);
}

function tidy(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
}

function lineTo(box: Box, scale: Scale, ms: number): readonly Point[] {
  const end = pointAt(scale, box, ms);
  const steps = Math.max(1, Math.ceil(Math.hypot(end.x - box.left, end.y - box.top - box.height) / STEP_PX));
  return Array.from({ length: steps + 1 }, (_, i) => pointAt(scale, box, (ms * i) / steps));
}

function follow(ctx: CanvasRenderingContext2D, line: readonly Point[]): void {
  ctx.beginPath();
  line.forEach(({ x, y }, i) => (i === 0 ? ctx.moveTo(x, y) : ctx.lineTo(x, y)));
}

/** The glow below the curve. */
function under(ctx: CanvasRenderingContext2D, box: Box, line: readonly Point[], light: number): void {
  const end = line.at(-1);
  if (end === undefined) return;
  const floor = box.top + box.height;
  const shade = ctx.createLinearGradient(0, end.y, 0, floor);
  shade.addColorStop(0, `rgb(236 206 140 / ${0.05 + 0.13 * light})`);
  shade.addColorStop(1, "rgb(236 206 140 / 0)");
  ctx.fillStyle = shade;
  follow(ctx, line);
  ctx.lineTo(end.x, floor);
  ctx.lineTo(box.left, floor);
  ctx.closePath();
  ctx.fill();
}

function thread(ctx: CanvasRenderingContext2D, line: readonly Point[], box: Box, light: number): void {
  const end = line.at(-1);
  if (end === undefined) return;
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  follow(ctx, line);
  if (light > 0) {
    ctx.globalCompositeOperation = "lighter";
    for (const [width, alpha] of [
      [40, 0.01],
      [31, 0.013],
      [23, 0.018],
      [16, 0.026],
      [11, 0.04],
      [7, 0.07],
    ] as const) {
      ctx.lineWidth = width;
      ctx.strokeStyle = `rgb(255 214 140 / ${alpha * light})`;
      ctx.stroke();
    }
    ctx.globalCompositeOperation = "source-over";
  }
  const brass = ctx.createLinearGradient(box.left, 0, Math.max(end.x, box.left + 1), 0);
  brass.addColorStop(0, blend([122, 95, 48], [92, 62, 50], light));
  brass.addColorStop(0.6, blend([214, 176, 104], [142, 92, 74], light));
  brass.addColorStop(1, blend([250, 230, 180], [196, 128, 106], light));
  ctx.strokeStyle = brass;
  ctx.lineWidth = 3.25;
  ctx.stroke();
}

type Rgb = readonly [number, number, number];

function blend(lit: Rgb, dark: Rgb, light: number): string {
  const [r, g, b] = lit.map((one, i) => Math.round((dark[i] ?? 0) + (one - (dark[i] ?? 0)) * light));
  return `rgb(${r} ${g} ${b})`;
}

/** The lamp at the curve's end; after the crash, the place where it went out. */
function head(ctx: CanvasRenderingContext2D, line: readonly Point[], light: number): void {
  const end = line.at(-1);
  if (end === undefined) return;
  const { x, y } = end;
  if (light > 0) {
    const glow = ctx.createRadialGradient(x, y, 0, x, y, 92);
    glow.addColorStop(0, `rgb(255 236 190 / ${0.42 * light})`);
    glow.addColorStop(0.25, `rgb(255 218 150 / ${0.15 * light})`);
    glow.addColorStop(1, "rgb(255 210 140 / 0)");
    ctx.fillStyle = glow;
    ctx.fillRect(x - 92, y - 92, 184, 184);
    ctx.fillStyle = `rgb(255 247 224 / ${light})`;
    disc(ctx, x, y, 5.5);
  }
  if (light < 1) {
    ctx.lineWidth = 2;
    ctx.strokeStyle = `rgb(240 154 134 / ${1 - light})`;
    ctx.beginPath();
    ctx.arc(x, y, 7, 0, Math.PI * 2);
    ctx.stroke();
  }
}

function disc(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
  ctx.fill();
}

/** Cash-outs as small lights on the curve; the player's own are larger and labelled. */
function marks(ctx: CanvasRenderingContext2D, box: Box, scale: Scale, all: readonly Mark[]): void {
  ctx.font = FONT;
  ctx.textBaseline = "middle";
  for (const { ms, mine, words } of [...all].sort((a, b) => Number(a.mine) - Number(b.mine))) {
    const { x, y } = pointAt(scale, box, ms);
    ctx.fillStyle = mine ? "#93d3a6" : "rgb(243 236 220 / 0.6)";
    ctx.strokeStyle = "#0a130f";
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.arc(x, y, mine ? 5.5 : 3.25, 0, Math.PI * 2);
    ctx.fill();
    ctx.stroke();
    if (words === null) continue;
    const fits = x - box.left > 120;
    ctx.textAlign = fits ? "right" : "left";
    ctx.fillStyle = "#b9e4c6";
    ctx.fillText(words, fits ? x - 14 : x + 14, fits ? y - 10 : y + 16);
  }
}

/** The level of a target at which an own bet cashes out automatically. */
function aim(ctx: CanvasRenderingContext2D, box: Box, scale: Scale, target: number): void {
  const y = levelAt(scale, box, target);
  if (y < box.top || target > scale.top) return;
  ctx.setLineDash([5, 6]);
  rule(ctx, box.left, y, box.left + box.width, 0.42);
  ctx.setLineDash([]);
  ctx.font = FONT;
  ctx.textAlign = "right";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = "rgb(236 212 155 / 0.9)";
  ctx.fillText(`your ${tidy(target)}\u00d7`, box.left + box.width, y - 7);
}

/** A faint trace of the previous flight. */
function trace(ctx: CanvasRenderingContext2D, box: Box, scale: Scale, ms: number): void {
  follow(ctx, lineTo(box, scale, ms));
  ctx.lineCap = "round";
  ctx.lineWidth = 2.25;
  ctx.strokeStyle = "rgb(203 167 99 / 0.2)";
  ctx.stroke();
}
