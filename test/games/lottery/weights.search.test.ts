import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Input } from "../../../rooms/game.ts";
import { lottery } from "../../../rooms/lottery/index.ts";
import { shareOf, type State } from "../../../rooms/lottery/state.ts";
import { weigh } from "../../../rooms/lottery/tickets.ts";
import type { Command, Message } from "../../../rooms/lottery/types.ts";
import { Random } from "../../kit/random.ts";
import { ann, bob, cy, dee, Driver, ms, playerId } from "./driver.ts";
import { exactPrize, exactWeights, sumOf } from "./exact.ts";

const times = (n: number, ticket: number): number[] => Array.from({ length: n }, () => ticket);
const TWO = { players: 2, minPlayers: 1, timeLimitMs: 60_000, drawMs: 1_000, prizeShare: 10_000 };

describe("what a ticket weighs", () => {
  test("[L2] by stake: what was staked", () => {
    const one = new Driver({ ...TWO, players: 9, capPerPlayer: 1_000 });
    one.stake(ann, 7);
    one.stake(bob, 500);
    one.stake(ann, 3);
    expect(one.state.waiting.tickets.map(({ weight }) => weight)).toEqual([7, 500, 3]);
    expect(one.view().waiting).toMatchObject({ weight: 510, stakes: 510 });
  });

  test("[L2] flat: one, whatever was staked", () => {
    const one = new Driver({ ...TWO, players: 9, weighting: "flat", capPerPlayer: 1_000 });
    one.stake(ann, 7);
    one.stake(bob, 500);
    one.stake(ann, 3);
    expect(one.state.waiting.tickets.map(({ weight }) => weight)).toEqual([1, 1, 1]);
    expect(one.view().waiting).toMatchObject({ weight: 3, stakes: 510 });
  });

  test("[L2] is capped for each player and draw, not for each ticket; the stake still counts for the prize", () => {
    const one = new Driver({ ...TWO, players: 3, capPerPlayer: 100 });
    for (const stake of [60, 60, 60]) one.stake(ann, stake);
    one.stake(bob, 250);
    expect(one.state.waiting.tickets.map(({ weight }) => weight)).toEqual([60, 40, 0, 100]);
    expect(one.view().waiting).toMatchObject({ weight: 200, stakes: 430, prize: 430 });
    one.stake(cy, 1);
    one.stake(ann, 60);
    expect(one.state.waiting.tickets[0]?.weight, "and anew in the next draw").toBe(60);
  });

  test("[L2] the cap holds in a flat draw too", () => {
    const one = new Driver({ ...TWO, players: 3, weighting: "flat", capPerPlayer: 2 });
    for (let i = 0; i < 5; i++) one.stake(ann);
    expect(one.state.waiting.tickets.map(({ weight }) => weight)).toEqual([1, 1, 0, 0, 0]);
  });

  test("[L2] of nothing never wins: the number goes to the ticket that holds it, first to last", () => {
    const config = { ...TWO, players: 3, capPerPlayer: 20 };
    const winners = Array.from({ length: 41 }, (_, number) => {
      const one = new Driver(config);
      for (const stake of [15, 15, 15]) one.stake(ann, stake);
      one.stakes(bob, bob, bob);
      one.stake(cy, 1);
      return one.draw(number).ticket;
    });
    expect(winners).toEqual([...times(15, 0), ...times(5, 1), ...times(10, 3), ...times(10, 4), 6]);
  });

  test("[L2] of tickets that came one by one is that of all of them together, in any order", () => {
    const stake = fc.record({ player: fc.constantFrom(ann, bob, cy), stake: fc.integer({ min: 1, max: 90 }) });
    const cap = fc.integer({ min: 1, max: 120 });
    fc.assert(
      fc.property(
        fc.array(stake, { maxLength: 60 }),
        cap,
        fc.constantFrom("stake", "flat"),
        (stakes, cap, weighting) => {
          const one = new Driver({ ...TWO, players: 50, weighting, capPerPlayer: cap });
          for (const { player, stake: amount } of stakes) one.stake(player, amount);
          const { tickets } = one.state.waiting;
          const { config } = one.state;
          expect(weigh(config, tickets)).toEqual(tickets);
          expect(tickets.map(({ weight }) => BigInt(weight))).toEqual(exactWeights(config, tickets));
        },
      ),
      { seed: 72, numRuns: 60 },
    );
  });
});

