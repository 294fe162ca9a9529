import { chips, type Chips } from "../../../rooms/game.ts";
import type { TransferAnswer, TransferRequest } from "../../../rooms/kernel/transfer.ts";

/**
 * The wallet: an append-only ledger, and transfers that are idempotent by the caller's id. Synchronous and without a transaction
 * of its own: the caller commits.
 */

export type EntryKind = "grant" | "faucet" | "topup" | "cashout" | "award" | "operator";

/** One line of the statement. `amount` is signed, `balance` is the balance after it; both in minor units. */
export type Entry = {
  readonly n: number;
  readonly kind: EntryKind;
  readonly amount: number;
  readonly balance: number;
  readonly room: string | null;
  readonly transfer: string | null;
  readonly at: number;
};

/** A lottery's award. `amount` in minor units, at least 1. */
export type AwardRequest = { readonly id: string; readonly lottery: string; readonly amount: number };
export type AwardAnswer =
  { readonly ok: true } | { readonly ok: false; readonly code: "unknown_player" | "award_conflict" };
/** An award that was credited, and when. */
export type Won = AwardRequest & { readonly at: number };

/** A transfer that moves chips. */
export type Movement = TransferRequest & { readonly kind: "topup" | "cashout" };

type TransferRow = { room: string; kind: string; amount: number; min: number; moved: number; balance: number };

/** How long refused transfers are kept; a room stops repeating its request long before this. */
const REFUSAL_KEPT_MS = 7 * 86_400_000;

export class Ledger {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  balance(): Chips {
    const row = this.#sql.exec<{ balance: number }>("SELECT balance FROM ledger ORDER BY n DESC LIMIT 1").toArray()[0];
    return chips(row?.balance ?? 0);
  }

  /** Newest first, `before` exclusive. */
  entries(before: number | null, limit: number): Entry[] {
    return this.#sql
      .exec<Entry>("SELECT * FROM ledger WHERE n < ? ORDER BY n DESC LIMIT ?", before ?? Number.MAX_SAFE_INTEGER, limit)
      .toArray();
  }

  /** A page of entries. `next`: the `before` of the next page; null: this is the last. */
  page(before: number | null, limit: number): { entries: Entry[]; next: number | null } {
    const found = this.entries(before, limit + 1);
    const entries = found.slice(0, limit);
    return { entries, next: found.length > limit ? (entries.at(-1)?.n ?? null) : null };
  }

  /** Rooms in which the player has an open purse. */
  purses(): string[] {
    return this.#sql
      .exec<{ room: string }>("SELECT room FROM purse ORDER BY room")
      .toArray()
      .map(({ room }) => room);
  }

  add(entry: Pick<Entry, "kind" | "amount" | "room" | "transfer" | "at">): Entry {
    const { kind, amount, room, transfer, at } = entry;
    return this.#sql
      .exec<Entry>(
        "INSERT INTO ledger (kind, amount, balance, room, transfer, at) VALUES (?, ?, ?, ?, ?, ?) RETURNING *",
        kind,
        amount,
        this.balance() + amount,
        room,
        transfer,
        at,
      )
      .one();
  }

  /** The faucet's entry for this operation; null: there is none. */
  faucetOf(transfer: string): Entry | null {
    const found = this.#sql.exec<Entry>("SELECT * FROM ledger WHERE kind = 'faucet' AND transfer = ?", transfer);
    return found.toArray()[0] ?? null;
  }

