import assert from "node:assert/strict";
import { namedTable, namedView } from "../../../rooms/kit/names.ts";
import type { AnyGame, Ms, PlayerId } from "../../../rooms/game.ts";
import { deadlinesOf, held, type Kernel } from "../../../rooms/kernel/state.ts";
import type { Books } from "./books.ts";
import type { Page } from "./page.ts";
import type { Shell } from "./shell.ts";
import type { ModelWallet } from "./wallet.ts";

/** What must hold between any two steps of a life. Each throws when it does not. */

/** Nothing is lost, nothing comes from nowhere, nothing is negative but house and promotions, and everybody has what is theirs. */
export function auditMoney(
  players: readonly PlayerId[],
  { game, kernel, wallet, books }: { game: AnyGame; kernel: Kernel; wallet: ModelWallet; books: Books },
): void {
  let total = kernel.house - wallet.granted;
  for (const player of players) {
    const purse = kernel.purses.get(player)?.chips ?? 0;
    const home = wallet.balances.get(player) ?? 0;
    const staked = held(game, kernel, player);
    for (const amount of [purse, home, staked]) {
      assert.ok(Number.isSafeInteger(amount) && amount >= 0, `${player} has ${amount}`);
    }
    const own = purse + home + staked + inFlight(kernel, wallet, player);
    assert.equal(own, books.due(player), `${player} owns what was given, won and lost`);
    total += own;
  }
  assert.equal(total, 0, "wallets + purses + held + house + in flight + promotions = 0");
}

/** Chips that have left one side and not arrived at the other. */
function inFlight(kernel: Kernel, wallet: ModelWallet, player: PlayerId): number {
  const transfer = kernel.purses.get(player)?.transfer ?? null;
  if (transfer === null) return 0;
  const done = wallet.done.get(transfer.id)?.answer;
  if (transfer.kind === "cashout") return done === undefined ? transfer.amount : 0;
  return done?.ok === true ? done.amount : 0;
}

/** The alarm is set for the soonest of all that must not be forgotten, and whoever waits for chips waits for a transfer. */
export function auditTime({ kernel, armed, parked, carriedAt }: Shell, game: AnyGame, graceMs: number): void {
  const due = deadlinesOf(game, kernel).map(({ at }) => at);
  for (const [player, since] of kernel.away) if (!kernel.leaving.has(player)) due.push((since + graceMs) as Ms);
  const soonest = Math.min(...due);
  if (due.length > 0) assert.ok(armed !== null && armed <= soonest, "the alarm is set for the soonest deadline");
  const open = [...kernel.purses.values()].some(({ transfer }) => transfer !== null);
  if (open) assert.ok(armed !== null && carriedAt !== null, "an open transfer is carried, and the alarm is set for it");
  for (const [player, items] of parked) {
    assert.ok(kernel.purses.get(player)?.transfer != null, `${player}'s commands wait for chips that are on their way`);
    assert.ok(items.length > 0 && items.length <= 32, "at most 32 commands wait");
  }
}

/** What a page has folded from its frames is what the room would show it now; its public part only once that has been sent. */
export function auditPage(page: Page, { kernel, pending }: Shell, game: AnyGame): void {
  if (page.viewer !== null) {
    assert.deepEqual(page.seat, game.sight.seat(kernel.state, page.viewer), "the page's seat is the room's");
    assert.equal(page.chips, kernel.purses.get(page.viewer)?.chips ?? 0, "the page's purse is the room's");
  }
  if (pending) return;
  assert.deepEqual(page.view, namedView(game.sight.view(kernel.state)), "the page's view is the room's");
  assert.deepEqual(page.table, namedTable(kernel.table), "the page's table is the room's");
}
