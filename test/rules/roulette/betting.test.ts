import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roulette } from "../../../rooms/roulette/index.ts";
import { REMEMBERED_MAX, UNDO_MAX } from "../../../rooms/roulette/state.ts";
import { ann, bob, bySpot, cy, Driver, playerId } from "./driver.ts";

const refused = (code: string): { refused: string } => ({ refused: code });

describe("taking bets back", () => {
  test("[R7] undo takes back the last action whole, one after another, exact to the chip", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5], ["straight:17", 2]);
    table.bet(ann, ["red", 3]);
    table.command(ann, { type: "call", name: "tiers", amount: 1 });
    table.command(ann, { type: "double" });
    expect(table.seat(ann)).toMatchObject({ staked: 32, undos: 4 });
    table.command(ann, { type: "undo" });
    expect(table.seat(ann)).toMatchObject({ staked: 16, undos: 3 });
    table.command(ann, { type: "undo" });
    expect(table.seat(ann).bets).toEqual({ red: 8, "straight:17": 2 });
    table.command(ann, { type: "undo" });
    expect(table.seat(ann).bets).toEqual({ red: 5, "straight:17": 2 });
    table.command(ann, { type: "undo" });
    expect(table.seat(ann)).toMatchObject({ bets: {}, staked: 0, undos: 0 });
    expect(table.command(ann, { type: "undo" })).toEqual(refused("nothing_to_undo"));
    expect(table.profit(ann)).toBe(0);
  });

  test("[R7] nobody takes back another's bets", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.bet(bob, ["red", 7]);
    expect(table.command(cy, { type: "undo" })).toEqual(refused("nothing_to_undo"));
    expect(table.command(cy, { type: "clear" })).toEqual(refused("nothing_to_clear"));
    table.command(ann, { type: "clear" });
    expect(table.view()).toMatchObject({ totals: { red: 7 }, players: 1, staked: 7 });
  });

  test("[R7] clear takes back everything, and there is nothing left to undo", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.bet(ann, ["odd", 5]);
    expect(table.command(ann, { type: "clear" })).toBe("ok");
    expect(table.purses.get(ann)).toBe(10);
    expect(table.command(ann, { type: "clear" })).toEqual(refused("nothing_to_clear"));
    expect(table.command(ann, { type: "undo" })).toEqual(refused("nothing_to_undo"));
    expect(table.command(ann, { type: "double" })).toEqual(refused("nothing_to_double"));
  });

  test(`[R7] there are at most ${UNDO_MAX} steps; what is older comes back together as the last of them`, () => {
    const table = new Driver();
    for (let i = 0; i < UNDO_MAX + 3; i++) table.bet(ann, [`straight:${i % 37}`, 1]);
    expect(table.seat(ann).undos).toBe(UNDO_MAX);
    for (let i = 1; i < UNDO_MAX; i++) table.command(ann, { type: "undo" });
    expect(table.seat(ann)).toMatchObject({
      bets: { "straight:0": 1, "straight:1": 1, "straight:2": 1, "straight:3": 1 },
      undos: 1,
    });
    table.command(ann, { type: "undo" });
    expect(table.seat(ann)).toMatchObject({ bets: {}, undos: 0 });
    expect(table.command(ann, { type: "undo" })).toEqual(refused("nothing_to_undo"));
  });

  test("[R7] any sequence of bets, doubles, undos and clears agrees with a plain stack of actions", () => {
    type Action = Record<string, number>;
    const add = (actions: readonly Action[]): Action => {
      const sums: Action = {};
      for (const action of actions) for (const [spot, n] of Object.entries(action)) sums[spot] = (sums[spot] ?? 0) + n;
      return sums;
    };
    const spot = fc.constantFrom("red", "straight:0", "split:1-2", "dozen:2", "corner:1-2-4-5");
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.array(fc.tuple(spot, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 3 }),
      },
      { weight: 3, arbitrary: fc.constant("undo" as const) },
      { weight: 1, arbitrary: fc.constantFrom("double" as const, "clear" as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const table = new Driver({ maxInside: 1e9, maxOutside: 1e9, maxPlayer: 1e11, maxLiability: 1e12 });
        let stack: Action[] = [];
        for (const action of steps) {
          if (action === "undo") {
            expect(table.command(ann, { type: "undo" })).toEqual(
              stack.length === 0 ? refused("nothing_to_undo") : "ok",
            );
            stack.pop();
          } else if (action === "clear") {
            table.command(ann, { type: "clear" });
            stack = [];
          } else if (action === "double") {
            if (table.command(ann, { type: "double" }) === "ok") stack.push(add(stack));
          } else {
            if (table.bet(ann, ...action) === "ok") stack.push(add(action.map(([name, n]) => ({ [name]: n }))));
          }
          if (stack.length > UNDO_MAX) stack.splice(0, 2, add(stack.slice(0, 2)));
          expect(table.seat(ann).bets).toEqual(add(stack));
          expect(table.seat(ann).undos).toBe(stack.length);
        }
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});

describe("double and repeat", () => {
  test("[R7] double doubles every spot", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5], ["straight:17", 2]);
    table.bet(ann, ["red", 3]);
    table.command(ann, { type: "double" });
    expect(table.seat(ann).bets).toEqual({ red: 16, "straight:17": 4 });
    expect(table.command(bob, { type: "double" })).toEqual(refused("nothing_to_double"));
  });

  test("[R7] repeat places the bets of the last round as they stood at its close, as one action", () => {
    const table = new Driver();
    expect(table.command(ann, { type: "repeat" })).toEqual(refused("nothing_to_repeat"));
    table.bet(ann, ["red", 5]);
    table.bet(ann, ["straight:17", 2], ["odd", 1]);
    table.command(ann, { type: "undo" });
    table.bet(ann, ["dozen:1", 4]);
    table.play("2");
    expect(bySpot(table.seat(ann).last)).toEqual({ red: 5, "dozen:1": 4 });
    expect(table.command(ann, { type: "repeat" })).toBe("ok");
    expect(table.seat(ann)).toMatchObject({ bets: { red: 5, "dozen:1": 4 }, staked: 9, undos: 1 });
  });

  test("[R7] repeat uses the last round played, not an older one, and not one that others played", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.play("2");
    table.bet(ann, ["black", 7]);
    table.play("2");
    table.bet(bob, ["odd", 1]);
    table.play("2");
    table.command(ann, { type: "repeat" });
    expect(table.seat(ann).bets).toEqual({ black: 7 });
  });

  test("[R7] a void round and one that was cleared were not played: repeat goes by the one before", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.play("2");
    table.bet(ann, ["black", 7]);
    table.input({ type: "void", reason: "test" });
    table.bet(ann, ["odd", 9]);
    table.command(ann, { type: "clear" });
    table.fire();
    table.command(ann, { type: "repeat" });
    expect(table.seat(ann).bets).toEqual({ red: 5 });
  });

  test("[R7] repeat comes on top of what lies there, and pays from today's purse", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.play("2");
    expect(table.purses.get(ann)).toBe(0);
    table.bring(ann, 20);
    table.bet(ann, ["red", 6]);
    table.command(ann, { type: "repeat" });
    expect(table.seat(ann).bets).toEqual({ red: 11 });
    expect(table.purses.get(ann)).toBe(9);
  });
});

