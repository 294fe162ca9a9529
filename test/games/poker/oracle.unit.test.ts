import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BadInput } from "../../../src/cli/input.ts";
import { handsOfLines } from "../../../src/cli/oracle-poker/lines.ts";
import { handsOfPhh } from "../../../src/cli/oracle-poker/phh.ts";
import { played } from "../../../src/cli/oracle-poker/play.ts";
import { filing, root, runTool } from "../../fair/verify/tool.ts";

const SHARED = join(root, "../shared/vectors");
const file = filing();

type Line = {
  hand: number;
  final: number[] | null;
  steps: Record<string, unknown>[];
  ok: boolean;
  difference?: Record<string, unknown>;
  rulings?: { rule: string; step?: number }[];
};

const oracle = (args: readonly string[], input = "") => runTool("oracle-poker.ts", args, input);
const read = (out: string): Line[] =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
const lines = (hands: readonly unknown[]): string => hands.map((hand) => JSON.stringify(hand)).join("\n");
const judged = (...hands: readonly unknown[]) => handsOfLines(lines(hands), "file").map(played);
const judgedPhh = (text: string) => handsOfPhh(text, "file").map(played);

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
  throw new Error("it was taken");
}

/** Three players, blinds 1/2: the button raises all-in, both blinds call, one side pot. */
const SIDE_POT = {
  n: 3,
  sb: 1,
  bb: 2,
  ante: 0,
  stacks: [100, 20, 60],
  hole: [
    ["Kh", "7h"],
    ["5d", "5h"],
    ["Jh", "Jd"],
  ],
  steps: [
    { p: 2, to_call: 2, can_raise: true, min_to: 4, max_to: 60, a: "raise_to", amt: 60 },
    { p: 0, to_call: 59, can_raise: false, a: "check_call" },
    { p: 1, to_call: 18, can_raise: false, a: "check_call" },
    { board: ["Th", "5s", "4d"] },
    { board: ["Ac"] },
    { board: ["6c"] },
  ],
  final: [40, 60, 80],
};
/** Heads-up: seat 1 is the small blind and the button, and acts first before the flop. */
const HEADS_UP = {
  n: 2,
  sb: 5,
  bb: 10,
  ante: 1,
  stacks: [200, 300],
  hole: [
    ["As", "Ad"],
    ["2c", "7d"],
  ],
  steps: [
    { p: 1, to_call: 5, can_raise: true, min_to: 20, max_to: 299, a: "raise_to", amt: 30 },
    { p: 0, to_call: 20, can_raise: true, min_to: 50, max_to: 199, a: "raise_to", amt: 100 },
    { p: 1, to_call: 70, can_raise: true, min_to: 170, max_to: 299, a: "fold" },
  ],
  final: [231, 269],
};
type Step = Record<string, unknown>;
const withStep = (hand: typeof HEADS_UP, i: number, part: Step) => ({
  ...hand,
  steps: hand.steps.map((step, k): Step => (k === i ? { ...step, ...part } : step)),
});

