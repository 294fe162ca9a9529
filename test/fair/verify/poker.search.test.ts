import { beforeAll, describe, expect, test } from "vitest";
import type { Proof } from "../../../rooms/fair/deck.ts";
import type { FinishedRound } from "../../../rooms/kernel/state.ts";
import type { HandRecord } from "../../../rooms/poker/record.ts";
import type { RoundRecord } from "../../../rooms/host/ports.ts";
import { listFaults, NotARecord, readRound, verify } from "../../../rooms/verify.ts";
import { replay } from "../../../rooms/poker/replay.ts";
import BEFORE from "./run-twice-before.json" with { type: "json" };
import { playHands, type Played } from "./poker-habit.ts";
import { filing, runTool } from "./tool.ts";

/** Hands of poker checked from what one viewer was shown, and the lies that a house might tell of them. */

type Told = RoundRecord<Proof>;
type Found = { readonly table: Played; readonly round: FinishedRound; readonly told: Told; readonly hand: HandRecord };

const handOf = ({ outcome }: Told): HandRecord => outcome as unknown as HandRecord;
const tables: Played[] = [];
let all: readonly Found[] = [];

beforeAll(() => {
  const settings = [
    { smallBlind: 1, bigBlind: 3 },
    { ante: 10, straddle: "underTheGun", rakeX10000: 500, rakeCap: 300 },
    { seats: 9, straddle: "button", straddleRaiseBigBlinds: 3 },
    { seats: 2, ante: 7 },
  ] as const;
  for (const [i, config] of settings.entries()) tables.push(playHands(110 + i, 120, config));
  all = tables.flatMap((table) =>
    table.rounds.map((round): Found => {
      const told = table.room.record(round, null);
      return { table, round, told, hand: handOf(told) };
    }),
  );
}, 60_000);

const wrongOf = (record: unknown): string[] =>
  verify(record).steps.flatMap(({ id, ok, says, facts }) =>
    ok === false ? [`${id}: ${says} ${JSON.stringify(facts.filter((fact) => fact.ok === false))}`] : [],
  );

const contested = ({ hand }: Found): boolean => hand.awards.some((award) => award.with !== null);
function some(where: (found: Found) => boolean): Found {
  const found = all.find(where);
  if (found === undefined) throw new Error("no such hand was played: take another seed");
  return found;
}

