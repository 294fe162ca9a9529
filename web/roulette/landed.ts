import { useEffect, useState } from "react";
import type { Phase } from "../../rooms/roulette/types.ts";
import { useReducedMotion } from "../ui/reduced-motion.ts";
import { hasLanded, REST, type Spin } from "./wheel/motion.ts";

/** Whether the result may be shown: once the ball rests, or at once with reduced motion. */
export function useLanded(phase: Phase, clock: () => number): boolean {
  const still = useReducedMotion();
  const spin = phase.name === "spinning" ? phase : null;
  const [landed, setLanded] = useState<Spin | null>(null);
  useEffect(() => {
    if (spin === null) return undefined;
    const wait = spin.spunAt + (spin.settleAt - spin.spunAt) * REST - clock();
    const timer = setTimeout(() => setLanded(spin), Math.max(0, wait));
    return () => clearTimeout(timer);
  }, [spin, clock]);
  if (phase.name === "settled") return true;
  return spin !== null && (still || landed === spin || hasLanded(spin, clock()));
}
