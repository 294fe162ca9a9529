import { beforeAll, describe, expect, test } from "vitest";
import type { HandRecord } from "../../../rooms/poker/record.ts";
import { knownCards, replay } from "../../../rooms/poker/replay.ts";
import type { View } from "../../../rooms/poker/types.ts";
import { playHands } from "../../fair/verify/poker-habit.ts";

let records: readonly HandRecord[] = [];

beforeAll(() => {
  const settings = [
    { smallBlind: 1, bigBlind: 2 },
    { ante: 10, straddle: "underTheGun", rakeX10000: 500, rakeCap: 300 },
    { seats: 9, straddle: "button", straddleRaiseBigBlinds: 3 },
    { seats: 2, ante: 7 },
  ] as const;
  records = settings.flatMap((config, i) => {
    const { rounds, read } = playHands(40 + i, 50, config);
    return rounds.map((round) => read(round, i % 2 === 0 ? null : "ann"));
  });
}, 60_000);

const chipsOn = ({ hand, seats }: View): number =>
  seats.reduce((sum, seat) => sum + (seat === null ? 0 : seat.stack + seat.bet), 0) +
  (hand === null || hand.awards !== null ? 0 : hand.pots.reduce((sum, { chips }) => sum + chips, 0));

describe("a replayed hand [P18] [P21]", () => {
  test("ends with the stacks that were paid, from its log alone", () => {
    expect(records.filter((record) => record.board2 !== null).length).toBeGreaterThan(5);
    for (const record of records) {
      const last = replay(record).at(-1)?.view;
      expect(record.players.map(({ seat }) => last?.seats[seat]?.stack)).toEqual(record.players.map(({ end }) => end));
    }
  });

  test("has as many chips in every picture, until the house takes its part", () => {
    for (const record of records) {
      const whole = record.players.reduce((sum, { start }) => sum + start, 0);
      const pictures = replay(record);
      const end = pictures.findIndex(({ did }) => did.type === "won");
      for (const [i, { view }] of pictures.entries()) {
        expect(chipsOn(view), `hand ${record.hand}, picture ${i}`).toBe(
          end >= 0 && i >= end ? whole - record.rake : whole,
        );
      }
    }
  });

  test("tells each act by whose turn it was, and every card of the boards in the order it came", () => {
    for (const record of records) {
      const pictures = replay(record);
      let told = 0;
      for (const [i, { did }] of pictures.entries()) {
        if (did.type !== "acted") continue;
        told += 1;
        expect(pictures[i - 1]?.view.hand?.turn?.seat).toBe(did.seat);
      }
      expect(told).toBe(record.log.filter(({ type }) => type === "act").length);
      const last = pictures.findLast(({ view }) => view.hand !== null)?.view.hand;
      expect(last?.board).toEqual(record.board.map(({ card }) => card));
      expect(last?.board2 ?? null).toEqual(record.board2?.map(({ card }) => card) ?? null);
    }
  });

  test("shows nobody's cards before they were shown, and knows those of its viewer", () => {
    let own = 0;
    for (const record of records) {
      const known = knownCards(record);
      for (const { seat, player, cards, shown } of record.players) {
        const pictures = replay(record).filter(({ view }) => view.hand !== null);
        const open = pictures.map(({ view }) => Array.isArray(view.seats[seat]?.cards));
        expect(open[0]).toBe(false);
        expect(open.at(-1)).toBe(shown);
        expect(known[seat]).toEqual(cards?.map(({ card }) => card));
        if (player === "ann" && cards !== null && !shown) own += 1;
      }
    }
    expect(own).toBeGreaterThan(20);
  });

  test("that was void gives everybody back what they began with", () => {
    const voids = records.filter((record) => record.void !== null);
    expect(voids.length).toBeGreaterThan(0);
    for (const record of voids) expect(replay(record).at(-1)?.did.type).toBe("voided");
  });
});
