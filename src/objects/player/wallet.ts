import { transact } from "../../../rooms/host/sql.ts";
import type { Entry } from "./ledger.ts";
import type { Parts } from "./parts.ts";
import type { PlayerRow } from "./profile.ts";
import type { Operation } from "./requests.ts";

/** Chips that come or go outside of any table: each move and its event are in one commit. */

export type FaucetAnswer =
  | { readonly ok: true; readonly amount: number; readonly available: number; readonly nextAt: number }
  | { readonly ok: false; readonly code: "faucet_not_due" | "excluded"; readonly nextAt: number };

/** `entry`: the new ledger entry, which is still to be sent; null: there is none. */
export type Moved<Answer> = { readonly answer: Answer; readonly entry: Entry | null };

export function fromOutside<Answer>(
  { storage, news }: Parts,
  { id }: PlayerRow,
  move: () => Moved<Answer>,
): Moved<Answer> {
  return transact(storage, () => {
    const moved = move();
    if (moved.entry !== null) news.entered(id, moved.entry);
    return moved;
  });
}

/** Pays the faucet. Idempotent by the operation, whose id is in the ledger: a repeat gets that entry again and pays nothing. */
export function drawFaucet(
  parts: Parts,
  row: PlayerRow,
  amount: number,
  cooldownMs: number,
  operation: Operation | null,
  now: number,
): Moved<FaucetAnswer> {
  const { profile, ledger, limits } = parts;
  const transfer = operation === null ? null : `faucet:${operation.id}`;
  const told = (paid: Entry): FaucetAnswer => {
    return { ok: true, amount: paid.amount, available: paid.balance, nextAt: paid.at + cooldownMs };
  };
  const paid = transfer === null ? null : ledger.faucetOf(transfer);
  if (paid !== null) return { answer: told(paid), entry: null };
  const due = row.faucet_at === null ? 0 : row.faucet_at + cooldownMs;
  if (now < due) return { answer: { ok: false, code: "faucet_not_due", nextAt: due }, entry: null };
  const excluded = limits.excluded(now);
  if (excluded !== null) return { answer: { ok: false, code: "excluded", nextAt: excluded.until }, entry: null };
  return fromOutside(parts, row, () => {
    profile.drewFaucet(now);
    const entry = ledger.add({ kind: "faucet", amount, room: null, transfer, at: now });
    return { answer: told(entry), entry };
  });
}
