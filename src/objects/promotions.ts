import { DurableObject } from "cloudflare:workers";
import type { PlayerId } from "../../rooms/game.ts";
import { shareOf } from "../../rooms/lottery/state.ts";
import { transact } from "../../rooms/host/sql.ts";
import { settingsOf, type Env } from "../env.ts";

/**
 * Durable Object `Promotions`, a single one named `main`: the budget of each lottery. It is the lottery's share of the stakes
 * that were sent, less the awards that were approved. A forged award or a faulty lottery cannot exceed it. [L4]
 *
 * A lottery's share and its games are read from the settings when the lottery is first seen, and never change afterwards.
 */

export type Award = {
  /** The award's id: approved once. */
  readonly award: string;
  readonly lottery: string;
  readonly draw: number;
  readonly player: PlayerId;
  readonly amount: number;
};

export type Approval =
  | { readonly ok: true; readonly paid: boolean }
  | {
      readonly ok: false;
      readonly code: "unknown_lottery" | "award_conflict" | "beyond_budget";
      readonly message: string;
    };

/** Minor units. `accrued` less `spent` is what is left. `awards`: how many were approved. */
export type Budget = {
  readonly lottery: string;
  readonly accrued: number;
  readonly spent: number;
  readonly awards: number;
};

const TABLES = `
CREATE TABLE IF NOT EXISTS room (name TEXT PRIMARY KEY, staked INTEGER NOT NULL CHECK (staked >= 0)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lottery (
  id TEXT PRIMARY KEY,
  share INTEGER NOT NULL CHECK (share BETWEEN 1 AND 10000),
  games TEXT NOT NULL CHECK (json_valid(games)),
  accrued INTEGER NOT NULL CHECK (accrued >= 0),
  rest INTEGER NOT NULL CHECK (rest BETWEEN 0 AND 9999),
  spent INTEGER NOT NULL CHECK (spent BETWEEN 0 AND accrued)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS award (
  id TEXT PRIMARY KEY,
  lottery TEXT NOT NULL,
  draw INTEGER NOT NULL,
  player TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  paid INTEGER NOT NULL CHECK (paid IN (0, 1)),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

type LotteryRow = { id: string; share: number; games: string; accrued: number; rest: number; spent: number };
type AwardRow = { lottery: string; draw: number; player: PlayerId; amount: number; paid: number };

export class Promotions extends DurableObject<Env> {
  readonly #sql: SqlStorage = this.ctx.storage.sql;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql.exec(TABLES);
  }

  /**
   * Adds a room's stakes to the budgets. `staked`: the total of all stakes in the room so far, so a repeated or late call changes
   * nothing. Throws TypeError on anything but a non-negative safe integer.
   */
  async accrue(room: string, staked: number): Promise<void> {
    if (!Number.isSafeInteger(staked) || staked < 0) throw new TypeError("not a sum of stakes");
    transact(this.ctx.storage, () => {
      const known = this.#sql.exec<{ staked: number }>("SELECT staked FROM room WHERE name = ?", room).toArray()[0];
      const fresh = staked - (known?.staked ?? 0);
      if (fresh <= 0) return;
      this.#sql.exec("INSERT OR REPLACE INTO room (name, staked) VALUES (?, ?)", room, staked);
      const game = room.slice(0, room.indexOf(":"));
      for (const { id, share, games, accrued, rest } of this.#lotteries()) {
        const only: string[] = JSON.parse(games);
        if (only.length > 0 && !only.includes(game)) continue;
        const part = shareOf(fresh, share, rest);
        this.#sql.exec("UPDATE lottery SET accrued = ?, rest = ? WHERE id = ?", accrued + part.prize, part.rest, id);
      }
    });
  }

  /** The lotteries of the settings; a new one is stored with its share and games of now. */
  #lotteries(): LotteryRow[] {
    return [...settingsOf(this.env).LOTTERIES].map(([id, { prizeShare, games }]) => {
      this.#sql.exec(
        "INSERT OR IGNORE INTO lottery (id, share, games, accrued, rest, spent) VALUES (?, ?, ?, 0, 0, 0)",
        id,
        prizeShare,
        JSON.stringify(games),
      );
      return this.#sql.exec<LotteryRow>("SELECT * FROM lottery WHERE id = ?", id).one();
    });
  }

  /** Takes an award out of its lottery's budget. Idempotent by its id. A refusal is not stored: a repeat is judged anew. */
  async approve({ award, lottery, draw, player, amount }: Award): Promise<Approval> {
    return transact(this.ctx.storage, (): Approval => {
      const [known] = this.#sql.exec<AwardRow>("SELECT * FROM award WHERE id = ?", award).toArray();
      if (known !== undefined) {
        const same =
          known.lottery === lottery && known.draw === draw && known.player === player && known.amount === amount;
        if (same) return { ok: true, paid: known.paid === 1 };
        return { ok: false, code: "award_conflict", message: `Award ${award} is known with another body.` };
      }
      const budget = this.#lotteries().find(({ id }) => id === lottery);
      if (budget === undefined) {
        return { ok: false, code: "unknown_lottery", message: `No lottery ${lottery} is configured here.` };
      }
      const left = budget.accrued - budget.spent;
      if (amount > left) {
        return {
          ok: false,
          code: "beyond_budget",
          message: `${amount} is more than the ${left} that ${lottery} may give.`,
        };
      }
      this.#sql.exec("UPDATE lottery SET spent = spent + ? WHERE id = ?", amount, lottery);
      this.#sql.exec(
        "INSERT INTO award (id, lottery, draw, player, amount, paid, at) VALUES (?, ?, ?, ?, ?, 0, ?)",
        award,
        lottery,
        draw,
        player,
        amount,
        Date.now(),
      );
      return { ok: true, paid: false };
    });
  }

  /** Notes that the award is in the player's ledger, and that its event is settled. */
  async paid(award: string, event: string): Promise<void> {
    transact(this.ctx.storage, () => {
      this.#sql.exec("UPDATE award SET paid = 1 WHERE id = ?", award);
      this.#sql.exec("INSERT OR IGNORE INTO event (id) VALUES (?)", event);
    });
  }

  /** Returns an award that could not be credited to the budget. A paid one stays. */
  async cancel(award: string): Promise<void> {
    transact(this.ctx.storage, () => {
      const [gone] = this.#sql
        .exec<{ lottery: string; amount: number }>(
          "DELETE FROM award WHERE id = ? AND paid = 0 RETURNING lottery, amount",
          award,
        )
        .toArray();
      if (gone === undefined) return;
      this.#sql.exec("UPDATE lottery SET spent = spent - ? WHERE id = ?", gone.amount, gone.lottery);
    });
  }

  /** The ids among these award events that are not paid yet. */
  async unpaid(events: readonly string[]): Promise<string[]> {
    return events.filter((id) => this.#sql.exec("SELECT 1 FROM event WHERE id = ?", id).toArray().length === 0);
  }

  async budgets(): Promise<Budget[]> {
    return this.#sql
      .exec<Budget>(
        `SELECT id AS lottery, accrued, spent, (SELECT count(*) FROM award WHERE award.lottery = lottery.id) AS awards
         FROM lottery ORDER BY id`,
      )
      .toArray();
  }
}
