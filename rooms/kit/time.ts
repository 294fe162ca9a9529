import type { Ms } from "../game.ts";

/** `delay` milliseconds after `at`. Throws when that is not a safe integer. */
export function later(at: Ms, delay: number): Ms {
  const instant = at + delay;
  if (!isInstant(instant)) throw new RangeError(`not an instant: ${instant}`);
  return instant;
}

function isInstant(value: number): value is Ms {
  return Number.isSafeInteger(value);
}
