import { describe, expect, test } from "vitest";
import { BadInput } from "../../../src/cli/input.ts";
import { foreignForm } from "../../../src/cli/oracle-poker/foreign.ts";
import { handsOfLines } from "../../../src/cli/oracle-poker/lines.ts";
import { handsOfPhh, readPhh } from "../../../src/cli/oracle-poker/phh.ts";
import { played } from "../../../src/cli/oracle-poker/play.ts";
import { filing, runTool } from "../../fair/verify/tool.ts";

/** Hands as other programs and rooms write them. */

const file = filing();

type Hand = {
  readonly blinds: readonly number[];
  readonly stacks?: readonly (number | "inf")[];
  readonly actions: readonly string[];
  readonly rest?: string;
  readonly cards?: readonly string[];
};

/** Stacks of 200 where none are told, cards that are not known where none are. */
function phh({ blinds, stacks, actions, cards, rest = "" }: Hand): string {
  const deals = blinds.map((_, i) => `d dh p${i + 1} ${cards?.[i] ?? "????"}`);
  return `variant = "NT"
antes = [${blinds.map(() => 0).join(", ")}]
blinds_or_straddles = [${blinds.join(", ")}]
min_bet = 2
starting_stacks = [${(stacks ?? blinds.map(() => 200)).join(", ")}]
actions = [${[...deals, ...actions].map((action) => JSON.stringify(action)).join(", ")}]
${rest}
`;
}

const judge = (hand: Hand) => handsOfPhh(phh(hand), "file").map(played)[0];

