import { useRef } from "react";
import { hundredths } from "../../ui/format.ts";
import { useSeatedAt, useView } from "../context.tsx";
import { useFrame } from "./frame.ts";
import { shownX100 } from "./shape.ts";

/** The multiplier, written to the DOM each frame without React. Hidden from screen readers, which would never stop reading it. */
export function Multiplier() {
  const { link } = useSeatedAt();
  const phase = useView((view) => view.phase);
  const span = useRef<HTMLSpanElement>(null);
  const running = phase.name === "running";
  useFrame(() => {
    const x100 = shownX100(phase, link.clock.now());
    if (span.current !== null && x100 !== null) span.current.textContent = hundredths(x100);
  }, running);
  const resting = shownX100(phase, 0);
  return (
    <span
      ref={span}
      key={phase.name}
      className="multiplier numerals"
      translate="no"
      data-ended={!running || undefined}
      data-testid="multiplier"
      aria-hidden="true"
    >
      {hundredths(running || resting === null ? 100 : resting)}
    </span>
  );
}
