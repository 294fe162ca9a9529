import type { Pocket, Spot } from "./types.ts";
import { colourOf, isZero, pocketsOf, type Wheel } from "./wheel.ts";

/**
 * The felt, and the table of legal bets, computed from its geometry, not listed by hand: a split is two boxes that share an edge,
 * a corner or trio is a point where four or three boxes meet, a street is a column of the grid, a line is two neighbouring
 * columns. So the European layout has exactly 157 bets [R3], and the American one its own trios and five-number bet [R11].
 *
 * Grid coordinates: x to the right, y down, one unit for a number's box. The zeros are at x 0 to 1, the numbers at x 1 to 13 and
 * y 0 to 3 (1-2-3 is the first column, 3 on top), the column bets right of them, dozens and even chances below.
 */

export type Kind =
  | "straight"
  | "split"
  | "street"
  | "trio"
  | "corner"
  | "first-four"
  | "five"
  | "line"
  | "dozen"
  | "column"
  | "even-chance";

export type Point = { readonly x: number; readonly y: number };
export type Box = Point & { readonly w: number; readonly h: number };

export type LegalBet = {
  readonly spot: Spot;
  readonly kind: Kind;
  /** The pockets it covers, ascending. */
  readonly pockets: readonly Pocket[];
  /** How many pockets it covers. */
  readonly k: number;
  readonly side: "inside" | "outside";
  /** Its index in `Layout.bets`, and in all arrays of chips by spot. Snapshots have it: a new order needs a new version. */
  readonly index: number;
  /** Where a chip is drawn. */
  readonly at: Point;
  /** The printed box of a straight or an outside bet; null for bets on lines and crossings. */
  readonly box: Box | null;
};

export type Layout = {
  readonly wheel: Wheel;
  /** In the order of the draw: the index is what `facts.draw("spin").int(pockets.length)` gives. */
  readonly pockets: readonly Pocket[];
  readonly bets: readonly LegalBet[];
  readonly bySpot: ReadonlyMap<Spot, LegalBet>;
};

/** The whole felt in grid units. */
export const FELT = { width: 14, height: 5 } as const;

const STREETS = 12;
/** Where chips for streets and lines are drawn: the lower edge of the numbers. */
const STREET_EDGE = 3;

/** The legal bets of a wheel. */
export function layoutOf(wheel: Wheel): Layout {
  return layouts[wheel];
}

/** The bet on a spot, or undefined when this wheel has no such bet. */
export function betOn(wheel: Wheel, spot: Spot): LegalBet | undefined {
  return layouts[wheel].bySpot.get(spot);
}

type Cell = { readonly pocket: Pocket; readonly box: Box };
type Draft = Omit<LegalBet, "index" | "k">;

function cellsOf(wheel: Wheel): readonly Cell[] {
  const tall = wheel === "american" ? 1.5 : 3;
  return pocketsOf(wheel).map((pocket) => {
    if (isZero(pocket)) return { pocket, box: { x: 0, y: pocket === "00" ? 0 : 3 - tall, w: 1, h: tall } };
    const n = Number(pocket) - 1;
    return { pocket, box: { x: 1 + Math.floor(n / 3), y: 2 - (n % 3), w: 1, h: 1 } };
  });
}

function build(wheel: Wheel): Layout {
  const cells = cellsOf(wheel);
  const bets = [...straights(cells), ...splits(cells), ...columnsOfThree(cells), ...crossings(cells), ...lines(cells)]
    .concat(dozens(cells), rows(cells), evenChances(cells))
    .map((draft, index): LegalBet => ({ ...draft, index, k: draft.pockets.length }));
  return { wheel, pockets: pocketsOf(wheel), bets, bySpot: new Map(bets.map((bet) => [bet.spot, bet])) };
}

// ---- inside ----

function straights(cells: readonly Cell[]): Draft[] {
  return cells.map(({ pocket, box }) => ({ ...inside("straight", [pocket], centre(box)), box }));
}

function splits(cells: readonly Cell[]): Draft[] {
  return cells.flatMap((a, i) =>
    cells.slice(i + 1).flatMap((b) => {
      const at = sharedEdge(a.box, b.box);
      return at === null ? [] : [inside("split", [a.pocket, b.pocket], at)];
    }),
  );
}

function columnsOfThree(cells: readonly Cell[]): Draft[] {
  return columns().map((x) => inside("street", inColumn(cells, x), { x: x + 0.5, y: STREET_EDGE }));
}

