import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "react-router";
import { colourOf, tally } from "../../../rooms/roulette/wheel.ts";
import { queries, roundsQuery } from "../../api/queries.ts";
import type { Round } from "../../api/shapes.ts";
import { amount, signed, time } from "../../ui/format.ts";
import { pathOf, roomOf } from "../../ui/rooms.ts";
import { useSeatedAt, useTable, useView } from "../context.tsx";

/** Hot and cold numbers, and every past round with the way to its proof. */
export function HistoryTab() {
  return (
    <div className="flex flex-col gap-6">
      <HotAndCold />
      <Rounds />
    </div>
  );
}

const SHOWN = 4;
/** Before so many spins most numbers are merely new. */
const COLD_FROM = 37;

function HotAndCold() {
  const history = useView((view) => view.history);
  const wheel = useView((view) => view.config.wheel);
  if (history.length === 0) return <p className="empty">No spin yet. The first chip starts the clock.</p>;
  const counts = tally(wheel, history);
  const most = counts[0]?.times ?? 1;
  const order = [...counts].sort((a, b) => rank(a.pocket) - rank(b.pocket));
  return (
    <section>
      <h3 className="panel-sub">
        Last {history.length === 1 ? "spin" : <span className="numerals">{history.length} spins</span>}
      </h3>
      <div className="temper">
        <div>
          <span className="label">Hot</span>
          {counts
            .filter(({ times }) => times > 0)
            .slice(0, SHOWN)
            .map((one) => (
              <Pip key={one.pocket} {...one} />
            ))}
        </div>
        {history.length >= COLD_FROM && (
          <div>
            <span className="label">Cold</span>
            {counts
              .slice(-SHOWN)
              .reverse()
              .map((one) => (
                <Pip key={one.pocket} {...one} />
              ))}
          </div>
        )}
      </div>
      <div
        className="bars"
        role="img"
        aria-label={`How often each number came in ${history.length} spins; most often ${counts[0]?.pocket}, ${most} times`}
      >
        {order.map(({ pocket, times }) => (
          <span
            key={pocket}
            className={`bar bar-${colourOf(pocket)}`}
            style={{ height: `${Math.max(4, (times / most) * 100)}%` }}
            title={`${pocket}: ${times}`}
          />
        ))}
      </div>
      <p className="label mt-2">The wheel has no memory: none of this says what comes next.</p>
    </section>
  );
}

function Pip({ pocket, times }: { readonly pocket: string; readonly times: number }) {
  return (
    <span className="pip-count">
      <span className={`pip pip-${colourOf(pocket)} numerals`}>{pocket}</span>
      <span className="numerals label">{times}&times;</span>
    </span>
  );
}

function Rounds() {
  const { room } = useSeatedAt();
  const last = useView((view) => view.last?.round ?? 0);
  const query = useInfiniteQuery(roundsQuery(room));
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["rounds", room], exact: true });
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

function RoundLine({ round, path }: { readonly round: Round; readonly path: string }) {
  const you = useTable(({ known }) => known?.you ?? null);
  const mine = round.outcome.players.find(({ player }) => player === you);
  const { result } = round.outcome;
  const net = mine === undefined ? null : mine.returned - mine.staked;
  return (
    <li>
      <Link to={`${path}/rounds/${round.round}`}>
        {result === null ? (
          <span className="pip pip-void">&ndash;</span>
        ) : (
          <span className={`pip pip-${colourOf(result)} numerals`}>{result}</span>
        )}
        <span className="flex-1">
          <span className="numerals">Round {amount(round.round)}</span>
          <span className="label block">
            {result === null ? "Void, stakes given back" : `${time(round.endedAt)} \u00b7 verify`}
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

function rank(pocket: string): number {
  return pocket === "00" ? 0.5 : Number(pocket);
}
