import { around, grain, hoop, radial, ring, type Ctx } from "./brush.ts";
import { RING, TAU } from "./geometry.ts";

/** Paints the fixed part: the rim, the ball's track, and the apron. */
export function bowl(ctx: Ctx): void {
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
  // The ball's track and the apron below it slope down towards the rotor.
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
  // The opening for the rotor.
  ring(ctx, RING.apron, 0, "#050302");
}

/** A brass diamond that deflects the ball. */
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
