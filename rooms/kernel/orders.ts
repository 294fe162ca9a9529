/**
 * What an operator orders of a room. Once by its id, whoever asks: the same again is told the same and changes nothing, and another
 * order under that id is a conflict. A void names the round that it means, so that one that comes late does not hit the next.
 */

/** `id` and `round` are missing from a Worker of an older version alone. */
export type Order =
  | { readonly type: "pause" | "resume"; readonly id?: string }
  | { readonly type: "void"; readonly id?: string; readonly round?: number; readonly reason: string };

/** What of an order has to be the same under one id. */
export const printOf = ({ type, ...order }: Order): string =>
  JSON.stringify("reason" in order ? [type, order.round ?? null, order.reason] : [type]);

/** An order that was carried out. */
export type Ordered = { readonly id: string; readonly print: string };