describe("everyone's chips", () => {
  test("[R9] the view sums everyone's chips by spot and names nobody", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5], ["odd", 1]);
    table.bet(bob, ["red", 7]);
    expect(table.view()).toMatchObject({ totals: { red: 12, odd: 1 }, players: 2, staked: 13 });
    expect(JSON.stringify(table.view())).not.toContain("ann");
    expect(JSON.stringify(table.shown)).not.toContain("bob");
  });

  test("[R9] who is on a spot is answered on request, most chips first, in any phase, and changes nothing", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.bet(bob, ["red", 7], ["odd", 1]);
    for (const phase of ["open", "closed", "spinning"] as const) {
      table.runTo(phase);
      const before = table.state;
      expect(table.command(cy, { type: "who", spot: "red" })).toBe("ok");
      expect(table.lastResult).toEqual({
        players: [
          { player: "bob", amount: 7 },
          { player: "ann", amount: 5 },
        ],
      });
      expect(table.state).toBe(before);
    }
    table.runTo("settled");
    table.command(cy, { type: "who", spot: "red" });
    expect(table.lastResult).toEqual({ players: [] });
    expect(table.command(cy, { type: "who", spot: "pink" })).toEqual(refused("illegal_spot"));
  });

  test("[R9] at most 50 are named", () => {
    const table = new Driver();
    for (let i = 1; i <= 60; i++) table.bet(playerId(`p${i}`), ["red", i]);
    table.command(ann, { type: "who", spot: "red" });
    const players = JSON.parse(JSON.stringify(table.lastResult)).players;
    expect(players.length).toBe(50);
    expect(players[0]).toEqual({ player: "p60", amount: 60 });
    expect(players[49]).toEqual({ player: "p11", amount: 11 });
  });

  test("[R9] the strip keeps the last 500 results, newest first", () => {
    const table = new Driver();
    for (let i = 0; i < 503; i++) {
      table.bet(ann, ["red", 1]);
      table.play(String(i % 37));
    }
    const { history } = table.view();
    expect(history.length).toBe(500);
    expect(history[0]).toBe(String(502 % 37));
    expect(history[499]).toBe("3");
  });

  test("[R9] the ten who won most are named with the sums; who got back no more than was staked is no winner", () => {
    const table = new Driver();
    for (let i = 1; i <= 12; i++) table.bet(playerId(`p${i}`), ["straight:17", i]);
    table.bet(ann, ["straight:17", 1], ["red", 35]);
    table.bet(bob, ["red", 100]);
    table.play("17");
    const { last } = table.view();
    expect(last?.winners.map(({ player }) => player)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((i) => `p${i}`));
    expect(last?.winners[0]).toEqual({ player: "p12", staked: 12, returned: 432 });
    expect(last).toMatchObject({ round: 1, result: "17", staked: 78 + 36 + 100, returned: 36 * 79 });
  });

  test("ids that are names of things every object has are players like any other", () => {
    const table = new Driver();
    for (const name of ["__proto__", "constructor", "toString", "7"]) {
      const player = playerId(name);
      expect(table.seat(player).staked).toBe(0);
      expect(table.bet(player, ["straight:17", 2])).toBe("ok");
    }
    table.play("17");
    for (const name of ["__proto__", "constructor", "toString", "7"]) {
      expect(table.profit(playerId(name))).toBe(70);
      expect(table.seat(playerId(name)).paid).toMatchObject({ staked: 2, returned: 72 });
    }
  });

  test(`[R7] the last bets of ${REMEMBERED_MAX} players are remembered; who played longest ago is forgotten, and told so`, () => {
    const table = new Driver();
    const facts = table.facts();
    let { state } = table;
    const join = (name: string): void => {
      const player = playerId(name);
      const command = { type: "bet" as const, bets: [{ spot: "red", amount: 1 }] };
      const decision = roulette.decide(state, { type: "command", player, command }, facts);
      if ("refused" in decision) throw new Error(decision.refused);
      state = decision.events.reduce((before, event) => roulette.evolve(before, event), state);
    };
    const settle = (): string[] => {
      const forgotten: string[] = [];
      while (state.phase.name !== "waiting") {
        const [due] = roulette.deadlines(state);
        if (due === undefined) throw new Error("no deadline");
        const decision = roulette.decide(state, { type: "deadline", ...due }, { ...facts, now: due.at });
        if ("refused" in decision) throw new Error(decision.refused);
        for (const event of decision.events) {
          if (event.type === "forgot") {
            for (const player of roulette.audience(state, event)) {
              forgotten.push(player);
              const told = roulette.tell(state, event, player);
              expect(told).toEqual({ type: "forgotten" });
              if (told === null) throw new Error("nothing told");
              const after = roulette.seat(roulette.evolve(state, event), player);
              expect(roulette.foldSeat(roulette.seat(state, player), told)).toEqual(after);
            }
          }
          state = roulette.evolve(state, event);
        }
      }
      return forgotten;
    };
    join("first");
    expect(settle()).toEqual([]);
    join("second");
    expect(settle()).toEqual([]);
    for (let i = 0; i < REMEMBERED_MAX - 1; i++) join(`p${i}`);
    expect(settle()).toEqual(["first"]);
    expect(roulette.seat(state, playerId("second")).last).toEqual([{ spot: "red", amount: 1 }]);
    for (let i = 0; i < REMEMBERED_MAX + 5; i++) join(`q${i}`);
    expect(settle()).toHaveLength(REMEMBERED_MAX);
    expect(state.places.length).toBe(REMEMBERED_MAX + 5);
  });
});
