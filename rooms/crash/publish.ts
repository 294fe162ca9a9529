import * as z from "zod/mini";
import { chips, type DomainEvent, type Json, type Summary } from "../game.ts";
import { settledEvents } from "../kit/settled.ts";
import { bet, instant, player, x100, type Event } from "./events.ts";
import { paidOf, stakeOf, type State } from "./state.ts";
import type { Recount } from "./types.ts";

/** What leaves the lobby: its line in the house's list, the stakes and results of settled rounds, and a finished one's record. */

const LIST_FLIGHTS = 8;
/** What the house keeps of a bet in expectation, whenever it is cashed out: a hundredth. [C1] */
const EDGE_X10000 = 100;

export function summary({ config, phase, round, board, history }: State): Summary {
  return {
    phase: phase.name,
    round,
    players: board.players,
    minStake: config.minStake,
    maxStake: config.maxStake,
    note: { last: history.slice(0, LIST_FLIGHTS).map(({ endX100 }) => endX100) },
  };
}

/** When the flight has ended; a void round leaves no trace outside. From the state before the event. */
export function publish(state: State, event: Event, room: string): readonly DomainEvent[] {
  if (event.type !== "ended") return [];
  const { round, bustX100, endX100 } = event;
  const lines = state.places
    .filter(({ bets }) => bets.length > 0)
    .map(({ player, bets }) => {
      const staked = chips(stakeOf(bets));
      return { player, staked, returned: chips(paidOf(bets)), gainX10000: staked * EDGE_X10000 };
    });
  return settledEvents(room, round, { bustX100, endX100 }, lines);
}

/** The record of a finished round. */
export const kept = z.object({
  bustX100: z.nullable(x100),
  endX100: z.nullable(x100),
  forced: z.boolean(),
  void: z.nullable(z.string()),
  startedAt: z.nullable(instant),
  limits: z.object({ maxProfit: z.number(), maxX100: z.number() }),
  bets: z.array(z.extend(bet, { player })),
});

/** A finished round's record: everyone's bets, and how each was paid. From the state before the event that ends it. [C11] */
export function keep(state: State, event: Event): Json | null {
  if (event.type !== "ended" && event.type !== "voided") return null;
  const { maxProfit, maxX100 } = state.config;
  const bets = state.places
    .flatMap(({ player, bets }) => bets.map((one) => ({ player, ...one })))
    .sort((a, b) => a.id - b.id);
  const startedAt = state.phase.name === "running" ? state.phase.startedAt : null;
  const ended =
    event.type === "voided"
      ? { bustX100: null, endX100: null, forced: false, void: event.reason }
      : { bustX100: event.bustX100, endX100: event.endX100, forced: event.forced, void: null };
  return { ...ended, startedAt, limits: { maxProfit, maxX100 }, bets } satisfies Recount;
}

/** The record as anyone may read it: once a round is over, its bets are public. Null when nothing was kept. */
export function recount(records: readonly Json[]): Json {
  const last = records.at(-1);
  return last === undefined ? null : (kept.parse(last) satisfies Recount);
}
