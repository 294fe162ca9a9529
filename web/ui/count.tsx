import { useEffect, useRef } from "react";
import { amount } from "./format.ts";
import { prefersReducedMotion } from "./reduced-motion.ts";

const COUNT_MS = 450;

/** An animated number. Written to the DOM without React, which would render on every frame. */
export function Count({ value, testId }: { readonly value: number | null; readonly testId?: string }) {
  const span = useRef<HTMLSpanElement>(null);
  const shown = useRef<number | null>(null);

  useEffect(() => {
    const target = span.current;
    if (target === null) return undefined;
    const from = shown.current;
    if (value === null || from === null || from === value || prefersReducedMotion()) {
      shown.current = value;
      target.textContent = value === null ? "\u2013" : amount(value);
      return undefined;
    }
    const start = performance.now();
    let frame = 0;
    const tick = (now: number): void => {
      const part = Math.min(1, (now - start) / COUNT_MS);
      const at = Math.round(from + (value - from) * (1 - (1 - part) ** 3));
      shown.current = at;
      target.textContent = amount(at);
      if (part < 1) frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    // A hidden page has no animation frames, so the final value is also set by a timer.
    const end = setTimeout(() => tick(start + COUNT_MS), COUNT_MS + 80);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(end);
    };
  }, [value]);

  return <span ref={span} className="numerals" translate="no" data-testid={testId} />;
}
