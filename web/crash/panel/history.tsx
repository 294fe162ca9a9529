import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "react-router";
import { queries } from "../../api/queries.ts";
import { useAnyTable, useYou } from "../../table/context.tsx";
import { amount, shortTimes, signed, time } from "../../ui/format.ts";
import { pathOf, roomOf } from "../../ui/rooms.ts";
import { Bust, sizeOf } from "../busts.tsx";
import { useView } from "../context.tsx";
import { pastRounds, type Past } from "./past.ts";

/** The last fifty flights at a glance, and every one before with the way to its proof. */
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

function Rounds() {
  const { room } = useAnyTable();
  const last = useView((view) => view.history[0]?.round ?? 0);
  const query = useInfiniteQuery(pastRounds(room));
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["crash", room], exact: true });
  }, [room, last]);
  const rounds = query.data?.pages.flatMap((page) => page.rounds) ?? [];
  return (
    <section>
      <h3 className="panel-sub">Rounds and their proofs</h3>
      {query.isPending && <p className="label">Fetching the book &hellip;</p>}
      {query.isError && <p className="empty">The book of rounds cannot be read just now.</p>}
      {query.isSuccess && rounds.length === 0 && <p className="empty">No round is finished yet.</p>}
      <ul className="rounds">
        {rounds.map((one) => (
          <RoundLine key={one.round} round={one} path={pathOf(roomOf(room))} />
        ))}
      </ul>
      {query.hasNextPage && (
        <button
          type="button"
          className="btn mt-2 w-full"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {query.isFetchingNextPage ? "Fetching \u2026" : "Earlier rounds"}
        </button>
      )}
    </section>
  );
}

function RoundLine({ round, path }: { readonly round: Past; readonly path: string }) {
  const you = useYou();
  const { endX100, bets } = round.outcome;
  const mine = bets.filter(({ player }) => player === you);
  const net =
    mine.length === 0 || endX100 === null
      ? null
      : mine.reduce((sum, { amount: staked, out }) => sum + (out?.paid ?? 0) - staked, 0);
  return (
    <li>
      <Link to={`${path}/rounds/${round.round}`}>
        <span translate="no" className={`bust-face numerals ${endX100 === null ? "" : `bust-${sizeOf(endX100)}`}`}>
          {endX100 === null ? "\u2013" : shortTimes(endX100)}
        </span>
        <span className="flex-1">
          <span className="numerals">Round {amount(round.round)}</span>
          <span className="label block">
            {endX100 === null ? "Void, stakes given back" : `${time(round.endedAt)} \u00b7 verify`}
          </span>
        </span>
        {net !== null && (
          <span translate="no" className={`numerals ${net > 0 ? "text-won" : net < 0 ? "text-lost" : ""}`}>
            {signed(net)}
          </span>
        )}
      </Link>
    </li>
  );
}
