import { useMemo } from "react";
import { useSeatedAt, useView } from "./context.tsx";
import { knock } from "../table/sound.ts";
import { Wheel } from "./wheel/wheel.tsx";

/** The wheel. On a small screen it comes to the front while it spins. */
export function WheelBox({ landed }: { readonly landed: boolean }) {
  const { link } = useSeatedAt();
  const wheel = useView((view) => view.config.wheel);
  const phase = useView((view) => view.phase);
  const resting = useView((view) => view.history[0] ?? null);
  const forward = phase.name === "spinning";
  const words = useMemo(() => {
    if (phase.name === "spinning" && !landed) return "The wheel is turning";
    const pocket = "result" in phase ? phase.result : resting;
    return pocket === null ? "The wheel" : `The wheel; the ball lies in ${pocket}`;
  }, [phase, landed, resting]);
  return (
    <div className="wheel-box" data-wheel data-forward={forward || undefined} role="img" aria-label={words}>
      <div className="wheel-shadow" />
      <Wheel wheel={wheel} phase={phase} resting={resting} clock={link.clock.now} onKnock={knock} />
    </div>
  );
}
