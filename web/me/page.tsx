import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { usePlayer } from "../api/session.ts";
import { daysQuery, statsQuery, type Period } from "../api/stats.ts";
import { Choice, GAME_WORDS, PERIOD_WORDS, type GameChoice } from "../pages/choice.tsx";
import { Empty, PageFrame, Signed, Unread, Waiting } from "../pages/frame.tsx";
import { LagLine } from "../pages/lag.tsx";
import { useAfter } from "../table/played.ts";
import { Chart } from "./chart.tsx";
import "./chart.css";
import { ByGame, Tiles } from "./totals.tsx";

const DAYS = 30;

/** The visitor's statistics: totals, streaks, and the balance by day. */
export default function MePage() {
  const name = usePlayer()?.username;
  return (
    <PageFrame title={name ?? "You"} lead="What you have played, counted from the tables themselves.">
      <Signed>{(player) => <Dashboard key={player} player={player} />}</Signed>
    </PageFrame>
  );
}

function Dashboard({ player }: { readonly player: string }) {
  const [period, setPeriod] = useState<Period>("week");
  const [game, setGame] = useState<GameChoice>("");
  const after = useAfter(player);
  const query = useQuery(statsQuery("me", player, period, game === "" ? null : game, after));
  const { data } = query;
  const again = (): void => void query.refetch();
  return (
    <>
      <div className="page-row">
        <Choice label="Period" options={PERIOD_WORDS} value={period} onChange={setPeriod} />
        <Choice label="Game" options={GAME_WORDS} value={game} onChange={setGame} />
      </div>
      {data === undefined && (query.isError ? <Unread what="Your play" onAgain={again} /> : <Waiting />)}
      {data !== undefined && (
        <div className="page-section" aria-busy={query.isPlaceholderData}>
          {data.total.rounds === 0 ? (
            <Empty words={period === "all" ? "You have not played yet. It begins at a table." : NOTHING[period]}>
              <Link to="/" className="btn btn-brass">
                To the tables
              </Link>
            </Empty>
          ) : (
            <>
              <Tiles stats={data} />
              {game === "" && Object.keys(data.games).length > 1 && <ByGame games={data.games} />}
            </>
          )}
          <LagLine lag={data.lag} behind={data.behind} onAgain={again} />
        </div>
      )}
      <Balance player={player} after={after} />
      <nav className="page-row" aria-label="More of yours">
        <Link to="/bets" className="btn">
          All your bets
        </Link>
        <Link to="/boards" className="btn">
          Where you stand
        </Link>
        <a className="btn" href="/api/balance/entries.csv" download>
          Statement as CSV
        </a>
      </nav>
    </>
  );
}

const NOTHING = {
  day: "Nothing played today yet. Days are counted in UTC.",
  week: "Nothing played this week yet. Weeks begin on Monday, in UTC.",
} as const;

function Balance({ player, after }: { readonly player: string; readonly after: string | null }) {
  const query = useQuery(daysQuery(player, DAYS, after));
  const days = query.data?.days ?? [];
  return (
    <section className="page-section" aria-labelledby="balance-title">
      <h2 id="balance-title">Balance, day by day</h2>
      {query.isPending && <Waiting />}
      {query.isError && days.length === 0 && <Unread what="The days" onAgain={() => void query.refetch()} />}
      {query.isSuccess && days.length === 0 && (
        <Empty words="The first line is drawn when your first round has been counted." />
      )}
      {days.length > 0 && <Chart days={days} />}
    </section>
  );
}
