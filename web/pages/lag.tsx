import { History } from "lucide-react";
import type { Lag } from "../api/stats.ts";
import { useNow } from "./now.ts";
import { ago, span } from "./words.ts";

type Props = {
  readonly lag: Lag;
  /** The visitor's last round is not counted yet. */
  readonly behind: boolean;
  readonly onAgain: () => void;
};

/** Tells how fresh the data is: it is counted a moment after the tables settle. */
export function LagLine({ lag, behind, onAgain }: Props) {
  const now = useNow();
  return (
    <div className="lag" data-testid="lag" data-behind={behind || undefined}>
      <History size={16} aria-hidden="true" />
      <p>
        {lag.projectedAt === null
          ? "Nothing has been counted yet."
          : `As of ${ago(lag.projectedAt, now)}; what happens at the tables took ${span(lag.lagMs)} to get here.`}
        {behind && " Your last round is still on its way."}
      </p>
      {behind && (
        <button type="button" className="btn" onClick={onAgain}>
          Look again
        </button>
      )}
    </div>
  );
}
