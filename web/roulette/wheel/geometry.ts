/** Radii of the wheel's parts, as fractions of the whole radius. */
export const RING = {
  rim: 1,
  lip: 0.955,
  track: 0.86,
  apron: 0.775,
  numbersOut: 0.755,
  numbersIn: 0.625,
  pocketsIn: 0.462,
  cone: 0.445,
  hub: 0.125,
} as const;

/** Radii of the ball's path: on its track, at the edge of the pockets, and at rest; and its size. */
export const BALL = { track: 0.89, edge: 0.635, rest: 0.535, size: 0.029 } as const;

export const TAU = Math.PI * 2;

/** A seeded random generator (mulberry32): the same seed gives the same wood grain and the same bounces. */
export function variety(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
