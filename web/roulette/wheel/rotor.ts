import type { Pocket } from "../../../rooms/roulette/types.ts";
import { colourOf } from "../../../rooms/roulette/wheel.ts";
import { around, BRASS, disc, grain, hoop, radial, ring, type Ctx } from "./brush.ts";
import { RING, TAU } from "./geometry.ts";

const POCKET = {
  red: ["#b9352c", "#7c1c18", "#4a0f0d"],
  black: ["#2b2e33", "#15171a", "#08090a"],
  green: ["#2a8a5d", "#14593a", "#0a3321"],
} as const;

/** Must be loaded before the rotor is painted. */
export const NUMBER_FONT = '650 14px "Playfair Variable", Georgia, serif';

/** Paints the turning part: the numbers, the pockets, the cone. */
export function rotor(ctx: Ctx, order: readonly Pocket[]): void {
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
    // Drawn at reading size and scaled down, so that the font's sturdy design for small sizes is used.
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

/** A thin metal wall between pockets. */
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

/** The wooden cone with its brass turret. */
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
  // Sixteen inlaid leaves, light and dark in turn.
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
