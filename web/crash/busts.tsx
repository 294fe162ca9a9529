import { memo, useCallback, useState } from "react";
import { Link } from "react-router";
import type { Flight, X100 } from "../../rooms/crash/types.ts";
import { useAnyTable } from "../table/context.tsx";
import { shortTimes, times } from "../ui/format.ts";
import { useView } from "./context.tsx";
import { roundPath } from "../ui/rooms.ts";

/** The bust points of the last flights, newest first, each linked to its proof. */
export function Busts() {
  const history = useView((view) => view.history);
  const [list, count] = useFitting();
  if (history.length === 0) return <p className="busts busts-empty">No flight yet</p>;
  return (
    <ol ref={list} className="busts" aria-label="Last flights, newest first">
      {history.slice(0, count).map((flight) => (
        <li key={flight.round}>
          <Bust {...flight} />
        </li>
      ))}
    </ol>
  );
}

const PILL_PX = 84;

/** How many items fit, so that none is cut off. */
function useFitting(): [(list: HTMLElement | null) => (() => void) | undefined, number] {
  const [count, setCount] = useState(4);
  const list = useCallback((target: HTMLElement | null) => {
    if (target === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setCount(Math.max(1, Math.floor(entry.contentRect.width / PILL_PX)));
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return [list, count];
}

/** Larger values get another tint and more arrows, so that colour is not needed to tell them apart. */
export const Bust = memo(function Bust({ round, endX100, forced }: Flight) {
  const { room } = useAnyTable();
  const size = sizeOf(endX100);
  return (
    <Link
      to={roundPath(room, round)}
      className={`bust bust-${size} numerals`}
      title={`Round ${round}: ${times(endX100)}${forced ? ", ended at the house\u2019s limit" : ""}`}
    >
      <span className="sr-only">Round {round}, </span>
      <span className="bust-face" translate="no">
        {ARROWS[size] !== "" && (
          <span className="bust-arrows" aria-hidden="true">
            {ARROWS[size]}
          </span>
        )}
        {shortTimes(endX100)}
      </span>
    </Link>
  );
});

const ARROWS = { low: "", mid: "\u25b2", high: "\u25b2\u25b2", top: "\u25b2\u25b2\u25b2" } as const;

export type Size = "low" | "mid" | "high" | "top";

/** Half of all flights end below 2, nine in ten below 10, ninety-nine in a hundred below 100. */
export function sizeOf(x100: X100): Size {
  if (x100 < 200) return "low";
  if (x100 < 1_000) return "mid";
  return x100 < 10_000 ? "high" : "top";
}
