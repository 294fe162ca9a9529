import * as z from "zod/mini";
import { chips, type Json, type Settlement, type StakeLine, type Step, type Summary } from "../game.ts";
import { bet, instant, player, x100, type Event } from "./events.ts";
import { rtpBps } from "../kit/rtp.ts";
import { RETURN } from "./bust.ts";
import { paidOf, stakeOf, type State } from "./state.ts";
import type { FlightRecord } from "./types.ts";

/** The lobby's public output: its entry in the list of rooms, stakes and results of settled rounds, records of finished ones. */

const LIST_FLIGHTS = 8;
/** The house edge in basis points, whenever a bet is cashed out. [C3] */
const EDGE_BPS = 10_000 - rtpBps(RETURN);

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

/** The record of a finished round. */
export const recordSchema = z.object({
  bustX100: z.nullable(x100),
  endX100: z.nullable(x100),
  forced: z.boolean(),
  void: z.nullable(z.string()),
  startedAt: z.nullable(instant),
  limits: z.object({ maxProfit: z.number(), maxX100: z.number() }),
  bets: z.array(z.extend(bet, { player })),
});

/** A finished round's record: everyone's bets, and how each was paid. A void round publishes nothing else. [C11] */
export function settle({ before, event }: Step<State, Event>): Settlement | null {
  if (event.type !== "ended" && event.type !== "voided") return null;
  const { maxProfit, maxX100 } = before.config;
  const bets = before.places
    .flatMap(({ player, bets }) => bets.map((one) => ({ player, ...one })))
    .sort((a, b) => a.id - b.id);
  const startedAt = before.phase.name === "running" ? before.phase.startedAt : null;
  const rest = { startedAt, limits: { maxProfit, maxX100 }, bets };
  if (event.type === "voided") {
    return {
      record: { bustX100: null, endX100: null, forced: false, void: event.reason, ...rest } satisfies FlightRecord,
    };
  }
  const { bustX100, endX100, forced } = event;
  const record = { bustX100, endX100, forced, void: null, ...rest } satisfies FlightRecord;
  return { record, paid: { result: { bustX100, endX100 }, lines: linesOf(before) } };
}

function linesOf({ places }: State): readonly StakeLine[] {
  return places
    .filter(({ bets }) => bets.length > 0)
    .map(({ player, bets }) => {
      const staked = chips(stakeOf(bets));
      return { player, staked, returned: chips(paidOf(bets)), gainX10000: staked * EDGE_BPS };
    });
}

/** The record as anyone may read it: once a round is over, its bets are public. */
export function recordFor(record: Json): FlightRecord {
  return recordSchema.parse(record);
}
