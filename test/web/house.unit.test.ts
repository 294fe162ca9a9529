import { expect, test } from "vitest";
import { cornerOf, EDGES, NODES, partsFor, pathOf, BOX } from "../../web/architecture/plan.ts";
import { stepsOf, type Evidence, type Trail } from "../../web/architecture/steps.ts";
import { ticketFor, type InDraw } from "../../web/architecture/match.ts";
import { factWords } from "../../web/health/words.ts";
import { barsOf, lineOf, TALL } from "../../web/me/shape.ts";
import { span } from "../../web/pages/words.ts";

/** The page about the house, and the picture of a balance. */

const trail: Trail = {
  room: "roulette:main",
  round: 12,
  player: "ann",
  mine: true,
  bet: { seq: 40, at: 1_000 },
  settled: { seq: 45, at: 9_000 },
};
const nothing: Evidence = { record: null, part: null, ticket: null, counted: null };
const ticket = { draw: 3, place: 7, id: "roulette:main:3f2a:12", stake: 250, weight: 250, drawn: false, at: 9_800 };

const states = (one: Trail, evidence: Evidence, kafka = false): string[] =>
  stepsOf(one, evidence, kafka).map(({ state }) => state);

test("a step is seen when there is evidence of it, and never before", () => {
  const waiting = Array<string>(4).fill("waiting");
  expect(states({ ...trail, settled: null }, nothing)).toEqual(["seen", ...waiting]);
  expect(states(trail, nothing)).toEqual(["seen", "seen", "waiting", "waiting", "waiting"]);
  expect(states(trail, { ...nothing, ticket })).toEqual(["seen", "seen", "seen", "seen", "waiting"]);
  expect(states(trail, { ...nothing, counted: { at: 9_900 } })).toEqual(["seen", "seen", "waiting", "waiting", "seen"]);
  // A page that came late has not seen the bet; a lottery behind Kafka is not seen from here.
  expect(states({ ...trail, bet: null }, nothing, true)).toEqual(["unseen", "seen", "unseen", "unseen", "waiting"]);
});

test("the facts of a step are the journal's number, the commit that caused the event, and the event's own id", () => {
  const facts = new Map(stepsOf(trail, { ...nothing, ticket }, false).flatMap((step) => step.facts));
  expect(facts.get("Event")).toBe("roulette:main:3f2a:12");
  expect(facts.get("Caused by")).toBe("roulette:main@45");
  expect(facts.get("Draw")).toBe("3");
});

const inDraw = (number: number, over: Partial<InDraw> = {}): InDraw => ({
  draw: 3,
  place: number,
  id: `roulette:main:3f2a:${number}`,
  stake: 250,
  weight: 250,
  drawn: false,
  player: "ann",
  stakes: 1,
  ...over,
});

const find = (seen: readonly InDraw[], before: readonly string[] = []): string | undefined =>
  ticketFor({ room: "roulette:main", player: "ann" }, 250, seen, new Set(before))?.id;

test("a stake's ticket is of its player, its table and its sum, is newer than those that were there, and the newest of them", () => {
  const [old, fresh] = [inDraw(9), inDraw(12)];
  expect(find([fresh, old])).toBe(fresh.id);
  expect(find([old], [old.id])).toBeUndefined();
  expect(find([inDraw(12, { player: "bob" }), inDraw(13, { stake: 251 })])).toBeUndefined();
  expect(find([inDraw(12, { id: "roulette:main2:3f2a:12" })])).toBeUndefined();
});

test("on either plan every part has a place of its own, and no line leads to a part that is not drawn", () => {
  for (const kafka of [false, true]) {
    const nodes = partsFor(NODES, kafka);
    const ids = new Set(nodes.map(({ id }) => id));
    for (const { from, to } of partsFor(EDGES, kafka)) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
    for (const shape of ["wide", "tall"] as const) {
      const corners = nodes.map((node) => cornerOf(node, shape));
      expect(new Set(corners.map(({ left, top }) => `${left} ${top}`)).size).toBe(nodes.length);
      for (const { left } of corners) expect(left + BOX[shape].width).toBeLessThanOrEqual(100.001);
      for (const edge of partsFor(EDGES, kafka)) expect(pathOf(edge, nodes, shape)).not.toContain("NaN");
    }
  }
});

test("a balance lies inside its picture, one that never changed too, and bars go up for won and down for lost", () => {
  const days = [100, 250, 50, 50].map((balance) => ({ balance }));
  for (const some of [days, days.slice(0, 1), days.slice(2)]) {
    const ys = [...lineOf(some).path.matchAll(/,([\d.]+)/g)].map((found) => Number(found[1]));
    expect(ys.length).toBeGreaterThan(1);
    for (const y of ys) expect(y >= 0 && y <= TALL.line).toBe(true);
  }
  const bars = barsOf([
    { wagered: 100, returned: 300 },
    { wagered: 100, returned: 0 },
    { wagered: 50, returned: 50 },
  ]);
  expect(bars.map(({ won, box }) => [won, box.y < TALL.zero, box.height])).toEqual([
    [true, true, 15],
    [false, false, 7.5],
    [false, false, 0],
  ]);
});

test("what is known of a part is said in plain words, with its units", () => {
  const well = { state: "ok", ms: 3 } as const;
  expect(factWords({ ...well, name: "dead_letters", letters: 1 }, 0)).toBe("1 message for an operator.");
  expect(factWords({ ...well, name: "outboxes", waiting: 0, parked: 0 }, 0)).toBe("All is told.");
  expect(factWords({ ...well, name: "outboxes", waiting: 3, parked: 2 }, 0)).toContain("2 events given up on");
  expect(factWords({ ...well, name: "read_model", projectedAt: 1_000, lagMs: 420 }, 13_000)).toBe(
    "Last counted 12 s ago; the oldest result that waits is 0.4 s old.",
  );
  expect(factWords({ ...well, name: "read_model", projectedAt: null, lagMs: 0 }, 0)).toBe(
    "Nothing has been counted yet.",
  );
  expect(factWords({ ...well, name: "directory" }, 0)).toBeNull();
  expect([900, 89_000, 91_000, 5_400_000, 200_000_000].map(span)).toEqual(["0.9 s", "89 s", "2 min", "2 h", "2 days"]);
});
