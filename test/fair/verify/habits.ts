import { curveAt } from "../../../rooms/crash/curve.ts";
import type { State as Lobby } from "../../../rooms/crash/state.ts";
import { layoutOf } from "../../../rooms/roulette/layout.ts";
import type { State as Rolls } from "../../../rooms/dice/types.ts";
import type { State as Draws } from "../../../rooms/lottery/state.ts";
import type { State as Table } from "../../../rooms/roulette/state.ts";
import type { Random } from "../../kit/random.ts";
import type { Room } from "./play.ts";

/** How the players of the verifier's tests play. */

const PLAYERS = ["ann", "bob", "cy", "dee", "eve", "constructor", "fay", "gus"];
const who = (random: Random): string => random.pick(PLAYERS) ?? "ann";

/** Small enough that a flight with everybody in it is often ended by force. */
export const QUICK_CRASH = { maxProfit: 12_000, maxStake: 3_000, bettingMs: 700, pauseMs: 300 };

/** Bets with and without targets, two at once, queued ones, cash-outs by hand, strategies, voids before and in flight. */
export function crashHabit(state: Lobby, random: Random, room: Room): void {
  const { phase } = state;
  const player = who(random);
  if (random.chance(0.01)) room.operate({ type: "void", reason: "a test" });
  if (phase.name === "running") {
    for (const { player: mine, bets } of state.places) {
      for (const bet of bets)
        if (bet.out === null && random.chance(0.05)) room.send(mine, { type: "cashout", bet: bet.id });
    }
    if (random.chance(0.2)) room.send(player, betOf(random));
    // Just at, or just beyond, where the targets are: the curve is capped.
    if (random.chance(0.1)) room.pass(random.int(400));
    return;
  }
  if (random.chance(0.04)) {
    const stops = random.chance(0.5) ? { stopLoss: 3_000, stopWin: 3_000 } : {};
    const factors = { onLoss: 2, onWin: 1 };
    const plan = { amount: random.between(1, 200), autoCashout: targetOf(random), rounds: random.between(1, 6) };
    room.send(player, { type: "strategy", ...plan, ...stops, ...(random.chance(0.5) ? factors : {}) });
  }
  if (random.chance(0.02)) room.send(player, { type: "stopStrategy" });
  const bets = random.chance(0.15) ? 12 : random.between(1, 4);
  for (let i = 0; i < bets; i++) room.send(who(random), betOf(random));
  const mine = state.places.find(({ bets: some }) => some.length > 0);
  if (mine !== undefined && random.chance(0.05)) room.send(mine.player, { type: "cancel", bet: mine.bets[0]?.id ?? 0 });
}

function betOf(random: Random): { type: string; amount: number; autoCashout?: number } {
  const amount = random.chance(0.3) ? random.between(1_000, 3_000) : random.between(1, 300);
  return { type: "bet", amount, ...(random.chance(0.6) ? { autoCashout: targetOf(random) } : {}) };
}

function targetOf(random: Random): number {
  return random.weighted({ low: 5, high: 3, far: 1 }) === "low"
    ? random.between(101, 250) / 100
    : random.between(200, random.chance(0.2) ? 100_000 : 900) / 100;
}

/** A lobby so full that targets are settled together, with hands in between. */
export function crowdHabit(state: Lobby, random: Random, room: Room): void {
  const { phase } = state;
  if (phase.name === "running") {
    const elapsed = room.now - phase.startedAt;
    if (random.chance(0.02)) room.operate({ type: "void", reason: "a test" });
    for (const { player, bets } of state.places) {
      for (const { id, out, targetX100 } of bets) {
        const due = targetX100 !== null && targetX100 <= curveAt(elapsed);
        if (out === null && random.chance(due ? 0.5 : 0.02)) room.send(player, { type: "cashout", bet: id });
      }
    }
    room.pass(random.int(300));
    return;
  }
  if (state.board.bets > 0) return;
  for (let i = 0; i < 70; i++) {
    const target = random.between(101, 400) / 100;
    room.send(`crowd-${i}`, { type: "bet", amount: 10, ...(random.chance(0.9) ? { autoCashout: target } : {}) });
  }
}

export const QUICK_ROULETTE = { openMs: 700, closedMs: 50, spinMs: 300, settledMs: 100 };

export function rouletteHabit(state: Table, random: Random, room: Room): void {
  const player = who(random);
  if (random.chance(0.05)) room.operate({ type: "void", reason: "a test" });
  if (random.chance(0.05)) room.send(player, { type: "autoRepeat", rounds: 2 });
  const bets = Array.from({ length: random.between(1, 4) }, () => ({
    spot: random.pick(layoutOf(state.config.wheel).bets)?.spot ?? "red",
    amount: 2 * random.between(1, 40),
  }));
  room.send(player, { type: "bet", bets });
}

/** Rolls of some players on either side, and a void now and then. */
export function diceHabit(_: Rolls, random: Random, room: Room): void {
  if (random.chance(0.03)) room.operate({ type: "void", reason: "a test" });
  const side = random.pick(["under", "over"]) ?? "under";
  room.send(who(random), { type: "roll", amount: random.between(100, 900), side, target: random.between(300, 9_700) });
}

export const QUICK_LOTTERY = {
  players: 4,
  minPlayers: 2,
  timeLimitMs: 4_000,
  drawMs: 3_000,
  capPerPlayer: 900,
  prizeShare: 3_333,
};

/** Stakes small and large, some delivered twice; words while a draw takes them; voids before and in a started draw; pauses. */
export function lotteryHabit(state: Draws, random: Random, room: Room): void {
  if (random.chance(0.04)) room.operate({ type: "void", reason: "a test" });
  if (random.chance(0.01)) room.operate({ type: "pause" });
  if (random.chance(0.3)) room.operate({ type: "resume" });
  for (let n = state.started === null ? 0 : random.between(0, 3); n > 0; n--) {
    room.send(who(random), {
      type: "entropy",
      value: random.pick(["seven", "öäü", "🎲🎲", "a,b|c", random.hex(8)]) ?? "x",
    });
  }
  // One of them has so many that they no longer get a ticket each.
  const busy = random.chance(0.05) ? who(random) : null;
  for (let n = busy === null ? random.between(0, 3) : 25; n > 0; n--) {
    const stake = random.chance(0.1) ? random.between(1_000, 1_000_000) : random.between(1, 400);
    const message = { player: busy ?? who(random), game: "crash", room: "crash:main", round: 1, stake };
    const id = room.deliver(message);
    if (random.chance(0.1)) room.deliver(message, id);
  }
}
