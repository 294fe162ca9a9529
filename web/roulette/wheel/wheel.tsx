import { useEffect, useRef } from "react";
import type { Phase, Pocket } from "../../../rooms/roulette/types.ts";
import { wheelOrder, type Wheel as WheelKind } from "../../../rooms/roulette/wheel.ts";
import { useReducedMotion } from "../../ui/reduced-motion.ts";
import { hopsOf, poseAt, REST, stillPose } from "./motion.ts";
import { centre, NUMBER_FONT, paintBall, paintLayers, type Layers } from "./paint.ts";

export type WheelProps = {
  readonly wheel: WheelKind;
  readonly phase: Phase;
  /** The pocket that the ball lies in between spins. */
  readonly resting: Pocket | null;
  /** The server's clock, in epoch milliseconds. */
  readonly clock: () => number;
  /** Called as the ball touches something: at each bounce, and when it comes to rest. */
  readonly onKnock?: (strength: number) => void;
  /** Drawn once and left alone. */
  readonly still?: boolean;
};

const RATIO_MAX = 2;
/** A drifting wheel is drawn at half rate: it moves less than a pixel a frame. */
const IDLE_FRAME_MS = 30;

/** The drawn wheel, as wide as the box it is in. It asks the clock at each frame and keeps no state of its own, so it is always where it should be. */
export function Wheel({ wheel, phase, resting, clock, onKnock, still: asked = false }: WheelProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const reduced = useReducedMotion();
  const still = asked || reduced;
  const live = useRef({ phase, resting, clock, onKnock });
  const redraw = useRef(() => {});
  useEffect(() => {
    live.current = { phase, resting, clock, onKnock };
    if (still) redraw.current();
  });

  useEffect(() => {
    const target = canvas.current;
    const ctx = target?.getContext("2d");
    if (target === null || ctx === null || ctx === undefined) return undefined;
    const order = wheelOrder(wheel);
    let layers: Layers | null = null;
    let frame = 0;
    let last = 0;
    let knocked = 0;

    const draw = (): void => {
      if (layers === null) return;
      const now = live.current.clock();
      const { phase: current, resting: lying } = live.current;
      const pocket = "result" in current ? current.result : lying;
      const { rotor, ball } = still ? stillPose(order, pocket) : poseAt(current, order, now, lying);
      const size = target.width;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, size, size);
      ctx.drawImage(layers.bowl, 0, 0);
      centre(ctx, size);
      ctx.rotate(rotor);
      ctx.drawImage(layers.rotor, -1, -1, 2, 2);
      centre(ctx, size);
      ctx.drawImage(layers.light, -1, -1, 2, 2);
      if (ball !== null) paintBall(ctx, ball);
    };
    const knock = (): void => {
      const { phase: current, clock: at, onKnock: tell } = live.current;
      if (current.name !== "spinning" || tell === undefined) return;
      const part = (at() - current.spunAt) / (current.settleAt - current.spunAt);
      const hops = hopsOf(current);
      for (const time of [...hops.map((hop) => hop.from), REST]) {
        if (knocked < time && part >= time && part < time + 0.05) tell(1 - (time - 0.7) * 3);
      }
      knocked = part;
    };
    const loop = (time: number): void => {
      frame = requestAnimationFrame(loop);
      const idle = live.current.phase.name !== "spinning";
      if (idle && time - last < IDLE_FRAME_MS) return;
      last = time;
      draw();
      knock();
    };
    const resize = (): void => {
      const ratio = Math.min(RATIO_MAX, window.devicePixelRatio);
      const size = Math.round(target.clientWidth * ratio);
      if (size === 0 || (layers !== null && size === target.width)) return;
      target.width = size;
      target.height = size;
      layers = paintLayers(order, size);
      draw();
    };

    const observer = new ResizeObserver(resize);
    observer.observe(target);
    // The numbers are painted anew once their face is there.
    void document.fonts.load(NUMBER_FONT, "0123456789").then(() => {
      layers = null;
      resize();
    });
    redraw.current = draw;
    if (!still) frame = requestAnimationFrame(loop);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [wheel, still]);

  return <canvas ref={canvas} className="block aspect-square w-full" aria-hidden="true" />;
}
