/**
 * The layout of the table in pixels, for the given space and number of seats. Place 0 is at the bottom, the others follow
 * clockwise. Pure: tests check it for every size and number of seats.
 */

export type Point = { readonly x: number; readonly y: number };
export type Rect = Point & { readonly w: number; readonly h: number };

export type Place = {
  /** The middle of the name plate. */
  readonly plate: Point;
  /** The plate and the cards above it. */
  readonly block: Rect;
  /** The place of its bet. */
  readonly bet: Point;
  /** The place of the dealer button. */
  readonly button: Point;
};

export type Layout = {
  readonly size: "small" | "middle" | "large";
  readonly upright: boolean;
  readonly places: readonly Place[];
  readonly felt: Rect;
  /** The middle of the board. */
  readonly board: Point;
  readonly pot: Point;
  readonly plate: { readonly w: number; readonly h: number };
  /** Card widths: on the board, of other players, of the visitor. */
  readonly cards: { readonly board: number; readonly other: number; readonly own: number };
};

/** A card's height divided by its width. */
export const CARD_RATIO = 1.4;
const GAP = 4;
/** Between the visitor's cards and plate: the line that names the hand. */
export const HOLDING = 25;
/** How far the board may move from the middle to find space, nearest first. */
const SHIFTS = [0, -10, 10, -20, 20, -32, 32, -48, 48, -64, 64, -84, 84, -104, 104, -124, 124];

const SIZES = {
  small: { plate: { w: 96, h: 42 }, other: 32, own: 58, board: [50, 46, 42, 39, 36, 33, 30], bet: { w: 76, h: 24 } },
  middle: { plate: { w: 128, h: 46 }, other: 40, own: 70, board: [64, 58, 52, 46, 40], bet: { w: 92, h: 28 } },
  large: { plate: { w: 152, h: 50 }, other: 46, own: 82, board: [78, 70, 62, 54], bet: { w: 104, h: 30 } },
} as const;

export type Space = {
  readonly w: number;
  readonly h: number;
  readonly seats: number;
  /** Whether the bottom place has large cards. */
  readonly own: boolean;
  /** 2 for a hand that is run twice. */
  readonly boards: 1 | 2;
};

export function layoutOf({ w, h, seats, own, boards }: Space): Layout {
  const size = w < 540 ? "small" : w < 860 ? "middle" : "large";
  const look = SIZES[size];
  // The board needs space between the two sides.
  const narrow = size === "small" && (w < 380 || seats > 6) ? 88 : look.plate.w;
  const low = h < (seats > 6 ? 470 : 400);
  const plate = { w: narrow, h: low ? 38 : look.plate.h };
  const other = low ? 26 : look.other;
  const ownCard = low ? 46 : look.own;
  const upright = h > w;
  const above = Math.round(other * CARD_RATIO * 0.86);
  const ownAbove = own ? Math.round(ownCard * CARD_RATIO) + HOLDING : above;
  const edge = size === "small" ? 2 : 8;
  // Plates are placed on a rounded rectangle, the lower ones closer to its edge, since their cards are above them.
  const path = {
    left: plate.w / 2 + edge,
    right: w - plate.w / 2 - edge,
    top: above + plate.h / 2 + edge,
    bottom: h - plate.h / 2 - edge - 10,
  };
  const plates = around(path, seats, upright ? 4 : 2.7);
  const blocks = plates.map(({ x, y }, i): Rect => {
    const up = i === 0 ? ownAbove : above;
    const wide = Math.max(plate.w, i === 0 && own ? ownCard * 2 + 8 : 0);
    return { x: x - wide / 2, y: y - plate.h / 2 - up, w: wide, h: plate.h + up };
  });
  const centre = (path.top - above * 0.4 + path.bottom - ownAbove) / 2 + 10;
  const potH = size === "small" ? 26 : 32;
  const rows = (card: number): number => boards * card * CARD_RATIO + (boards - 1) * 8;
  const zone = (card: number, y: number): Rect => ({
    x: w / 2 - (card * 5 + GAP * 4) / 2,
    y: y - rows(card) / 2 - potH - 6,
    w: card * 5 + GAP * 4,
    h: rows(card) + potH + 6,
  });
  const sizes: readonly number[] = boards === 2 ? look.board.map((card) => Math.round(card * 0.8)) : look.board;
  const spots = sizes.flatMap((card) => SHIFTS.map((shift) => ({ card, y: centre + shift })));
  const clear = ({ card, y }: (typeof spots)[number], of: readonly Rect[], apart: number): boolean =>
    of.every((one) => !meets(zone(card, y), one, apart));
  const betsWith = (spot: (typeof spots)[number], lean: number): readonly (Point | null)[] =>
    plates.map((from, i) => {
      const wanted = towards(from, blocks[i] as Rect, { x: w / 2, y: spot.y }, look.bet, BELOW_PLATE[size], lean);
      return betOf(wanted, zone(spot.card, spot.y), look.bet, blocks);
    });
  const suits = (spot: (typeof spots)[number], lean: number): boolean =>
    clear(spot, blocks, 4) && betsWith(spot, lean).every((bet, i) => bet !== null && nearest(bet, blocks) === i);
  const found = LEANS[size].flatMap((lean) => {
    const spot = spots.find((one) => suits(one, lean));
    return spot === undefined ? [] : [{ ...spot, lean }];
  });
  const fallback = { card: sizes.at(-1) ?? 30, y: centre, ...spots.find((spot) => clear(spot, blocks, 4)) };
  const { card: board, y, lean } = found.sort((a, b) => b.card - a.card)[0] ?? { ...fallback, lean: LEANS[size][0] };
  const bets = betsWith({ card: board, y }, lean);
  const middle = { x: w / 2, y };
  const places = plates.map((at, i): Place => {
    const block = blocks[i] as Rect;
    return {
      plate: at,
      block,
      bet: bets[i] ?? towards(at, block, middle, look.bet, BELOW_PLATE[size], lean),
      button: buttonOf(at, plate, middle, size),
    };
  });
  return {
    size,
    upright,
    places,
    felt: {
      x: path.left - plate.w * 0.2,
      y: path.top - plate.h * 0.55,
      w: path.right - path.left + plate.w * 0.4,
      h: path.bottom - path.top + plate.h * 0.9,
    },
    board: middle,
    pot: { x: middle.x, y: middle.y - rows(board) / 2 - 6 - potH / 2 },
    plate,
    cards: { board, other, own: own ? ownCard : other },
  };
}

