import type { Deadline, Facts, Ms } from "../game.ts";
import { later } from "../kit/time.ts";
import { botAct } from "./bot.ts";
import type { Event } from "./events.ts";
import { actAs, andOn, deal, graceOf, nextCards, runOutAt, timeOut } from "./play.ts";
import { keptUntil, type Hand, type Sitting, type State } from "./state.ts";
import { gone, passOffer, putAway } from "./table.ts";
import { lineMsOf } from "./types.ts";
import { mine, view } from "./view.ts";

/** Everything that happens because time passes. [P12] */

export function deadlines(state: State): readonly Deadline[] {
  const due: Deadline[] = [];
  const { phase, hand, offer } = state;
  if (phase.name === "starting") due.push({ name: "deal", at: phase.dealAt });
  if (phase.name === "over") due.push({ name: "next", at: phase.nextAt });
  if (phase.name === "playing" && hand !== null) {
    const turn = turnAt(state, hand);
    if (turn !== null) due.push(turn.bot ? { name: "bot", at: turn.at } : { name: "act", at: turn.bankBy });
    else if (hand.faceUp) due.push({ name: "street", at: runOutAt(state, hand) });
  }
  if (offer !== null) due.push({ name: "offer", at: offer.until });
  for (const sitting of state.seats) {
    const until = sitting === null ? null : keptUntil(state, sitting);
    if (until !== null) due.push({ name: "gone", at: until });
  }
  return due;
}

/** The clock of who is to act; null when nobody is. A house player thinks for a moment, as people do. */
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

/** In a hand in which the clock has already acted for who is away, nobody waits for them again. */
const NO_WAIT_MS = 1_000;

/** Who has lost the connection has one short clock, and no time bank. [P12] */
function lineBy({ config }: State, { at }: Hand, { awaySince, out, strikes }: Sitting): Ms | null {
  if (awaySince === null) return null;
  if (out && strikes > 0) return later(at, NO_WAIT_MS);
  return later(awaySince > at ? awaySince : at, lineMsOf(config));
}

const THINK_LEAST_MS = 700;
const THINK_SPREAD_MS = 2_300;

/** By what everybody sees, so that it tells nothing. */
function thinkingMs({ round, config }: State, { log }: Hand): number {
  const mix = Math.imul(round * 64 + log.length + 1, 0x9e3779b1) >>> 0;
  return Math.min(THINK_LEAST_MS + (mix % THINK_SPREAD_MS), config.actionMs);
}

export function decideDeadline(state: State, name: string, at: Ms, facts: Facts): readonly Event[] {
  const due = deadlines(state).some((one) => one.name === name && one.at === at);
  if (!due || facts.now < at) return [];
  const { hand } = state;
  switch (name) {
    case "deal":
      return deal(state, facts);
    case "next":
      return putAway(state, facts.now);
    case "act":
      return timeOut(state, facts);
    case "bot":
      return hand === null ? [] : botTurn(state, hand, facts);
    case "street":
      return hand === null ? [] : andOn(state, nextCards(hand, facts), facts);
    case "offer":
      return passOffer(state, facts.now);
    case "gone":
      return gone(state, facts.now);
    default:
      return [];
  }
}

function botTurn(state: State, hand: Hand, facts: Facts): readonly Event[] {
  const { turn } = hand.betting;
  const dealt = turn === null ? undefined : hand.players[turn];
  if (turn === null || dealt === undefined) return [];
  return actAs(state, hand, turn, botAct(view(state), mine(state, dealt.player), dealt.seat), facts);
}
