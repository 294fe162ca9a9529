import { describe, expect, test } from "vitest";
import { poker } from "../../../rooms/poker/index.ts";
import type { State as PokerState } from "../../../rooms/poker/state.ts";
import { roulette } from "../../../rooms/roulette/index.ts";
import type { State } from "../../../rooms/roulette/state.ts";
import { verify } from "../../../rooms/verify.ts";
import { Room } from "./play.ts";

/** A room whose rules fail gives the open round back. What had been shown of its result by then stays in the record. */

const said = (record: unknown): string => JSON.stringify(verify(record).steps);

describe("a table that stops", () => {
  test("[R8] when its number is out names it in the record, and the seed gives that number", () => {
    const room = new Room(roulette, {}, 7);
    room.send("ann", { type: "bet", bets: [{ spot: "red", amount: 5 }] });
    const phase = (): State["phase"] => (room.state as State).phase;
    for (let i = 0; i < 10 && phase().name !== "spinning"; i += 1) room.pass(room.untilDue);
    const spinning = phase();
    if (spinning.name !== "spinning") throw new Error("it does not spin");
    room.fault();
    room.pass(0);
    const [record] = room.records;
    expect(record).toMatchObject({
      round: 1,
      void: true,
      outcome: {
        result: null,
        void: expect.stringContaining(`number ${spinning.result} was out`),
        players: [{ player: "ann", staked: 5, returned: 5 }],
      },
    });
    expect(verify(record)).toMatchObject({ ok: true, headline: "void" });
    expect(said(record)).toContain(`{"name":"pocket","value":"${spinning.result}"}`);
    expect(said(record)).toContain(`number ${spinning.result} was out`);
  });

  test("[R8] before its number is out has nothing to tell", () => {
    const room = new Room(roulette, {}, 8);
    room.send("ann", { type: "bet", bets: [{ spot: "red", amount: 5 }] });
    room.pass(10);
    room.fault();
    room.pass(0);
    expect(room.records[0]).toMatchObject({ void: true, outcome: null });
    expect(verify(room.records[0])).toMatchObject({ ok: true, headline: "ended by a fault" });
  });

  test.each(["face up", "over"])(
    "[P9] [P17] when cards are %s shows them in the record, and stacks are as they were",
    (when) => {
      const room = new Room(poker, { seats: 2, minPlayers: 2 }, 9);
      const state = (): PokerState => room.state as PokerState;
      for (const [seat, who] of ["ann", "bob"].entries()) room.send(who, { type: "sit", seat, buyIn: 4_000 });
      const reached = (): boolean => {
        const { hand } = state();
        return hand !== null && (when === "over" ? hand.end !== null : hand.players.some(({ shown }) => shown));
      };
      for (let i = 0; i < 60 && !reached(); i += 1) {
        const { hand } = state();
        const turn = hand?.betting.turn ?? null;
        const who = turn === null ? null : (hand?.players[turn]?.player ?? null);
        if (who === null) room.pass(room.untilDue);
        else {
          room.send(who, { type: "raise", to: 4_000 });
          room.send(who, { type: "call" });
          room.pass(1);
        }
      }
      expect(reached()).toBe(true);
      const board = state().hand?.board.length ?? 0;
      room.fault();
      room.pass(0);
      const round = room.finished.at(-1);
      if (round === undefined) throw new Error("no round is over");
      const record = room.record(round, null);
      const outcome = record.outcome as {
        void: string;
        board: unknown[];
        players: { cards: unknown; start: number; end: number }[];
      };
      expect(record.void).toBe(true);
      expect(outcome.void).toContain("the table stopped");
      expect(outcome.board).toHaveLength(board);
      expect(outcome.players.map(({ cards, start, end }) => [cards !== null, start === end])).toEqual([
        [true, true],
        [true, true],
      ]);
      expect(verify(record)).toMatchObject({ ok: true, headline: "void" });
    },
  );
});
