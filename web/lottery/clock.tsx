import { useEffect, useState } from "react";
import type { Ms } from "../../rooms/game.ts";
import { useSeatedAt } from "./context.tsx";
import { clockWords, lengthWords } from "./words.ts";

/** Milliseconds until an instant of the server's clock; null: no deadline. */
export function useLeft(at: Ms | null): number | null {
  const { clock } = useSeatedAt().link;
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    if (at === null) return undefined;
    const tick = (): void => setNow(clock.now());
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [at, clock]);
  return at === null ? null : Math.max(0, at - now);
}

/** The remaining time in the form of a clock. */
export function Left({ ms }: { readonly ms: number }) {
  return (
    <span className="left numerals" role="timer" aria-label={`${lengthWords(ms)} left`} data-testid="left">
      {clockWords(ms)}
    </span>
  );
}
