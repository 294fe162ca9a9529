import type { DatabaseSync } from "node:sqlite";
import type { Kernel } from "../../rooms/kernel/state.ts";
import type { State } from "../../rooms/lottery/state.ts";
import { awardId } from "../../rooms/lottery/tickets.ts";
import type { DrawRecord } from "../../rooms/lottery/types.ts";
import type { Envelope } from "../../rooms/host/outbox.ts";

/**
 * The lottery as a party to the sum, from the files alone: what the tables' players staked is what the lotteries' tickets are made
 * of, prizes are their share of it to the unit, and every award of a draw is one entry of one ledger.
 */

type Draw = { readonly draw: number; readonly record: DrawRecord };
type Lottery = { readonly room: string; readonly state: State; readonly draws: readonly Draw[] };
type Credit = { readonly player: string; readonly amount: number };

export class LotteryBooks {
  /** Stakes and awards in outboxes. */
  underWay = 0;
  readonly awarded = new Map<string, number>();
  readonly #credits = new Map<string, Credit>();
  readonly #staked = new Map<string, number>();
  readonly #lotteries: Lottery[] = [];
  readonly #faults: string[] = [];
  readonly #dead = new Set<string>();
  #approved: readonly { id: string; amount: number; paid: number }[] = [];
  #budgets: readonly { id: string; accrued: number; spent: number }[] = [];

