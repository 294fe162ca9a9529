import assert from "node:assert/strict";
import type { EventOf } from "../../../rooms/crash/events.ts";
import type { PlayerId } from "../../../rooms/game.ts";

type Bet = EventOf<"placed">["bet"];
type Strategy = NonNullable<EventOf<"strategy">["strategy"]>;
type Settled = {
  readonly id: number;
  readonly player: PlayerId;
  readonly amount: number;
  readonly out: { paid: number } | null;
};

/** One player's strategy, as it must be by what it has won and lost. */
type Known = { readonly plan: Strategy["plan"]; next: number; left: number | null; net: number; bet: number | null };

/** The oracle of C10: no bet of a strategy but the next one, and none after a stop. */
export class StrategyOracle {
  readonly #limits: { readonly minStake: number; readonly maxStake: number };
  readonly #known = new Map<PlayerId, Known>();
  /** Placed for a strategy whose own event has yet to come. */
  #fresh: { readonly player: PlayerId; readonly bet: Bet } | null = null;
  /** After a void, all must be told to stop before anything else is bet. */
  #allStop = false;

  constructor(limits: { readonly minStake: number; readonly maxStake: number }) {
    this.#limits = limits;
  }

  placed(player: PlayerId, bet: Bet): void {
    assert.equal(this.#fresh, null, "[C10] one bet of a strategy at a time");
    assert.ok(!this.#allStop || this.#known.size === 0, "a void round ends all strategies");
    this.#fresh = { player, bet };
  }

  changed({ player, strategy, reason }: EventOf<"strategy">): void {
    const known = this.#known.get(player);
    const fresh = this.#fresh;
    this.#fresh = null;
    if (strategy === null) {
      assert.equal(fresh, null, "[C10] what was just bet goes on");
      if (reason !== null) assert.ok(known !== undefined, "[C10] the server stops what is on");
      if (known !== undefined) this.#stopped(known, reason);
      this.#known.delete(player);
      if (this.#known.size === 0) this.#allStop = false;
      return;
    }
    assert.equal(reason, null, "[C10] a strategy that is on has no reason to be off");
    assert.ok(fresh === null || fresh.player === player, "[C10] the bet is this strategy's");
    const { plan, next, left, net, bet } = strategy;
    assert.equal(bet, fresh?.bet.id ?? null, "[C10] it knows its bet");
    if (fresh !== null) assert.equal(fresh.bet.targetX100, plan.targetX100, "[C10] which has its target");
    const played = fresh === null ? 0 : 1;
    const goesOn = known !== undefined && known.bet === null && net === known.net && next === known.next;
    if (goesOn && fresh !== null && left === minus(known.left, 1)) {
      assert.equal(fresh.bet.amount, known.next, "[C10] the amount is what the last round made of it");
      if (!same(plan, known.plan) || known.net !== 0)
        assert.equal(this.#stopOf(known), null, "[C10] no bet after a stop");
    } else {
      assert.deepEqual(
        { net, next, left },
        { net: 0, next: plan.amount, left: minus(plan.rounds ?? ENDLESS, played) },
        "[C10] a new strategy begins at its beginning",
      );
      if (fresh !== null) assert.equal(fresh.bet.amount, plan.amount, "[C10] with its first amount");
    }
    this.#known.set(player, { plan, next, left, net, bet });
  }

  cancelled(player: PlayerId, bet: number): void {
    const known = this.#known.get(player);
    if (known?.bet === bet) known.bet = null;
  }

  ended(bets: readonly Settled[]): void {
    for (const [player, known] of this.#known) {
      const bet = bets.find((one) => one.id === known.bet && one.player === player);
      known.bet = null;
      if (bet === undefined) continue;
      known.net += (bet.out?.paid ?? 0) - bet.amount;
      const factor = bet.out === null ? known.plan.onLossX100 : known.plan.onWinX100;
      const amount = factor === null ? known.plan.amount : Number((BigInt(bet.amount) * BigInt(factor)) / 100n);
      known.next = Math.max(amount, this.#limits.minStake);
    }
  }

  voided(): void {
    this.#allStop = this.#known.size > 0;
  }

  forgotten(player: PlayerId): void {
    assert.ok(!this.#known.has(player), "nobody with a strategy is forgotten");
  }

  #stopOf({ plan, net, left, next }: Known): string | null {
    if (plan.stopLoss !== null && -net >= plan.stopLoss) return "stop_loss";
    if (plan.stopWin !== null && net >= plan.stopWin) return "stop_win";
    if (left === 0) return "finished";
    if (plan.stopLoss !== null && next - net > plan.stopLoss) return "stop_loss_ahead";
    return next > this.#limits.maxStake ? "above_maximum" : null;
  }

  #stopped(known: Known, reason: string | null): void {
    if (this.#allStop) {
      assert.equal(reason, "voided", "a void round ends all strategies");
      return;
    }
    const due = this.#stopOf(known);
    if (due !== null && reason !== null) assert.equal(reason, due, "[C10] a strategy stops for what it has reached");
    if (due === null && reason !== null) {
      const others = ["insufficient_funds", "too_many_bets", "above_table_maximum"];
      assert.ok(others.includes(reason), `[C10] or for what keeps its bet from being placed, not ${reason}`);
    }
  }
}

/** Without a number of rounds it plays so many. */
const ENDLESS = 1_000;
const minus = (left: number | null, played: number): number | null => (left === null ? null : left - played);
const same = (a: Strategy["plan"], b: Strategy["plan"]): boolean => JSON.stringify(a) === JSON.stringify(b);
