import { describe, expect, test } from "vitest";
import type { Ms, PlayerId } from "../../rooms/game.ts";
import { chips } from "../../rooms/game.ts";
import { firstConfig } from "../../rooms/games.ts";
import type { Outcome } from "../../rooms/lottery/check.ts";
import { awardId } from "../../rooms/lottery/tickets.ts";
import type { Holding, Result, Started, Waiting } from "../../rooms/lottery/types.ts";
import { config as pokerConfig } from "../../rooms/poker/types.ts";
import { drawOf, pathTo, untold, wonWords } from "../../web/awards/words.ts";
import { piecesOf, restAngle } from "../../web/lottery/shape.ts";
import {
  clockWords,
  lengthWords,
  oddsOf,
  oddsWords,
  resultWords,
  shareWords,
  startWords,
  tablesOf,
  waitingWords,
  waysWords,
  whereWords,
} from "../../web/lottery/words.ts";
import { account, gathered, numbersOf } from "../../web/lottery/round/account.ts";

const player = (id: string): PlayerId => id as PlayerId;
const RULES = { players: 5, minPlayers: 2, timeLimitMs: 120_000 };
const waiting = (part: Partial<Waiting>): Waiting => ({
  draw: 7,
  players: 1,
  tickets: 1,
  stakes: 500,
  weight: 500,
  prize: chips(5),
  endsAt: 1_000 as Ms,
  ...part,
});
const MINE: Holding = { tickets: 2, stake: 300, weight: 300, last: [] };
const STARTED: Started = {
  ...waiting({ players: 2, tickets: 3, weight: 1_200 }),
  root: "ab",
  at: 0 as Ms,
  drawsAt: 1 as Ms,
};
const RESULT: Result = { ...STARTED, number: 900, ticket: 2, player: player("bob") };

const award = (draw: number, amount: number) => ({
  id: awardId("lottery:main", draw, "0123456789abcdef0123"),
  lottery: "main",
  amount,
});
const ticket = (who: string, stake: number) => ({
  id: `e:${who}`,
  player: player(who),
  stake,
  weight: stake,
  stakes: 1,
});
const who = (id: string): string => (id === "ann" ? "You" : `Player ${id}`);

const MAKERS = ["roulette", "crash"];

