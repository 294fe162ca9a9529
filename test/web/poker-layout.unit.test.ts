import { describe, expect, test } from "vitest";
import { CARD_RATIO, layoutOf, meets, type Rect } from "../../web/poker/layout.ts";

/** The table's own room on the screens that the house is judged by, and the smallest there are. */
const ROOMS = [
  [1016, 640],
  [996, 560],
  [664, 540],
  [390, 560],
  [360, 480],
  [360, 440],
  [768, 760],
  [1500, 800],
] as const;
/** Up to six seats the table may be as low as this. */
const LOW = [
  [360, 372],
  [375, 391],
] as const;
const SEATS = [2, 3, 4, 5, 6, 7, 8, 9];
const all = [
  ...ROOMS.flatMap(([w, h]) => SEATS.map((seats) => ({ w, h, seats }))),
  ...LOW.flatMap(([w, h]) => SEATS.filter((seats) => seats <= 6).map((seats) => ({ w, h, seats }))),
].flatMap((wish) => [true, false].map((own) => ({ ...wish, own })));

const boardOf = ({ board, cards }: ReturnType<typeof layoutOf>): Rect => ({
  x: board.x - (cards.board * 5 + 16) / 2,
  y: board.y - (cards.board * CARD_RATIO) / 2,
  w: cards.board * 5 + 16,
  h: cards.board * CARD_RATIO,
});

/** From a point to a rectangle's edge. */
function distance({ x, y }: { x: number; y: number }, { x: left, y: top, w, h }: Rect): number {
  return Math.hypot(Math.max(left - x, 0, x - left - w), Math.max(top - y, 0, y - top - h));
}

describe("the oval table", () => {
  test("holds every seat with its cards inside its room, whatever the screen and the number of seats", () => {
    for (const wish of all) {
      const { places } = layoutOf({ ...wish, boards: 1 });
      expect(places).toHaveLength(wish.seats);
      for (const { block } of places) {
        const inside = block.x >= 0 && block.y >= 0 && block.x + block.w <= wish.w && block.y + block.h <= wish.h;
        expect(inside, JSON.stringify({ wish, block })).toBe(true);
      }
    }
  });

  test("no seat covers another, nor the board", () => {
    for (const wish of all) {
      const layout = layoutOf({ ...wish, boards: 1 });
      for (const [i, { block }] of layout.places.entries()) {
        const what = JSON.stringify({ ...wish, i });
        expect(meets(block, boardOf(layout)), `${what} and the board`).toBe(false);
        for (const other of layout.places.slice(i + 1)) expect(meets(block, other.block), what).toBe(false);
      }
    }
  });

  test("no bet lies on the board or on a seat's plate, and each is nearer to its own seat than to any other", () => {
    for (const wish of all) {
      const layout = layoutOf({ ...wish, boards: 1 });
      for (const [i, { bet }] of layout.places.entries()) {
        const what = JSON.stringify({ ...wish, i });
        const chip = { x: bet.x - 12, y: bet.y - 12, w: 24, h: 24 };
        expect(meets(chip, boardOf(layout)), `${what} and the board`).toBe(false);
        for (const { block } of layout.places) expect(meets(chip, block), what).toBe(false);
        const away = layout.places.map(({ block }) => distance(bet, block));
        // On the lowest there is no room for this, and a bet may lie between two.
        if (wish.h >= 440) expect(away.indexOf(Math.min(...away)), what).toBe(i);
      }
    }
  });

  test("place 0 is at the bottom in the middle, and the next is clockwise of it: to the left", () => {
    for (const wish of all) {
      const { places } = layoutOf({ ...wish, boards: 1 });
      const [first, second] = places;
      expect(Math.abs((first?.plate.x ?? 0) - wish.w / 2)).toBeLessThan(2);
      expect(Math.max(...places.map(({ plate }) => plate.y))).toBe(first?.plate.y);
      if (wish.seats > 2) expect(second?.plate.x).toBeLessThan(first?.plate.x ?? 0);
    }
  });
});
