import { useNotice } from "../table/notice.ts";
import { Watching } from "../table/watching.tsx";
import { amount } from "../ui/format.ts";
import { useSeat, useTable, useView } from "./context.tsx";

/** The line over the controls: a refusal if there is one, else the current state, else the limits. */
export function Hand() {
  const notice = useNotice();
  const connection = useTable((state) => state.connection);
  const ended = useTable((state) => state.ended);
  const watching = useSeat() === null;
  const { minStake, maxStake } = useView((view) => view.config);
  if (ended === "replaced")
    return <p className="hand hand-notice">This table is open in too many windows: here it rests.</p>;
  if (connection === "lost")
    return <p className="hand hand-notice">The line is down; trying again. What was rolled is paid.</p>;
  if (notice !== null) {
    return (
      <p className="hand hand-notice" key={notice.n} data-testid="notice">
        {notice.text}
      </p>
    );
  }
  if (watching) return <Watching />;
  return (
    <p className="hand hand-hint numerals">
      <span>
        {amount(minStake)} to {amount(maxStake)} a roll
      </span>
      <span>RTP 99%, house edge 1%</span>
      <span>play money</span>
    </p>
  );
}