/** `count` points at equal distances along a superellipse, clockwise from the bottom. */
function around(
  { left, right, top, bottom }: { left: number; right: number; top: number; bottom: number },
  count: number,
  power: number,
): readonly Point[] {
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const [a, b] = [(right - left) / 2, (bottom - top) / 2];
  const at = (turn: number): Point => {
    const angle = Math.PI / 2 + turn * 2 * Math.PI;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    return {
      x: cx + a * Math.sign(c) * Math.abs(c) ** (2 / power),
      y: cy + b * Math.sign(s) * Math.abs(s) ** (2 / power),
    };
  };
  const STEPS = 720;
  const way = [0];
  for (let i = 1, before = at(0); i <= STEPS; i++) {
    const now = at(i / STEPS);
    way.push((way[i - 1] ?? 0) + Math.hypot(now.x - before.x, now.y - before.y));
    before = now;
  }
  const length = way[STEPS] ?? 1;
  return Array.from({ length: count }, (_, n) => {
    const wanted = (length * n) / count;
    const step = Math.max(
      1,
      way.findIndex((gone) => gone >= wanted),
    );
    const [from, to] = [way[step - 1] ?? 0, way[step] ?? 0];
    const part = to === from ? 0 : (wanted - from) / (to - from);
    const [p, q] = [at((step - 1) / STEPS), at(step / STEPS)];
    const [x, y] = [p.x + (q.x - p.x) * part, p.y + (q.y - p.y) * part];
    return { x: Math.round(x), y: Math.round(y) };
  });
}

const BET_REACH = 260;
/** The player's last action is shown below the plate. */
const BELOW_PLATE = { small: 6, middle: 12, large: 14 } as const;
/**
 * The slope of the way from a plate to its bet, sideways to vertical, so that the bet stays in front of its seat; preferred
 * first. Where the sides are close to the board, the bet stays nearer to its plate.
 */
const LEANS = { small: [1.1, 0.75], middle: [0.45], large: [0.45] } as const;

/** Moves from the plate towards the middle until the bet is clear of the seat. */
function towards(
  from: Point,
  block: Rect,
  to: Point,
  bet: { w: number; h: number },
  below: number,
  lean: number,
): Point {
  const [dx, dy] = [(to.x - from.x) * lean, to.y - from.y];
  const length = Math.hypot(dx, dy);
  let spot = from;
  for (let gone = 0; gone < BET_REACH && meets(rectOf(spot, bet), block, below); gone += 3) {
    spot = { x: from.x + (dx * gone) / length, y: from.y + (dy * gone) / length };
  }
  return spot;
}

/** The nearest place to `spot` where a bet overlaps nothing; null if there is none nearby. */
function betOf(spot: Point, board: Rect, size: { w: number; h: number }, blocks: readonly Rect[]): Point | null {
  const near = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].flatMap((ring) =>
    ring === 0
      ? [spot]
      : Array.from({ length: 16 }, (_, i) => {
          const angle = (i * Math.PI) / 8;
          return { x: spot.x + Math.cos(angle) * ring * 8, y: spot.y + Math.sin(angle) * ring * 8 };
        }),
  );
  const found = near.find((one) => {
    const rect = rectOf(one, size);
    return !meets(rect, board, 4) && blocks.every((block) => !meets(rect, block, 3));
  });
  return found === undefined ? null : { x: Math.round(found.x), y: Math.round(found.y) };
}

/** The seat that a bet at this place seems to belong to. */
function nearest({ x, y }: Point, blocks: readonly Rect[]): number {
  const away = blocks.map((one) =>
    Math.hypot(Math.max(one.x - x, 0, x - one.x - one.w), Math.max(one.y - y, 0, y - one.y - one.h)),
  );
  return away.indexOf(Math.min(...away));
}

function rectOf({ x, y }: Point, { w, h }: { w: number; h: number }): Rect {
  return { x: x - w / 2, y: y - h / 2, w, h };
}

/** The corner of the plate that faces the middle. */
function buttonOf(
  { x, y }: Point,
  plate: { w: number; h: number },
  middle: Point,
  size: "small" | "middle" | "large",
): Point {
  const side = x > middle.x + 20 ? -1 : 1;
  return { x: x + side * (plate.w / 2 - (size === "small" ? 2 : 0)), y: y + plate.h / 2 };
}

export function meets(a: Rect, b: Rect, apart = 0): boolean {
  return a.x < b.x + b.w + apart && b.x < a.x + a.w + apart && a.y < b.y + b.h + apart && b.y < a.y + a.h + apart;
}
