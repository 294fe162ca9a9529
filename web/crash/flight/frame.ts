import { useEffect, useEffectEvent } from "react";

/** Calls `draw` on every animation frame while `active`, and once when `active` changes. */
export function useFrame(draw: () => void, active: boolean): void {
  const now = useEffectEvent(draw);
  useEffect(() => {
    now();
    if (!active) return undefined;
    let frame = requestAnimationFrame(function loop() {
      frame = requestAnimationFrame(loop);
      now();
    });
    return () => cancelAnimationFrame(frame);
  }, [active]);
}
