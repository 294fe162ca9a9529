import { useEffect, useState } from "react";
import type { Ms } from "../../rooms/game.ts";

type Props = { readonly endsAt: Ms; readonly lengthMs: number; readonly clock: () => number };

/** A ring that empties until betting closes, with the seconds in it. */
export function Countdown({ endsAt, lengthMs, clock }: Props) {
  const [left, setLeft] = useState(() => Math.max(0, endsAt - clock()));
  useEffect(() => {
    const tick = (): void => setLeft(Math.max(0, endsAt - clock()));
    tick();
    const timer = setInterval(tick, 100);
    return () => clearInterval(timer);
  }, [endsAt, clock]);
  const seconds = Math.ceil(left / 1_000);
  const part = Math.min(1, left / lengthMs);
  return (
    <span
      className="countdown"
      role="timer"
      aria-label={`${seconds} seconds to bet`}
      data-last={seconds <= 5 || undefined}
    >
      <svg viewBox="0 0 64 64" aria-hidden="true">
        <circle cx="32" cy="32" r="28" className="countdown-way" />
        <circle
          cx="32"
          cy="32"
          r="28"
          className="countdown-rest"
          pathLength={1}
          strokeDasharray="1 1"
          strokeDashoffset={1 - part}
          transform="rotate(-90 32 32)"
        />
      </svg>
      <span className="numerals" aria-hidden="true">
        {seconds}
      </span>
    </span>
  );
}
