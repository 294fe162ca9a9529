import * as z from "zod/mini";
import { chips, type Chips, type DomainEvent, type Json, type PlayerId, type Summary } from "../game.ts";
import { settledEvents, type Staked } from "../kit/settled.ts";
import { settlementOf, type Event } from "./events.ts";
import { expectedX10000 } from "./payout.ts";
import { betsOf } from "./stacks.ts";
import type { State } from "./state.ts";
import type { Recount } from "./types.ts";

/** What leaves the table: its lobby line, the stakes and results of settled rounds, and the record of a finished one. */

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

/** When it is settled; a void round leaves no trace outside. From the state before the event. */
export function publish(state: State, event: Event, room: string): readonly DomainEvent[] {
  if (event.type !== "settled") return [];
  const lines = state.places.flatMap(({ player, slip: bets }): Staked[] => {
    const slip = settlementOf(event, player);
    if (slip === undefined) return [];
    const { wheel } = state.config;
    const gainX10000 = bets === null ? 0 : expectedX10000(wheel, betsOf(wheel, bets.stacks));
    return [{ player, staked: slip.staked, returned: slip.returned, gainX10000 }];
  });
  return settledEvents(room, event.round, event.result, lines);
}

/** The record of a finished round. */
export const kept = z.object({
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
 * A finished round's record: everyone's bets, and what came back. From the state before the event that ends it. Once the number is
 * out, what is kept names it: should the table stop before it pays, that is the record.
 */
export function keep(state: State, event: Event): Json | null {
  if (event.type !== "spun" && event.type !== "settled" && event.type !== "voided") return null;
  const { wheel } = state.config;
  const players = state.places.flatMap(({ player, slip }): Recount["players"][number][] => {
    if (slip === null) return [];
    const staked = chips(slip.staked);
    const returned = event.type !== "settled" ? staked : (settlementOf(event, player)?.returned ?? chips(0));
    return [{ player, staked, returned, bets: betsOf(wheel, slip.stacks) }];
  });
  return { ...endOf(event), wheel, players } satisfies Recount;
}

type End = Extract<Event, { type: "spun" | "settled" | "voided" }>;

function endOf(event: End): Pick<Recount, "result" | "void"> {
  if (event.type === "settled") return { result: event.result, void: null };
  return { result: null, void: event.type === "voided" ? event.reason : stopped(event.result) };
}

const stopped = (result: string): string => `The number ${result} was out, and the table stopped before it paid.`;

/** The record as anyone may read it: once a round is over, its bets are public. Null when nothing was kept. */
export function recount(records: readonly Json[]): Json {
  const last = records.at(-1);
  return last === undefined ? null : (kept.parse(last) satisfies Recount);
}
