import { config, type Config } from "../../../rooms/poker/types.ts";
import { legal } from "../../../rooms/poker/street.ts";
import type { HandRecord } from "../../../rooms/poker/record.ts";
import type { State } from "../../../rooms/poker/state.ts";
import type { FinishedRound } from "../../../rooms/kernel/state.ts";
import { poker } from "../../../rooms/poker/index.ts";
import type { AnyGame, PlayerId } from "../../../rooms/game.ts";
import type { Random } from "../../kit/random.ts";
import { playOn, type Room } from "./play.ts";

/** How players sit at a table of hold'em in the tests of hand histories: they come and go, go all-in, time out, straddle, run it twice. */

const PLAYERS = ["ann", "bob", "cy", "dee", "eve", "fay", "gus", "hal", "ivy"];

export const QUICK: Partial<Config> = {
  seats: 6,
  actionMs: 900,
  timeBankMs: 300,
  pauseMs: 300,
  dealMs: 200,
  runOutMs: 100,
  minBuyInBigBlinds: 2,
  orbitsOut: 20,
  maxBots: 2,
};

export function pokerHabit(state: State, random: Random, room: Room): void {
  const { hand, config } = state;
  const turn = hand?.betting.turn ?? null;
  if (hand !== null && turn !== null && hand.players[turn]?.bot === false && random.chance(0.9)) {
    act(hand.players[turn]?.player ?? "", state, random, room);
  }
  if (random.chance(0.02)) room.operate({ type: "void", reason: "a test" });
  const player = random.pick(PLAYERS) ?? "ann";
  const seat = state.seats.findIndex((one) => one?.player === player);
  if (seat < 0) {
    const free = state.seats.flatMap((one, i) => (one === null ? [i] : []));
    const at = random.pick(free);
    const most = config.bigBlind * config.maxBuyInBigBlinds;
    const least = config.bigBlind * config.minBuyInBigBlinds;
    const buyIn = random.chance(0.5) ? random.between(least, 10 * config.bigBlind) : random.between(least, most);
    if (at === undefined) return;
    if (random.chance(0.05)) room.send(player, { type: "addBot", seat: at });
    else if (random.chance(0.3)) room.send(player, { type: "sit", seat: at, buyIn: Math.min(most, buyIn) });
    return;
  }
  if (random.chance(0.1)) room.send(player, { type: "straddle", on: random.chance(0.8) });
  if (random.chance(0.2)) room.send(player, { type: "runItTwice", on: random.chance(0.8) });
  if (random.chance(0.05)) room.send(player, { type: "sitOut" });
  if (random.chance(0.3)) room.send(player, { type: "sitIn" });
  if (random.chance(0.3)) room.send(player, { type: random.chance(0.8) ? "postBlinds" : "buyButton" });
  if (random.chance(0.01)) room.send(player, { type: "stand" });
  if (random.chance(0.1)) room.send(player, { type: "show" });
  if (random.chance(0.1)) room.send(player, { type: "topUp", amount: random.between(1, 5 * config.bigBlind) });
}

function act(player: string, { hand }: State, random: Random, room: Room): void {
  if (hand === null || hand.betting.turn === null) return;
  const may = legal(hand.betting, hand.betting.turn);
  if (may === null) return;
  if (may.raise !== null && random.chance(0.35)) {
    const { least, most } = may.raise;
    const to = random.chance(0.3) ? most : random.chance(0.5) ? least : random.between(least, most);
    room.send(player, { type: "raise", to });
  } else if (may.toCall === 0) room.send(player, { type: "check" });
  else room.send(player, { type: random.chance(0.7) ? "call" : "fold" });
}

export type Played = {
  readonly room: Room;
  readonly rounds: readonly FinishedRound[];
  /** As a viewer may read it; null: a stranger. */
  readonly read: (round: FinishedRound, viewer: string | null) => HandRecord;
};

/** Hands at one table. */
export function playHands(seed: number, hands: number, settings: Partial<Config> = {}): Played {
  const room = playOn(poker as AnyGame, config.parse({ ...QUICK, ...settings }), seed, hands, pokerHabit);
  return {
    room,
    rounds: room.finished,
    read: (round, viewer) => room.record(round, viewer as PlayerId | null).outcome as unknown as HandRecord,
  };
}
