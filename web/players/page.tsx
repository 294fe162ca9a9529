import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, Navigate, useParams } from "react-router";
import { ApiError } from "../api/client.ts";
import { usePlayer } from "../api/session.ts";
import { statsQuery, type Period } from "../api/stats.ts";
import { ByGame, Tiles } from "../me/totals.tsx";
import { Choice, PERIOD_WORDS } from "../pages/choice.tsx";
import { Empty, PageFrame, Unread, Waiting } from "../pages/frame.tsx";
import { LagLine } from "../pages/lag.tsx";

/** The public page of a player. */
export default function PlayerPage() {
  const { id = "" } = useParams();
  const me = usePlayer()?.id ?? null;
  const [period, setPeriod] = useState<Period>("all");
  const query = useQuery({ ...statsQuery(id, me ?? "", period, null, null), enabled: id !== me });
  if (id === me) return <Navigate to="/me" replace />;
  const { data, error } = query;
  const again = (): void => void query.refetch();
  if (error instanceof ApiError && error.status === 404) {
    return (
      <PageFrame title="Nobody to be seen">
        <Empty words="There is no such player, or they would rather not be seen.">
          <Link to="/boards" className="btn">
            To the boards
          </Link>
        </Empty>
      </PageFrame>
    );
  }
  return (
    <PageFrame
      title={data?.player.name ?? "A player"}
      named
      lead="What everybody may see. The bets themselves are their own."
    >
      <Choice label="Period" options={PERIOD_WORDS} value={period} onChange={setPeriod} />
      {data === undefined && (query.isError ? <Unread what="This player" onAgain={again} /> : <Waiting />)}
      {data !== undefined && (
        <div className="page-section" aria-busy={query.isPlaceholderData}>
          {data.total.rounds === 0 ? (
            <Empty words="No rounds in this time." />
          ) : (
            <>
              <Tiles stats={data} />
              {Object.keys(data.games).length > 1 && <ByGame games={data.games} />}
            </>
          )}
          <LagLine lag={data.lag} behind={false} onAgain={again} />
        </div>
      )}
    </PageFrame>
  );
}
