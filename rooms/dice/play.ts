import type { Decision, Facts, Input, PlayerId } from "../game.ts";
import { later } from "../kit/time.ts";
import { COUNT_MAX, countOf, labelOf, payoutOf, rolledBy, wins } from "./rolls.ts";
import type { Command, Event, State } from "./types.ts";

/**
 * A roll is drawn and paid at once, by its nonce under the round's server seed. After a time or many rolls the seed is rotated.
 */

export function decide(state: State, input: Input<Command, unknown>, facts: Facts): Decision<Event> {
  if (input.type === "command") return roll(state, input.player, input.command, facts);
  const due = input.type === "deadline" && input.at === state.until && facts.now >= input.at;
  if (due) return { events: [{ type: "rotated" }] };
  if (input.type !== "void") return { events: [] };
  if (state.until === null) return { refused: "no_round", message: "Nothing was rolled under this seed." };
  return { events: [{ type: "voided", reason: input.reason }] };
}

function roll({ config, rolls }: State, player: PlayerId, command: Command, facts: Facts): Decision<Event> {
  const { type: _, ...bet } = command;
  const { amount } = bet;
  const count = countOf(bet);
  const win = payoutOf(amount, count);
  if (facts.table === "paused") return { refused: "paused", message: "The table is paused." };
  if (count < 1 || count > COUNT_MAX) return { refused: "illegal_target", message: "1 to 9,800 numbers may win." };
  if (amount < config.minStake) return { refused: "below_minimum", message: `At least ${config.minStake}.` };
  if (amount > config.maxStake) return { refused: "above_maximum", message: `At most ${config.maxStake}.` };
  if (win <= amount) return { refused: "no_profit", message: "So few chips could win nothing at this chance." };
  if (win - amount > config.maxProfit)
    return { refused: "above_table_maximum", message: `The house pays at most ${config.maxProfit} in profit.` };
  const rolled = rolledBy(facts.draw(labelOf(rolls.length)));
  const payout = wins(bet, rolled) ? win : 0;
  const done: Event = { type: "rolled", roll: { player, ...bet, rolled, payout }, at: facts.now };
  const full = rolls.length + 1 >= config.rolls;
  return { events: full ? [done, { type: "rotated" }] : [done], result: { nonce: rolls.length, rolled, payout } };
}

export function evolve(state: State, event: Event): State {
  const { config, round, rolls, until } = state;
  if (event.type === "rolled")
    return { ...state, rolls: [...rolls, event.roll], until: until ?? later(event.at, config.seedMs) };
  return { ...state, round: round + 1, past: rolls, rolls: [], until: null };
}