describe("every hand that a table deals", () => {
  test("[P21] is verified, from what a stranger was shown and from what each player was", () => {
    expect(all.filter(({ hand }) => hand.void !== null).length).toBeGreaterThan(2);
    expect(all.filter(contested).length).toBeGreaterThan(60);
    expect(all.filter(({ hand }) => hand.board2 !== null && hand.void === null).length).toBeGreaterThan(3);
    for (const { table, round, told, hand } of all) {
      expect(wrongOf(told), `hand ${hand.hand}`).toEqual([]);
      const [player] = hand.players.filter(({ bot }) => !bot);
      if (player === undefined) continue;
      const own = table.room.record(round, player.player);
      expect(wrongOf(own), `hand ${hand.hand} for ${player.player}`).toEqual([]);
    }
  });

  test("[P16] [P21] also one that was run twice when the boards were still dealt side by side", () => {
    expect(
      BEFORE.map(({ outcome }) => outcome.log.flatMap((line) => (line.type === "board" ? [line.board] : []))),
    ).toEqual([
      [1, 2, 1, 2, 1, 2],
      [1, 1, 2, 1, 2],
    ]);
    for (const told of BEFORE) {
      expect(wrongOf(told)).toEqual([]);
      const last = replay(told.outcome as unknown as HandRecord).at(-1)?.view.hand;
      expect(last?.board2).toEqual(told.outcome.board2.map(({ card }) => card));
      // The second board ahead of the first is no deal at all.
      const [at] = told.outcome.log.flatMap((line, i) => (line.type === "board" && line.board === 2 ? [i] : []));
      const log = told.outcome.log
        .toSpliced(at ?? 0, 1)
        .toSpliced((at ?? 0) - 1, 0, told.outcome.log[at ?? 0] as never);
      expect(wrongOf({ ...told, outcome: { ...told.outcome, log } }).length).toBeGreaterThan(0);
    }
  });

  test("[P17] tells how many cards stay closed, and opens none of them", () => {
    const { told, hand } = some((one) => one.hand.players.some(({ cards }) => cards === null));
    const closed = 2 * hand.players.filter(({ cards }) => cards === null).length;
    const step = verify(told).steps.find(({ id }) => id === "cards");
    expect(step?.says).toContain(`${closed} stay closed for good`);
    expect(step?.facts.filter(({ value }) => value === "closed")).toHaveLength(closed / 2);
  });

  test("is one that the command line takes, alone and in a list", async () => {
    const file = filing();
    const records = all.slice(0, 20).map(({ told }) => told);
    const one = await runTool("verify.ts", [file(records[0])]);
    expect(one.code).toBe(0);
    for (const title of [
      "The roots of eight decks",
      "The words pick the deck",
      "The other decks are open",
      "The play",
    ]) {
      expect(one.out).toContain(title);
    }
    const list = await runTool("verify.ts", [file({ rounds: records })]);
    expect([list.code, list.out.includes("20 verified, 0 wrong")]).toEqual([0, true]);
    const broken = {
      ...records[0],
      proof: { ...records[0]?.proof, deck: (Number(Object(records[0]?.proof).deck) + 1) % 8 },
    };
    const bad = await runTool("verify.ts", [file(broken)]);
    expect([bad.code, bad.out.includes("The words pick the deck  [WRONG]")]).toEqual([1, true]);
  });
});

describe("a hand that a fault ended", () => {
  test("has no account; its decks are checked as far as they were opened", () => {
    const { table } = some(() => true);
    const { n } = table.rounds.at(-1) as FinishedRound;
    const { told } = some((one) => one.table === table && one.round.n === n);
    const faulted = { ...told, outcome: null, void: true };
    expect(wrongOf(faulted)).toEqual([]);
    expect(verify(faulted).headline).toBe("ended by a fault");
    expect(wrongOf({ ...faulted, void: false })).toHaveLength(1);
  });

  test("before it was dealt has no deck, and none is open", () => {
    const { told } = some(() => true);
    const { proof } = told;
    if (proof.scheme !== "deck") throw new Error("it is a hand of cards");
    const closed = { ...proof, deck: null, seeds: proof.seeds.map(() => null) };
    const undealt = { ...told, outcome: null, void: true, proof: closed };
    expect(wrongOf(undealt)).toEqual([]);
    // Some of what must stay closed is open.
    expect(wrongOf({ ...undealt, proof: { ...closed, seeds: proof.seeds } })).toHaveLength(1);
    // A hand cannot have been dealt from no deck.
    expect(wrongOf({ ...told, proof: closed }).length).toBeGreaterThan(0);
  });
});

type Mutable = {
  void: boolean;
  outcome: {
    void: string | null;
    rake: number;
    board: Card[];
    board2: Card[] | null;
    log: Record<string, unknown>[];
    players: { seat: number; start: number; end: number; cards: Card[] | null; shown: boolean }[];
    awards: { wins: { seat: number; chips: number }[]; with: string | null }[];
  };
  proof: { commitment: string; roots: string[]; seeds: (string | null)[]; deck: number; entropy: { value: string }[] };
};
type Card = { card: number; opening: { position: number; salt: string; path: string[] } };

const showdown = (found: Found): boolean =>
  contested(found) && found.hand.board2 === null && found.hand.players.length > 2;