describe("oracle:poker reads PHH as others write it [P18]", () => {
  test("a post is a negative blind: it is a live bet, and does not move who begins", () => {
    const actions = ["p3 f", "p4 f", "p5 cbr 8", "p6 f", "p1 f", "p2 f"];
    const line = judge({
      blinds: [1, 2, 0, 0, -2, 0],
      actions,
      rest: "finishing_stacks = [199, 198, 200, 200, 203, 200]",
    });
    expect(line).toMatchObject({ ok: true, final: [199, 198, 200, 200, 203, 200] });
    expect(line?.steps[2]).toEqual({ to_call: 0, can_raise: true, min_to: 4, max_to: 200 });
    const positive = judge({ blinds: [1, 2, 0, 0, 2, 0], actions });
    expect(positive).toMatchObject({ ok: false, difference: { field: "p", expected: 2, got: 5 } });
  });

  test("ten play, and an eleventh does not", () => {
    const ten = [1, 2, 0, 0, 0, 0, 0, 0, 0, 0];
    const folds = [3, 4, 5, 6, 7, 8, 9, 10, 1].map((p) => `p${p} f`);
    expect(judge({ blinds: ten, actions: folds })).toMatchObject({
      ok: true,
      final: [199, 201, ...ten.slice(2).map(() => 200)],
    });
    expect(() => judge({ blinds: [...ten, 0], actions: folds })).toThrow("starting_stacks are 11, and 2 to 10 play");
    expect(() => judge({ blinds: ten, actions: ["p11 f"] })).toThrow('there is no player "p11"');
  });

  test("a stack that is not known is inf, and stays so", async () => {
    const unknown: Hand = { blinds: [1, 2], stacks: ["inf", 200], actions: ["p2 f"] };
    expect(judge({ ...unknown, rest: "finishing_stacks = [inf, 199]" })).toMatchObject({ ok: true });
    expect(judge({ ...unknown, rest: "finishing_stacks = [inf, 198]" })).toMatchObject({ ok: false });
    const { code, out } = await runTool("oracle-poker.ts", [
      file(phh({ ...unknown, actions: ["p2 cc", "p1 cbr 20", "p2 f"] }), "phh"),
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ final: ["inf", 198], steps: [{}, { to_call: 0, max_to: "inf" }, {}] });
  });

  const SHOWDOWN: Hand = {
    blinds: [1, 2],
    cards: ["Ah??", "KsKh"],
    actions: [
      "p2 cc",
      "p1 cc",
      "d db 2c7d9h",
      "p1 cc",
      "p2 cc",
      "d db Jc",
      "p1 cc",
      "p2 cc",
      "d db 3s",
      "p1 cc",
      "p2 cc",
    ],
  };
  test("a hand of which one card is known wins nothing until the other is shown", () => {
    const { actions } = SHOWDOWN;
    expect(judge({ ...SHOWDOWN, actions: [...actions, "p1 sm AhAd", "p2 sm -"] })).toMatchObject({
      ok: true,
      final: [202, 198],
    });
    expect(judge({ ...SHOWDOWN, actions: [...actions, "p1 sm", "p2 sm -"] })).toMatchObject({
      ok: true,
      final: [198, 202],
    });
    const half = { ...SHOWDOWN, cards: ["Ah??", "????"], actions: [...actions, "p1 sm Ah??"] };
    expect(judge(half)).toMatchObject({ ok: true, final: null });
    expect(() => judge({ ...SHOWDOWN, actions: [...actions, "p1 sm AdAc"] })).toThrow(
      "p1 shows other cards than were dealt",
    );
    expect(() => judge({ ...SHOWDOWN, cards: ["Kh??", "KsKh"] })).toThrow("a card is there twice");
  });

  test("a hand that is dealt card by card", () => {
    const { actions } = SHOWDOWN;
    const text = phh({ ...SHOWDOWN, actions: [...actions, "p1 sm -", "p2 sm -"] }).replace(
      '"d dh p1 Ah??"',
      '"d dh p1 Ah", "d dh p1 Ad"',
    );
    expect(handsOfPhh(text, "file").map(played)).toMatchObject([{ ok: true, final: [202, 198] }]);
  });

  const FOLDED: Hand = { blinds: [1, 2], actions: ["p2 f"] };
  test("winnings are checked, with or without what nobody had called", () => {
    expect(judge({ ...FOLDED, rest: "winnings = [2, 0]" })).toMatchObject({ ok: true });
    expect(judge({ ...FOLDED, rest: "winnings = [3, 0]" })).toMatchObject({ ok: true });
    for (const wrong of ["[400, 0]", "[0, 2]", "[1, 0]", "[2, 1]"]) {
      const line = judge({ ...FOLDED, rest: `winnings = ${wrong}` });
      expect(line, wrong).toMatchObject({ ok: false, difference: { field: "winnings", got: [2, 0] } });
      expect(line?.rulings).toBeUndefined();
    }
    const closed = { ...SHOWDOWN, cards: ["????", "????"] };
    expect(judge({ ...closed, rest: "winnings = [4, 0]" })).toMatchObject({ ok: true, final: null });
    expect(judge({ ...closed, rest: "winnings = [400, 0]" })).toMatchObject({
      ok: false,
      difference: { field: "winnings" },
    });
  });

  test("[P16] a rake that a file does not tell is a ruling", () => {
    const actions = ["p2 cc", "p1 cbr 30", "p2 cc", "d db 8d4d5d", "p1 cbr 45", "p2 f"];
    const line = judge({ blinds: [1, 2], actions, rest: "winnings = [57.25, 0]" });
    expect(line).toMatchObject({ ok: true, final: [230, 170] });
    expect(line?.rulings).toEqual([
      { field: "winnings", expected: [57.25, 0], got: [60, 0], rule: "P16 (a rake that is not told)" },
    ]);
    expect(judge({ blinds: [1, 2], actions, rest: "winnings = [50, 0]" })).toMatchObject({ ok: false });
  });

  test("a bad hand among several is named, and the others are read on", async () => {
    const good = phh(FOLDED);
    const bad = phh({ ...FOLDED, actions: ["p2 folds"] });
    const { code, out, err } = await runTool("oracle-poker.ts", [
      file(`[1]\n${good}\n[2]\n${bad}\n[3]\n${good}`, "phhs"),
    ]);
    expect(code).toBe(2);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ hand, ok }) => [hand, ok])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ]);
    expect(lines[1]).toMatchObject({
      name: "2",
      final: null,
      unread: '[2]: actions.2: "p2 folds": not an action of no-limit hold\'em',
    });
    expect(err).toContain("[2]: actions.2");
  });

  test("one that is not TOML, too, with its line", () => {
    const good = phh(FOLDED);
    const read = readPhh(`[1]\n${good}\n[late]\nvariant = NT\n\n[3]\n${good}`, "file");
    expect(read.map((one) => ("unread" in one ? one.unread : "read"))).toEqual([
      "read",
      expect.stringMatching(/^\[late\]: line 11: not TOML/),
      "read",
    ]);
    expect(() => readPhh(phh({ ...FOLDED, actions: ["p2 folds"] }), "file")).toThrow(BadInput);
  });

  test("a room's own text form is named", async () => {
    for (const [text, room] of [
      ["\uFEFFPokerStars Hand #123: Hold'em No Limit ($0.5/$1 USD)", "PokerStars"],
      ["\n\nPokerStars Zoom Hand #123: ", "PokerStars"],
      ["Full Tilt Poker Game #123: ", "Full Tilt Poker"],
      ["***** Hand History for Game 123 *****", "PartyPoker"],
    ] as const) {
      expect(foreignForm(text)).toContain(`the text form of ${room}`);
    }
    expect(foreignForm(phh(FOLDED))).toBeNull();
    const { code, out, err } = await runTool("oracle-poker.ts", [
      file("PokerStars Hand #1: Hold'em No Limit\n", "txt"),
    ]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/the text form of PokerStars, which is not read here.*from_pokerstars/);
  });
});

