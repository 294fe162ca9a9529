import * as z from "zod/mini";
import type { DomainEvent, Json, Settlement, Step, Summary } from "../game.ts";
import { player, type Event } from "./events.ts";
import { resultOf } from "./evolve.ts";
import { prizeOf, type State } from "./state.ts";
import { awardId } from "./tickets.ts";
import type { DrawRecord } from "./types.ts";

/** The lottery's public output: its entry in the lobby, the award of a finished draw, and its record. */

export function summary(state: State): Summary {
  const { config, round, waiting, started } = state;
  return {
    phase: started === null ? "in_waiting" : "started",
    round,
    players: started?.players ?? waiting.players,
    minStake: 0,
    maxStake: 0,
    note: {
      prize: started?.prize ?? prizeOf(state),
      needs: config.players,
      tickets: (started ?? waiting).tickets.length,
    },
  };
}

/** The award event, in the commit that draws it. [L5] */
export function publish({ before, event }: Step<State, Event>, room: string): readonly DomainEvent[] {
  const result = event.type === "drawn" ? resultOf(before, event) : null;
  if (result === null) return [];
  const { draw, root, tickets, weight, number, ticket, player: winner, prize } = result;
  const payload = {
    award: awardId(room, draw, root),
    lottery: room.slice(room.indexOf(":") + 1),
    draw,
    player: winner,
    amount: prize,
    proof: { root, tickets, weight, number, ticket },
  };
  return [{ topic: "awards", type: "lotteryAwardCreated", key: winner, payload }];
}

const whole = z.int().check(z.minimum(0));

/** The record of a finished draw. */
export const recordSchema = z.object({
  void: z.nullable(z.string()),
  rules: z.object({ weighting: z.enum(["stake", "flat"]), capPerPlayer: whole, prizeShare: whole }),
  root: z.nullable(z.string()),
  stakes: whole,
  weight: whole,
  carriedIn: whole,
  carriedOut: whole,
  prize: whole,
  number: z.nullable(whole),
  ticket: z.nullable(whole),
  award: z.nullable(z.object({ player, amount: whole, status: z.literal("played_out") })),
  tickets: z.array(z.object({ id: z.string(), player, stake: whole, weight: whole, stakes: whole })),
});

/** A draw's record: all its tickets in their places, and the number drawn. No stakes are made here, so there are no payouts. */
export function settle({ before, event }: Step<State, Event>): Settlement | null {
  if (event.type !== "drawn" && event.type !== "voided") return null;
  const { config, started, waiting, carry } = before;
  const { weighting, capPerPlayer, prizeShare } = config;
  const result = event.type === "drawn" ? resultOf(before, event) : null;
  const { tickets, stakes, weight } = started ?? waiting;
  const record = {
    void: event.type === "voided" ? event.reason : null,
    rules: { weighting, capPerPlayer, prizeShare },
    root: started?.root ?? null,
    stakes,
    weight,
    carriedIn: started?.carriedIn ?? carry,
    carriedOut: result === null ? (started?.carriedIn ?? carry) : carry,
    prize: result?.prize ?? 0,
    number: result?.number ?? null,
    ticket: result?.ticket ?? null,
    award: result === null ? null : ({ player: result.player, amount: result.prize, status: "played_out" } as const),
    tickets,
  } satisfies DrawRecord;
  return { record };
}

/** The record as anyone may read it. */
export function recordFor(record: Json): DrawRecord {
  return recordSchema.parse(record);
}