/** Each by the name of what a house would gain by it; the step that sees it. */
const LIES: readonly (readonly [
  what: string,
  step: string,
  where: (found: Found) => boolean,
  lie: (record: Mutable) => void,
])[] = [
  ["another card on the board", "cards", showdown, ({ outcome }) => swap(outcome, outcome.board)],
  [
    "another card in the winner's hand",
    "cards",
    showdown,
    ({ outcome }) => {
      const seat = outcome.awards[0]?.wins[0]?.seat;
      const hand = outcome.players.find((one) => one.seat === seat)?.cards?.[0];
      if (hand !== undefined) hand.card = unused(outcome);
    },
  ],
  [
    "a card from elsewhere in the same deck",
    "cards",
    showdown,
    ({ outcome: { board } }) => ([board[0], board[1]] = [board[1] as Card, board[0] as Card]),
  ],
  [
    "a deck that the words did not pick",
    "draw",
    showdown,
    ({ proof }) => {
      const other = (proof.deck + 1) % 8;
      [proof.seeds[proof.deck], proof.seeds[other]] = [proof.seeds[other] ?? null, null];
      proof.deck = other;
    },
  ],
  [
    "words that nobody said",
    "draw",
    (one) => showdown(one) && one.told.proof.entropy.length > 0,
    ({ proof }) => (proof.entropy = []),
  ],
  ["a deck that stays closed", "opened", showdown, ({ proof }) => (proof.seeds[(proof.deck + 1) % 8] = null)],
  [
    "a prepared deck among the others",
    "opened",
    showdown,
    ({ proof }) => (proof.seeds[(proof.deck + 3) % 8] = "ab".repeat(32)),
  ],
  [
    "a root put there afterwards",
    "seal",
    showdown,
    ({ proof }) => (proof.roots[(proof.deck + 2) % 8] = "cd".repeat(32)),
  ],
  [
    "a loser paid as the winner",
    "paid",
    (one) => showdown(one) && one.hand.awards.length === 1,
    ({ outcome }) => {
      const [win] = outcome.awards[0]?.wins ?? [];
      const loser = outcome.players.find(({ seat, shown }) => shown && seat !== win?.seat) ?? outcome.players[0];
      if (win === undefined || loser === undefined) return;
      const winner = outcome.players.find(({ seat }) => seat === win.seat);
      if (winner !== undefined) winner.end -= win.chips;
      loser.end += win.chips;
      win.seat = loser.seat;
    },
  ],
  ["a chip kept from the winner", "paid", showdown, ({ outcome }) => (outcome.players[winnerOf(outcome)]!.end -= 1)],
  ["a chip of rake that is not due", "paid", showdown, ({ outcome }) => (outcome.rake += 1)],
  [
    "a pot won by a hand that was not shown",
    "paid",
    showdown,
    ({ outcome }) => Object.assign(outcome.players[winnerOf(outcome)] ?? {}, { shown: false, cards: null }),
  ],
  [
    "a call that was a fold",
    "play",
    (one) => showdown(one) && one.hand.log.some((line) => line.type === "act" && line.act.type === "call"),
    ({ outcome }) => {
      const line = outcome.log.find((one) => one["type"] === "act" && Object(one["act"]).type === "call");
      Object.assign(line ?? {}, { act: { type: "fold" } });
    },
  ],
  [
    "a raise above the stack",
    "play",
    (one) => one.hand.log.some((line) => line.type === "act" && line.act.type === "raise"),
    ({ outcome }) => {
      const line = outcome.log.find((one) => one["type"] === "act" && Object(one["act"]).type === "raise");
      Object.assign(line ?? {}, { to: 1_000_000 });
    },
  ],
  [
    "an act out of turn",
    "play",
    showdown,
    ({ outcome }) => {
      const line = outcome.log.find(({ type }) => type === "act");
      if (line !== undefined) line["player"] = (Number(line["player"]) + 1) % outcome.players.length;
    },
  ],
  ["a blind that was not posted", "play", showdown, ({ outcome }) => outcome.log.splice(0, 1)],
  [
    "a lost hand called void",
    "play",
    showdown,
    (record) => {
      record.void = true;
      record.outcome.void = "a test";
      for (const one of record.outcome.players) one.end = one.start;
    },
  ],
  [
    "a void hand in which something was kept",
    "paid",
    (one) => one.hand.void !== null,
    ({ outcome }) => {
      const [first] = outcome.players;
      if (first !== undefined) first.end -= 1;
    },
  ],
];

