import { useInfiniteQuery } from "@tanstack/react-query";
import { Download, ShieldCheck } from "lucide-react";
import { Link, useSearchParams } from "react-router";
import { historyQuery, type Bet } from "../api/stats.ts";
import { Choice, gameOf, GAME_WORDS, type GameChoice } from "../pages/choice.tsx";
import { Empty, PageFrame, Signed, Unread, Waiting } from "../pages/frame.tsx";
import { LagLine } from "../pages/lag.tsx";
import { Net } from "../pages/net.tsx";
import { useAfter } from "../table/played.ts";
import { GameIcon } from "../ui/game-icon.tsx";
import { amount, moment } from "../ui/format.ts";
import { proofPath, titleOf, unitOf } from "../games.ts";
import "./bets.css";

/** All rounds that the visitor had chips in, newest first, each with a link to its proof. */
export default function BetsPage() {
  return (
    <PageFrame title="Your bets" lead="Every round you had chips in, newest first. Each can be checked by anybody.">
      <Signed>{(player) => <Bets key={player} player={player} />}</Signed>
    </PageFrame>
  );
}

function Bets({ player }: { readonly player: string }) {
  const [params, setParams] = useSearchParams();
  const game = gameOf(params.get("game"));
  const after = useAfter(player);
  const query = useInfiniteQuery(historyQuery(player, game === "" ? null : game, after));
  const pages = query.data?.pages ?? [];
  const bets = pages.flatMap((page) => page.bets);
  const first = pages[0];
  const again = (): void => void query.refetch();
  const choose = (next: GameChoice): void => setParams(next === "" ? {} : { game: next }, { replace: true });
  return (
    <div className="page-section">
      <div className="page-row justify-between">
        <Choice label="Game" options={GAME_WORDS} value={game} onChange={choose} />
        <a className="btn" href="/api/players/me/history.csv" download data-testid="bets-csv">
          <Download size={18} aria-hidden="true" /> All as CSV
        </a>
      </div>
      {query.isPending && <Waiting />}
      {query.isError && bets.length === 0 && <Unread what="Your bets" onAgain={again} />}
      {first !== undefined && bets.length === 0 && (
        <Empty words={game === "" ? "Nothing here yet. Your first round will be." : "No round of this game yet."}>
          <Link to={game === "" ? "/" : `/rooms/${game}/main`} className="btn btn-brass">
            {game === "" ? "To the tables" : `Play ${titleOf({ game, id: "main" })}`}
          </Link>
        </Empty>
      )}
      {bets.length > 0 && (
        <ol className="bet-list" aria-busy={query.isPlaceholderData} data-testid="bet-list">
          {bets.map((bet) => (
            <BetLine key={`${bet.room} ${bet.round}`} bet={bet} player={player} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <button
          type="button"
          className="btn self-start"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Earlier rounds
        </button>
      )}
      {first !== undefined && <LagLine lag={first.lag} behind={first.behind} onAgain={again} />}
    </div>
  );
}

function BetLine({ bet, player }: { readonly bet: Bet; readonly player: string }) {
  const { room, game, round, at, staked, returned, net, proof } = bet;
  const id = room.slice(room.indexOf(":") + 1);
  return (
    <li className="bet-line">
      <span className="bet-game">
        <GameIcon game={game} size={20} />
      </span>
      <span className="bet-what">
        {titleOf({ game, id })}, {unitOf(game)}{" "}
        <span className="numerals" translate="no">
          {amount(round)}
        </span>
        <span className="label block">{moment(at)}</span>
      </span>
      <span className="bet-sums numerals">
        {amount(staked)} staked, {amount(returned)} back
      </span>
      <span className="bet-net">
        <Net net={net} />
      </span>
      <Link
        className="page-link"
        to={proofPath(game, proof, player)}
        aria-label={`Check ${unitOf(game)} ${round} of ${titleOf({ game, id })}`}
      >
        <ShieldCheck size={18} aria-hidden="true" /> Check
      </Link>
    </li>
  );
}