  get draws(): number {
    return this.#lotteries.reduce(
      (sum, { draws }) => sum + draws.filter(({ record }) => record.award !== null).length,
      0,
    );
  }

  /** A draw is started, or will be when time is up. */
  get drawing(): boolean {
    return this.#lotteries.some(({ state }) => state.started !== null || state.waiting.endsAt !== null);
  }

  /** What all tickets of all draws are made of: of one lottery that takes every game, all that was staked. */
  get stakes(): number {
    return this.#lotteries.reduce((sum, lottery) => sum + ticketStakes(lottery), 0);
  }

  /** Awards of draws that are in no ledger. */
  get unpaid(): number {
    return this.#lotteries.flatMap(({ room, draws }) =>
      draws.filter(
        ({ draw, record }) => record.award !== null && !this.#credits.has(awardId(room, draw, record.root ?? "")),
      ),
    ).length;
  }

  credited(player: string, award: string, amount: number): void {
    if (this.#credits.has(award)) this.#faults.push(`${award} was credited twice`);
    this.#credits.set(award, { player, amount });
    this.awarded.set(player, (this.awarded.get(player) ?? 0) + amount);
  }

  room(room: string, kernel: Kernel, db: DatabaseSync): void {
    for (const row of db.prepare("SELECT body FROM outbox WHERE topic IN ('stakes', 'awards')").all()) {
      this.underWay += (JSON.parse(String(row["body"])) as Envelope[]).length;
    }
    if (!room.startsWith("lottery:")) {
      if (kernel.staked > 0) this.#staked.set(room, kernel.staked);
      return;
    }
    const bodies = new Map<number, string>();
    for (const row of db.prepare("SELECT round, body FROM rounds ORDER BY round, part").all()) {
      const round = Number(row["round"]);
      bodies.set(round, (bodies.get(round) ?? "") + String(row["body"]));
    }
    const draws = [...bodies].map(([draw, body]) => {
      const { kept } = JSON.parse(body) as { kept: readonly DrawRecord[] };
      return { draw, record: kept.at(-1) };
    });
    const whole = draws.filter((one): one is Draw => one.record !== undefined);
    this.#lotteries.push({ room, state: kernel.state as State, draws: whole });
  }

  /** A bridge's feed: what it has read and not seen settled is under way. */
  feed(db: DatabaseSync): void {
    const known = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'outbox'").get();
    if (known === undefined) return;
    this.underWay += Number(db.prepare("SELECT count(*) AS n FROM outbox").get()?.["n"]);
    this.underWay += Number(db.prepare("SELECT count(*) AS n FROM dead").get()?.["n"]);
  }

  promotions(db: DatabaseSync): void {
    this.#approved = db
      .prepare("SELECT id, amount, paid FROM award")
      .all()
      .map((row) => ({ id: String(row["id"]), amount: Number(row["amount"]), paid: Number(row["paid"]) }));
    this.#budgets = db
      .prepare("SELECT id, accrued, spent FROM lottery")
      .all()
      .map((row) => ({ id: String(row["id"]), accrued: Number(row["accrued"]), spent: Number(row["spent"]) }));
  }

  deadLetters(db: DatabaseSync): void {
    for (const row of db.prepare("SELECT id, code, reason FROM letter").all()) {
      this.#dead.add(String(row["id"]));
      this.#faults.push(`a dead letter: ${String(row["id"])} ${String(row["code"])}: ${String(row["reason"])}`);
    }
  }

  faults(): string[] {
    const faults = [...this.#faults];
    for (const lottery of this.#lotteries) faults.push(...this.#faultsOf(lottery));
    const known = new Map(this.#approved.map((one) => [one.id, one]));
    for (const [award, { amount }] of this.#credits) {
      if (known.get(award)?.amount !== amount) faults.push(`${award} was credited and never approved`);
    }
    for (const { id, paid } of this.#approved) {
      if (paid === 1 && !this.#credits.has(id)) faults.push(`${id} counts as paid, and is in no ledger`);
    }
    const spent = this.#approved.reduce((sum, { amount }) => sum + amount, 0);
    const told = this.#budgets.reduce((sum, budget) => sum + budget.spent, 0);
    if (spent !== told) faults.push(`the budgets say ${told} were spent, the awards ${spent}`);
    for (const budget of this.#budgets) {
      if (budget.spent > budget.accrued) faults.push(`${budget.id} spent more than its share`);
    }
    return faults;
  }

  #faultsOf({ room, state, draws }: Lottery): string[] {
    const faults: string[] = [];
    const drawn = draws.filter(({ record }) => record.award !== null);
    for (const { draw, record } of drawn) {
      const id = awardId(room, draw, record.root ?? "");
      const credit = this.#credits.get(id);
      if (credit === undefined) {
        if (this.underWay === 0) faults.push(`the award of ${room} draw ${draw} was lost`);
      } else if (credit.player !== record.award?.player || credit.amount !== record.prize) {
        faults.push(`the award of ${room} draw ${draw} went elsewhere, or was another`);
      }
    }
    const stakes = ticketStakes({ room, state, draws });
    const { games, prizeShare } = state.config;
    const staked = [...this.#staked]
      .filter(([table]) => games.length === 0 || games.includes(table.slice(0, table.indexOf(":"))))
      .reduce((sum, [, of]) => sum + of, 0);
    // While stakes are under way the tickets may be fewer, and never more.
    const right = this.underWay === 0 ? stakes === staked : stakes <= staked;
    if (!right) faults.push(`${room} has tickets for ${stakes}, and ${staked} were staked`);
    const started = state.started === null ? [] : [{ stakes: state.started.stakes, prize: state.started.prize }];
    const shared = [...drawn.map(({ record }) => record), ...started];
    const due = shared.reduce((sum, of) => sum + BigInt(of.stakes) * BigInt(prizeShare), 0n);
    const given = shared.reduce((sum, { prize }) => sum + BigInt(prize) * 10_000n, BigInt(state.carry));
    if (due !== given) faults.push(`${room} owes ${due} parts and gave ${given}`);
    return faults;
  }
}

function ticketStakes({ state, draws }: Lottery): number {
  const drawn = draws.filter(({ record }) => record.award !== null).flatMap(({ record }) => record.tickets);
  const open = [...(state.started?.tickets ?? []), ...state.waiting.tickets];
  return [...drawn, ...open].reduce((sum, { stake }) => sum + stake, 0);
}
