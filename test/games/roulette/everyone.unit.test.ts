import { toldOf } from "../../kit/step.ts";
import { describe, expect, test } from "vitest";
import { roulette } from "../../../rooms/roulette/index.ts";
import { REMEMBERED_MAX } from "../../../rooms/kit/places.ts";
import { ann, bob, cy, Driver, playerId } from "./driver.ts";

const refused = (code: string): { refused: string } => ({ refused: code });

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

  test("who has bet and cleared, and never played a round, leaves nothing behind", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.bet(bob, ["red", 5]);
    table.play("1");
    table.bet(cy, ["red", 5]);
    table.command(cy, { type: "clear" });
    table.fire();
    expect(table.state.places.map(({ player }) => player)).toEqual([ann, bob]);
    expect(Object.keys(table.state.index)).toEqual([ann, bob]);
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
      const decision = roulette.rules.decide(state, { type: "command", player, command }, facts);
      if ("refused" in decision) throw new Error(decision.refused);
      state = decision.events.reduce((before, event) => roulette.rules.evolve(before, event), state);
    };
    const settle = (): string[] => {
      const forgotten: string[] = [];
      while (state.phase.name !== "waiting") {
        const [due] = roulette.rules.deadlines(state);
        if (due === undefined) throw new Error("no deadline");
        const decision = roulette.rules.decide(state, { type: "deadline", ...due }, { ...facts, now: due.at });
        if ("refused" in decision) throw new Error(decision.refused);
        for (const event of decision.events) {
          if (event.type === "forgot") {
            for (const [player, told] of toldOf(roulette, state, event)) {
              forgotten.push(player);
              expect(told).toEqual({ type: "forgotten" });
              const after = roulette.sight.seat(roulette.rules.evolve(state, event), player);
              expect(roulette.deltas.foldSeat(roulette.sight.seat(state, player), told)).toEqual(after);
            }
          }
          state = roulette.rules.evolve(state, event);
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
    expect(roulette.sight.seat(state, playerId("second")).last).toEqual([{ spot: "red", amount: 1 }]);
    for (let i = 0; i < REMEMBERED_MAX + 5; i++) join(`q${i}`);
    expect(settle()).toHaveLength(REMEMBERED_MAX);
    expect(state.places.length).toBe(REMEMBERED_MAX + 5);
  });
});