describe("many tickets", () => {
  test("[L2] of one player go into the twentieth: its stakes, its weight, its first event's id", () => {
    const one = new Driver({ ...TWO, players: 3, capPerPlayer: 215 });
    for (let i = 0; i < 24; i++) one.stakes(ann);
    one.stakes(bob);
    const { tickets } = one.state.waiting;
    expect(tickets).toHaveLength(21);
    expect(tickets[19]).toEqual({ id: "stake-20", player: ann, stake: 50, weight: 25, stakes: 5 });
    expect(tickets[20]).toMatchObject({ player: bob, stakes: 1 });
    one.stake(ann, 1_000);
    expect(one.state.waiting.tickets[19]).toMatchObject({ stake: 1_050, weight: 25, stakes: 6 });
    expect(one.view().waiting).toMatchObject({ tickets: 21, players: 2, stakes: 1_250 });
  });

  test("[L2] in a flat draw weigh one a stake event, in however few tickets they are", () => {
    const one = new Driver({ ...TWO, players: 3, weighting: "flat", capPerPlayer: 1_000 });
    for (let i = 0; i < 30; i++) one.stakes(ann);
    expect(one.view().waiting).toMatchObject({ tickets: 20, weight: 30 });
    expect(one.state.waiting.tickets[19]).toMatchObject({ stakes: 11, weight: 11 });
  });

  test("[L2] in one draw are 2,000; who has one then plays on with it, and who has none gets one all the same", () => {
    // Without the driver's invariants: they look at every ticket at every event.
    const config = lottery.config.parse({ ...TWO, players: 100_000, capPerPlayer: 1_000 });
    const facts = new Driver(TWO).facts();
    let state: State = lottery.rules.initial(config);
    let n = 0;
    const stake = (name: string): void => {
      const player = playerId(name);
      const message = { player, game: "crash", room: "crash:main", round: 1, stake: 2 };
      const decision = lottery.rules.decide(state, { type: "message", id: `e${++n}`, message }, facts);
      if ("refused" in decision) throw new Error(decision.refused);
      state = decision.events.reduce((before, event) => lottery.rules.evolve(before, event), state);
    };
    for (let i = 0; i < 2_000; i++) stake(`p${i % 500}`);
    expect(state.waiting).toMatchObject({ players: 500, stakes: 4_000, tickets: { length: 2_000 } });
    for (let i = 0; i < 50; i++) stake(`p${i}`);
    expect(state.waiting.tickets).toHaveLength(2_000);
    expect(state.waiting.tickets[1_500]).toMatchObject({ player: "p0", stake: 4, stakes: 2 });
    stake("late");
    expect(state.waiting).toMatchObject({ players: 501, stakes: 4_102, tickets: { length: 2_001 } });
    stake("late");
    expect(state.waiting.tickets).toHaveLength(2_001);
    expect(state.waiting.tickets.at(-1)).toMatchObject({ player: "late", stakes: 2 });
  });

  test("[L2] no sum ever passes what can be counted: a lottery that is full says so, and a void draw's stakes fit into the next", () => {
    const config = lottery.config.parse({ ...TWO, capPerPlayer: 1_000_000_000 });
    const facts = { ...new Driver(TWO).facts(), now: ms(5) };
    let state: State = lottery.rules.initial(config);
    let n = 0;
    const input = (asked: Input<Command, Message>): string => {
      const decision = lottery.rules.decide(state, asked, facts);
      if ("refused" in decision) return decision.refused;
      state = decision.events.reduce((before, event) => lottery.rules.evolve(before, event), state);
      return "ok";
    };
    /** Up to so many of the largest stakes; gives how many were taken. */
    const fill = (most: number): number => {
      for (let i = 0; i < most; i++) {
        if (stake("ann", 1_000_000_000_000) === "draw_full") return i;
      }
      return most;
    };
    const stake = (name: string, amount: number): string => {
      const message = { player: playerId(name), game: "crash", room: "crash:main", round: 1, stake: amount };
      return input({ type: "message", id: `e${++n}`, message });
    };
    fill(3_000);
    stake("bob", 1);
    expect(state.started?.players).toBe(2);
    expect(fill(9_000)).toBe(1_503);
    expect(stake("bob", 1_000_000_000_000)).toBe("draw_full");
    input({ type: "void", reason: "a test" });
    const { stakes, weight } = state.waiting;
    expect([stakes, weight]).toEqual([4_503_000_000_000_001, 1_000_000_001]);
    expect(BigInt(lottery.sight.view(state).waiting.prize)).toBe(exactPrize(BigInt(stakes), 10_000, 0n).prize);
    expect([stake("bob", 599_627_370_496), stake("bob", 599_627_370_495), stake("bob", 1)]).toEqual([
      "draw_full",
      "ok",
      "draw_full",
    ]);
    expect(state.started, "it is as full as can be, and starts").toMatchObject({ stakes: 2 ** 52, prize: 2 ** 52 });
  });
});