describe("what a house might gain by", () => {
  test.each(LIES)("%s: the %s step sees it", (_what, step, where, lie) => {
    const forged = structuredClone(some(where).told) as unknown as Mutable;
    lie(forged);
    expect(wrongOf(forged).map((line) => line.split(":")[0])).toContain(step);
  });

  test("telling a player that a mucked hand had lost, when it had won, is seen by that player", () => {
    // Somebody mucked at a showdown: as that player sees it, the board is told to be such that they win.
    const found = all.flatMap((one) => {
      const mucked = one.hand.players.find(
        ({ cards, bot }, place) =>
          cards === null &&
          !bot &&
          !one.hand.log.some((line) => line.type === "act" && line.player === place && line.act.type === "fold"),
      );
      return contested(one) && mucked !== undefined ? [{ ...one, player: mucked.player }] : [];
    });
    expect(found.length).toBeGreaterThan(3);
    for (const { table, round, player, hand } of found) {
      const own = structuredClone(table.room.record(round, player)) as unknown as Mutable;
      const me = own.outcome.players.find((_, i) => hand.players[i]?.player === player);
      // The same cards as the winner has but of another deck would be seen by the cards step: the money step alone is asked.
      const winner = own.outcome.players[winnerOf(own.outcome)];
      if (me?.cards == null || winner?.cards == null) continue;
      [me.cards, winner.cards] = [winner.cards, me.cards];
      expect(wrongOf(own).some((line) => line.startsWith("paid:"))).toBe(true);
    }
  });

  test("decks used twice, or hands left out of a list", () => {
    const records = all.filter(({ table }) => table === tables[0]).map(({ told }) => told);
    const rounds = records.map(readRound);
    expect(listFaults(rounds, true)).toEqual([]);
    expect(listFaults(rounds.toSpliced(3, 1), true)).toHaveLength(1);
    const [first, second] = rounds;
    if (first === undefined || second === undefined) throw new Error("two hands at least");
    const again = { ...second, proof: first.proof } as typeof second;
    expect(listFaults([first, again], false)[0]).toContain("has a deck of");
  });
});

describe("what is no record of a hand", () => {
  test("is refused as that, and not called a lie", () => {
    const { told } = some(() => true);
    for (const record of [
      { ...told, proof: { ...told.proof, scheme: "seed" } },
      { ...told, proof: { ...told.proof, scheme: "seed", seed: "ab".repeat(32) } },
      { ...told, room: "roulette:main" },
      { ...told, proof: { ...told.proof, roots: [] } },
      { ...told, proof: { ...told.proof, deck: 8 } },
      { ...told, outcome: {} },
      { ...told, outcome: { ...handOf(told), log: [{ type: "act", player: 0 }] } },
      { ...told, outcome: { ...handOf(told), players: [] } },
    ]) {
      expect(() => verify(record)).toThrow(NotARecord);
    }
  });
});

