/** The racetrack's outline: two straights and two half circles, walked clockwise from the middle of the right end. */

export type Spot2 = { readonly x: number; readonly y: number };

export type Stadium = { readonly width: number; readonly height: number; readonly band: number };

/** A point at `part` (0 to 1) of the way round, `inset` from the outer edge. Parts are measured on the outer edge. */
export function walk({ width, height }: Stadium, part: number, inset: number): Spot2 {
  const radius = height / 2;
  const straight = width - height;
  const arc = Math.PI * radius;
  const length = 2 * straight + 2 * arc;
  let way = (((part % 1) + 1) % 1) * length;
  const right = width - radius;
  const depth = radius - inset;
  // From the middle of the right end down its lower quarter.
  if (way < arc / 2) return onArc(right, radius, depth, way / radius);
  way -= arc / 2;
  if (way < straight) return { x: right - way, y: height - inset };
  way -= straight;
  if (way < arc) return onArc(radius, radius, depth, Math.PI / 2 + way / radius);
  way -= arc;
  if (way < straight) return { x: radius + way, y: inset };
  way -= straight;
  return onArc(right, radius, depth, Math.PI * 1.5 + way / radius);
}

function onArc(cx: number, cy: number, radius: number, angle: number): Spot2 {
  return { x: cx + radius * Math.cos(angle), y: cy + radius * Math.sin(angle) };
}

/** The piece of the band between two parts of the way, as an SVG path. */
export function piece(shape: Stadium, from: number, to: number): string {
  const steps = 8;
  const outer: Spot2[] = [];
  const inner: Spot2[] = [];
  for (let i = 0; i <= steps; i++) {
    const part = from + ((to - from) * i) / steps;
    outer.push(walk(shape, part, 0));
    inner.unshift(walk(shape, part, shape.band));
  }
  return `M${[...outer, ...inner].map(at).join("L")}Z`;
}

/**
 * The inside of the band between stretches of the way, each [from, to] in walking order. It closes with a straight line, or
 * with one that is drawn out towards x = `bulge`.
 */
export function field(shape: Stadium, stretches: readonly (readonly [number, number])[], bulge?: number): string {
  const points = stretches.flatMap(([from, to]) => {
    const steps = Math.max(2, Math.ceil(Math.abs(to - from) * 90));
    return Array.from({ length: steps + 1 }, (_, i) => walk(shape, from + ((to - from) * i) / steps, shape.band));
  });
  const way = `M${points.map(at).join("L")}`;
  const [first] = points;
  if (bulge === undefined || first === undefined) return `${way}Z`;
  return `${way}Q${bulge} ${shape.height / 2} ${at(first)}Z`;
}

const at = ({ x, y }: Spot2): string => `${x.toFixed(2)} ${y.toFixed(2)}`;
