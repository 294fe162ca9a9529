import { useNotice } from "../table/notice.ts";
import { Watching } from "../table/watching.tsx";
import { amount } from "../ui/format.ts";
import { useSeat, useTable, useView } from "./context.tsx";
import { stopWords } from "./refusals.ts";

/** The line under the flight: a refusal if there is one, else the current state, else the limits. */
export function Hand() {
  const notice = useNotice();
  const connection = useTable((state) => state.connection);
  const ended = useTable((state) => state.ended);
  const seat = useSeat();
  const config = useView((view) => view.config);
  if (ended === "replaced")
    return <p className="hand hand-notice">This lobby is open in too many windows: here it rests.</p>;
  if (connection === "lost") {
    return (
      <p className="hand hand-notice">The line is down; trying again. What the lobby took is safe, targets included.</p>
    );
  }
  if (notice !== null) {
    return (
      <p className="hand hand-notice" key={notice.n} data-testid="notice">
        {notice.text}
      </p>
    );
  }
  if (seat === null) return <Watching />;
  if (seat.stopped !== null) return <p className="hand">{stopWords(seat.stopped)}</p>;
  return (
    <p className="hand hand-hint numerals">
      <span>
        {amount(config.minStake)} to {amount(config.maxStake)} a bet
      </span>
      <span>two bets a flight</span>
      <span>play money</span>
    </p>
  );
}
