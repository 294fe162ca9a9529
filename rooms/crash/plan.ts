import { chips, type Chips, type Refusal } from "../game.ts";
import { factorOf, targetOf } from "./target.ts";
import type { Bet, Command, Config, Plan, Strategy } from "./types.ts";

/** A strategy's plan as its player wrote it, and the strategy after each round. [C10] */

export function planOf(config: Config, command: Extract<Command, { type: "strategy" }>): Plan | Refusal {
  const targetX100 = targetOf(config, command.autoCashout);
  if (typeof targetX100 === "object") return targetX100;
  const onWinX100 = factorOf(command.onWin);
  if (typeof onWinX100 === "object" && onWinX100 !== null) return onWinX100;
  const onLossX100 = factorOf(command.onLoss);
  if (typeof onLossX100 === "object" && onLossX100 !== null) return onLossX100;
  if (command.stopLoss !== undefined && command.amount > command.stopLoss) {
    return {
      refused: "above_stop_loss",
      message: `The first bet could lose more than ${command.stopLoss}, where it is to stop.`,
    };
  }
  return {
    amount: chips(command.amount),
    targetX100,
    onWinX100,
    onLossX100,
    stopLoss: stopAt(command.stopLoss),
    stopWin: stopAt(command.stopWin),
    rounds: command.rounds ?? null,
  };
}

function stopAt(amount: number | undefined): Chips | null {
  return amount === undefined ? null : chips(amount);
}

/** A strategy after the round: its net result, and the amount of the next bet. */
export function strategyAfter(config: Config, strategy: Strategy | null, bets: readonly Bet[]): Strategy | null {
  const bet = strategy === null ? undefined : bets.find(({ id }) => id === strategy.bet);
  if (strategy === null || bet === undefined) return strategy === null ? null : { ...strategy, bet: null };
  const { plan, net } = strategy;
  const factor = bet.out === null ? plan.onLossX100 : plan.onWinX100;
  const amount = factor === null ? plan.amount : Math.floor((bet.amount * factor) / 100);
  const next = chips(Math.max(amount, config.minStake));
  return { ...strategy, next, net: net + (bet.out?.paid ?? 0) - bet.amount, bet: null };
}

/** Why a strategy may not go on; null when it may. `stop_loss_ahead`: its next bet could exceed the loss limit. */
export function stopOf({ maxStake }: Config, { plan, net, left, next }: Strategy): string | null {
  if (plan.stopLoss !== null && net <= 0 - plan.stopLoss) return "stop_loss";
  if (plan.stopWin !== null && net >= plan.stopWin) return "stop_win";
  if (left === 0) return "finished";
  if (plan.stopLoss !== null && net - next < 0 - plan.stopLoss) return "stop_loss_ahead";
  return next > maxStake ? "above_maximum" : null;
}
