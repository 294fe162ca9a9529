import type { Answer } from "../live/frames.ts";
import { wordsFor as commonWords } from "../table/refusals.ts";

/** Refusals in the page's own words. For codes not listed the server's message is used, since it contains amounts. */
export const WORDS: Readonly<Record<string, string>> = {
  not_your_turn: "It is not your turn yet.",
  your_turn: "It is your turn now: act.",
  old_hand: "That was meant for a hand that is over.",
  old_street: "That was meant for an earlier street: look again.",
  no_hand: "You have no cards in a hand that is on.",
  nothing_to_call: "There is nothing to call: you can check.",
  nothing_to_decide: "Nobody has anything left to decide in this hand.",
  cannot_raise: "The betting is not open to you: call or fold.",
  hand_is_on: "Cards are shown when the hand is over.",
  folded: "Folded cards stay closed, for good.",
  already_shown: "Your cards are face up already.",
  in_hand: "Not while a hand is on: as soon as it is over.",
  not_seated: "Take a seat first.",
  already_seated: "You have a seat at this table.",
  seat_taken: "Somebody was quicker: this seat is taken.",
  seat_reserved: "This seat is reserved for a player who has waited for it.",
  no_such_seat: "This table has no such seat.",
  seat_free: "There is a free seat: take it.",
  queue_full: "Too many are waiting already.",
  already_queued: "You are in the line already.",
  not_queued: "You are not in the line.",
  no_bot: "There is no house player in this seat.",
  no_straddle: "This table has no straddle.",
  no_run_it_twice: "This table deals every board once.",
  nothing_owed: "You owe nothing: you are in the game.",
  no_button_to_buy: "The button is not about to pass you: post, or wait for the big blind.",
  no_chips: "You have no chips in front: bring some first.",
  no_round: "No hand is on.",
  paused: "The table is resting: no new hand for now.",
  spectator: "sit down",
};

export function wordsFor(answer: Extract<Answer, { ok: false }>): string {
  return commonWords(answer, WORDS);
}
