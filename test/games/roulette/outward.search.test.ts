import type { DomainEvent } from "../../../rooms/game.ts";
import { keptOf, publishedOf } from "../../kit/step.ts";
import { recordFor } from "../../../rooms/kernel/settlement.ts";
import { describe, expect, test } from "vitest";
import type { Json } from "../../../rooms/game.ts";
import { roulette } from "../../../rooms/roulette/index.ts";
import { CHUNK_PLAYERS } from "../../../rooms/kernel/settlement.ts";
import { ann, bob, Driver, playerId } from "./driver.ts";

/** Everything that a table's journal publishes, in order. */
function published(table: Driver): DomainEvent[] {
  let state = roulette.rules.initial(table.state.config);
  return table.journal.flatMap((event) => {
    const out = publishedOf(roulette, state, event, "roulette:main");
    state = roulette.rules.evolve(state, event);
    return out;
  });
}

/** Of the one round that was played: a later record takes the place of an earlier one. */
function kept(table: Driver): Json[] {
  let state = roulette.rules.initial(table.state.config);
  const records = table.journal.flatMap((event) => {
    const record = keptOf(roulette, state, event);
    state = roulette.rules.evolve(state, event);
    return record === null ? [] : [record];
  });
  return records.slice(-1);
}

describe("what leaves the table", () => {
  test("a settled round sends one stake a player, and its results", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5], ["odd", 5]);
    table.bet(bob, ["straight:17", 2]);
    table.bet(bob, ["red", 9]);
    table.command(bob, { type: "undo" });
    table.play("17");
    const [first, second, third, ...rest] = published(table);
    expect(first).toEqual({
      topic: "stakes",
      type: "player.stakeCreated",
      key: "ann",
      payload: { player: "ann", game: "roulette", room: "roulette:main", round: 1, stake: 10, gainX10000: 2_703 },
    });
    expect(second).toMatchObject({ topic: "stakes", key: "bob", payload: { stake: 2 } });
    expect(third).toMatchObject({
      topic: "settled",
      type: "roundSettled",
      payload: {
        round: 1,
        result: "17",
        players: [
          { player: "ann", staked: 10, returned: 10 },
          { player: "bob", staked: 2, returned: 72 },
        ],
      },
    });
    expect(rest).toEqual([]);
  });

  test(`results are cut at ${CHUNK_PLAYERS} players a message, and nobody is lost or doubled`, () => {
    const table = new Driver();
    const names = Array.from({ length: 2 * CHUNK_PLAYERS + 1 }, (_, i) => `p${i}`);
    for (const name of names) table.bet(playerId(name), ["red", 1]);
    table.play("1");
    const settled = published(table).filter(({ topic }) => topic === "settled");
    const sizes = settled.map(({ payload }) => JSON.parse(JSON.stringify(payload)).players.length);
    expect(sizes).toEqual([CHUNK_PLAYERS, CHUNK_PLAYERS, 1]);
    const stakes = published(table).filter(({ topic }) => topic === "stakes");
    expect(stakes.map(({ key }) => key).sort()).toEqual([...names].sort());
  });

  test("a void round sends nothing", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.runTo("closed");
    table.input({ type: "void", reason: "test" });
    expect(published(table)).toEqual([]);
  });

  test("[R9] a finished round's record has everyone's bets, for anyone to read", () => {
    const table = new Driver({ wheel: "french" });
    table.bet(ann, ["red", 10], ["straight:3", 2]);
    table.bet(bob, ["dozen:3", 7]);
    table.play("0");
    const records = kept(table);
    expect(records.length).toBe(1);
    const recount = {
      result: "0",
      void: null,
      wheel: "french",
      players: [
        {
          player: "ann",
          staked: 12,
          returned: 5,
          bets: [
            { spot: "straight:3", amount: 2 },
            { spot: "red", amount: 10 },
          ],
        },
        { player: "bob", staked: 7, returned: 0, bets: [{ spot: "dozen:3", amount: 7 }] },
      ],
    };
    for (const viewer of [null, ann, playerId("stranger")]) {
      expect(recordFor(roulette, JSON.parse(JSON.stringify(records)), viewer)).toEqual(recount);
    }
  });

  test("a void round's record says why, and that all came back", () => {
    const table = new Driver();
    table.bet(ann, ["red", 10]);
    table.runTo("closed");
    table.input({ type: "void", reason: "the ball left the wheel" });
    expect(recordFor(roulette, kept(table), null)).toEqual({
      result: null,
      void: "the ball left the wheel",
      wheel: "european",
      players: [{ player: "ann", staked: 10, returned: 10, bets: [{ spot: "red", amount: 10 }] }],
    });
    expect(recordFor(roulette, [], null)).toBeNull();
  });

  test("the lobby's line has phase, players, limits and the last results", () => {
    const table = new Driver({ minStake: 5, maxPlayer: 900 });
    table.bet(ann, ["red", 5]);
    table.play("7");
    table.bet(ann, ["red", 5]);
    table.bet(bob, ["red", 5]);
    expect(roulette.lobby.summary(table.state)).toEqual({
      phase: "open",
      round: 2,
      players: 2,
      minStake: 5,
      maxStake: 900,
      note: { wheel: "european", last: ["7"] },
    });
  });
});
