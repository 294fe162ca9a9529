import type { PlayerId } from "../../rooms/game.ts";
import { botAct } from "../../rooms/poker/bot.ts";
import { poker } from "../../rooms/poker/index.ts";
import type { State } from "../../rooms/poker/state.ts";
import { legal } from "../../rooms/poker/street.ts";
import { ownSeat, view } from "../../rooms/poker/view.ts";
import { Room } from "../fair/verify/play.ts";
import { median } from "./settle.ts";

/**
 * Whole hands a second through the pure engine, with a clock that jumps from one deadline to the next: every seat is a player whose
 * acts are those of the house's own policy, sent as commands. All that a room computes is in it: eight decks to commit to, the
 * cards with their openings, every view and step that would be sent. No socket and no disk.
 */

export type Hands = Readonly<Record<string, { readonly hands_per_s: number; readonly acts_per_hand: number }>>;

const SEATS = [2, 6, 9] as const;
const BUY_IN = 10_000;

export function hands(rounds: number, perRound: number, say: (line: string) => void): Hands {
  const found = new Map<number, { rates: number[]; acts: number; hands: number }>();
  for (const seats of SEATS) {
    playOn(tableOf(seats, 1), 20); // to warm up
    found.set(seats, { rates: [], acts: 0, hands: 0 });
  }
  for (let round = 1; round <= rounds; round++) {
    for (const seats of SEATS) {
      const one = found.get(seats);
      const room = tableOf(seats, round + 1);
      const began = performance.now();
      const acts = playOn(room, perRound);
      const seconds = (performance.now() - began) / 1_000;
      one?.rates.push(perRound / seconds);
      if (one !== undefined) Object.assign(one, { acts: one.acts + acts, hands: one.hands + perRound });
    }
  }
  return Object.fromEntries(
    [...found].map(([seats, { rates, acts, hands: played }]) => {
      const result = { hands_per_s: median(rates), acts_per_hand: acts / played };
      say(
        `  ${seats} seats  ${result.hands_per_s.toFixed(0).padStart(6)} hands a second, ${result.acts_per_hand.toFixed(1)} acts in each`,
      );
      return [String(seats), result];
    }),
  );
}

function tableOf(seats: number, seed: number): Room {
  const room = new Room(poker, { seats, minPlayers: seats }, seed);
  for (let seat = 0; seat < seats; seat++) room.send(`bench-${seat}`, { type: "sit", seat, buyIn: BUY_IN });
  room.pass(0);
  return room;
}

/** Plays so many hands; gives how many acts that were. */
function playOn(room: Room, count: number): number {
  const until = room.finished.length + count;
  let acts = 0;
  while (room.finished.length < until) {
    const state = room.state as State;
    const { hand } = state;
    const turn = hand?.betting.turn ?? null;
    const dealt = turn === null ? undefined : hand?.players[turn];
    if (hand != null && turn !== null && dealt !== undefined) {
      const action = botAct(view(state), ownSeat(state, dealt.player), dealt.seat);
      const free = legal(hand.betting, turn)?.toCall === 0;
      if (action.type === "raise") room.send(dealt.player, { type: "raise", to: action.to });
      else room.send(dealt.player, { type: action.type === "fold" ? "fold" : free ? "check" : "call" });
      acts += 1;
      room.pass(0);
      continue;
    }
    if (state.phase.name !== "playing") refill(state, room);
    room.pass(Math.max(1, room.untilDue));
  }
  return acts;
}

/** Who has lost everything takes as much again. */
function refill({ seats }: State, room: Room): void {
  for (const sitting of seats) {
    if (sitting === null || (sitting.stack > 0 && !sitting.out)) continue;
    const player: PlayerId = sitting.player;
    if (sitting.stack === 0) room.send(player, { type: "topUp", amount: BUY_IN });
    room.send(player, { type: "sitIn" });
    room.send(player, { type: "postBlinds" });
  }
}
