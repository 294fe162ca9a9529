/**
 * When a failed send is retried, and when a send without confirmation is repeated. Every delivery of the house follows this, each
 * with its own times. There is no last attempt: a sender that gives up parks the message where an operator sees it.
 */

/** Wait after the first failure, doubled after each further one, up to a maximum. */
export type BackOff = { readonly fromMs: number; readonly toMs: number };

/** Waits in milliseconds after the first send, the second, ...; the last one is used from then on. */
export type Repeats = readonly [number, ...number[]];

/** Milliseconds to wait after this many failures in a row; 1 is the first. */
export const backOff = (fails: number, { fromMs, toMs }: BackOff): number =>
  Math.min(toMs, fromMs * 2 ** Math.min(fails - 1, 20));

/** Milliseconds to wait for a confirmation after this many sends; 1 is the first. */
export const repeatAfter = (sends: number, repeats: Repeats): number =>
  repeats[Math.min(sends, repeats.length) - 1] ?? repeats[0];
