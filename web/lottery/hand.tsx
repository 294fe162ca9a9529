import { Link } from "react-router";
import { useAnyTable } from "../table/context.tsx";
import { useNotice } from "../table/notice.ts";
import { Watching } from "../table/watching.tsx";
import { amount } from "../ui/format.ts";
import { useSeat, useTable } from "./context.tsx";
import { useWho } from "./names.ts";
import { usePast } from "./stage.tsx";
import { Name } from "../ui/name.tsx";
import { roundPath } from "../ui/rooms.ts";

/** The line under the ring: a problem if there is one, else the latest result. */
export function Hand() {
  const notice = useNotice();
  const connection = useTable((state) => state.connection);
  const ended = useTable((state) => state.ended);
  const seated = useSeat() !== null;
  if (ended === "replaced")
    return <p className="hand hand-notice">This lottery is open in too many windows: here it rests.</p>;
  if (connection === "lost")
    return <p className="hand hand-notice">The line is down; trying again. Your tickets are safe.</p>;
  if (notice !== null) {
    return (
      <p className="hand hand-notice" key={notice.n} data-testid="notice">
        {notice.text}
      </p>
    );
  }
  if (!seated) return <Watching />;
  return <Last />;
}

function Last() {
  const { room } = useAnyTable();
  const who = useWho();
  const last = usePast()[0] ?? null;
  if (last === null) return <p className="hand">Nothing was drawn here yet.</p>;
  const winner = who(last.player);
  return (
    <p className="hand numerals">
      <span>
        Draw {amount(last.draw)}: <strong translate="no">{amount(last.prize)}</strong> to{" "}
        <strong>{winner === "You" ? "you" : <Name>{winner}</Name>}</strong>
      </span>
      <Link to={roundPath(room, last.draw)} className="hand-link">
        how it was drawn
      </Link>
    </p>
  );
}
