import assert from "node:assert/strict";
import * as z from "zod/mini";
import type { Event, EventOf } from "../../../rooms/crash/events.ts";
import type { Json, PlayerId, TableStatus } from "../../../rooms/game.ts";
import { exactCurve, exactElapsed, exactPayout, exactProfits } from "./exact.ts";
import type { Oracle, Verdict } from "../fixtures.ts";
import { StrategyOracle } from "./strategies.ts";

const configSchema = z.object({
  minStake: z.int(),
  maxStake: z.int(),
  maxProfit: z.int(),
  minForceX100: z.int(),
  maxX100: z.int(),
  bettingMs: z.int(),
  pauseMs: z.int(),
});
type Config = z.infer<typeof configSchema>;

type Out = EventOf<"cashedOut">["out"];
type Bet = {
  readonly id: number;
  readonly player: PlayerId;
  readonly amount: number;
  readonly targetX100: number | null;
  out: Out | null;
};
type Phase =
  | { readonly name: "waiting" }
  | { readonly name: "betting"; readonly startsAt: number }
  | { readonly name: "running"; readonly startedAt: number; readonly bustX100: number; forceX100: number }
  | { readonly name: "crashed" };

const NOTHING: Verdict = { house: 0, profits: new Map() };

/** Somebody who knows C1 to C12, and holds every event of a lobby against them. */
export class CrashOracle implements Oracle<Event> {
  readonly #config: Config;
  readonly #strategies: StrategyOracle;
  #phase: Phase = { name: "waiting" };
  #round = 1;
  #paused = false;
  #lastBet = 0;
  #bets: Bet[] = [];
  #queued: Bet[] = [];
  /** Everybody was paid by force: the flight must end with the very next event. */
  #mustEnd = false;

  constructor(config: Json) {
    this.#config = configSchema.parse(config);
    this.#strategies = new StrategyOracle(this.#config);
  }

  table(status: TableStatus): void {
    this.#paused = status === "paused";
  }