describe("what a lottery is said to be", () => {
  test("[L7] odds are told as per cent and as one in how many, and never as all or nothing when they are not", () => {
    expect(oddsOf(0, 100)).toBe(null);
    expect(oddsOf(0, 0)).toBe(null);
    expect(oddsWords(0, 100)).toBe("none");
    expect(oddsWords(250, 1_000)).toBe("25%, 1 in 4");
    expect(oddsWords(1, 3)).toBe("33.3%, 1 in 3");
    expect(oddsWords(2_000, 6_200)).toBe("32.3%, 1 in 3.1");
    expect(oddsWords(1, 1_500)).toBe("0.07%, 1 in 1,500");
    expect(oddsWords(1, 100_000_000)).toBe("under 0.01%, 1 in 100,000,000");
    expect(oddsWords(99_999, 100_000)).toBe("over 99.9%, nearly every number");
    expect(oddsWords(7, 7)).toBe("100%, every number is yours");
  });

  test("[L7] time is told as a clock shows it and as people say it", () => {
    expect([0, 1, 900, 59_001, 83_000, 3_599_000].map(clockWords)).toEqual([
      "0:00",
      "0:01",
      "0:01",
      "1:00",
      "1:23",
      "59:59",
    ]);
    expect(clockWords(7_500_000)).toBe("2 h 05 min");
    expect(clockWords(3 * 86_400_000)).toBe("3 days");
    expect([1_000, 90_000, 120_000, 3_600_000, 7_200_000, 604_800_000].map(lengthWords)).toEqual([
      "1 second",
      "90 seconds",
      "2 minutes",
      "60 minutes",
      "2 hours",
      "7 days",
    ]);
  });

  test("[L1] an empty draw says what makes the first ticket, and how long it then takes", () => {
    const { title, line } = waitingWords(RULES, waiting({ tickets: 0, players: 0, prize: chips(0), endsAt: null }));
    expect(title).toBe("Waiting for a ticket");
    expect(line).toContain("starts the clock: 2 minutes.");
  });

  test("[L1] [L3] a draw that gathers says what starts it, and what happens when time is up too early", () => {
    expect(waitingWords(RULES, waiting({})).line).toBe(
      "At 5 players it starts at once. With fewer than 2 when time is up, the tickets keep their places and wait on.",
    );
    expect(waitingWords(RULES, waiting({ players: 2 })).line).toBe(
      "It starts when time is up, or at once with 5 players.",
    );
  });

  test("[L3] after a roll-over it says that tickets keep their places, and why", () => {
    const { title, line } = waitingWords(RULES, waiting({ endsAt: null }));
    expect(title).toBe("The tickets wait on");
    expect(line).toBe(
      "Time was up with 1 player, and it takes 2. Every ticket keeps its place, and the next one starts the clock anew.",
    );
  });

  test("[L2] stakes that make no whole chip of prize are said to be too few", () => {
    expect(waitingWords(RULES, waiting({ prize: chips(0), players: 5 })).line).toContain(
      "do not make a prize of one chip yet",
    );
  });

  test("[L2] by weight or flat, the cap and the share are named", () => {
    expect(waysWords({ weighting: "stake", capPerPlayer: 10_000 })).toContain(
      "what was staked; less where the house keeps less, as at crash. Hold\u2019em counts by its rake, and makes none where there is none. Up to 10,000 count for one player.",
    );
    expect(waysWords({ weighting: "flat", capPerPlayer: 20 })).toContain("All weigh the same; 20 count");
    expect([1, 50, 100, 1_234, 10_000].map(shareWords)).toEqual(["0.01%", "0.5%", "1%", "12.34%", "100%"]);
  });

  test("[L2] the house tables that are named as ways are those that the house keeps something of", () => {
    const { rakeX10000 } = pokerConfig.parse(firstConfig("poker:main"));
    expect(rakeX10000).toBe(0);
    expect(tablesOf({ games: [] }, MAKERS)).toEqual(["roulette", "crash"]);
    expect(tablesOf({ games: ["crash", "poker"] }, MAKERS)).toEqual(["crash"]);
    expect([[], ["crash"], ["poker"]].map((games) => whereWords({ games }, MAKERS))).toEqual([
      "at roulette or crash",
      "at crash",
      "at a Hold\u2019em table that takes a rake",
    ]);
    expect(whereWords({ games: [] }, ["roulette", "crash", "keno"])).toBe("at roulette, crash or keno");
  });

  test("[L7] the start, and the result to the winner, to a loser and to who looks on, are heard in whole sentences", () => {
    expect(startWords(STARTED, MINE)).toBe("Draw 7 has started: 3 tickets for a prize of 5. Your odds: 25%, 1 in 4.");
    expect(startWords(STARTED, null)).toContain("You have no ticket in it.");
    expect(resultWords(RESULT, "You", true)).toBe("Draw 7: You won 5, with number 900 of 1,200.");
    expect(resultWords(RESULT, "Player bob", true)).toContain("It was not yours this time.");
    expect(resultWords(RESULT, "Player bob", false)).not.toContain("yours");
  });
});

describe("the ring of a draw", () => {
  const tickets = [
    { player: player("ann"), weight: 500 },
    { player: player("bob"), weight: 0 },
    { player: player("ann"), weight: 250 },
    { player: player("cid"), weight: 250 },
  ];

  test("[L2] each ticket is as wide as it weighs and starts where its numbers do; one that weighs nothing is not there", () => {
    const pieces = piecesOf(tickets, 1_000, "cid", null);
    expect(pieces.map(({ start }) => start)).toEqual([0, 0.5, 0.75]);
    expect(pieces.map(({ kind }) => kind)).toEqual(["a", "c", "mine"]);
    for (const [i, part] of [0.5, 0.25, 0.25].entries()) expect(pieces[i]?.length).toBeCloseTo(part, 2);
  });

  test("[L6] the ticket that holds the number is the one that is marked, mine or another's", () => {
    const at = (number: number, you: string): string[] =>
      piecesOf(tickets, 1_000, you, number)
        .map(({ kind }) => kind)
        .filter((kind) => kind.endsWith("won"));
    expect(at(499, "ann")).toEqual(["mine-won"]);
    expect(at(750, "ann")).toEqual(["won"]);
    expect(at(0, "cid")).toEqual(["won"]);
    expect(piecesOf(tickets, 1_000, "cid", 500)[1]?.kind).toBe("won");
  });

  test("[L7] tickets that the page does not know one by one are one piece, and one player alone has the whole ring", () => {
    expect(piecesOf(tickets.slice(0, 1), 1_000, null, null)).toMatchObject([
      { start: 0 },
      { start: 0.5, kind: "rest" },
    ]);
    expect(piecesOf([{ player: player("ann"), weight: 9 }], 9, "ann", null)).toEqual([
      { start: 0, length: 1, kind: "mine" },
    ]);
    expect(piecesOf([], 0, null, null)).toEqual([]);
  });

  test("[L6] at rest the middle of the drawn number lies at the top", () => {
    for (const [number, whole] of [
      [0, 1],
      [0, 10],
      [899, 1_200],
      [9_999, 10_000],
    ] as const) {
      const top = (restAngle(number, whole) + ((number + 0.5) / whole) * 360) % 360;
      expect(Math.min(top, 360 - top)).toBeCloseTo(0, 9);
    }
  });
});