  /**
   * Idempotent by id: the same body gets the first answer again, even a refusal; another body is a conflict. A top-up opens the
   * room's purse; a cash-out always empties it and closes it.
   */
  transfer(request: Movement, at: number): { answer: TransferAnswer; entry: Entry | null } {
    const known = this.#sql
      .exec<TransferRow>("SELECT room, kind, amount, min, moved, balance FROM transfer WHERE id = ?", request.id)
      .toArray()[0];
    if (known !== undefined) return { answer: this.#again(known, request), entry: null };
    const before = this.balance();
    const moved = request.kind === "cashout" ? request.amount : Math.min(request.amount, before);
    if (moved < request.min) {
      this.#sql.exec("DELETE FROM transfer WHERE moved = 0 AND at < ?", at - REFUSAL_KEPT_MS);
      this.#remember(request, 0, before, at);
      return { answer: { ok: false, code: "insufficient_funds", balance: before }, entry: null };
    }
    const { kind, room, id: transfer } = request;
    const entry = this.add({ kind, amount: kind === "topup" ? -moved : moved, room, transfer, at });
    this.#remember(request, moved, entry.balance, at);
    if (kind === "topup") this.openPurse(room);
    else this.closePurse(room);
    return { answer: { ok: true, amount: chips(moved), balance: chips(entry.balance) }, entry };
  }

  /** Credits an award. Idempotent by id. Throws on a malformed request, with nothing written. */
  award({ id, lottery, amount }: AwardRequest, at: number): { answer: AwardAnswer; entry: Entry | null } {
    if (!Number.isSafeInteger(amount) || amount < 1 || id.length === 0) throw new TypeError("not an award");
    const [known] = this.#sql
      .exec<{ lottery: string; amount: number }>("SELECT lottery, amount FROM award WHERE id = ?", id)
      .toArray();
    if (known !== undefined) {
      const same = known.lottery === lottery && known.amount === amount;
      return { answer: same ? { ok: true } : { ok: false, code: "award_conflict" }, entry: null };
    }
    this.#sql.exec("INSERT INTO award (id, lottery, amount, at) VALUES (?, ?, ?, ?)", id, lottery, amount, at);
    const entry = this.add({ kind: "award", amount, room: `lottery:${lottery}`, transfer: id, at });
    return { answer: { ok: true }, entry };
  }

  /** The last awards, newest first. */
  awards(limit: number): Won[] {
    return this.#sql.exec<Won>("SELECT id, lottery, amount, at FROM award ORDER BY at DESC LIMIT ?", limit).toArray();
  }

  /** Whether a transfer of this id has been answered. */
  knows(id: string): boolean {
    return this.#sql.exec("SELECT 1 FROM transfer WHERE id = ?", id).toArray().length > 0;
  }

  /** Notes that the room may hold chips of the player. */
  openPurse(room: string): void {
    this.#sql.exec("INSERT OR IGNORE INTO purse (room) VALUES (?)", room);
  }

  /** Notes that the room holds no chips of the player any more. */
  closePurse(room: string): void {
    this.#sql.exec("DELETE FROM purse WHERE room = ?", room);
  }

  #again(known: TransferRow, { room, kind, amount, min }: TransferRequest): TransferAnswer {
    const same = known.room === room && known.kind === kind && known.amount === amount && known.min === min;
    if (!same) return { ok: false, code: "transfer_conflict", balance: this.balance() };
    const balance = chips(known.balance);
    if (known.moved === 0) return { ok: false, code: "insufficient_funds", balance };
    return { ok: true, amount: chips(known.moved), balance };
  }

  #remember({ id, room, kind, amount, min }: TransferRequest, moved: number, balance: number, at: number): void {
    this.#sql.exec(
      "INSERT INTO transfer (id, room, kind, amount, min, moved, balance, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      id,
      room,
      kind,
      amount,
      min,
      moved,
      balance,
      at,
    );
  }
}

/** Throws TypeError on a malformed request: rooms make these, so that is a bug of the room. */
export function assertBody({ id, room, kind, amount, min, covers = 0, flow }: TransferRequest): void {
  const named = id.length > 0 && id.length <= 200 && room.length > 0 && room.length <= 100;
  const counted =
    [amount, min, covers].every((n) => Number.isSafeInteger(n) && n >= 0) &&
    [flow?.staked ?? 0, flow?.returned ?? 0].every(Number.isSafeInteger); // may be negative: a reported stake can be taken back
  if (!named || !counted || !isSound(kind, amount, min)) throw new TypeError("not a transfer");
}

function isSound(kind: TransferRequest["kind"], amount: number, min: number): boolean {
  switch (kind) {
    case "topup":
      return min >= 1 && min <= amount;
    case "cashout":
      return min === amount;
    case "allowance":
      return amount === 0 && min === 0;
    default:
      kind satisfies never;
      return false;
  }
}
