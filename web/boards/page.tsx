import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { usePlayer } from "../api/session.ts";
import { BOARDS, boardQuery, PERIODS, type Board, type BoardPage, type Line, type Period } from "../api/stats.ts";
import { Choice, PERIOD_WORDS } from "../pages/choice.tsx";
import { Empty, PageFrame, Unread, Waiting } from "../pages/frame.tsx";
import { LagLine } from "../pages/lag.tsx";
import { counted } from "../pages/words.ts";
import { useAfter } from "../table/played.ts";
import { amount, signed } from "../ui/format.ts";
import "./boards.css";
import { Name } from "../ui/name.tsx";

const BOARD_WORDS = [
  ["profit", "Result"],
  ["balance", "Balance"],
  ["wagered", "Staked"],
  ["biggest-win", "Biggest win"],
] as const;

const WHAT: Readonly<Record<Board, string>> = {
  profit: "What came back, less what was staked.",
  balance: "Grants and awards, with what was won and lost.",
  wagered: "Chips put at risk in all.",
  "biggest-win": "The most won in a single round.",
};

const TOP = 20;
const AROUND = 5;

/** The leaderboards, with the visitor's own place. */
export default function BoardsPage() {
  const [params, setParams] = useSearchParams();
  const board = BOARDS.find((one) => one === params.get("board")) ?? "profit";
  const period = PERIODS.find((one) => one === params.get("period")) ?? "week";
  const choose = (next: Partial<{ board: Board; period: Period }>): void =>
    setParams({ board, period, ...next }, { replace: true });
  return (
    <PageFrame
      title="Boards"
      lead={
        "Everybody with a name who has played at the house\u2019s own tables; tables that players made do not count, nor do hands of poker with a guest in them. The chips are play money, the places are real."
      }
    >
      <div className="page-row">
        <Choice label="Board" options={BOARD_WORDS} value={board} onChange={(next) => choose({ board: next })} />
        <Choice label="Period" options={PERIOD_WORDS} value={period} onChange={(next) => choose({ period: next })} />
      </div>
      <BoardView board={board} period={period} />
    </PageFrame>
  );
}

function BoardView({ board, period }: { readonly board: Board; readonly period: Period }) {
  const me = usePlayer()?.id ?? null;
  const after = useAfter(me);
  const top = useQuery(boardQuery({ board, period, around: null, limit: TOP }, me ?? "", after));
  const around = useQuery({
    ...boardQuery({ board, period, around: "me", limit: AROUND }, me ?? "", after),
    enabled: me !== null,
  });
  const again = (): void => {
    void top.refetch();
    if (me !== null) void around.refetch();
  };
  const { data } = top;
  if (data === undefined) return top.isError ? <Unread what="The board" onAgain={again} /> : <Waiting />;
  const onTop = me !== null && data.lines.some(({ player }) => player.id === me);
  return (
    <div className="page-section" aria-busy={top.isPlaceholderData}>
      <p className="text-ivory-dim">
        {WHAT[board]} {data.players > 0 && `${counted(data.players, "player")} on this board.`}
      </p>
      {data.lines.length === 0 ? (
        <Empty words={`Nobody has played ${period === "day" ? "today" : period === "week" ? "this week" : ""} yet.`}>
          <Link to="/" className="btn btn-brass">
            Be the first
          </Link>
        </Empty>
      ) : (
        <Lines board={board} lines={data.lines} me={me} label="The top" />
      )}
      {me !== null && !onTop && around.data !== undefined && data.lines.length > 0 && (
        <Around board={board} page={around.data} me={me} />
      )}
      {me !== null && (
        <p className="label">
          Rather not be seen? <Link to="/account">Hide yourself from the boards</Link>; you then see your own place, and
          nobody else does.
        </p>
      )}
      <LagLine lag={data.lag} behind={data.behind || around.data?.behind === true} onAgain={again} />
    </div>
  );
}

type AroundProps = { readonly board: Board; readonly page: BoardPage; readonly me: string };

function Around({ board, page, me }: AroundProps) {
  return (
    <section className="page-section" aria-labelledby="around-title">
      <h2 id="around-title">Around you</h2>
      {page.lines.length === 0 ? (
        <p className="text-ivory-dim">You are not on this board yet: it takes one finished round.</p>
      ) : (
        <Lines board={board} lines={page.lines} me={me} label="Around you" />
      )}
    </section>
  );
}

type LinesProps = {
  readonly board: Board;
  readonly lines: readonly Line[];
  readonly me: string | null;
  readonly label: string;
};

/** Equal values get equal ranks, marked as ties. */
function Lines({ board, lines, me, label }: LinesProps) {
  const tied = new Set(lines.filter((line, i) => line.rank === lines[i - 1]?.rank).map(({ rank }) => rank));
  return (
    <table
      className="sheet standings"
      aria-label={label}
      data-testid={label === "The top" ? "board-top" : "board-around"}
    >
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">Player</th>
          <th scope="col">{BOARD_WORDS.find(([name]) => name === board)?.[1]}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ rank, player, value }) => (
          <tr key={player.id} data-me={player.id === me || undefined}>
            <td className="standings-rank">
              {rank}
              {tied.has(rank) && <span className="standings-tie"> shared</span>}
            </td>
            <th scope="row">
              <Link to={player.id === me ? "/me" : `/players/${player.id}`} className="page-link">
                <Name>{player.name}</Name>
              </Link>
              {player.id === me && <span className="standings-you">you</span>}
            </th>
            <td className={board === "profit" ? (value > 0 ? "text-won" : value < 0 ? "text-lost" : "") : ""}>
              {board === "profit" ? signed(value) : amount(value)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