describe("a field made another", () => {
  /** What this record alone cannot show to be true. */
  const NOT_TOLD = [
    // Known to who was there.
    "startedAt",
    "endedAt",
    "outcome.startedAt",
    "outcome.players.*.player",
    "outcome.players.*.bot",
    "outcome.log.*.by",
    // Seats may be named otherwise in the same order round the table.
    "outcome.seats",
    "outcome.button",
    "outcome.players.*.seat",
    // Rules that did not come into it.
    "outcome.rules.rakeX10000",
    "outcome.rules.rakeCap",
    "outcome.rules.straddleRaiseBigBlinds",
    "outcome.blinds.small",
    // Face up, and not needed to win.
    "outcome.players.*.shown",
  ];

  test.each(["at a showdown", "won without one", "run twice", "void"])(
    "is seen in a hand %s, or listed as not to be told",
    (kind) => {
      const { told } = some((one) => {
        const { hand } = one;
        // Where no card was shown, other words that pick the same deck are not seen.
        if (one.told.proof.entropy.length === 0 || hand.board.length === 0) return false;
        if (kind === "void") return hand.void !== null;
        if (kind === "run twice") return hand.board2 !== null && hand.void === null;
        return (
          hand.void === null &&
          hand.board2 === null &&
          contested(one) === (kind === "at a showdown") &&
          hand.players.length > 2
        );
      });
      const unseen = new Set<string>();
      let seen = 0;
      for (const leaf of leavesOf(told)) {
        const green = othersOf(at(told, leaf)).some((value) => isGreen(withLeaf(told, leaf, value)));
        if (green) unseen.add(leaf.map((key) => (typeof key === "number" ? "*" : key)).join("."));
        else seen += 1;
      }
      expect(seen).toBeGreaterThan(60);
      // In a hand that was called off, who checked last may as well have folded.
      const open = kind === "void" ? [/void$/, /^outcome\.log\.\*\.act\.type$/] : [];
      expect(
        [...unseen].filter((name) => !NOT_TOLD.includes(name) && !open.some((pattern) => pattern.test(name))),
      ).toEqual([]);
    },
    60_000,
  );
});

// ---- forging ----

function winnerOf({ players, awards }: Mutable["outcome"]): number {
  return players.findIndex(({ seat }) => seat === awards[0]?.wins[0]?.seat);
}

function unused({ players, board, board2 }: Mutable["outcome"]): number {
  const out = new Set(
    [...board, ...(board2 ?? []), ...players.flatMap(({ cards }) => cards ?? [])].map(({ card }) => card),
  );
  return Array.from({ length: 52 }, (_, card) => card).find((card) => !out.has(card)) ?? 0;
}

/** Another card in the first place of the board, told alike in the log. */
function swap(outcome: Mutable["outcome"], board: Card[]): void {
  const [first] = board;
  const line = outcome.log.find(({ type }) => type === "board");
  if (first === undefined || line === undefined) return;
  first.card = unused(outcome);
  (line["cards"] as number[])[0] = first.card;
}

type Leaf = readonly (string | number)[];

function isGreen(record: unknown): boolean {
  try {
    return verify(record).ok;
  } catch (error) {
    if (error instanceof NotARecord) return false;
    throw error;
  }
}

function leavesOf(value: unknown, path: Leaf = []): Leaf[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function at(value: unknown, [key, ...rest]: Leaf): unknown {
  return key === undefined ? value : at((value as Record<string | number, unknown>)[key], rest);
}

function withLeaf(value: unknown, [key, ...rest]: Leaf, leaf: unknown): unknown {
  if (key === undefined) return leaf;
  const inner = withLeaf((value as Record<string | number, unknown>)[key], rest, leaf);
  if (Array.isArray(value)) return value.with(Number(key), inner);
  return { ...(value as object), [key]: inner };
}

/** What a field might say instead. */
function othersOf(value: unknown): readonly unknown[] {
  if (typeof value === "number") return [value + 1, value - 1, 2 * value + 3];
  if (typeof value === "boolean") return [!value];
  if (value === null) return [0, "x"];
  const text = typeof value === "string" ? value : "";
  const last = String.fromCharCode(text.charCodeAt(text.length - 1) ^ 1);
  if (text.length > 30) return [text.slice(0, -1) + last];
  const words = ["fold", "call", "raise", "ante", "small blind", "pair", "clock"];
  return [text.slice(0, -1) + last, "", ...words].filter((other) => other !== text);
}
