import { useEffect, useRef } from "react";
import type { Phase, Pocket } from "../../../rooms/roulette/types.ts";
import { wheelOrder, type Wheel as WheelKind } from "../../../rooms/roulette/wheel.ts";
import { useReducedMotion } from "../../ui/reduced-motion.ts";
import { BALL } from "./geometry.ts";
import { DRIFT_MS, hopsOf, isMoving, poseAt, REST, stillPose, type Ball } from "./motion.ts";
import { forgetPainted, paint, PARTS } from "./paint.ts";
import { NUMBER_FONT } from "./rotor.ts";
import "./wheel.css";

export type WheelProps = {
  readonly wheel: WheelKind;
  readonly phase: Phase;
  /** The ball's pocket between spins. */
  readonly resting: Pocket | null;
  /** The server's clock, in epoch milliseconds. */
  readonly clock: () => number;
  /** Called when the ball hits something: at each hop, and when it comes to rest. */
  readonly onKnock?: (strength: number) => void;
  /** Draws a still picture without animation. */
  readonly still?: boolean;
};

const RATIO_MAX = 2;
const TRAIL = 7;

/**
 * The wheel, as wide as its box. Each part is painted once, and the slow rotation is left to the compositor. While the ball
 * moves, each frame only turns the rotor and places the ball. Positions follow from the clock alone, without state, so they are
 * always right.
 */
export function Wheel({ wheel, phase, resting, clock, onKnock, still: asked = false }: WheelProps) {
  const box = useRef<HTMLDivElement>(null);
  const reduced = useReducedMotion();
  const still = asked || reduced;
  usePainting(box, wheel);

  useEffect(() => {
    const target = box.current;
    if (target === null) return undefined;
    const rotor = target.querySelector<HTMLElement>('[data-part="rotor"]');
    const dots = [...target.querySelectorAll<HTMLElement>("[data-ball]")];
    const order = wheelOrder(wheel);
    let frame = 0;
    let reached = 0;
    const turn = (): void => {
      const pocket = "result" in phase ? phase.result : resting;
      const pose = still ? stillPose(order, pocket) : poseAt(phase, order, clock(), resting);
      if (rotor !== null) rotor.style.transform = `rotate(${pose.rotor}rad)`;
      place(dots, pose.ball, target.clientWidth / 2);
    };
    const knock = (): void => {
      if (phase.name !== "spinning" || onKnock === undefined) return;
      const part = (clock() - phase.spunAt) / (phase.settleAt - phase.spunAt);
      for (const time of [...hopsOf(phase).map((hop) => hop.from), REST]) {
        if (reached < time && part >= time && part < time + 0.05) onKnock(1 - (time - 0.7) * 3);
      }
      reached = part;
    };
    const loop = (): void => {
      frame = requestAnimationFrame(loop);
      turn();
      knock();
    };
    if (!still && isMoving(phase)) loop();
    else turn();
    const observer = new ResizeObserver(turn);
    observer.observe(target);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [wheel, phase, resting, clock, onKnock, still]);

  // Sets the phase of the slow rotation by the server's clock, so that all players see the same wheel.
  useEffect(() => {
    box.current?.style.setProperty("--drift", `${-(clock() % DRIFT_MS)}ms`);
  }, [clock]);

  return (
    <div ref={box} className={still ? "wheel" : "wheel wheel-drifting"} aria-hidden="true">
      <canvas data-part="bowl" />
      <div className="wheel-turner">
        <canvas data-part="rotor" />
      </div>
      <canvas data-part="light" />
      <div className="wheel-turner">
        <span data-ball className="wheel-ball-shade" />
        {Array.from({ length: TRAIL }, (_, i) => (
          <span key={i} data-ball className="wheel-ball-trail" />
        ))}
        <span data-ball className="wheel-ball" />
      </div>
    </div>
  );
}

/** Paints each part for the box's size in a task of its own, and the numbers again once their font has loaded. */
function usePainting(box: { readonly current: HTMLDivElement | null }, wheel: WheelKind): void {
  useEffect(() => {
    const target = box.current;
    if (target === null) return undefined;
    const order = wheelOrder(wheel);
    const timers: ReturnType<typeof setTimeout>[] = [];
    let painted = 0;
    const repaint = (): void => {
      const size = Math.round(target.clientWidth * Math.min(RATIO_MAX, window.devicePixelRatio));
      if (size === 0 || size === painted) return;
      painted = size;
      target.style.setProperty("--ball", `${BALL.size * target.clientWidth}px`);
      for (const timer of timers.splice(0)) clearTimeout(timer);
      for (const part of PARTS) {
        const canvas = target.querySelector<HTMLCanvasElement>(`[data-part="${part}"]`);
        if (canvas !== null) timers.push(setTimeout(() => paint(canvas, part, wheel, order, size), 0));
      }
    };
    const observer = new ResizeObserver(repaint);
    observer.observe(target);
    if (!document.fonts.check(NUMBER_FONT)) {
      void document.fonts.load(NUMBER_FONT, "0123456789").then(() => {
        forgetPainted();
        painted = 0;
        repaint();
      });
    }
    return () => {
      observer.disconnect();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [box, wheel]);
}

/** Places the ball, its shadow and, while it runs, its trail. In the order of the elements. */
function place(dots: readonly HTMLElement[], ball: Ball | null, radius: number): void {
  const last = dots.length - 1;
  dots.forEach((dot, i) => {
    const trail = i === 0 || i === last || ball === null ? 0 : Math.min(0.5, ball.speed * 55);
    if (ball === null || (trail < 0.05 && i !== 0 && i !== last)) {
      dot.style.opacity = "0";
      return;
    }
    const turn = ball.angle + (trail * i) / TRAIL - Math.PI / 2;
    const x = Math.cos(turn) * ball.radius * radius;
    const y = Math.sin(turn) * ball.radius * radius;
    const size = i === 0 ? 1.3 + ball.lift * 0.5 : i === last ? 1 + ball.lift * 0.3 : 1 - i * 0.05;
    const alpha = i === 0 ? 0.75 - ball.lift * 0.35 : i === last ? 1 : 0.18 * (1 - i / (TRAIL + 1));
    dot.style.opacity = String(ball.alpha * alpha);
    dot.style.transform = `translate(${x.toFixed(2)}px, ${y.toFixed(2)}px) scale(${size.toFixed(3)})`;
  });
}
