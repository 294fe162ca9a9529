import * as z from "zod/mini";
import {
  chips,
  type Chips,
  type Json,
  type PlayerId,
  type Settlement,
  type StakeLine,
  type Step,
  type Summary,
} from "../game.ts";
import { settlementOf, type Event, type EventOf } from "./events.ts";
import { expectedX10000 } from "./payout.ts";
import { betsOf } from "./stacks.ts";
import type { State } from "./state.ts";
import type { SpinRecord } from "./types.ts";

/** The table's public output: its entry in the lobby, the stakes and results of settled rounds, and records of finished ones. */

const LOBBY_RESULTS = 8;

export function summary({ config, phase, round, felt, history }: State): Summary {
  return {
    phase: phase.name,
    round,
    players: felt.players,
    minStake: config.minStake,
    maxStake: config.maxPlayer,
    note: { wheel: config.wheel, last: history.slice(0, LOBBY_RESULTS) },
  };
}

/** The record of a finished round. */
export const recordSchema = z.object({
  result: z.nullable(z.string()),
  void: z.nullable(z.string()),
  wheel: z.enum(["european", "french", "american"]),
  players: z.array(
    z.object({
      player: z.custom<PlayerId>((value) => typeof value === "string"),
      staked: z.custom<Chips>((value) => Number.isSafeInteger(value)),
      returned: z.custom<Chips>((value) => Number.isSafeInteger(value)),
      bets: z.array(z.object({ spot: z.string(), amount: z.int() })),
    }),
  ),
});

/**
 * A finished round's record: everyone's bets and returns. Once the number is out, the record names it: if the table stops before
 * it pays, that record stays. A void round publishes nothing else.
 */
export function settle({ before, event }: Step<State, Event>): Settlement | null {
  if (event.type !== "spun" && event.type !== "settled" && event.type !== "voided") return null;
  const { wheel } = before.config;
  const players = before.places.flatMap(({ player, slip }): SpinRecord["players"][number][] => {
    if (slip === null) return [];
    const staked = chips(slip.staked);
    const returned = event.type !== "settled" ? staked : (settlementOf(event, player)?.returned ?? chips(0));
    return [{ player, staked, returned, bets: betsOf(wheel, slip.stacks) }];
  });
  const record = { ...endOf(event), wheel, players } satisfies SpinRecord;
  return event.type === "settled"
    ? { record, paid: { result: event.result, lines: linesOf(before, event) } }
    : { record };
}

function linesOf({ places, config: { wheel } }: State, event: EventOf<"settled">): readonly StakeLine[] {
  return places.flatMap(({ player, slip: bets }): StakeLine[] => {
    const slip = settlementOf(event, player);
    if (slip === undefined) return [];
    const gainX10000 = bets === null ? 0 : expectedX10000(wheel, betsOf(wheel, bets.stacks));
    return [{ player, staked: slip.staked, returned: slip.returned, gainX10000 }];
  });
}

type End = Extract<Event, { type: "spun" | "settled" | "voided" }>;

function endOf(event: End): Pick<SpinRecord, "result" | "void"> {
  if (event.type === "settled") return { result: event.result, void: null };
  return { result: null, void: event.type === "voided" ? event.reason : stopped(event.result) };
}

const stopped = (result: string): string => `The number ${result} was out, and the table stopped before it paid.`;

/** The record as anyone may read it: once a round is over, its bets are public. */
export function recordFor(record: Json): SpinRecord {
  return recordSchema.parse(record);
}
