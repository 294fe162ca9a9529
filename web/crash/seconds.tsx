import { useEffect, useState } from "react";
import type { Ms } from "../../rooms/game.ts";

/** "in 3 s", "now". */
export function SecondsTo({ at, clock }: { readonly at: Ms; readonly clock: () => number }) {
  const read = (): number => Math.max(0, Math.ceil((at - clock()) / 1_000));
  const [left, setLeft] = useState(read);
  useEffect(() => {
    const tick = (): void => setLeft(Math.max(0, Math.ceil((at - clock()) / 1_000)));
    tick();
    const timer = setInterval(tick, 200);
    return () => clearInterval(timer);
  }, [at, clock]);
  return <span className="numerals">{left === 0 ? "now" : `in ${left} s`}</span>;
}
