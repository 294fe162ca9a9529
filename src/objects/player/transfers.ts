import { chips } from "../../../rooms/game.ts";
import type { TransferAnswer, TransferRequest } from "../../../rooms/kernel/transfer.ts";
import { assertBody, type Entry, type Ledger, type Movement } from "./ledger.ts";
import type { LimitBook } from "./limits.ts";

/**
 * Rooms' requests to the wallet: for chips, and for allowances to stake them within the player's limits. Idempotent by the
 * request's id: a repeat gets the first answer again. Synchronous and without a transaction of its own: the caller commits.
 */

/** Answers that the ledger's table does not hold: those with an allowance, refusals by a limit, and transfers of no chips. */
export const ANSWER_TABLES = `
CREATE TABLE IF NOT EXISTS answered (
  id TEXT PRIMARY KEY, body TEXT NOT NULL, answer TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answered_at ON answered (at);
`;
/** How long answers are kept; a room stops repeating its request long before this. */
const KEPT_MS = 7 * 86_400_000;

type Answered = { readonly answer: TransferAnswer; readonly entry: Entry | null };

export class Transfers {
  readonly #sql: SqlStorage;
  readonly #ledger: Ledger;
  readonly #limits: LimitBook;

  constructor(sql: SqlStorage, ledger: Ledger, limits: LimitBook) {
    this.#sql = sql;
    this.#ledger = ledger;
    this.#limits = limits;
  }

  /** Handles a request. Throws on a malformed one, with nothing written. */
  take(request: TransferRequest, now: number): Answered {
    assertBody(request);
    const { id, room, kind, flow = { staked: 0, returned: 0 } } = request;
    const known = this.#known(request);
    if (known !== null) return { answer: known, entry: null };
    if (isMovement(request) && this.#ledger.knows(id)) return this.#ledger.transfer(request, now);
    this.#limits.seen(now, this.#ledger.purses().length > 0);
    this.#limits.report(room, flow, now);
    return kind === "cashout" ? this.#cashOut(request, now) : this.#stake(request, now);
  }

  #cashOut(request: TransferRequest, now: number): Answered {
    if (isMovement(request)) return this.#ledger.transfer(request, now);
    this.#ledger.closePurse(request.room);
    return this.#remember(request, { ok: true, amount: chips(0), balance: this.#ledger.balance() }, null, now);
  }

  #stake(request: TransferRequest, now: number): Answered {
    const { room, min, covers = min } = request;
    const given = this.#limits.give(room, covers, now);
    if (typeof given === "string") {
      const allowance = this.#limits.nothing(now);
      const refused = { ok: false, code: given, balance: this.#ledger.balance() } as const;
      return this.#remember(request, allowance === undefined ? refused : { ...refused, allowance }, null, now);
    }
    if (!isMovement(request)) {
      this.#ledger.openPurse(room);
      const leave = { ok: true, amount: chips(0), balance: this.#ledger.balance() } as const;
      return this.#remember(request, given === undefined ? leave : { ...leave, allowance: given }, null, now);
    }
    const { answer, entry } = this.#ledger.transfer(request, now);
    if (given === undefined) return { answer, entry };
    return this.#remember(request, { ...answer, allowance: given }, entry, now);
  }

  #known(request: TransferRequest): TransferAnswer | null {
    const [row] = this.#sql
      .exec<{ body: string; answer: string }>("SELECT body, answer FROM answered WHERE id = ?", request.id)
      .toArray();
    if (row === undefined) return null;
    if (row.body !== bodyOf(request)) return { ok: false, code: "transfer_conflict", balance: this.#ledger.balance() };
    const answer: TransferAnswer = JSON.parse(row.answer);
    return answer;
  }

  #remember(request: TransferRequest, answer: TransferAnswer, entry: Entry | null, now: number): Answered {
    this.#sql.exec("DELETE FROM answered WHERE at < ?", now - KEPT_MS);
    this.#sql.exec(
      "INSERT INTO answered (id, body, answer, at) VALUES (?, ?, ?, ?)",
      request.id,
      bodyOf(request),
      JSON.stringify(answer),
      now,
    );
    return { answer, entry };
  }
}

const isMovement = (request: TransferRequest): request is Movement =>
  request.kind !== "allowance" && request.amount > 0;

const bodyOf = ({ room, kind, amount, min, covers = 0, flow }: TransferRequest): string =>
  JSON.stringify([room, kind, amount, min, covers, flow?.staked ?? 0, flow?.returned ?? 0]);