  see(event: Event): Verdict {
    assert.ok(!this.#mustEnd || event.type === "ended", "[C6] [C8] paid by force, the flight ends in the same breath");
    switch (event.type) {
      case "placed":
      case "queued":
        this.#bet(event);
        return NOTHING;
      case "cancelled":
        this.#cancelled(event);
        return NOTHING;
      case "strategy":
        this.#strategies.changed(event);
        return NOTHING;
      case "opened":
        assert.equal(this.#phase.name, "waiting", "[C1] the countdown starts once");
        assert.ok(this.#bets.length > 0, "[C1] and with a bet: an empty lobby runs no rounds");
        this.#phase = { name: "betting", startsAt: event.startsAt };
        return NOTHING;
      case "launched":
        this.#launched(event);
        return NOTHING;
      case "cashedOut":
        return this.#cashedOut(event);
      case "targetsMet":
        return this.#targetsMet(event);
      case "forceMoved": {
        const phase = this.#running();
        assert.ok(event.forceX100 > phase.forceX100, "[C8] the force point moves up only");
        this.#forcePoint(event.forceX100);
        phase.forceX100 = event.forceX100;
        return NOTHING;
      }
      case "ended":
        return this.#ended(event);
      case "ready":
        this.#ready();
        return NOTHING;
      case "voided":
        this.#voided(event);
        return NOTHING;
      case "forgot":
        for (const player of event.players) {
          const own = [...this.#bets, ...this.#queued].filter((bet) => bet.player === player);
          assert.equal(own.length, 0, "nobody with a bet is forgotten");
          this.#strategies.forgotten(player);
        }
        return NOTHING;
      default:
        event satisfies never;
        return NOTHING;
    }
  }

  /**
   * The kernel knows no bets, only what a round has moved: each player gets back what they put in, less what they were paid in
   * this round. Who has cashed one bet out with a profit has it set off against the other; nobody is left with less than before.
   */
  faulted(refunds: ReadonlyMap<PlayerId, number>): Verdict["profits"] {
    const bets = [...this.#bets, ...this.#queued];
    const profits = new Map<PlayerId, number>();
    for (const player of new Set(bets.map((bet) => bet.player))) {
      const own = bets.filter((bet) => bet.player === player);
      const staked = own.reduce((sum, { amount }) => sum + amount, 0);
      const paid = own.reduce((sum, { out }) => sum + (out?.paid ?? 0), 0);
      const back = Math.max(0, staked - paid);
      assert.equal(refunds.get(player) ?? 0, back, "a fault gives back what the round has taken");
      profits.set(
        player,
        own.reduce((rest, { amount, out }) => (out === null ? rest - amount : rest), back),
      );
    }
    return profits;
  }

  #running(): Extract<Phase, { name: "running" }> {
    assert.ok(this.#phase.name === "running", "[C1] the flight is in the air");
    return this.#phase;
  }

  #open(): boolean {
    return this.#phase.name === "waiting" || this.#phase.name === "betting";
  }

  // ---- before the start ----

  #bet({ type, player, bet }: EventOf<"placed" | "queued">): void {
    const { minStake, maxStake, maxX100, maxProfit, minForceX100 } = this.#config;
    const { id, amount, targetX100, out } = bet;
    assert.equal(type === "placed", this.#open(), "[C7] a bet in flight waits for the next one, others do not");
    assert.ok(!this.#paused, "a paused lobby takes no bets");
    assert.ok(id > this.#lastBet, "every bet has a number of its own");
    this.#lastBet = id;
    assert.ok(amount >= minStake && amount <= maxStake, "a bet is within the limits");
    assert.ok(targetX100 === null || (targetX100 > 100 && targetX100 <= maxX100), "[C4] a target is above 1.00");
    assert.equal(out, null, "a new bet is in");
    const list = type === "placed" ? this.#bets : this.#queued;
    assert.ok(list.filter((other) => other.player === player).length < 2, "[C7] two bets a player and round");
    list.push({ id, player, amount, targetX100, out: null });
    assert.ok(exactProfits(list, minForceX100) <= BigInt(maxProfit), "[C8] no bet forces the flight to end too low");
    if (bet.by === "strategy") this.#strategies.placed(player, bet);
  }

  #cancelled({ player, bet: id }: EventOf<"cancelled">): void {
    const queued = this.#queued.some((bet) => bet.id === id);
    assert.ok(queued || this.#open(), "[C7] a bet is cancelled until its start");
    const list = queued ? this.#queued : this.#bets;
    const at = list.findIndex((bet) => bet.id === id);
    assert.ok(list[at]?.player === player, "[C7] and by who placed it");
    list.splice(at, 1);
    this.#strategies.cancelled(player, id);
  }

  #launched({ startedAt, bustX100, forceX100 }: EventOf<"launched">): void {
    assert.ok(this.#phase.name === "betting", "[C1] a flight starts after its countdown, and once");
    assert.ok(startedAt >= this.#phase.startsAt, "[C1] and not before it is over");
    assert.ok(this.#bets.length > 0, "[C1] an empty lobby runs no rounds");
    assert.ok(Number.isInteger(bustX100) && bustX100 >= 100, "[C3] a bust point is 1.00 or more");
    assert.ok(forceX100 >= this.#config.minForceX100, "[C8] no flight is forced to end below the least force point");
    this.#phase = { name: "running", startedAt, bustX100, forceX100 };
    this.#forcePoint(forceX100);
  }

  /** The highest multiplier at which all are covered, and no other. */
  #forcePoint(x100: number): void {
    const { maxProfit, maxX100 } = this.#config;
    assert.ok(x100 <= maxX100 && exactProfits(this.#bets, x100) <= maxProfit, "[C8] the force point is covered");
    assert.ok(x100 === maxX100 || exactProfits(this.#bets, x100 + 1) > maxProfit, "[C8] and nothing above it is");
  }

  // ---- in the air ----

  #pay(player: PlayerId, id: number, out: Out): number {
    const bet = this.#bets.find((one) => one.id === id);
    assert.ok(bet?.player === player, "[C5] a bet is paid to who placed it");
    assert.equal(bet.out, null, "[C5] and once");
    assert.equal(BigInt(out.paid), exactPayout(bet.amount, out.x100), "a stake is paid times its multiplier");
    bet.out = out;
    const profits = this.#bets.reduce((sum, one) => sum + (one.out === null ? 0 : one.out.paid - one.amount), 0);
    assert.ok(profits <= this.#config.maxProfit, "[C8] profits of one flight never pass the limit");
    return out.paid - bet.amount;
  }

  #cashedOut({ player, bet: id, out }: EventOf<"cashedOut">): Verdict {
    const { startedAt, bustX100, forceX100 } = this.#running();
    const target = this.#bets.find((bet) => bet.id === id)?.targetX100 ?? Infinity;
    const elapsed = out.at - startedAt;
    assert.ok(
      elapsed >= 0 && elapsed < exactElapsed(Math.min(bustX100, forceX100)),
      "[C5] before the end of the flight",
    );
    const x100 = exactCurve(elapsed);
    assert.equal(out.x100, Math.min(x100, target), "[C5] by hand one is paid the curve, at most the target");
    assert.equal(out.by, x100 >= target ? "target" : "hand", "[C5] and told which");
    const profit = this.#pay(player, id, out);
    return { house: 0 - profit, profits: new Map([[player, profit]]) };
  }

  #targetsMet({ upToX100, outs }: EventOf<"targetsMet">): Verdict {
    const { startedAt, bustX100, forceX100 } = this.#running();
    assert.ok(upToX100 <= Math.min(bustX100, forceX100), "[C4] no target beyond the end of the flight is met");
    const given = new Map(
      Object.entries(outs).flatMap(([player, mine]) => mine.map(([id, out]) => [id, { player, out }] as const)),
    );
    if ([...given.values()].some(({ out }) => out.by === "force")) {
      assert.ok(upToX100 === forceX100 && forceX100 <= bustX100, "[C8] by force at the force point alone");
      this.#forcePoint(forceX100);
      this.#mustEnd = true;
    }
    const profits = new Map<PlayerId, number>();
    let house = 0;
    for (const bet of this.#bets.filter(({ out }) => out === null)) {
      const paid = given.get(bet.id);
      const meets = bet.targetX100 !== null && bet.targetX100 <= upToX100;
      assert.ok(!meets || paid !== undefined, "[C4] whoever's target is met is paid, equality wins");
      if (paid === undefined) continue;
      given.delete(bet.id);
      assert.equal(paid.player, bet.player, "[C4] a bet is paid to who placed it");
      const { x100, at, by } = paid.out;
      assert.equal(by, meets ? "target" : "force", "[C4] by target or by force");
      assert.equal(x100, meets ? bet.targetX100 : forceX100, "[C4] an auto cash-out pays its exact target");
      assert.equal(at, startedAt + exactElapsed(x100), "[C4] at the instant when the curve met it");
      const profit = this.#pay(bet.player, bet.id, paid.out);
      profits.set(bet.player, (profits.get(bet.player) ?? 0) + profit);
      house -= profit;
    }
    assert.equal(given.size, 0, "[C4] nobody else is paid");
    return { house, profits };
  }

  #ended({ round, bustX100, endX100, forced, nextAt }: EventOf<"ended">): Verdict {
    const phase = this.#running();
    if (forced && !this.#mustEnd) this.#forcePoint(endX100);
    this.#mustEnd = false;
    assert.equal(round, this.#round, "the open round ends");
    assert.equal(bustX100, phase.bustX100, "[C3] at the bust point that was drawn");
    assert.equal(endX100, Math.min(bustX100, phase.forceX100), "[C8] or at its force point");
    assert.equal(forced, phase.forceX100 <= bustX100, "[C8] and it says so");
    assert.equal(nextAt, phase.startedAt + exactElapsed(endX100) + this.#config.pauseMs, "[C1] the crash is shown");
    const profits = new Map<PlayerId, number>();
    let house = 0;
    for (const { player, amount, targetX100, out } of this.#bets) {
      if (out !== null) continue;
      assert.ok(targetX100 === null || targetX100 > endX100, "[C6] autos first, then the crash");
      assert.ok(!forced, "[C8] everybody is paid at the force point");
      profits.set(player, (profits.get(player) ?? 0) - amount);
      house += amount;
    }
    this.#strategies.ended(this.#bets);
    this.#next({ name: "crashed" });
    return { house, profits };
  }

  // ---- between flights ----

  #next(phase: Phase): void {
    this.#phase = phase;
    this.#round += 1;
    this.#bets = [];
  }

  #ready(): void {
    const { name } = this.#phase;
    assert.ok(
      name === "crashed" || (name === "betting" && this.#bets.length === 0),
      "[C1] betting opens after the crash",
    );
    assert.ok(!this.#paused || this.#queued.length === 0, "in a paused lobby what was queued goes back");
    this.#phase = { name: "waiting" };
    this.#bets.push(...this.#queued);
    this.#queued = [];
  }

  #voided({ round }: EventOf<"voided">): void {
    assert.equal(round, this.#round, "the open round is void");
    assert.equal(this.#queued.length, 0, "what was queued went back before");
    this.#next({ name: "waiting" });
    this.#strategies.voided();
  }
}
