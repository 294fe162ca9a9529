/**
 * The racetrack's outline: two straights and two half circles, walked clockwise from the middle of one end. That end is at the
 * right, or on top when the track stands upright on a narrow screen.
 */

export type Spot2 = { readonly x: number; readonly y: number };

export type Stadium = {
  readonly length: number;
  readonly breadth: number;
  readonly band: number;
  readonly upright: boolean;
};

/** The point after `part` (0 to 1) of the way round, `inset` from the outer edge. Distances are measured on the outer edge. */
export function walk(shape: Stadium, part: number, inset: number): Spot2 {
  const { x, y } = lying(shape, part, inset);
  return shape.upright ? { x: y, y: shape.length - x } : { x, y };
}

function lying({ length, breadth }: Stadium, part: number, inset: number): Spot2 {
  const radius = breadth / 2;
  const straight = length - breadth;
  const arc = Math.PI * radius;
  const right = length - radius;
  const depth = radius - inset;
  let way = (((part % 1) + 1) % 1) * (2 * straight + 2 * arc);
  // From the middle of the right end along its lower quarter.
  if (way < arc / 2) return onArc(right, radius, depth, way / radius);
  way -= arc / 2;
  if (way < straight) return { x: right - way, y: breadth - inset };
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

/** The piece of the band between two positions, as an SVG path. */
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

export type Field = { readonly path: string; readonly middle: Spot2 };

/**
 * The area inside the band along the given stretches, each [from, to] in walking order. It is closed by a straight line, or by a
 * curve that bulges towards the other end by `bulge`.
 */
export function field(shape: Stadium, stretches: readonly (readonly [number, number])[], bulge: number): Field {
  const ends = stretches.flatMap(([from, to]) => [walk(shape, from, shape.band), walk(shape, to, shape.band)]);
  const points = stretches.flatMap(([from, to]) => {
    const steps = Math.max(2, Math.ceil(Math.abs(to - from) * 90));
    return Array.from({ length: steps + 1 }, (_, i) => walk(shape, from + ((to - from) * i) / steps, shape.band));
  });
  const way = `M${points.map(at).join("L")}`;
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return { path: "", middle: { x: 0, y: 0 } };
  const pull = { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2 };
  const control = shape.upright ? { x: pull.x, y: pull.y + bulge * 2 } : { x: pull.x - bulge * 2, y: pull.y };
  const path = bulge === 0 ? `${way}Z` : `${way}Q${at(control)} ${at(first)}Z`;
  return { path, middle: middleOf(bulge === 0 && stretches.length > 1 ? ends : points, bulge, shape) };
}

/** The place of the label: between the points along the track, and in its middle across. */
function middleOf(points: readonly Spot2[], bulge: number, { upright, breadth }: Stadium): Spot2 {
  const along = points.reduce((sum, { x, y }) => sum + (upright ? y : x), 0) / points.length;
  const centre = breadth / 2;
  const away = bulge * 0.62;
  return upright ? { x: centre, y: along + away } : { x: along - away, y: centre };
}

const at = ({ x, y }: Spot2): string => `${x.toFixed(2)} ${y.toFixed(2)}`;