describe("the prize", () => {
  test("[L2] is the share of the draw's stakes in whole units, and the rest goes to the next draw", () => {
    const one = new Driver({ ...TWO, prizeShare: 3_333, capPerPlayer: 1_000 });
    one.stakes(ann, bob);
    expect([one.started.prize, one.state.carry]).toEqual([6, 6_660]);
    one.draw();
    one.stakes(ann, bob);
    expect([one.started.prize, one.state.carry]).toEqual([7, 3_320]);
    one.draw();
    expect(one.view().history.map(({ prize }) => prize)).toEqual([7, 6]);
  });

  test("[L2] below one unit starts no draw, with all the players there are: tickets wait for more", () => {
    const one = new Driver({ ...TWO, prizeShare: 100, players: 3, capPerPlayer: 1_000 });
    one.stakes(ann, bob, cy, dee);
    expect(one.view()).toMatchObject({ started: null, waiting: { players: 4, prize: 0 } });
    one.pass(60_000);
    expect(one.types().at(-1)).toBe("rolled");
    one.stake(ann, 59);
    expect(one.view()).toMatchObject({ started: null, waiting: { stakes: 99, prize: 0 } });
    one.stake(ann, 1);
    expect(one.started).toMatchObject({ stakes: 100, prize: 1, players: 4 });
  });

  test("[L2] counts what was carried: the draw that it makes a whole unit starts", () => {
    const one = new Driver({ ...TWO, prizeShare: 9_999, capPerPlayer: 1_000 });
    one.stakes(ann, bob);
    expect([one.started.prize, one.state.carry]).toEqual([19, 9_980]);
    one.draw();
    expect(one.view().waiting.prize).toBe(0);
    one.stake(cy, 1);
    expect(one.view().waiting, "1 * 0.9999 + 0.998").toMatchObject({ prize: 1 });
  });

  test("[L2] over 1,000 random draws not a unit is lost or made: what was given is the floor of the share of all stakes", () => {
    const random = new Random(2_024);
    for (const prizeShare of [1, 37, 333, 3_333, 9_999, 10_000]) {
      const one = new Driver({ ...TWO, prizeShare, capPerPlayer: 100_000 });
      let stakes = 0n;
      let given = 0n;
      const draws = prizeShare === 333 ? 1_000 : 60;
      while (one.state.round <= draws) {
        const amount = random.chance(0.1) ? random.between(1, 1_000_000_000) : random.between(1, 40_000);
        one.stake(random.pick([ann, bob, cy]), amount);
        if (one.state.started === null) continue;
        stakes += BigInt(one.started.stakes);
        given += BigInt(one.started.prize);
        expect(BigInt(one.state.carry)).toBe((stakes * BigInt(prizeShare)) % 10_000n);
        expect(given).toBe((stakes * BigInt(prizeShare)) / 10_000n);
        one.draw(random.int(2 ** 32));
      }
      const awards = one.published.map(({ payload }) => (payload as { amount: number }).amount);
      expect(awards).toHaveLength(draws);
      expect(sumOf(awards)).toBe(given);
    }
  }, 120_000);

  test("[L2] is exact for any stakes that can be counted", () => {
    const stakes = fc.oneof(fc.nat(100_000), fc.maxSafeNat());
    fc.assert(
      fc.property(stakes, fc.integer({ min: 1, max: 10_000 }), fc.nat(9_999), (sum, share, carry) => {
        const { prize, rest } = shareOf(sum, share, carry);
        expect({ prize: BigInt(prize), rest: BigInt(rest) }).toEqual(exactPrize(BigInt(sum), share, BigInt(carry)));
      }),
      { seed: 73, numRuns: 2_000 },
    );
  });
});