describe("what a winner is told", () => {
  test("[L7] an award's own id says which draw it was, and the toast leads there", () => {
    expect(drawOf(award(12, 240))).toEqual({ room: "lottery:main", draw: 12 });
    expect(drawOf({ id: "elsewhere" })).toBe(null);
    expect(pathTo({ awards: [award(12, 240)], away: false })).toBe("/rooms/lottery/main/rounds/12");
    expect(pathTo({ awards: [{ id: "elsewhere", lottery: "late", amount: 1 }], away: false })).toBe(
      "/rooms/lottery/late",
    );
  });

  test("[L7] at once, or on coming back; several that came meanwhile are one sum", () => {
    expect(wonWords({ awards: [award(12, 1_240)], away: false })).toEqual({
      title: "You won 1,240",
      line: "Draw 12 of the lottery.",
    });
    expect(wonWords({ awards: [award(12, 240)], away: true }).line).toBe(
      "Draw 12 of the lottery, while you were away.",
    );
    const several = { awards: [award(14, 40), award(12, 240)], away: true };
    expect(wonWords(several)).toEqual({ title: "You won 280", line: "2 draws of the lottery, while you were away." });
    expect(pathTo(several)).toBe("/rooms/lottery/main");
  });

  test("[L4] what was told once is not told again", () => {
    const [one, two] = [award(1, 5), award(2, 5)];
    expect(untold([two, one], [one.id])).toEqual([two]);
    expect(untold([two, one], [two.id, one.id])).toEqual([]);
  });
});

describe("the account of a finished draw", () => {
  const outcome: Outcome = {
    void: null,
    rules: { weighting: "stake", capPerPlayer: 10_000, prizeShare: 100 },
    root: "ab",
    stakes: 8_700,
    weight: 8_700,
    carriedIn: 0,
    carriedOut: 0,
    prize: 87,
    number: 8_309,
    ticket: 1,
    award: { player: player("ann"), amount: 87, status: "played_out" },
    tickets: [ticket("bob", 7_100), ticket("ann", 1_600)],
  };

  test("[L2] [L6] it names the tickets, the rules, the share, the number and whose it was", () => {
    const words = account(outcome, who);
    for (const part of [
      "2 tickets had gathered, with 8,700 staked.",
      "up to 10,000 a player: 8,700 numbers in all.",
      "1% of the stakes made the prize of 87.",
      "The number 8,309 came, one of the 1,600 in ticket 1;",
      "it was yours, and so is the prize.",
    ]) {
      expect(words).toContain(part);
    }
    expect(account(outcome, (id) => `Player ${id}`)).toContain("held by Player ann, who has the prize.");
    expect(gathered(outcome)).toBe("2 tickets of 2 players, 8,700 staked");
  });

  test("a void draw says why, and that its tickets went on", () => {
    expect(account({ ...outcome, void: "A test.", award: null, number: null, ticket: null, prize: 0 }, who)).toBe(
      "The draw is void: A test. Its tickets went on to the next one.",
    );
  });

  test("a ticket's numbers count from where it starts", () => {
    expect(numbersOf(0, 2_000)).toBe("0 to 1,999");
    expect(numbersOf(5, 1)).toBe("5");
    expect(numbersOf(5, 0)).toBe("none");
  });
});
