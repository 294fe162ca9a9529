import { expect, test } from "vitest";
import { layoutOf, type LegalBet } from "../../rooms/roulette/layout.ts";
import type { Wheel } from "../../rooms/roulette/wheel.ts";
import { neighbour, pointOf, pressable, type Direction, type Turn } from "../../web/roulette/felt/place.ts";
import { labelOf } from "../../web/roulette/felt/words.ts";

const WHEELS: readonly Wheel[] = ["european", "french", "american"];
const TURNS: readonly Turn[] = ["lying", "upright"];
const WAYS: readonly Direction[] = ["up", "down", "left", "right"];

function reachable(bets: readonly LegalBet[], turn: Turn, fine: boolean): Set<LegalBet> {
  const start = bets.find(({ spot }) => spot === "straight:17");
  const seen = new Set<LegalBet>(start === undefined ? [] : [start]);
  for (const from of seen) for (const way of WAYS) seen.add(neighbour(bets, from, way, turn, fine));
  return seen;
}

test("[R3] every spot of every wheel is reached by arrow keys, and every box without Shift", () => {
  for (const wheel of WHEELS) {
    const { bets } = layoutOf(wheel);
    for (const turn of TURNS) {
      expect(reachable(bets, turn, true).size).toBe(bets.length);
      expect([...reachable(bets, turn, false)].filter(({ box }) => box !== null)).toHaveLength(
        bets.filter(({ box }) => box !== null).length,
      );
    }
  }
});

test("an arrow goes the way it points, whichever way the felt is turned", () => {
  const { bets, bySpot } = layoutOf("european");
  const from = bySpot.get("straight:17");
  if (from === undefined) throw new Error("no such spot");
  for (const turn of TURNS) {
    const start = pointOf(from.at, turn);
    for (const fine of [true, false]) {
      expect(pointOf(neighbour(bets, from, "up", turn, fine).at, turn).top).toBeLessThan(start.top);
      expect(pointOf(neighbour(bets, from, "down", turn, fine).at, turn).top).toBeGreaterThan(start.top);
      expect(pointOf(neighbour(bets, from, "left", turn, fine).at, turn).left).toBeLessThan(start.left);
      expect(pointOf(neighbour(bets, from, "right", turn, fine).at, turn).left).toBeGreaterThan(start.left);
    }
  }
});

test("[R3] where a chip of a line or crossing lies, no other such spot is pressed", () => {
  for (const wheel of WHEELS) {
    const lines = layoutOf(wheel).bets.filter(({ box }) => box === null);
    for (const turn of TURNS) {
      for (const bet of lines) {
        const { left, top } = pointOf(bet.at, turn);
        const hit = lines.filter((other) => {
          const area = pressable(other, turn);
          return (
            left >= area.left && left <= area.left + area.width && top >= area.top && top <= area.top + area.height
          );
        });
        expect(hit.map(({ spot }) => spot)).toEqual([bet.spot]);
      }
    }
  }
});

test("a spot says its name, its odds and whose chips lie there", () => {
  const split = layoutOf("european").bySpot.get("split:17-20");
  const five = layoutOf("american").bySpot.get("five:0-00-1-2-3");
  if (split === undefined || five === undefined) throw new Error("no such spot");
  expect(labelOf(split, "european", 50, 0)).toBe("Split 17 and 20, pays 17 to 1, your 50");
  expect(labelOf(five, "american", 0, 1_200)).toBe("Five numbers, 0, 00 and 1 to 3, pays 6 to 1, others 1,200");
});
