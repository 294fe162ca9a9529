/**
 * When what did not go is tried again, and what went and was not confirmed is sent or asked for again. Every delivery of the house has
 * this rule, each with a pace of its own. There is no last try: whoever is tired of a message puts it away in sight of an operator.
 */

/** So long after the first failure, then twice as long each time, at most that long. */
export type BackOff = { readonly fromMs: number; readonly toMs: number };

/** After the first sending, the second, ...; from the last of these on it stays so long. */
export type Repeats = readonly [number, ...number[]];

/** How long to wait after so many failures in a row; 1 is the first. */
export const backOff = (fails: number, { fromMs, toMs }: BackOff): number =>
  Math.min(toMs, fromMs * 2 ** Math.min(fails - 1, 20));

/** How long to wait for the confirmation of what has been sent so often. */
export const repeatAfter = (sends: number, repeats: Repeats): number =>
  repeats[Math.min(sends, repeats.length) - 1] ?? repeats[0];
