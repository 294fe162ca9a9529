import { useNotice } from "../table/notice.ts";
import { Watching } from "../table/watching.tsx";
import { amount } from "../ui/format.ts";
import { useSeat, useTable, useView } from "./context.tsx";

/** The line under the table: a refusal if there is one, else the stakes of the table. */
export function HandLine() {
  const notice = useNotice();
  const connection = useTable((state) => state.connection);
  const ended = useTable((state) => state.ended);
  const mine = useSeat();
  const config = useView((view) => view.config);
  if (ended === "replaced") {
    return <p className="hand hand-notice">This table is open in too many windows: here it rests.</p>;
  }
  if (connection === "lost") {
    return (
      <p className="hand hand-notice">
        The line is down; trying again. Your seat is kept; if your turn comes, a short clock runs.
      </p>
    );
  }
  if (notice !== null) {
    return (
      <p className="hand hand-notice" key={notice.n} data-testid="notice">
        {notice.text}
      </p>
    );
  }
  if (mine === null) return <Watching />;
  return (
    <p className="hand hand-hint numerals">
      <span>No-limit hold&rsquo;em</span>
      <span>
        blinds {amount(config.smallBlind)} and {amount(config.bigBlind)}
        {config.ante > 0 ? `, ante ${amount(config.ante)}` : ""}
      </span>
      <span>play money</span>
    </p>
  );
}
