import { memo } from "react";
import { colourOf } from "../../rooms/roulette/wheel.ts";
import { useView } from "./context.tsx";

/** The last results, newest first. Red and black stand on different sides, so that colour is not needed to tell them apart. */
export const Tower = memo(function Tower({ landed, count }: { readonly landed: boolean; readonly count: number }) {
  const history = useView((view) => view.history);
  const phase = useView((view) => view.phase);
  // The history lacks the current number until the round settles; it is added once the ball rests.
  const shown = phase.name === "spinning" && landed ? [phase.result, ...history] : history;
  if (shown.length === 0) return <p className="tower tower-empty">No spin yet</p>;
  return (
    <ol className="tower" aria-label="Last results, newest first">
      {shown.slice(0, count).map((pocket, i) => (
        <li key={`${shown.length - i}`} className={`tower-${colourOf(pocket)}`} data-newest={i === 0 || undefined}>
          <span className="numerals">{pocket}</span>
          <span className="sr-only"> {colourOf(pocket)}</span>
        </li>
      ))}
    </ol>
  );
});
