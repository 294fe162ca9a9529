import { useEffect, useState } from "react";
import { useRoom } from "../../table/context.tsx";
import { useSeatedAt, useView } from "../context.tsx";
import { useScene } from "../scene.ts";

/** When the next cards are dealt. */
export function NextHand() {
  const { link } = useSeatedAt();
  const phase = useScene((view) => view.phase);
  const dealMs = useView((view) => view.config.dealMs);
  const status = useRoom((table) => table.status);
  const at = phase.name === "starting" ? phase.dealAt : phase.name === "over" ? phase.nextAt + dealMs : null;
  const left = useSecondsTo(at, link.clock.now);
  if (status !== "running") return <>The table is resting. The next hand can wait a little.</>;
  if (phase.name === "playing") return <>A hand is on. You are in the next one.</>;
  if (left === null) return <>Waiting for players.</>;
  return <span className="numerals">{left === 0 ? "The cards come." : `Next hand in ${left} s`}</span>;
}

/** Whole seconds until `at`, counting down; null if `at` is null. */
export function useSecondsTo(at: number | null, clock: () => number): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const tick = (): void => setLeft(at === null ? null : Math.max(0, Math.ceil((at - clock()) / 1_000)));
    tick();
    if (at === null) return undefined;
    const timer = setInterval(tick, 200);
    return () => clearInterval(timer);
  }, [at, clock]);
  return left;
}
