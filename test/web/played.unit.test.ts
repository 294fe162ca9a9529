import { expect, test } from "vitest";
import { afterNow, notePlayed, playedNow } from "../../web/table/played.ts";

/** The page's memory of the last round that was played: what `after` asks for. */

const ROOM = "roulette:main";
let seq = 100;
let rooms = 0;

/** A player and a table of their own: the memory is the page's. */
function seat(): (open: number | null, settled: number | null, first?: boolean) => void {
  rooms += 1;
  const room = `${ROOM}${rooms}`;
  return (open, settled, first = false) => notePlayed(room, "ann", { open, settled, seq: (seq += 1) }, seq * 10, first);
}

test("a round is remembered from its first chip to its settlement, with the commits of both", () => {
  const tell = seat();
  tell(null, null, true);
  tell(7, null);
  const bet = { seq, at: seq * 10 };
  tell(7, null);
  expect(playedNow()).toMatchObject({ round: 7, player: "ann", bet, settled: null });
  tell(null, 7);
  expect(playedNow()).toMatchObject({ round: 7, bet, settled: { seq, at: seq * 10 } });
  expect(afterNow("ann")).toBe(`${ROOM}${rooms}/7`);
  expect(afterNow("bob")).toBeNull();
  expect(afterNow(null)).toBeNull();
});

test("what is public comes before what is one's own: the chips of a round are not taken for the next one's", () => {
  const tell = seat();
  tell(null, 3, true);
  tell(4, 3);
  tell(5, 3); // the table is at round 5, and we have not been told of our part in 4
  expect(playedNow()).toMatchObject({ round: 4, settled: null });
  tell(null, 4);
  expect(playedNow()).toMatchObject({ round: 4, settled: { seq } });
});

test("bets that were taken back are no round, and the round before stays the one to ask for", () => {
  const tell = seat();
  tell(1, null);
  tell(null, 1);
  const asked = afterNow("ann");
  tell(2, 1);
  tell(null, 1);
  expect(playedNow()).toBeNull();
  expect(afterNow("ann")).toBe(asked);
  tell(3, 1);
  tell(null, 3);
  expect(afterNow("ann")).toBe(`${ROOM}${rooms}/3`);
});

test("a page that comes into a round has not seen its bet, and what was settled before is old news", () => {
  const asked = afterNow("ann");
  const tell = seat();
  tell(9, 8, true);
  expect(playedNow()).toMatchObject({ round: 9, bet: null, settled: null });
  expect(afterNow("ann")).toBe(asked);
  tell(null, 9);
  expect(afterNow("ann")).toBe(`${ROOM}${rooms}/9`);
});

test("who plays on without a pause has each round remembered in its turn", () => {
  const tell = seat();
  tell(1, null);
  tell(2, 1);
  expect(afterNow("ann")).toBe(`${ROOM}${rooms}/1`);
  expect(playedNow()).toMatchObject({ round: 2, bet: { seq }, settled: null });
  tell(3, 2);
  expect(afterNow("ann")).toBe(`${ROOM}${rooms}/2`);
});