/** Every point where at least three boxes meet. */
function crossings(cells: readonly Cell[]): Draft[] {
  const points = new Map<string, Point>();
  for (const { box } of cells) {
    for (const x of [box.x, box.x + box.w]) for (const y of [box.y, box.y + box.h]) points.set(`${x} ${y}`, { x, y });
  }
  const found: Draft[] = [];
  for (const at of points.values()) {
    const around = cells.filter(({ box }) => touches(box, at)).map((cell) => cell.pocket);
    if (around.length === 3) found.push(inside("trio", around, at));
    if (around.length === 4) found.push(inside("corner", around, at));
  }
  return found;
}

/** Two neighbouring columns: the zeros with the first street, then the six lines. */
function lines(cells: readonly Cell[]): Draft[] {
  return columns().map((x) => {
    const covered = [...inColumn(cells, x - 1), ...inColumn(cells, x)];
    const kind = covered.length === 6 ? "line" : covered.length === 5 ? "five" : "first-four";
    return inside(kind, covered, { x, y: STREET_EDGE });
  });
}

function inside(kind: Kind, covered: readonly Pocket[], at: Point): Draft {
  const pockets = [...covered].sort((a, b) => rank(a) - rank(b));
  return { spot: `${kind}:${pockets.join("-")}`, kind, pockets, side: "inside", at, box: null };
}

// ---- outside ----

function dozens(cells: readonly Cell[]): Draft[] {
  return [0, 1, 2].map((i) => {
    const box = { x: 1 + 4 * i, y: 3, w: 4, h: 1 };
    return outside(`dozen:${i + 1}`, "dozen", cells, box, (cell) => Math.floor((cell.box.x - 1) / 4) === i);
  });
}

/** The column bets of roulette, which are rows here, since this felt lies on its side. */
function rows(cells: readonly Cell[]): Draft[] {
  return [2, 1, 0].map((y) => {
    const box = { x: 1 + STREETS, y, w: 1, h: 1 };
    return outside(`column:${3 - y}`, "column", cells, box, (cell) => cell.box.y === y);
  });
}

const CHANCES: readonly { spot: Spot; wins: (n: number, pocket: Pocket) => boolean }[] = [
  { spot: "low", wins: (n) => n <= 18 },
  { spot: "even", wins: (n) => n % 2 === 0 },
  { spot: "red", wins: (_, pocket) => colourOf(pocket) === "red" },
  { spot: "black", wins: (_, pocket) => colourOf(pocket) === "black" },
  { spot: "odd", wins: (n) => n % 2 === 1 },
  { spot: "high", wins: (n) => n > 18 },
];

function evenChances(cells: readonly Cell[]): Draft[] {
  return CHANCES.map(({ spot, wins }, i) =>
    outside(spot, "even-chance", cells, { x: 1 + 2 * i, y: 4, w: 2, h: 1 }, ({ pocket }) =>
      wins(Number(pocket), pocket),
    ),
  );
}

/** Zero loses every outside bet [R1]. */
function outside(spot: Spot, kind: Kind, cells: readonly Cell[], box: Box, wins: (cell: Cell) => boolean): Draft {
  const pockets = cells.filter((cell) => !isZero(cell.pocket) && wins(cell)).map((cell) => cell.pocket);
  return { spot, kind, pockets, side: "outside", at: centre(box), box };
}

// ---- geometry ----

function columns(): readonly number[] {
  return Array.from({ length: STREETS }, (_, i) => i + 1);
}

function inColumn(cells: readonly Cell[], x: number): readonly Pocket[] {
  return cells.filter((cell) => cell.box.x === x).map((cell) => cell.pocket);
}

function centre(box: Box): Point {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

/** Whether the point is in the box or on its edge. */
function touches(box: Box, { x, y }: Point): boolean {
  return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
}

/** The middle of the edge that two boxes share, or null when they share none. */
function sharedEdge(a: Box, b: Box): Point | null {
  const left = Math.max(a.x, b.x);
  const right = Math.min(a.x + a.w, b.x + b.w);
  const top = Math.max(a.y, b.y);
  const bottom = Math.min(a.y + a.h, b.y + b.h);
  const meets = (right === left && bottom > top) || (bottom === top && right > left);
  return meets ? { x: (left + right) / 2, y: (top + bottom) / 2 } : null;
}

/** Ascending, with 00 right after 0. */
function rank(pocket: Pocket): number {
  return pocket === "00" ? 0.5 : Number(pocket);
}

const layouts: Readonly<Record<Wheel, Layout>> = {
  european: build("european"),
  french: build("french"),
  american: build("american"),
};
