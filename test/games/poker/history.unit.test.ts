import { beforeAll, describe, expect, test } from "vitest";
import { handsOfPhh } from "../../../src/cli/oracle-poker/phh.ts";
import { played } from "../../../src/cli/oracle-poker/play.ts";
import type { HandRecord } from "../../../rooms/poker/record.ts";
import { namesIn } from "../../../rooms/poker/house-names.ts";
import { phhOf } from "../../../rooms/poker/phh.ts";
import { textOf } from "../../../rooms/poker/text.ts";
import { cardText } from "../../../rooms/poker/cards.ts";
import { utcOf } from "../../../rooms/poker/calendar.ts";
import { recordSchema } from "../../../rooms/poker/record-schema.ts";
import { chips, type Ms, type PlayerId } from "../../../rooms/game.ts";
import { startOf } from "../../../rooms/poker/course.ts";
import { playHands, type Played } from "../../fair/verify/poker-habit.ts";

type Told = { readonly record: HandRecord; readonly viewer: PlayerId | null };
let tables: readonly Played[] = [];
let told: readonly Told[] = [];

beforeAll(() => {
  const settings = [
    { smallBlind: 1, bigBlind: 3 },
    { ante: 10, straddle: "underTheGun", rakeX10000: 500, rakeCap: 300 },
    { seats: 9, straddle: "button", straddleRaiseBigBlinds: 3 },
    { seats: 2, ante: 7 },
  ] as const;
  tables = settings.map((config, i) => playHands(70 + i, 60, config));
  told = tables.flatMap(({ rounds, read }, i) => {
    const viewer = (i % 2 === 0 ? "ann" : null) as PlayerId | null;
    return rounds.map((round) => ({ record: read(round, viewer), viewer }));
  });
}, 60_000);

const withLine = (type: string, what: string): HandRecord[] =>
  told.flatMap(({ record }) =>
    record.log.some((line) => line.type === type && JSON.stringify(line).includes(what)) ? [record] : [],
  );

const post = (player: number, what: "ante" | "big blind" | "small blind", dead: number, live: number) =>
  ({ type: "post", player, what, dead, live }) as const;

describe("a hand in PHH [P18]", () => {
  test("[P21] read back it plays to the same stacks: antes, straddles, missed blinds, side pots, two boards, rake", () => {
    for (const what of ['"ante"', '"straddle"', '"missed blinds"']) {
      expect(withLine("post", what).length, what).toBeGreaterThan(3);
    }
    expect(told.filter(({ record }) => record.board2 !== null && record.void === null).length).toBeGreaterThan(3);
    expect(told.filter(({ record }) => record.rake > 0).length).toBeGreaterThan(3);
    expect(told.filter(({ record }) => record.players.length === 2).length).toBeGreaterThan(10);
    for (const { record } of told) {
      const text = phhOf(record, "poker:test");
      const [line] = handsOfPhh(text, "file").map(played);
      expect(line, text).toMatchObject({ ok: true });
      if (record.void === null) expect(line?.final, text).toEqual(record.players.map(({ end }) => end));
    }
  });

  test("[P11] a dead small blind beside an ante that a stack does not cover", () => {
    // The button came back with 5 chips for an ante of 10; the big blind bought in with a dead small one.
    const { record } = told.find(({ record: one }) => one.players.length === 3) as Told;
    const [a, b, c] = record.players;
    if (a === undefined || b === undefined || c === undefined) throw new Error("three players");
    const hand: HandRecord = {
      ...record,
      void: null,
      blinds: { small: 50, big: 100, ante: 10 },
      rules: { ...record.rules, rakeX10000: 0 },
      players: [a, b, c].map((one, i) => ({ ...one, start: chips(i === 2 ? 5 : 1_000), end: chips(0), cards: null })),
      log: [
        ...[0, 1, 2].map((place) => post(place, "ante", 10, 0)),
        post(0, "small blind", 0, 50),
        post(1, "big blind", 50, 100),
        { type: "act", player: 0, act: { type: "fold" }, to: 50, by: "player" },
      ],
      board: [],
      board2: null,
      awards: [],
      rake: 0,
    };
    const text = phhOf(hand, "poker:test");
    expect(text).toContain("antes = [10, 60, 10]\n_dead = [0, 50, 0]\n");
    expect(handsOfPhh(text, "file")[0]?.start).toEqual(startOf(hand));
  });

  test("has ???? for cards that its viewer was not shown, and theirs in full", () => {
    let closed = 0;
    for (const { record } of told) {
      const text = phhOf(record, "poker:test");
      for (const [i, { cards }] of record.players.entries()) {
        const dealt = cards === null ? "????" : cards.map(({ card }) => cardText(card)).join("");
        expect(text).toContain(`"d dh p${i + 1} ${dealt}"`);
        if (cards === null) closed += 1;
      }
    }
    expect(closed).toBeGreaterThan(100);
  });

  test("looks like this", () => {
    const record = told.find(({ record: one }) => one.board.length === 5 && one.players.length > 2)?.record;
    const text = record === undefined ? "" : phhOf(record, "poker:test");
    expect(text).toMatch(/^variant = "NT"\nante_trimming_status = (true|false)\nantes = \[0(, 0)+\]\n/);
    expect(text).toContain(`hand = ${record?.hand}\n`);
    expect(text).toMatch(/\nmin_bet = 3\n/);
    expect(text).toMatch(/\ntime = \d\d:\d\d:\d\d\ntime_zone = "UTC"\n/);
  });

  test("takes any text into its strings", () => {
    const { record } = told[0] as Told;
    const odd = { ...record, void: 'a "\u007f\n\u0000\ud800 word', awards: [] };
    const text = phhOf(odd, "poker:öäü");
    expect(text).toContain('table = "poker:öäü"');
    expect(() => handsOfPhh(text, "file")).not.toThrow();
  });
});

