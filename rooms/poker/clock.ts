import type { Deadline, Facts, Ms } from "../game.ts";
import { botAct } from "./bot.ts";
import type { Event } from "./events.ts";
import { actAs, andOn, deal, nextCards, runOutAt, timeOut } from "./play.ts";
import { keptUntil, type Hand, type State } from "./state.ts";
import { gone, passOffer, putAway } from "./table.ts";
import { turnAt } from "./turn.ts";
import { ownSeat, view } from "./view.ts";

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

export function decideDeadline(state: State, name: string, at: Ms, facts: Facts): readonly Event[] {
  const due = deadlines(state).some((one) => one.name === name && one.at === at);
  if (!due || facts.now < at) return [];
  const { hand } = state;
  switch (name) {
    case "deal":
      return deal(state, facts);
    case "next":
      return putAway(state, facts);
    case "act":
      return timeOut(state, facts);
    case "bot":
      return hand === null ? [] : botTurn(state, hand, facts);
    case "street":
      return hand === null ? [] : andOn(state, nextCards(hand, facts), facts);
    case "offer":
      return passOffer(state, facts);
    case "gone":
      return gone(state, facts);
    default:
      return [];
  }
}

function botTurn(state: State, hand: Hand, facts: Facts): readonly Event[] {
  const { turn } = hand.betting;
  const dealt = turn === null ? undefined : hand.players[turn];
  if (turn === null || dealt === undefined) return [];
  return actAs(state, hand, turn, botAct(view(state), ownSeat(state, dealt.player), dealt.seat), facts);
}
