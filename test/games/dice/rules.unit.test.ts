import { describe, expect, test } from "vitest";
import { dice } from "../../../rooms/dice/index.ts";
import { countOf, payoutOf, wins } from "../../../rooms/dice/rolls.ts";
import type { Command, Config, Event, State } from "../../../rooms/dice/types.ts";
import { drawStream } from "../../../rooms/fair/draw.ts";
import { chips, type Chips, type Facts, type Input, type Ms, type PlayerId } from "../../../rooms/game.ts";
import { countedOf } from "../../../rooms/kernel/settlement.ts";
import { stepOf } from "../../kit/step.ts";

const ann = "ann" as PlayerId;
const bob = "bob" as PlayerId;
const SEED = "5".repeat(64);
const NOW = 1_000_000 as Ms;

const numberFor = (round: number, nonce: number): number =>
  drawStream(SEED, "dice:test", round, [], `roll:${nonce}`).int(10_000);

/** The rules alone, under one seed. */
class Dice {
  state: State;
  now = NOW;
  table: Facts["table"] = "running";
  readonly events: Event[] = [];
  result: unknown = null;

  constructor(config: Partial<Config> = {}) {
    this.state = dice.rules.initial(dice.config.parse(config));
  }

  /** "ok", or the code that it is refused with. */
  input(input: Input<Command, never>): string {
    const facts: Facts = {
      now: this.now,
      table: this.table,
      purse: () => 0 as Chips,
      draw: (label) => drawStream(SEED, "dice:test", this.state.round, [], label),
      deck: { card: () => expect.unreachable() },
    };
    const decision = dice.rules.decide(this.state, input, facts);
    if ("refused" in decision) return decision.refused;
    this.events.push(...decision.events);
    this.result = decision.result;
    for (const event of decision.events) this.state = dice.rules.evolve(this.state, event);
    return "ok";
  }

  roll(player: PlayerId, amount: number, side: Command["side"] = "under", target = 4_950): string {
    return this.input({ type: "command", player, command: { type: "roll", amount, side, target } });
  }
}

describe("[D1] the numbers that win", () => {
  test("are those below the target or those above it, of ten thousand, and never the target itself", () => {
    for (const target of [1, 199, 2_500, 4_950, 9_800, 9_998]) {
      for (const side of ["under", "over"] as const) {
        const winners = Array.from({ length: 10_000 }, (_, n) => n).filter((n) => wins({ side, target }, n));
        expect(winners).toHaveLength(countOf({ side, target }));
        expect(winners).not.toContain(target);
      }
    }
  });

  test.each([
    ["under", 1, "ok"],
    ["under", 0, "illegal_target"],
    ["under", 9_800, "ok"],
    ["under", 9_801, "illegal_target"],
    ["over", 9_998, "ok"],
    ["over", 9_999, "illegal_target"],
    ["over", 20_000, "illegal_target"],
    ["over", 199, "ok"],
    ["over", 198, "illegal_target"],
  ] as const)("so that one to 9,800 of them do: %s %i is %s", (side, target, code) => {
    expect(new Dice({ maxProfit: 1_000_000 }).roll(ann, 100, side, target)).toBe(code);
  });
});

describe("[D2] what is paid", () => {
  test("returns 99 % of every stake on every target, less what does not make a whole chip", () => {
    for (const amount of [1, 7, 100, 9_999, 1_000_000]) {
      for (let count = 1; count <= 9_800; count++) {
        // Over all ten thousand numbers: what comes back, against 0.99 of what was staked.
        const lacks = 9_900 * amount - count * payoutOf(amount, count);
        expect(lacks >= 0 && lacks < count, `${amount} on ${count}`).toBe(true);
      }
    }
  });

  test("is a whole stake more at the half of them less one in a hundred", () => {
    const table = new Dice();
    for (let nonce = 0; nonce < 20; nonce++) {
      const rolled = numberFor(1, nonce);
      table.roll(ann, 100);
      expect(table.result).toEqual({ nonce, rolled, payout: rolled < 4_950 ? 200 : 0 });
    }
    expect(table.state.rolls.some(({ payout }) => payout > 0)).toBe(true);
    expect(table.state.rolls.some(({ payout }) => payout === 0)).toBe(true);
  });

  test("moves stake, pay and the house's part at once, so that nothing is left on the table", () => {
    const table = new Dice();
    for (let i = 0; i < 20; i++) {
      const before = table.state;
      table.roll(ann, 100);
      const event = table.events.at(-1);
      if (event?.type !== "rolled") throw new Error("no roll");
      const { payout } = event.roll;
      const pay = payout === 0 ? [] : [{ type: "pay", player: ann, amount: payout }];
      expect(dice.bank.moves(stepOf(dice, before, event))).toEqual([
        { type: "stake", player: ann, amount: 100 },
        ...pay,
        { type: "house", amount: 100 - payout },
      ]);
      expect(dice.bank.onTable(table.state, ann)).toBe(0);
    }
  });
});

describe("[D3] a roll is refused", () => {
  test.each([
    ["below the lowest bet", { minStake: 10 }, 9, 4_950, "below_minimum"],
    ["above the highest", { maxStake: 50 }, 51, 4_950, "above_maximum"],
    ["that could win more than the house pays", { maxProfit: 99 }, 100, 4_950, "above_table_maximum"],
    ["that could win as much as the house pays", { maxProfit: 100 }, 100, 4_950, "ok"],
    ["that could win nothing in whole chips", {}, 97, 9_800, "no_profit"],
    ["that could win one chip", {}, 98, 9_800, "ok"],
  ])("%s, and nothing changes", (_, config, amount, target, code) => {
    const table = new Dice(config);
    const before = table.state;
    expect(table.roll(ann, amount, "under", target)).toBe(code);
    if (code !== "ok") expect(table.state).toBe(before);
  });

  test("at a paused table, and taken again when it is resumed", () => {
    const table = new Dice();
    table.table = "paused";
    expect(table.roll(ann, 100)).toBe("paused");
    table.table = "running";
    expect(table.roll(ann, 100)).toBe("ok");
  });
});

