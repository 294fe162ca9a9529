import * as z from "zod/mini";
import { describe, expect, test } from "vitest";
import { crash } from "../../../rooms/crash/index.ts";
import { TARGETS_APART_MAX, TARGETS_EVERY_MS } from "../../../rooms/crash/flight.ts";
import { ann, bob, cy, Driver, playerId } from "./driver.ts";
import { exactElapsed, exactPayout } from "./exact.ts";

const SHORT = { bettingMs: 5_000, pauseMs: 2_000 };
const many = (n: number): ReturnType<typeof playerId>[] => Array.from({ length: n }, (_, i) => playerId(`player-${i}`));

/** In a lobby of a thousand. */
const targetOf = (i: number): number => 101 + ((i * 37) % 400);
const size = (lobby: Driver): number => JSON.stringify(lobby.view()).length;

const page = z.object({
  bets: z.array(z.object({ player: z.string(), bet: z.int(), amount: z.int(), outX100: z.nullable(z.int()) })),
  next: z.nullable(z.int()),
});
type Line = z.infer<typeof page>["bets"][number];

function all(lobby: Driver): Line[] {
  const lines: Line[] = [];
  for (let from: number | null = 0; from !== null;) {
    expect(lobby.command(cy, { type: "bets", from })).toBe("ok");
    const { bets, next }: z.infer<typeof page> = page.parse(lobby.lastResult);
    expect(bets.length).toBeLessThanOrEqual(50);
    lines.push(...bets);
    from = next;
  }
  return lines;
}

describe("the live list", () => {
  test("[C9] shows the largest twenty, older first of equal ones, and sums over all", () => {
    const lobby = new Driver(SHORT);
    for (const [i, player] of many(30).entries()) lobby.bet(player, 100 + (i % 10));
    const { board } = lobby.view();
    expect(board).toMatchObject({ players: 30, bets: 30, staked: 3_135, out: 0, paid: 0 });
    expect(board.top).toHaveLength(20);
    expect(board.top.map(({ amount, bet }) => [amount, bet]).slice(0, 4)).toEqual([
      [109, 10],
      [109, 20],
      [109, 30],
      [108, 9],
    ]);
    expect(board.top.at(-1)).toMatchObject({ amount: 103, bet: 14 });
  });

  test("[C9] closes up when a large bet is cancelled, and lets a larger one in", () => {
    const lobby = new Driver(SHORT);
    for (const [i, player] of many(25).entries()) lobby.bet(player, 100 + i);
    const [first] = lobby.view().board.top;
    expect(first).toMatchObject({ amount: 124, bet: 25 });
    lobby.cancel(playerId("player-24"), 25);
    expect(lobby.view().board.top.map(({ amount }) => amount)).toEqual(Array.from({ length: 20 }, (_, i) => 123 - i));
    lobby.cancel(playerId("player-0"), 1);
    expect(lobby.view().board).toMatchObject({ bets: 23, players: 23 });
    lobby.bet(ann, 5_000);
    expect(lobby.view().board.top.map(({ amount }) => amount)).toEqual([
      5_000,
      ...Array.from({ length: 19 }, (_, i) => 123 - i),
    ]);
  });

  test("[C9] marks who is out at what, in the air and after the crash", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100, 1.5);
    lobby.bet(bob, 200);
    lobby.launch(300);
    lobby.flyTo(200);
    lobby.cashOut(bob);
    expect(lobby.view().board).toMatchObject({ out: 2, paid: 550 });
    expect(lobby.view().board.top).toEqual([
      { player: bob, bet: 2, amount: 200, outX100: 200 },
      { player: ann, bet: 1, amount: 100, outX100: 150 },
    ]);
    const { board } = lobby.view();
    lobby.runTo("crashed");
    expect(lobby.view()).toMatchObject({ last: { round: 1, board }, board: { top: [], bets: 0 } });
    lobby.bet(bob, 7);
    expect(lobby.view().last).toEqual({ round: 1, board });
  });

  test("[C9] gives the rest on request, fifty at a time, largest first, without their targets", () => {
    const lobby = new Driver(SHORT);
    for (const [i, player] of many(120).entries()) lobby.bet(player, 100 + i, (200 + i) / 100);
    const lines = all(lobby);
    expect(lines.map(({ amount }) => amount)).toEqual(Array.from({ length: 120 }, (_, i) => 219 - i));
    expect(JSON.stringify(lines)).not.toMatch(/target/i);
    lobby.launch(260);
    // So many are settled twice a second: at 15.5 s the curve is at 2.53.
    lobby.goTo(lobby.flight.startedAt + 15_500);
    const open = all(lobby).filter(({ outX100 }) => outX100 === null);
    expect(open).toHaveLength(120 - 54);
    for (const from of [120, 1_000_000]) {
      lobby.command(cy, { type: "bets", from });
      expect(lobby.lastResult).toEqual({ bets: [], next: null });
    }
    expect(lobby.journal.filter(({ type }) => type === "strategy")).toEqual([]);
  });

  test("[C9] pages exactly: fifty are one page, fifty-one are two", () => {
    for (const n of [0, 1, 49, 50, 51, 100, 101]) {
      const lobby = new Driver(SHORT);
      for (const player of many(n)) lobby.bet(player, 10);
      lobby.command(cy, { type: "bets" });
      const { bets, next } = page.parse(lobby.lastResult);
      expect([bets.length, next]).toEqual([Math.min(n, 50), n > 50 ? 50 : null]);
      expect(new Set(all(lobby).map(({ bet }) => bet)).size).toBe(n);
    }
  });
});

