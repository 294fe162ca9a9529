import type { Ms } from "../game.ts";
import { later } from "../kit/time.ts";
import type { Hand, Sitting, State } from "./state.ts";
import { lineMsOf } from "./types.ts";

/** How long the player to act may think. [P12] */

/** The clock of the player to act; null when there is none. A house player thinks for a moment, as people do. */
export function turnAt(
  state: State,
  hand: Hand,
): { readonly bot: boolean; readonly at: Ms; readonly actBy: Ms; readonly bankBy: Ms } | null {
  const { turn } = hand.betting;
  const dealt = turn === null ? undefined : hand.players[turn];
  if (turn === null || dealt === undefined) return null;
  const actBy = later(hand.at, state.config.actionMs + graceOf(state, hand, turn));
  const sitting = state.seats[dealt.seat] ?? null;
  const bankBy = later(actBy, sitting?.bankMs ?? 0);
  const line = sitting === null ? null : lineBy(state, hand, sitting);
  const at = later(hand.at, thinkingMs(state, hand));
  return line === null || line > bankBy
    ? { bot: dealt.bot, at, actBy, bankBy }
    : { bot: dealt.bot, at, actBy: line, bankBy: line };
}

/** In a hand in which the clock has already acted for an absent player, nobody waits for them again. */
const NO_WAIT_MS = 1_000;

/** A player who has lost the connection has one short clock, and no time bank. [P12] */
function lineBy({ config }: State, { at }: Hand, { awaySince, out, strikes }: Sitting): Ms | null {
  if (awaySince === null) return null;
  if (out && strikes > 0) return later(at, NO_WAIT_MS);
  return later(awaySince > at ? awaySince : at, lineMsOf(config));
}

const THINK_LEAST_MS = 700;
const THINK_SPREAD_MS = 2_300;

/** How long a house player thinks: from public data alone, so that it reveals nothing. */
function thinkingMs({ round, config }: State, { log }: Hand): number {
  const mix = Math.imul(round * 64 + log.length + 1, 0x9e3779b1) >>> 0;
  return Math.min(THINK_LEAST_MS + (mix % THINK_SPREAD_MS), config.actionMs);
}

/** A player who has lost the connection in this turn has more time. [P12] */
export function graceOf(state: State, hand: Hand, place: number): number {
  const sitting = state.seats[hand.players[place]?.seat ?? -1];
  return sitting?.graced === true ? state.config.graceMs : 0;
}
