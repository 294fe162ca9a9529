import { stepOf } from "../../kit/step.ts";
import assert from "node:assert/strict";
import type { Json, Move, PlayerId } from "../../../rooms/game.ts";
import { held } from "../../../rooms/kernel/state.ts";
import type { History } from "../../kit/history.ts";
import { EVERYONE, stepsOf } from "./common.ts";

/** Invariants of money. */

const sumOf = (moves: readonly Move[], type: Move["type"]): number =>
  moves.filter((move) => move.type === type).reduce((sum, move) => sum + move.amount, 0);

/** Held after - held before = stakes - pays - house, for the house and for every player as the oracle says. */
export function moneyAddsUp(history: History): void {
  const { game } = history;
  const oracle = history.world.oracle(history.config as Json);
  for (const { before, event, after, table } of stepsOf(history)) {
    oracle.table?.(table);
    const moves = game.bank.moves(stepOf(game, before, event));
    const verdict = oracle.see(event);
    for (const { type, amount } of moves) {
      assert.ok(Number.isSafeInteger(amount), `${amount} is a safe integer`);
      assert.ok(type === "house" || amount >= 0, `a ${type} of ${amount} is not negative`);
    }
    assert.equal(sumOf(moves, "house"), verdict.house, "the house gets what the bets say");
    const change = (player: PlayerId): number => game.bank.onTable(after, player) - game.bank.onTable(before, player);
    const everyone = new Set([...EVERYONE, ...moves.flatMap((move) => (move.type === "house" ? [] : [move.player]))]);
    let total = 0;
    for (const player of everyone) {
      const own = moves.filter((move) => move.type !== "house" && move.player === player);
      const purse = sumOf(own, "pay") - sumOf(own, "stake");
      assert.equal(change(player) + purse, verdict.profits.get(player) ?? 0, `${player} gets what the bets say`);
      assert.ok(game.bank.onTable(after, player) >= 0, `${player} has no negative chips on the table`);
      total += change(player);
    }
    assert.equal(
      total,
      sumOf(moves, "stake") - sumOf(moves, "pay") - sumOf(moves, "house"),
      "held after - held before = stakes - pays - house",
    );
  }
}

/** Purses + held + house = what the wallets gave, less what went back, after every batch. */
export function pursesAddUp(history: History): void {
  const { game } = history;
  let brought = 0;
  const open = new Map<string, { kind: string; amount: number }>();
  for (const { outcome } of history.batches) {
    for (const event of outcome.events) {
      if (event.type === "room.transfer") {
        open.set(event.transfer.id, event.transfer);
        if (event.transfer.kind === "cashout") brought -= event.transfer.amount;
      }
      if (event.type !== "room.transferred") continue;
      const transfer = open.get(event.id);
      assert.ok(transfer !== undefined && open.delete(event.id), `transfer ${event.id} is answered once`);
      if (transfer.kind === "topup" && event.answer.ok) brought += event.answer.amount;
      if (transfer.kind === "cashout" && !event.answer.ok) brought += transfer.amount;
    }
    const { kernel } = outcome;
    let inRoom = kernel.house;
    for (const [player, purse] of kernel.purses) {
      assert.ok(Number.isSafeInteger(purse.chips) && purse.chips >= 0, `${player} has a purse of ${purse.chips}`);
      inRoom += purse.chips + held(game, kernel, player);
    }
    assert.equal(inRoom, brought, "purses + held + house = what came from the wallets and stayed");
  }
}
