import type { Phase, Pocket } from "../../../rooms/roulette/types.ts";
import { BALL, TAU, variety } from "./geometry.ts";

/**
 * The position of wheel and ball at an instant of server time. A pure function, so that all players see the same whenever they
 * join, and a late frame is still right. Angles are in radians, clockwise from the top.
 *
 * The whole wheel also rotates slowly all the time, as a CSS animation (wheel.css); the angles here are relative to that. A spin
 * adds whole turns, so that it ends where it began. The ball's path is computed backwards from its pocket: it rests in the pocket
 * that was drawn, hopped there over a few frets, and ran against the wheel on its track before that.
 */

export type Ball = {
  readonly angle: number;
  /** The distance from the centre, as a fraction of the wheel's radius. */
  readonly radius: number;
  /** The height of a hop, from 0 to 1. */
  readonly lift: number;
  /** Speed in radians per millisecond, for the trail. */
  readonly speed: number;
  readonly alpha: number;
};
export type Pose = { readonly rotor: number; readonly ball: Ball | null };

export type Spin = Extract<Phase, { name: "spinning" }>;

/** The duration of one slow turn; the same as in wheel.css. */
export const DRIFT_MS = 52_000;
/** Shorter spins are not animated. */
const SHORTEST_MS = 800;
const DROP = 0.7;
const EDGE = 0.77;
/** The part of the spin after which the ball rests and the result may be shown. */
export const REST = 0.92;

export function poseAt(phase: Phase, order: readonly Pocket[], now: number, resting: Pocket | null): Pose {
  if (phase.name === "spinning" && phase.settleAt - phase.spunAt >= SHORTEST_MS) return spinning(phase, order, now);
  const pocket = "result" in phase ? phase.result : resting;
  // The ball fades out between the close of betting and the spin.
  const alpha = phase.name === "closed" ? clamp((phase.spinAt - now - 200) / 400) : 1;
  return { rotor: 0, ball: pocket === null ? null : atRest(order, pocket, 0, alpha) };
}

/** A still picture, with the pocket at the top. */
export function stillPose(order: readonly Pocket[], pocket: Pocket | null): Pose {
  if (pocket === null) return { rotor: 0, ball: null };
  const rotor = -angleOf(order, pocket);
  return { rotor, ball: atRest(order, pocket, rotor, 1) };
}

/** Whether more than the slow rotation moves: the ball is removed, or runs. */
export function isMoving(phase: Phase): boolean {
  return phase.name === "closed" || phase.name === "spinning";
}

/** Whether the ball rests, so that the result may be shown. */
export function hasLanded({ spunAt, settleAt }: Spin, now: number): boolean {
  return now >= spunAt + (settleAt - spunAt) * REST;
}

function atRest(order: readonly Pocket[], pocket: Pocket, rotor: number, alpha: number): Ball {
  return { angle: rotor + angleOf(order, pocket), radius: BALL.rest, lift: 0, speed: 0, alpha };
}

function angleOf(order: readonly Pocket[], pocket: Pocket): number {
  return (Math.max(0, order.indexOf(pocket)) / order.length) * TAU;
}

type Hop = {
  readonly from: number;
  readonly to: number;
  /** Pockets between the ball and its goal, against the wheel, at the start and the end of the hop. */
  readonly ahead: number;
  readonly left: number;
  readonly height: number;
};

/** The last hops, as fractions of the spin. They depend only on the instant of the spin. */
export function hopsOf({ spunAt }: Spin): readonly Hop[] {
  const next = variety(spunAt % 4_294_967_291);
  const first = 4 + Math.floor(next() * 5);
  const second = 1 + Math.floor(next() * 3);
  const back = next() < 0.35 ? -1 : 1;
  return [
    { from: EDGE, to: 0.83, ahead: first + second + back, left: second + back, height: 0.75 },
    { from: 0.83, to: 0.875, ahead: second + back, left: back, height: 0.4 },
    { from: 0.875, to: REST, ahead: back, left: 0, height: 0.16 },
  ];
}

function spinning(phase: Spin, order: readonly Pocket[], now: number): Pose {
  const { spunAt, settleAt, result } = phase;
  const length = settleAt - spunAt;
  const at = clamp((now - spunAt) / length);
  const turns = Math.max(1, Math.round(length / 3_000));
  const rotor = (turns * TAU * glide(at)) % TAU;
  const pocket = rotor + angleOf(order, result);
  const step = TAU / order.length;
  const hops = hopsOf(phase);
  if (at >= REST) return { rotor, ball: { angle: pocket, radius: BALL.rest, lift: 0, speed: 0, alpha: 1 } };
  const hop = hops.find(({ from, to }) => at >= from && at < to);
  if (hop !== undefined) {
    const part = (at - hop.from) / (hop.to - hop.from);
    const lift = hop.height * 4 * part * (1 - part);
    const inward = (at - EDGE) / (REST - EDGE);
    return {
      rotor,
      ball: {
        angle: pocket + (hop.ahead + (hop.left - hop.ahead) * part) * step,
        radius: mix(BALL.edge, BALL.rest, ease(inward)) + lift * 0.045,
        lift,
        speed: (hop.ahead * step) / length,
        alpha: 1,
      },
    };
  }
  return { rotor, ball: running(at, length, pocket, (hops[0]?.ahead ?? 0) * step) };
}

/** On the track: constant deceleration from one and a half turns a second to the speed of the first hop. */
function running(at: number, length: number, pocket: number, ahead: number): Ball {
  const duration = EDGE * length;
  const end = (ahead * 0.8) / ((0.83 - EDGE) * length);
  const start = Math.max(TAU / 640, end * 3);
  const t = at * length;
  // The remaining way, measured backwards from the first hop.
  const rest = duration - t;
  const speed = end + ((start - end) * rest) / duration;
  const way = ((end + speed) / 2) * rest;
  const fall = clamp((at - DROP) / (EDGE - DROP));
  const sag = clamp((at - 0.45) / (DROP - 0.45));
  return {
    angle: pocket + ahead + way,
    radius: mix(BALL.track - 0.02 * sag * sag, BALL.edge, fall * fall),
    lift: 0,
    speed,
    alpha: clamp(t / 160),
  };
}

/** The rotor's progress: quick acceleration, slow deceleration. */
function glide(x: number): number {
  const up = 0.18;
  const peak = 2;
  return x < up ? (peak * x * x) / (2 * up) : 1 - (peak * (1 - x) * (1 - x)) / (2 * (1 - up));
}

const clamp = (x: number): number => Math.min(1, Math.max(0, x));
const mix = (a: number, b: number, x: number): number => a + (b - a) * x;
const ease = (x: number): number => x * x * (3 - 2 * x);