describe("the history", () => {
  test("[C9] keeps the last fifty flights, newest first, and no void round", () => {
    const lobby = new Driver(SHORT);
    for (let i = 0; i < 53; i++) {
      lobby.bet(ann, 10);
      if (i === 20) lobby.input({ type: "void", reason: "a test" });
      else lobby.play(150 + i);
    }
    const { history } = lobby.view();
    expect(history).toHaveLength(50);
    expect(history[0]).toEqual({ round: 53, endX100: 202, bustX100: 202, forced: false });
    expect(history.map(({ round }) => round)).not.toContain(21);
    expect(history.at(-1)).toMatchObject({ round: 3 });
  });
});

describe("a full lobby", () => {
  const PLAYERS = many(1_000);
  function full(): Driver {
    const lobby = new Driver({ ...SHORT, maxProfit: 1_000_000_000 });
    // Driver.apply holds the invariants after every event, which is much for a thousand: the bets come by the game alone.
    const bets = PLAYERS.map((player, i) => ({ player, amount: 100 + i, targetX100: targetOf(i) }));
    for (const { player, amount } of bets) lobby.bring(player, amount);
    for (const [i, { player, amount, targetX100 }] of bets.entries()) {
      const bet = { id: i + 1, amount, targetX100, by: "hand", out: null };
      lobby.quietly(crash.event.parse({ type: "placed", player, bet }));
    }
    lobby.quietly(crash.event.parse({ type: "opened", startsAt: lobby.now + 5_000 }));
    return lobby;
  }

  test("[C4] settles its targets together, twice a second, and pays each exactly its own", () => {
    const lobby = full();
    lobby.launch(350);
    const { startedAt } = lobby.flight;
    let settled = 0;
    let last = startedAt as number;
    while (lobby.state.phase.name === "running") {
      const [due] = crash.rules.deadlines(lobby.state);
      const air = lobby.state.board.bets - lobby.state.board.out;
      if (due?.name === "targets" && air > TARGETS_APART_MAX) {
        expect((due.at - startedAt) % TARGETS_EVERY_MS).toBe(0);
        expect(due.at).toBeGreaterThan(last);
        settled += 1;
      }
      last = due?.at ?? last;
      lobby.goTo(last);
    }
    expect(settled).toBeLessThanOrEqual(Math.ceil(exactElapsed(350) / TARGETS_EVERY_MS));
    for (const [i, player] of PLAYERS.entries()) {
      const target = targetOf(i);
      const [bet] = lobby.result(player);
      if (target > 350) expect(bet?.out).toBeNull();
      else {
        expect(bet?.out).toEqual({
          x100: target,
          paid: Number(exactPayout(100 + i, target)),
          at: startedAt + exactElapsed(target),
          by: "target",
        });
      }
    }
  });

  test("[C4] a round that is void before they are settled pays the targets that the curve had met", () => {
    const lobby = full();
    lobby.launch(900);
    lobby.goTo(lobby.flight.startedAt + exactElapsed(103) - 1);
    expect(lobby.state.board.out).toBe(0);
    expect(lobby.input({ type: "void", reason: "a test" })).toBe("ok");
    for (const [i, player] of PLAYERS.entries()) {
      const [bet] = lobby.result(player);
      expect(bet?.out?.paid ?? null).toBe(targetOf(i) <= 102 ? Number(exactPayout(100 + i, targetOf(i))) : null);
      expect(lobby.held(player)).toBe(0);
    }
  });

  test("[C5] a cash-out by hand of a bet whose target was met, but not settled yet, is capped to the target", () => {
    const lobby = full();
    lobby.launch(900);
    const { startedAt } = lobby.flight;
    // Not the lowest: the first of a half second in which some are met. The curve is at 1.03 after 493 ms.
    const i = PLAYERS.findIndex((_, n) => targetOf(n) === 102);
    const player = PLAYERS[i] ?? ann;
    lobby.goTo(startedAt + exactElapsed(103));
    expect(lobby.seat(player).bets[0]?.out).toBeNull();
    expect(lobby.cashOut(player)).toBe("ok");
    expect(lobby.lastResult).toEqual({
      bet: i + 1,
      at: lobby.now,
      x100: 102,
      paid: Number(exactPayout(100 + i, 102)),
    });
    expect(lobby.seat(player).bets[0]?.out).toMatchObject({ x100: 102, by: "target" });
    lobby.goTo(startedAt + 500);
    expect(lobby.cashOut(player)).toEqual({ refused: "already_cashed_out" });
  });

  test("[C4] [C6] a bust in mid-interval settles what was met in the very commit of the crash, also an hour late", () => {
    const paid = [0, 3_600_000].map((late) => {
      const lobby = full();
      lobby.launch(232);
      const { endAt } = lobby.flight;
      if (late === 0) lobby.runTo("crashed");
      else lobby.late(endAt - lobby.now + late);
      return PLAYERS.map((player) => lobby.profit(player));
    });
    expect(paid[0]).toEqual(
      PLAYERS.map((_, i) => (targetOf(i) <= 232 ? Number(exactPayout(100 + i, targetOf(i))) : 0) - 100 - i),
    );
    expect(paid[1]).toEqual(paid[0]);
  });

  test("[C6] [C9] is bounded: the view of a thousand bets is no larger than of twenty, to within the digits of its sums", () => {
    const lobby = full();
    const small = new Driver(SHORT);
    for (const [i, player] of PLAYERS.slice(-20).entries()) small.bet(player, 1_080 + i);
    expect(size(lobby) - size(small)).toBeLessThan(40);
  });
});
