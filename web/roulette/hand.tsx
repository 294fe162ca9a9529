import type { LegalBet } from "../../rooms/roulette/layout.ts";
import { capOf } from "../../rooms/roulette/limits.ts";
import { amount } from "../ui/format.ts";
import { useNotice } from "../table/notice.ts";
import { Watching } from "../table/watching.tsx";
import { useSeat, useTable, useView } from "./context.tsx";
import { nameOf, oddsOf } from "./felt/words.ts";

/** The line under the felt: a refusal if there is one, else the spot that is pointed at, else the limits. */
export function Hand({ pointed }: { readonly pointed: LegalBet | null }) {
  const notice = useNotice();
  const connection = useTable((state) => state.connection);
  const ended = useTable((state) => state.ended);
  const seat = useSeat();
  const config = useView((view) => view.config);
  const totals = useView((view) => view.totals);
  if (ended === "replaced")
    return <p className="hand hand-notice">This table is open in too many windows: here it rests.</p>;
  if (connection === "lost") {
    return <p className="hand hand-notice">The line is down; trying again. What the table took is safe.</p>;
  }
  if (notice !== null) {
    return (
      <p className="hand hand-notice" key={notice.n} data-testid="notice">
        {notice.text}
      </p>
    );
  }
  if (pointed !== null) {
    const mine = seat?.bets[pointed.spot] ?? 0;
    const all = totals[pointed.spot] ?? 0;
    return (
      <p className="hand numerals">
        <strong>{nameOf(pointed)}</strong>
        <span>pays {oddsOf(pointed, config.wheel)}</span>
        <span>at most {amount(capOf(config, pointed))}</span>
        {mine > 0 && <span>yours {amount(mine)}</span>}
        {all > mine && <span>table {amount(all)}</span>}
      </p>
    );
  }
  if (seat === null) return <Watching />;
  return (
    <p className="hand numerals">
      <span>{WHEELS[config.wheel]}</span>
      <span>
        {amount(config.minStake)} to {amount(config.maxPlayer)} a round
      </span>
      <span>play money</span>
    </p>
  );
}

const WHEELS = {
  european: "European wheel, single zero",
  french: "French wheel, la partage",
  american: "American wheel, double zero",
} as const;
