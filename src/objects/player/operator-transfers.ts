import type { Entry, Ledger } from "./ledger.ts";

/**
 * Money that an operator moves into a player's wallet or out of it; the counterpart is promotions. Synchronous and without a
 * transaction of its own: the caller commits.
 */

/** `amount` in minor units: above 0 into the wallet, below 0 out of it. `by` is the operator's name. */
export type OperatorTransfer = {
  readonly id: string;
  readonly amount: number;
  readonly reason: string;
  readonly by: string;
};

export type OperatorTransferAnswer =
  /** The ledger's entry; its `balance` is the one after it. */
  { readonly ok: true; readonly entry: Entry } | { readonly ok: false; readonly code: OperatorTransferRefusal };
/** `beyond_wallet`: the balance would exceed the largest safe integer. */
export type OperatorTransferRefusal = "unknown_player" | "transfer_conflict" | "insufficient_funds" | "beyond_wallet";

/** Prefix of the id in the statement's `transfer` field. */
const ENTRY_PREFIX = "operator:";

export const OPERATOR_TABLES = `
CREATE TABLE IF NOT EXISTS operator_transfer (
  id TEXT PRIMARY KEY,
  amount INTEGER NOT NULL CHECK (amount <> 0),
  reason TEXT NOT NULL,
  "by" TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES ledger (n)
) STRICT, WITHOUT ROWID;
`;

type Row = { amount: number; reason: string; entry: number };

/**
 * Moves the money. Idempotent by its id, for any operator: the same body gets the same entry again, another body is a conflict. A
 * refusal is not stored, so a repeat is judged anew. Throws on a malformed transfer, with nothing written.
 */
export function operatorTransfer(
  sql: SqlStorage,
  ledger: Ledger,
  { id, amount, reason, by }: OperatorTransfer,
  at: number,
): { answer: OperatorTransferAnswer; entry: Entry | null } {
  if (!Number.isSafeInteger(amount) || amount === 0 || id === "" || reason === "")
    throw new TypeError("not a transfer");
  const [known] = sql.exec<Row>("SELECT amount, reason, entry FROM operator_transfer WHERE id = ?", id).toArray();
  if (known !== undefined) {
    const [entry] = ledger.entries(known.entry + 1, 1);
    const same = known.amount === amount && known.reason === reason && entry !== undefined;
    return { answer: same ? { ok: true, entry } : { ok: false, code: "transfer_conflict" }, entry: null };
  }
  const after = ledger.balance() + amount;
  if (after < 0) return { answer: { ok: false, code: "insufficient_funds" }, entry: null };
  if (after > Number.MAX_SAFE_INTEGER) return { answer: { ok: false, code: "beyond_wallet" }, entry: null };
  const entry = ledger.add({ kind: "operator", amount, room: null, transfer: `${ENTRY_PREFIX}${id}`, at });
  sql.exec(
    `INSERT INTO operator_transfer (id, amount, reason, "by", entry) VALUES (?, ?, ?, ?, ?)`,
    id,
    amount,
    reason,
    by,
    entry.n,
  );
  return { answer: { ok: true, entry }, entry };
}
