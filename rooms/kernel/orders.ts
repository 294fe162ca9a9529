/**
 * Orders of an operator to a room. Idempotent by id: a repeat, even by another operator, gets the same answer and changes
 * nothing; another order under the same id is a conflict. A void names its round, so that a late one does not void the next
 * round.
 */

/** `id` and `round` are missing only in orders from an older version of the Worker. */
export type Order =
  | { readonly type: "pause" | "resume"; readonly id?: string }
  | { readonly type: "void"; readonly id?: string; readonly round?: number; readonly reason: string };

/** Fingerprint of an order: must be equal for a repeat under the same id. */
export const printOf = ({ type, ...order }: Order): string =>
  JSON.stringify("reason" in order ? [type, order.round ?? null, order.reason] : [type]);

/** An order that was carried out. */
export type Ordered = { readonly id: string; readonly print: string };
