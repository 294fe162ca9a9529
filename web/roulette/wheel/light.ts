import { around, radial, ring, type Ctx } from "./brush.ts";
import { RING } from "./geometry.ts";

/** Paints the fixed light above the rotor: the shadow of the bowl and reflections of the lamp. */
export function light(ctx: Ctx): void {
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
  // The far side of the opening is in shade, the near side is lit.
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
  // The cone's upper half is lit by the lamp, its lower half is dark.
  const lamp = ctx.createRadialGradient(0, -0.3, 0.02, 0, -0.12, 0.5);
  lamp.addColorStop(0, "rgb(255 226 176 / 0.34)");
  lamp.addColorStop(0.4, "rgb(255 226 176 / 0.1)");
  lamp.addColorStop(0.7, "rgb(0 0 0 / 0.06)");
  lamp.addColorStop(1, "rgb(0 0 0 / 0.42)");
  ring(ctx, RING.cone, 0, lamp);
  gloss(ctx, 0.985, 0.87, -0.3, 0.62, 0.2);
  gloss(ctx, 0.985, 0.87, 0.5, 0.3, 0.08);
}

/** A soft reflection on the rim. */
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
