import { betOn, type LegalBet } from "./layout.ts";
import { halved } from "./payout.ts";
import { repriced, total } from "./stacks.ts";
import { placeOf, type State } from "./state.ts";
import type { PlayerId, Refusal } from "../game.ts";
import type { Bet, Config } from "./types.ts";

/** The limits of R6, each with its own code. They hold for every way of placing a bet. */

/** The most that one player may have on this spot: it scales with the numbers covered. */
export function capOf(config: Config, bet: Pick<LegalBet, "side" | "k">): number {
  return bet.side === "inside" ? config.maxInside * bet.k : Math.floor((config.maxOutside * bet.k) / 12);
}

/** Why one bet is refused whatever else is on the layout; null when it is not. */
export function faultOf(config: Config, { spot, amount }: Bet): Refusal | null {
  const bet = betOn(config.wheel, spot);
  if (bet === undefined) return { refused: "illegal_spot", message: "There is no such bet on this layout." };
  if (amount < config.minStake) {
    return { refused: "below_minimum", message: `The least bet here is ${config.minStake}.` };
  }
  if (amount % 2 !== 0 && halved(config.wheel, bet.kind)) {
    return { refused: "odd_amount", message: "Even chances take even amounts here, so that zero can give half back." };
  }
  return null;
}

/**
 * Why a player's bets together would exceed a limit; null when they do not. Each spot may be there once only, and each bet must
 * have passed `faultOf`.
 */
export function excessOf(state: State, player: PlayerId, bets: readonly Bet[]): Refusal | null {
  const { config, felt } = state;
  const slip = placeOf(state, player)?.slip ?? null;
  for (const { spot, amount } of bets) {
    const bet = betOn(config.wheel, spot);
    if (bet === undefined) continue;
    const cap = capOf(config, bet);
    if (amount + (slip?.stacks[bet.index] ?? 0) <= cap) continue;
    return { refused: `above_${bet.side}_maximum`, message: `At most ${cap} on this spot.` };
  }
  const added = total(bets);
  if (added + (slip?.staked ?? 0) > config.maxPlayer) {
    return { refused: "above_player_maximum", message: `At most ${config.maxPlayer} a player and round.` };
  }
  // Only profits count, not stakes that lose: so a bet that another player takes back cannot push the table over its limit.
  if (most(repriced(config.wheel, felt.profits, bets, 1)) > config.maxLiability) {
    return { refused: "above_table_maximum", message: "The table cannot cover more on this result." };
  }
  return null;
}

function most(profits: readonly number[]): number {
  let highest = 0;
  for (const sum of profits) if (sum > highest) highest = sum;
  return highest;
}
