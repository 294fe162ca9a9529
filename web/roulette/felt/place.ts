import { type Box, FELT, type LegalBet, type Point } from "../../../rooms/roulette/layout.ts";

/**
 * The places of the layout's spots, in per cent of the felt. The geometry is the game's (layout.ts); here it gets widths, and on
 * a narrow screen it is turned upright with zero on top.
 */

export type Turn = "lying" | "upright";
export type Area = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Widths along the felt's x axis (zero, twelve columns, column bets) and its y axis (three rows, dozens, even chances). */
const X = [0.84, ...Array.from({ length: 12 }, () => 1), 0.84];
const Y = { lying: [1, 1, 1, 0.66, 0.66], upright: [1, 1, 1, 0.7, 0.7] } as const;

/** How far the touch area of a spot on a line reaches, in boxes. */
const REACH = 0.17;

/** The position of `at` among the widths, in per cent of their sum. */
function along(widths: readonly number[], at: number): number {
  let before = 0;
  let all = 0;
  widths.forEach((width, i) => {
    all += width;
    before += width * Math.min(1, Math.max(0, at - i));
  });
  return (before / all) * 100;
}

export function pointOf({ x, y }: Point, turn: Turn): { left: number; top: number } {
  const across = along(X, x);
  const down = along(Y[turn], y);
  return turn === "lying" ? { left: across, top: down } : { left: 100 - down, top: across };
}

export function areaOf({ x, y, w, h }: Box, turn: Turn): Area {
  const a = pointOf({ x, y }, turn);
  const b = pointOf({ x: x + w, y: y + h }, turn);
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    width: Math.abs(a.left - b.left),
    height: Math.abs(a.top - b.top),
  };
}

/** The touch area: the whole box, or, for a spot on a line or crossing, a small part of the adjacent boxes. */
export function pressable(bet: LegalBet, turn: Turn): Area {
  return areaOf(bet.box ?? around(bet), turn);
}

function around({ at, pockets }: LegalBet): Box {
  const x = reach(at.x);
  // With two zeros, the spots at the first street are only a quarter box apart, so their areas are smaller.
  const crowded = at.x === 1 && at.y > 1 && at.y < 2 && pockets.some((pocket) => pocket === "00" || pocket === "0");
  const tight = crowded && (at.y % 1 === 0.5 || at.y % 0.5 !== 0);
  const y = tight ? 0.125 : at.x < 1 ? REACH : reach(at.y);
  return { x: at.x - x, y: at.y - y, w: x * 2, h: y * 2 };
}

function reach(at: number): number {
  return Number.isInteger(at) ? REACH : 0.5 - REACH;
}

/** The felt's width divided by its height. `box`: the same ratio for a number's box. */
export function aspectOf(turn: Turn, box: number): number {
  const long = X.reduce((sum, one) => sum + one, 0);
  const short = Y[turn].reduce((sum, one) => sum + one, 0);
  return turn === "lying" ? (long * box) / short : (short * box) / long;
}

// ---- keyboard movement over the felt ----

export type Direction = "up" | "down" | "left" | "right";

/** The next spot in a direction: a box, or with `fine` also a spot on the lines between boxes. */
export function neighbour(
  bets: readonly LegalBet[],
  from: LegalBet,
  way: Direction,
  turn: Turn,
  fine: boolean,
): LegalBet {
  const [dx, dy] = stepOf(way, turn);
  let best = from;
  let least = Infinity;
  for (const bet of bets) {
    if (bet === from || (!fine && bet.box === null)) continue;
    const ahead = (bet.at.x - from.at.x) * dx + (bet.at.y - from.at.y) * dy;
    if (ahead < 0.05) continue;
    // The distance sideways from the spot to the line of movement.
    const asideX = Math.abs(bet.at.x - from.at.x) - (bet.box?.w ?? 0) / 2;
    const asideY = Math.abs(bet.at.y - from.at.y) - (bet.box?.h ?? 0) / 2;
    const aside = Math.max(0, dx === 0 ? asideX : asideY);
    const cost = ahead + aside * 2.4;
    if (cost < least) {
      least = cost;
      best = bet;
    }
  }
  return best;
}

function stepOf(way: Direction, turn: Turn): readonly [number, number] {
  if (turn === "upright") {
    // The felt is turned by 90 degrees: down on the screen is +x on the felt, right is -y.
    return { up: [-1, 0], down: [1, 0], left: [0, 1], right: [0, -1] }[way] as [number, number];
  }
  return { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] }[way] as [number, number];
}

export const FELT_MIDDLE: Point = { x: FELT.width / 2, y: 1.5 };