describe("[D4] a server seed", () => {
  test("is over with its last roll, in the same commit", () => {
    const table = new Dice({ rolls: 3 });
    for (let i = 0; i < 3; i++) table.roll(ann, 100);
    expect(table.events.map(({ type }) => type)).toEqual(["rolled", "rolled", "rolled", "rotated"]);
    expect([table.state.round, table.state.rolls, table.state.until]).toEqual([2, [], null]);
  });

  test("is over a while after its first roll, however many there were, and never before one", () => {
    const table = new Dice({ seedMs: 5_000 });
    expect(dice.rules.deadlines(table.state)).toEqual([]);
    table.roll(ann, 100);
    table.now = (NOW + 4_000) as Ms;
    table.roll(bob, 100);
    const [deadline] = dice.rules.deadlines(table.state);
    expect(deadline).toEqual({ name: "rotate", at: NOW + 5_000 });
    table.input({ type: "deadline", name: "rotate", at: (NOW + 4_000) as Ms });
    expect(table.state.round).toBe(1);
    table.now = (NOW + 5_000) as Ms;
    table.input({ type: "deadline", name: "rotate", at: (NOW + 5_000) as Ms });
    expect([table.state.round, dice.rules.deadlines(table.state)]).toEqual([2, []]);
  });

  test("takes no words any more once something was rolled under it", () => {
    const table = new Dice({ rolls: 2 });
    expect(dice.rules.seedsClosed(table.state)).toBe(false);
    table.roll(ann, 100);
    expect(dice.rules.seedsClosed(table.state)).toBe(true);
    table.roll(ann, 100);
    expect(dice.rules.seedsClosed(table.state)).toBe(false);
  });
});

describe("[D5] a finished round", () => {
  test("has every roll at the place of its nonce, and everyone's sums with what the house expected of them", () => {
    const table = new Dice({ rolls: 3 });
    table.roll(ann, 100);
    table.roll(bob, 50, "over", 9_000);
    const before = table.state;
    table.roll(ann, 100, "over", 199);
    const [last, rotated] = table.events.slice(-2);
    if (last === undefined || rotated === undefined) throw new Error("not over");
    const full = dice.rules.evolve(before, last);
    const settled = dice.rounds.settle(stepOf(dice, full, rotated));
    expect(settled?.record).toEqual({ void: null, rolls: full.rolls });
    expect(full.rolls.map(({ rolled }) => rolled)).toEqual([0, 1, 2].map((nonce) => numberFor(1, nonce)));
    const backTo = (player: PlayerId): number =>
      full.rolls.reduce((sum, one) => (one.player === player ? sum + one.payout : sum), 0);
    expect(settled?.paid?.lines).toEqual([
      // 1 % of 100; and of 100 at 98 % what does not make a whole chip besides.
      { player: ann, staked: 200, returned: backTo(ann), gainX10000: 10_000 + 10_200 },
      { player: bob, staked: 50, returned: backTo(bob), gainX10000: 50 * 10_000 - 999 * Math.floor(495_000 / 999) },
    ]);
    expect(countedOf(100, 100 * 100)).toBe(37);
  });

  test("shows the last twenty rolls to everybody, and to each player their own, over the end of a seed", () => {
    const table = new Dice({ rolls: 15 });
    for (let i = 0; i < 26; i++) table.roll(i % 5 === 0 ? bob : ann, 100);
    const { last, rolls } = dice.sight.view(table.state);
    expect([last.length, rolls]).toEqual([20, 11]);
    expect([last[0], last[19]].map((one) => [one?.round, one?.nonce])).toEqual([
      [2, 10],
      [1, 6],
    ]);
    const mine = dice.sight.seat(table.state, bob).last;
    expect(mine.map(({ player }) => player)).toEqual(Array.from({ length: 6 }, () => bob));
    expect(JSON.stringify(dice.sight.view(table.state))).not.toContain(SEED);
  });
});

describe("[D6] a void round", () => {
  test("is none without a roll", () => {
    expect(new Dice().input({ type: "void", reason: "a test" })).toBe("no_round");
  });

  test("gives back what each lost in all under its seed, leaves winners what they won, and names its rolls", () => {
    const table = new Dice();
    for (let i = 0; i < 40; i++) table.roll(ann, 100, "under", 9_000);
    for (let i = 0; i < 3; i++) table.roll(bob, 50, "under", 1);
    const before = table.state;
    const net = (player: PlayerId): number =>
      before.rolls.reduce((sum, one) => (one.player === player ? sum + one.payout - one.amount : sum), 0);
    expect(net(bob)).toBe(-150);
    expect(table.input({ type: "void", reason: "a test" })).toBe("ok");
    const event = table.events.at(-1);
    if (event === undefined) throw new Error("nothing happened");
    const step = stepOf(dice, before, event);
    const due = [ann, bob].filter((player) => net(player) < 0).map((player) => [player, chips(-net(player))] as const);
    expect(dice.bank.moves(step)).toEqual([
      ...due.map(([player, amount]) => ({ type: "pay", player, amount, back: true })),
      { type: "house", amount: 0 - due.reduce((sum, [, amount]) => sum + amount, 0) },
    ]);
    expect(dice.rounds.settle(step)).toEqual({ record: { void: "a test", rolls: before.rolls } });
    expect(table.state.round).toBe(2);
  });
});