describe("a hand in words [P18]", () => {
  test("tells every act, card and pay-out, and nothing of cards that its viewer was not shown", () => {
    for (const { record, viewer } of told) {
      const text = textOf(record, "poker:test", viewer);
      const open = new Set(
        [...record.board, ...(record.board2 ?? []), ...record.players.flatMap(({ cards }) => cards ?? [])].map(
          ({ card }) => cardText(card),
        ),
      );
      const named = new Set(text.match(/\b[2-9TJQKA][cdhs]\b/g) ?? []);
      expect([...named].filter((card) => !open.has(card))).toEqual([]);
      if (record.void === null) expect([...open].filter((card) => !named.has(card))).toEqual([]);
      for (const { seat, end, start } of record.players) {
        expect(text).toContain(`Seat ${seat + 1}: ${end} chips (${end < start ? "" : "+"}${end - start})`);
      }
      const acts = record.log.filter(({ type }) => type === "act").length;
      const lines = text.split("\n").filter((line) => /^(You|Seat \d) (fold|check|call|bet|raise)s?\b/.test(line));
      expect(lines).toHaveLength(acts);
      expect(text).not.toMatch(/undefined|NaN|null/);
    }
  });

  test("says you to its viewer", () => {
    const mine = told.find(({ record, viewer }) => record.players.some(({ player }) => player === viewer));
    const text = mine === undefined ? "" : textOf(mine.record, "poker:test", mine.viewer);
    expect(text).toMatch(/Seat \d: ann \(you\), \d+ chips/);
    expect(text).toMatch(/\nYour cards: [2-9TJQKA][cdhs] [2-9TJQKA][cdhs]\n/);
  });
});

describe("what a hand's players are called in its files", () => {
  test("is their name, that of a house player, or the seat: never a piece of an id, and no two are called the same", () => {
    const people = ["ann", "bot:4:2", "7k2m9qx4c0v8h1ztr3fw", "7k2m9qx4c0v8h1ztr3fx"] as PlayerId[];
    const nameOf = namesIn(
      people.map((player, i) => ({ player, seat: i + 1 })),
      (player) => (player === "ann" ? "heron" : null),
    );
    expect(people.map(nameOf)).toEqual(["heron", "Walter", "Player 4", "Player 5"]);
    expect(nameOf("7k2m9qx4c0v8h1ztr3fz")).toBe("a player");
  });
});

describe("a record from outside", () => {
  test("is read as it was written", () => {
    for (const { record } of told) expect(recordSchema.parse(record)).toEqual(record);
  });
});

const two = (n: number): string => String(n).padStart(2, "0");

describe("an instant's day", () => {
  test("is that of the calendar", () => {
    for (const iso of [
      "1970-01-01T00:00:00Z",
      "2000-02-29T23:59:59Z",
      "2024-12-31T12:30:01Z",
      "2100-03-01T00:00:00Z",
    ]) {
      const { year, month, day, time } = utcOf(Date.parse(iso) as Ms);
      expect(`${year}-${two(month)}-${two(day)}T${time}Z`).toBe(iso);
    }
    for (let days = -800; days < 40_000; days += 17) {
      const at = days * 86_400_000 + 3_600_000;
      const { year, month, day } = utcOf(at as Ms);
      expect(Date.UTC(year, month - 1, day, 1)).toBe(at);
    }
  });
});