describe("oracle:poker [P21]", () => {
  test("plays hands and prints one line of JSON for each: final stacks, what each could do, whether it agrees", async () => {
    const { code, out, err } = await oracle([file(lines([SIDE_POT, HEADS_UP]))]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(read(out)).toEqual([
      {
        hand: 1,
        final: [40, 60, 80],
        steps: [
          { to_call: 2, can_raise: true, min_to: 4, max_to: 60 },
          { to_call: 59, can_raise: false },
          { to_call: 18, can_raise: false },
        ],
        ok: true,
      },
      {
        hand: 2,
        final: [231, 269],
        steps: [
          { to_call: 5, can_raise: true, min_to: 20, max_to: 299 },
          { to_call: 20, can_raise: true, min_to: 50, max_to: 199 },
          { to_call: 70, can_raise: true, min_to: 170, max_to: 299 },
        ],
        ok: true,
      },
    ]);
  });

  test("needs no bounds and no final stacks to play a hand, and reads standard input", async () => {
    const { final: _, ...bare } = HEADS_UP;
    const steps = bare.steps.map(({ p, a, ...rest }) => ({ p, a, ...("amt" in rest ? { amt: rest.amt } : {}) }));
    const { code, out } = await oracle(["-"], JSON.stringify({ ...bare, steps }));
    expect(code).toBe(0);
    expect(read(out)).toMatchObject([{ hand: 1, final: [231, 269], ok: true }]);
  });

  const WRONG: readonly (readonly [string, unknown, Record<string, unknown>])[] = [
    ["a bound", withStep(HEADS_UP, 1, { min_to: 40 }), { step: 2, field: "min_to", expected: 40, got: 50 }],
    ["a price", withStep(HEADS_UP, 1, { to_call: 21 }), { step: 2, field: "to_call", expected: 21, got: 20 }],
    ["a raise that is not open", withStep(HEADS_UP, 0, { can_raise: false }), { step: 1, field: "can_raise" }],
    ["whose turn it is", withStep(HEADS_UP, 0, { p: 0 }), { step: 1, field: "p", expected: 0, got: 1 }],
    ["a raise that is too low", withStep(HEADS_UP, 1, { amt: 49 }), { step: 2, field: "act" }],
    ["the final stacks", { ...HEADS_UP, final: [230, 270] }, { field: "final", expected: [230, 270] }],
    ["an end too early", { ...HEADS_UP, steps: HEADS_UP.steps.slice(0, 2) }, { field: "end" }],
    [
      "cards that are not due",
      { ...HEADS_UP, steps: [{ board: ["Th", "5s", "4d"] }, ...HEADS_UP.steps] },
      { step: 1, field: "board" },
    ],
    [
      "a board without its river",
      { ...SIDE_POT, steps: SIDE_POT.steps.slice(0, 5) },
      { field: "end", got: "cards are due" },
    ],
  ];
  test.each(WRONG)("tells the first difference in %s", (_what, hand, difference) => {
    expect(judged(hand, SIDE_POT)).toMatchObject([{ ok: false, difference }, { ok: true }]);
  });

  test("ends with 1 when one hand disagrees, and prints them all", async () => {
    const { code, out } = await oracle([file(lines([{ ...HEADS_UP, final: [230, 270] }, SIDE_POT]))]);
    expect(code).toBe(1);
    expect(read(out).map(({ hand, ok }) => [hand, ok])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  const BAD: readonly (readonly [string, unknown, RegExp])[] = [
    ["no JSON", "{", /line 1: not JSON/],
    ["no hand", "{}", /line 1: not a hand: n/],
    ["a list", "[]", /line 1: not a hand/],
    ["a second line that is none", `${JSON.stringify(SIDE_POT)}\n{"n":3}`, /line 2: not a hand/],
    ["an unknown card", { ...HEADS_UP, hole: [["As", "1d"], HEADS_UP.hole[1]] }, /hole.0.1: not a card/],
    ["an unknown card on the board", { ...SIDE_POT, steps: [{ board: ["Zz"] }] }, /steps.0.board.0: not a card/],
    ["a card twice", { ...HEADS_UP, hole: [HEADS_UP.hole[0], ["As", "7d"]] }, /a card is there twice/],
    ["too few stacks", { ...HEADS_UP, stacks: [5] }, /stacks are 1, and n is 2/],
    ["a stack of nothing", { ...HEADS_UP, stacks: [0, 5] }, /stacks.0/],
    ["half a chip", { ...HEADS_UP, stacks: [1.5, 5] }, /stacks.0/],
    ["eleven players", { ...HEADS_UP, n: 11 }, /not a hand: n/],
    ["a player who is not there", withStep(HEADS_UP, 0, { p: 2 }), /steps.0.p is 2/],
    ["another action", withStep(HEADS_UP, 0, { a: "all_in" }), /steps.0/],
    ["a raise to nothing", { ...HEADS_UP, steps: [{ p: 1, a: "raise_to" }] }, /without amt/],
  ];
  test.each(BAD)("refuses %s, and says where", (_what, content, words) => {
    const text = typeof content === "string" ? content : lines([content]);
    expect(refusal(() => handsOfLines(text, "file"))).toMatch(words);
  });

  test("prints nothing and ends with 2 for bad input, in one line", async () => {
    for (const [text, words] of [
      [`${JSON.stringify(SIDE_POT)}\n{"n":3}`, /line 2: not a hand/],
      ["", /no hands/],
    ] as const) {
      const { code, out, err } = await oracle([file(text)]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(words);
      expect(err.trim().split("\n")).toHaveLength(1);
    }
  });

  test("ends with 2 when it is called wrongly, or the file is not there", async () => {
    expect(await oracle([])).toMatchObject({ code: 2, out: "" });
    const gone = await oracle(["no-such-file.jsonl"]);
    expect(gone).toMatchObject({ code: 2, out: "" });
    expect(gone.err).toContain("there is no such file");
  });
});

const call = (p: number): Step => ({ p, a: "check_call" });
const rulesOf = (line: ReturnType<typeof played> | undefined) => line?.rulings?.map(({ rule, step }) => [rule, step]);

describe("where that engine and the rule books differ, the rule book wins", () => {
  const FOUR = {
    n: 4,
    sb: 25,
    bb: 50,
    ante: 0,
    hole: [
      ["4s", "6d"],
      ["Js", "Jc"],
      ["7h", "6h"],
      ["2h", "Kh"],
    ],
  };

  test("[P3] who called the big blind may not raise over an all-in of less than a raise (LA 171, TR 96)", async () => {
    const steps = [
      call(2),
      call(3),
      { p: 0, a: "raise_to", amt: 70 },
      call(1),
      { p: 2, to_call: 20, can_raise: true, min_to: 120, max_to: 500, a: "raise_to", amt: 120 },
      { p: 3, a: "fold" },
      { p: 1, a: "fold" },
      { board: ["4d", "Ts", "5d"] },
      { board: ["5h"] },
      { board: ["Ah"] },
    ];
    const [line] = judged({ ...FOUR, stacks: [70, 500, 500, 500], steps });
    expect(line).toMatchObject({ ok: true, final: [260, 430, 430, 450] });
    expect(line?.steps[4]).toEqual({ to_call: 20, can_raise: false });
    expect(rulesOf(line)).toEqual([["P3 (LA 171, TR 96)", 5]]);
  });

  test("[P3] it is no excuse where a full raise was made before, nor for who has not acted", async () => {
    const steps = [
      { p: 2, a: "raise_to", amt: 150 },
      { p: 3, a: "raise_to", amt: 200 },
      { p: 0, a: "fold" },
      { p: 1, a: "fold" },
      { p: 2, to_call: 50, can_raise: true, min_to: 300, max_to: 500, a: "check_call" },
    ];
    expect(judged({ ...FOUR, stacks: [500, 500, 500, 200], steps })[0]).toMatchObject({
      ok: false,
      difference: { step: 5, field: "can_raise", got: false },
    });
  });

  test("[P5] only short all-ins add up: PokerKit 0.7.7 has it so, and who lets the button raise is wrong (LA 173)", () => {
    const hand = {
      ...FOUR,
      n: 4,
      sb: 1,
      bb: 2,
      stacks: [19, 200, 16, 200],
      steps: [
        { p: 2, a: "raise_to", amt: 16 },
        call(3),
        { p: 0, a: "raise_to", amt: 19 },
        call(1),
        { p: 3, to_call: 3, can_raise: true, min_to: 33, max_to: 200, a: "check_call" },
        { board: ["4d", "Ts", "5d"] },
        call(1),
        call(3),
        { board: ["5h"] },
        call(1),
        call(3),
        { board: ["Ah"] },
        call(1),
        call(3),
      ],
    };
    const [line] = judged(hand);
    expect(line).toMatchObject({ ok: false, difference: { step: 5, field: "can_raise", expected: true, got: false } });
    expect(line?.rulings).toBeUndefined();
    const right = { ...hand, steps: hand.steps.with(4, { p: 3, to_call: 3, can_raise: false, a: "check_call" }) };
    expect(judged(right)[0]).toMatchObject({ ok: true });
  });

  test("[P6] nobody is asked for a check when there is nothing to decide (TR 70)", async () => {
    const steps = [
      { p: 2, to_call: 2, can_raise: true, min_to: 4, max_to: 8, a: "fold" },
      { p: 1, to_call: 0, can_raise: false, a: "check_call" },
      { board: ["Ts", "Kc", "Th"] },
      { board: ["2s"] },
      { board: ["4c"] },
    ];
    const hole = [
      ["Td", "4s"],
      ["7h", "Kd"],
      ["5h", "2c"],
    ];
    const hand = { n: 3, sb: 1, bb: 2, ante: 0, stacks: [1, 76, 8], hole, steps, final: [2, 75, 8] };
    const [line] = judged(hand);
    expect(line).toMatchObject({
      ok: true,
      final: [2, 75, 8],
      steps: [{ to_call: 2 }, { to_call: 0, can_raise: false }],
    });
    expect(line?.rulings).toBeUndefined();
    const priced = { ...hand, steps: steps.map((step) => (step.p === 1 ? { ...step, to_call: 1 } : step)) };
    expect(judged(priced)[0]).toMatchObject({ ok: false, difference: { step: 2, field: "to_call", got: 0 } });
  });

  test("[P8] each pot is split by itself, with its own odd chip (TR 73-74, LA 148-149)", () => {
    // Seats 1 and 4 share pots of 61, 45 and 140; as one pot it would be 123 for each.
    const hole = [
      ["9c", "8d"],
      ["As", "Kd"],
      ["2d", "7c"],
      ["2c", "7d"],
      ["Ah", "Kc"],
    ];
    const steps = [
      { p: 2, a: "raise_to", amt: 15 },
      { p: 3, a: "raise_to", amt: 30 },
      { p: 4, a: "raise_to", amt: 100 },
      { p: 0, a: "fold" },
      call(1),
      { board: ["Qs", "Jc", "Th"] },
      { board: ["3s"] },
      { board: ["4d"] },
    ];
    const hand = { n: 5, sb: 1, bb: 2, ante: 0, stacks: [100, 100, 15, 30, 100], hole, steps };
    const [ours] = judged({ ...hand, final: [99, 124, 0, 0, 122] });
    expect(ours).toMatchObject({ ok: true, final: [99, 124, 0, 0, 122] });
    expect(ours?.rulings).toBeUndefined();
    const [theirs] = judged({ ...hand, final: [99, 123, 0, 0, 123] });
    expect(theirs).toMatchObject({ ok: true, final: [99, 124, 0, 0, 122] });
    expect(rulesOf(theirs)).toEqual([["P8 (TR 73-74, LA 148-149)", undefined]]);
    expect(judged({ ...hand, final: [99, 122, 0, 0, 124] })[0]).toMatchObject({ ok: false });
  });
});

describe("oracle:poker reads PHH [P18]", () => {
  const PHH = `
variant = 'NT'
ante_trimming_status = false
antes = [0, 120, 0]
blinds_or_straddles = [40, 80, 0]
min_bet = 80
starting_stacks = [5000, 2500, 3000]
actions = ['d dh p1 7s4s', 'd dh p2 Js8h', 'd dh p3 ????', '# a word', 'p3 cbr 200 # opens', 'p1 f', 'p2 cc', 'd db JcTs2d',
  'p2 cc', 'p3 cc', 'd db As', 'p2 cc', 'p3 cbr 300', 'p2 cc', 'd db Qs', 'p2 cc', 'p3 cc', 'p2 sm Js8h', 'p3 sm 6d5h']
finishing_stacks = [4960, 3040, 2500]
`;
  test("with a big blind ante, an unknown hand that is shown, and its finishing stacks", async () => {
    const { code, out, err } = await oracle([file(PHH, "phh")]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(read(out)).toMatchObject([{ hand: 1, final: [4960, 3040, 2500], ok: true }]);
  });

  test("and tells when the finishing stacks are others", () => {
    expect(judgedPhh(PHH.replace("3040, 2500", "2500, 3040"))).toMatchObject([
      { ok: false, difference: { field: "final" } },
    ]);
  });

  test("who mucks has no claim, and where the winner was not shown no stacks are told", () => {
    const mucked = PHH.replace("p2 sm Js8h", "p2 sm").replace(/finishing.*/, "");
    expect(judgedPhh(mucked)).toMatchObject([{ ok: true, final: [4960, 1880, 3660] }]);
    expect(judgedPhh(mucked.replace("p3 sm 6d5h", "p3 sm"))).toMatchObject([{ ok: true, final: null }]);
  });

  test("heads-up, where blinds and antes are in reverse, and in cents", () => {
    const [line] = judgedPhh(`variant = 'NT'
antes = [0, 0]
blinds_or_straddles = [0.05, 0.1]
min_bet = 0.1
starting_stacks = [10.0, 12.35]
actions = ['d dh p1 ????', 'd dh p2 ????', 'p2 cbr 0.3', 'p1 f']
finishing_stacks = [9.9, 12.45]`);
    expect(line).toMatchObject({ ok: true, final: [9.9, 12.45] });
    expect(line?.steps[0]).toEqual({ to_call: 0.05, can_raise: true, min_to: 0.2, max_to: 12.35 });
  });

  test("a history that stops before the hand does, and several in one file", async () => {
    const begun = PHH.replace(/'p1 f'[^\]]*/, "'p1 f'").replace(/finishing.*/, "");
    expect(judgedPhh(begun)).toMatchObject([{ ok: true, final: [4960, 2300, 2800] }]);
    const two = read((await oracle([file(`[1]${PHH}\n[2]${PHH}`, "phhs")])).out);
    expect(two.map(({ hand, ok }) => [hand, ok])).toEqual([
      [1, true],
      [2, true],
    ]);
  });

  const BAD: readonly (readonly [string, (text: string) => string, RegExp])[] = [
    ["no TOML", () => "variant = ", /not TOML/],
    ["another game", (text) => text.replace("'NT'", "'PO'"), /variant/],
    ["no stacks", (text) => text.replace(/starting_stacks.*/, ""), /starting_stacks/],
    ["a stack of nothing", (text) => text.replace("[5000,", "[0,"), /starting_stacks.0: not a stack/],
    ["an unknown card", (text) => text.replace("7s4s", "7s1s"), /actions.0.*not a card: 1s/],
    ["an unknown board", (text) => text.replace("d db As", "d db ??"), /actions.10.*no unknown cards/],
    ["an unknown action", (text) => text.replace("p1 f", "p1 x"), /actions.5.*not an action/],
    ["an unknown player", (text) => text.replace("p1 f", "p7 f"), /no player "p7"/],
    ["three cards in a hand", (text) => text.replace("7s4s", "7s4s2c"), /p1 has two cards/],
    ["a card twice", (text) => text.replace("d db As", "d db Js"), /twice/],
    ["other cards shown than dealt", (text) => text.replace("sm Js8h", "sm JsQc"), /other cards/],
  ];
  test.each(BAD)("refuses %s, and says where", (_what, change, words) => {
    expect(refusal(() => judgedPhh(change(PHH)))).toMatch(words);
  });

  test("a player out of turn, or a raise of too little, is a difference", () => {
    expect(judgedPhh(PHH.replace("p1 f", "p2 f"))).toMatchObject([{ ok: false, difference: { field: "p" } }]);
    expect(judgedPhh(PHH.replace("cbr 200", "cbr 159"))).toMatchObject([{ ok: false, difference: { field: "act" } }]);
  });
});

describe.skipIf(!existsSync(SHARED))("the shared hands (skipped where the folder is missing)", () => {
  test("[P21] all 400 of another engine agree, but for what a rule book decides", async () => {
    const { code, out } = await oracle([join(SHARED, "poker-hands.jsonl")]);
    const played = read(out);
    expect(code).toBe(0);
    expect(played).toHaveLength(400);
    const ruled = played.flatMap(({ hand, rulings }) => (rulings === undefined ? [] : [[hand, rulings[0]?.rule]]));
    expect(ruled).toEqual([
      ...[56, 57, 100, 162, 208, 267, 271].map((hand) => [hand, "P3 (LA 171, TR 96)"]),
      [323, "P8 (TR 73-74, LA 148-149)"],
      [373, "P3 (LA 171, TR 96)"],
    ]);
  });

  test("[P21] the televised hands agree, each ending with the stacks that the next begins with", async () => {
    const folder = join(SHARED, "phh");
    const hands = await Promise.all(
      readdirSync(folder).map(async (name) => read((await oracle([join(folder, name)])).out)[0]),
    );
    expect(hands.every((hand) => hand?.ok === true)).toBe(true);
    const total = hands.map((hand) => hand?.final?.reduce((sum, chips) => sum + chips, 0));
    expect(total).toEqual([29_705_000, 29_705_000, 29_700_000]);
  });
});
