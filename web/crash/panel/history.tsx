import * as z from "zod/mini";
import { useYou } from "../../table/context.tsx";
import { PastRounds, RoundLine } from "../../table/past.tsx";
import { shortTimes } from "../../ui/format.ts";
import { Bust, sizeOf } from "../busts.tsx";
import { useView } from "../context.tsx";

/** The last fifty flights at a glance, and a list of all flights with links to their proofs. */
export function HistoryTab() {
  return (
    <div className="flex flex-col gap-6">
      <Fifty />
      <Rounds />
    </div>
  );
}

function Fifty() {
  const history = useView((view) => view.history);
  if (history.length === 0) return <p className="empty">No flight yet. The first bet starts the clock.</p>;
  const above = history.filter(({ endX100 }) => endX100 >= 200).length;
  return (
    <section>
      <h3 className="panel-sub">
        {history.length === 1 ? "Last flight" : <span className="numerals">Last {history.length} flights</span>}
      </h3>
      <ol className="fifty" aria-label="Newest first">
        {history.map((flight) => (
          <li key={flight.round}>
            <Bust {...flight} />
          </li>
        ))}
      </ol>
      <p className="label mt-2">
        <span className="numerals">{above}</span> of them passed 2&times;. A flight knows nothing of those before it.
      </p>
    </section>
  );
}

const out = z.object({ paid: z.number() });
const outcome = z.object({
  endX100: z.nullable(z.number()),
  bets: z.array(z.object({ player: z.string(), amount: z.number(), out: z.nullable(out) })),
});

function Rounds() {
  const last = useView((view) => view.history[0]?.round ?? 0);
  const you = useYou();
  return (
    <section>
      <h3 className="panel-sub">Rounds and their proofs</h3>
      <PastRounds outcome={outcome} newest={last} what="rounds" none="No round is finished yet." className="rounds">
        {(past) => {
          const { endX100, bets } = past.outcome;
          const mine = bets.filter(({ player }) => player === you);
          const net = mine.reduce((sum, bet) => sum + (bet.out?.paid ?? 0) - bet.amount, 0);
          const face = (
            <span translate="no" className={`bust-face numerals ${endX100 === null ? "" : `bust-${sizeOf(endX100)}`}`}>
              {endX100 === null ? "\u2013" : shortTimes(endX100)}
            </span>
          );
          const none = mine.length === 0 || endX100 === null;
          return <RoundLine past={past} face={face} void={endX100 === null} net={none ? null : net} />;
        }}
      </PastRounds>
    </section>
  );
}
