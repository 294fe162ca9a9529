import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useParams } from "react-router";
import { Waiting } from "../pages/frame.tsx";
import { useNow } from "../pages/now.ts";
import { ago, clock, counted, span } from "../pages/words.ts";
import { amount, signed } from "../ui/format.ts";
import { gameName } from "../games.ts";
import { ask } from "./desk.ts";
import { Orders } from "./orders.tsx";
import { Bar, Raw, Unread } from "./parts.tsx";
import { inspection, type Inspection } from "./shapes.ts";
import { Status } from "./status.tsx";
import { Tail } from "./tail.tsx";

/** The inside of one room, without secrets of the current round. */
export function RoomSheet() {
  const { game = "", id = "" } = useParams();
  const query = useQuery({
    queryKey: ["operator", "room", `${game}:${id}`],
    queryFn: async () => ask("GET /api/operator/rooms/{game}/{id}", inspection, { path: { game, id } }),
  });
  const again = (): void => void query.refetch();
  return (
    <section className="page-section" data-testid="operator-room">
      <Bar title={`${gameName(game)} ${id}`} at={query.dataUpdatedAt} busy={query.isFetching} onAgain={again} />
      {query.isPending && <Waiting words="Asking the room" />}
      {query.isError && <Unread error={query.error} onAgain={again} />}
      {query.data !== undefined && (
        <>
          <div className="page-row">
            <Status status={query.data.status} />
            <Orders room={{ game, id }} status={query.data.status} round={query.data.round.n} />
          </div>
          <Sheet room={query.data} />
        </>
      )}
    </section>
  );
}

function Sheet({ room }: { readonly room: Inspection }) {
  const now = useNow();
  const { round, purses, outbox, snapshot, sizes, transfers, deadline } = room;
  return (
    <>
      <dl className="tiles numerals">
        <Tile words={`Round ${amount(round.n)}`} big={round.phase.replaceAll("_", " ")}>
          {round.startedAt === null ? "not begun" : `since ${clock(round.startedAt)}`}, {counted(round.words, "word")}{" "}
          for the draw
        </Tile>
        <Tile words="Next" big={deadline === null ? "\u2013" : deadline.name}>
          {deadline !== null &&
            (deadline.at > now ? `in ${span(deadline.at - now)}` : `was due ${ago(deadline.at, now)}`)}
          {room.secretDeadline && " and something that nobody may know yet"}
        </Tile>
        <Tile words="In purses" big={amount(purses.chips)}>
          {counted(purses.count, "purse")}, {purses.leaving} on the way home
        </Tile>
        <Tile words="In the game&rsquo;s hands" big={amount(purses.held)}>
          {counted(room.online, "visitor")} here
        </Tile>
        <Tile words="The house" big={signed(room.house)}>
          won here since the room began
        </Tile>
        <Tile words="Outbox" big={amount(outbox.waiting)}>
          {outbox.parked} parked{outbox.oldestAt !== null && `, the oldest ${ago(outbox.oldestAt, now)}`}
        </Tile>
      </dl>
      <p className="label numerals">
        Event {amount(room.seq)} of epoch {room.epoch}, rules {room.version}. {amount(sizes.journal)} journal rows,{" "}
        {snapshot === null
          ? "no snapshot yet"
          : `a snapshot at event ${amount(snapshot.seq)}, ${ago(snapshot.at, now)}`}
        ; {amount(Math.ceil(sizes.bytes / 1_024))} KB in all.
      </p>
      {transfers.length > 0 && (
        <section className="page-section">
          <h2>Transfers without an answer</h2>
          <ul className="desk-list">
            {transfers.map(({ id, player, kind, amount: chips }) => (
              <li key={id} className="desk-line numerals">
                <span className="min-w-0 wrap-anywhere">
                  {kind} of {player}
                </span>
                <span>{amount(chips)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Tail events={room.tail} />
      <Raw words="The public view, as data" value={room.view} />
    </>
  );
}

type TileProps = { readonly words: string; readonly big: string; readonly children: ReactNode };

function Tile({ words, big, children }: TileProps) {
  return (
    <div className="tile">
      <dt>{words}</dt>
      <dd>
        {big}
        <small>{children}</small>
      </dd>
    </div>
  );
}
