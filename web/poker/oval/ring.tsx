import { useEffect, useRef } from "react";
import type { Turn } from "../../../rooms/poker/types.ts";

type Props = { readonly turn: Turn; readonly actionMs: number; readonly clock: () => number };

/** A ring around a plate that runs down: the clock in brass, then the time bank in copper. */
export function Ring({ turn, actionMs, clock }: Props) {
  const line = useRef<SVGRectElement>(null);
  const { actBy, bankBy } = turn;
  useEffect(() => {
    const tick = (): void => {
      const target = line.current;
      if (target === null) return;
      const now = clock();
      const banking = now >= actBy;
      const part = banking ? (bankBy - now) / Math.max(1, bankBy - actBy) : (actBy - now) / actionMs;
      target.style.strokeDashoffset = String(1 - Math.max(0, Math.min(1, part)));
      target.dataset["bank"] = String(banking);
    };
    tick();
    const timer = setInterval(tick, 100);
    return () => clearInterval(timer);
  }, [actBy, bankBy, actionMs, clock]);
  return (
    <svg className="turn-ring" aria-hidden="true">
      <rect className="turn-way" x="1.5" y="1.5" rx="12" />
      <rect ref={line} className="turn-rest" x="1.5" y="1.5" rx="12" pathLength={1} strokeDasharray="1 1" />
    </svg>
  );
}