describe("what others do otherwise, and what comes of it", () => {
  test("the least raise over a straddle is to three big blinds where nothing else is said (LA 161)", () => {
    const three: Hand = { blinds: [1, 2, 4, 0], actions: ["p4 cbr 6", "p1 f", "p2 f", "p3 f"] };
    const line = judge({ ...three, rest: "finishing_stacks = [199, 198, 196, 207]" });
    expect(line).toMatchObject({ ok: true });
    expect(line?.steps[0]).toEqual({ to_call: 4, can_raise: true, min_to: 6, max_to: 200 });
    expect(judge({ ...three, rest: "_least_raise = 4" })).toMatchObject({ ok: false, difference: { field: "act" } });
  });

  test("[P6] a raise that nobody can answer is taken, and comes back; the books do not forbid it", () => {
    const hand: Hand = {
      blinds: [25, 50, 0, 0].map((n) => n / 25),
      stacks: [30, 30, 60, 120],
      cards: ["8sQd", "2cJh", "Qs7c", "Ah8c"],
      actions: ["p3 cbr 60", "p4 cbr 118", "p1 cc", "p2 cc", "d db Jc4c5d", "d db 3c", "d db 3h"],
    };
    const line = judge({ ...hand, rest: "finishing_stacks = [0, 120, 0, 120]" });
    expect(line).toMatchObject({ ok: true, final: [0, 120, 0, 120] });
    expect(line?.rulings).toEqual([
      { step: 6, field: "can_raise", expected: true, got: false, rule: "P6 (nobody can answer)" },
    ]);
    const tooMuch = judge({ ...hand, actions: hand.actions.with(1, "p4 cbr 130") });
    expect(tooMuch).toMatchObject({ ok: false, difference: { step: 6, field: "act" } });
    // Somebody who has chips left can answer: what is too little stays too little.
    const answered = judge({ ...hand, stacks: [30, 300, 60, 120], actions: hand.actions.with(1, "p4 cbr 70") });
    expect(answered).toMatchObject({ ok: false, difference: { step: 6, field: "act" } });
  });

  const SPLIT = ["p2 cbr 6", "p3 cc", "p1 f", "d db AsKsQs", "d db Js", "d db Ts"];
  test("[P8] half chips are a ruling: here a chip is whole, and the odd one goes left of the button (TR 73)", () => {
    const hand: Hand = { blinds: [1, 0, 0], stacks: [6, 6, 6], cards: ["2c3d", "2d3c", "2h7s"], actions: SPLIT };
    const half = judge({ ...hand, rest: "finishing_stacks = [5, 6.5, 6.5]" });
    expect(half).toMatchObject({ ok: true, final: [5, 7, 6] });
    expect(half?.rulings?.map(({ field, rule }) => [field, rule])).toEqual([["final", "P8 (TR 73-74, LA 148-149)"]]);
    const won = judge({ ...hand, rest: "winnings = [0, 6.5, 6.5]" });
    expect(won).toMatchObject({ ok: true, rulings: [{ field: "winnings" }] });
    expect(judge({ ...hand, rest: "finishing_stacks = [5, 7, 6]" })?.rulings).toBeUndefined();
    expect(judge({ ...hand, rest: "finishing_stacks = [5, 6.25, 6.75]" })).toMatchObject({ ok: false });
  });

  test("[P8] also in lines of JSON", () => {
    const hand = {
      n: 2,
      sb: 1,
      bb: 2,
      ante: 0,
      stacks: [7, 7],
      hole: [
        ["2c", "3d"],
        ["2d", "3c"],
      ],
      steps: [
        { p: 1, a: "raise_to", amt: 7 },
        { p: 0, a: "check_call" },
        { board: ["As", "Ks", "Qs"] },
        { board: ["Js"] },
        { board: ["Ts"] },
      ],
    };
    const judged = (final: number[]) => handsOfLines(JSON.stringify({ ...hand, final }), "file").map(played)[0];
    expect(judged([7, 7])).toMatchObject({ ok: true });
    expect(judged([6.5, 7.5])).toMatchObject({ ok: false });
  });

  const SHORT = {
    n: 3,
    sb: 5,
    bb: 10,
    ante: 0,
    stacks: [200, 7, 200],
    hole: [
      ["2c", "7d"],
      ["As", "Ah"],
      ["Kc", "Kd"],
    ],
  };
  const BOARD = [{ board: ["3s", "9d", "Jc"] }, { board: ["6h"] }, { board: ["Qd"] }];
  const judgeShort = (steps: readonly unknown[], final?: number[]) =>
    handsOfLines(JSON.stringify({ ...SHORT, steps, final }), "file").map(played)[0];

  test("a big blind who is all-in for less is priced at the full blind; at what was posted, it is a ruling (LA 150)", () => {
    // As PokerKit 0.7.7 tells it: 7 to call, 17 the least raise.
    const theirs = [
      { p: 2, to_call: 7, can_raise: true, min_to: 17, max_to: 200, a: "check_call" },
      { p: 0, to_call: 2, can_raise: true, min_to: 17, max_to: 200, a: "fold" },
      ...BOARD,
    ];
    const line = judgeShort(theirs, [195, 19, 193]);
    expect(line).toMatchObject({ ok: true, final: [195, 19, 193] });
    expect(line?.rulings).toEqual([{ step: 1, field: "to_call", expected: 7, got: 10, rule: "LA 150" }]);
    expect(line?.steps).toEqual([
      { to_call: 10, can_raise: true, min_to: 20, max_to: 200 },
      { to_call: 2, can_raise: true, min_to: 17, max_to: 200 },
    ]);
    const ours: readonly unknown[] = [
      { p: 2, to_call: 10, can_raise: true, min_to: 20, a: "check_call" },
      theirs[1],
      ...BOARD,
    ];
    expect(judgeShort(ours.with(1, { p: 0, to_call: 5, a: "fold" }))).toMatchObject({
      ok: true,
      final: [195, 19, 193],
    });
    expect(judgeShort(ours)).toMatchObject({
      ok: false,
      difference: { step: 2, field: "to_call", expected: 2, got: 5 },
    });
    expect(judgeShort(theirs, [195, 20, 192])).toMatchObject({ ok: false });
  });

  test("also where only the stacks tell it (LA 150)", () => {
    const steps = [
      { p: 2, a: "check_call" },
      { p: 0, a: "check_call" },
      { board: ["3s", "9d", "Jc"] },
      { p: 0, a: "check_call" },
      { p: 2, a: "check_call" },
      { board: ["6h"] },
      { p: 0, a: "check_call" },
      { p: 2, a: "check_call" },
      { board: ["Qd"] },
      { p: 0, a: "check_call" },
      { p: 2, a: "check_call" },
    ];
    const hand = (final: number[]) => handsOfLines(JSON.stringify({ ...SHORT, steps, final }), "file").map(played)[0];
    expect(hand([190, 21, 196])?.rulings).toBeUndefined();
    expect(hand([193, 21, 193])).toMatchObject({
      ok: true,
      final: [190, 21, 196],
      rulings: [{ field: "final", expected: [193, 21, 193], got: [190, 21, 196], rule: "LA 150" }],
    });
    expect(hand([194, 20, 193])).toMatchObject({ ok: false });
  });
});
