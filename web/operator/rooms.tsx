import { useInfiniteQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { Link } from "react-router";
import { Waiting } from "../pages/frame.tsx";
import { useNow } from "../pages/now.ts";
import { ago, counted } from "../pages/words.ts";
import { gameName } from "../games.ts";
import { ask } from "./desk.ts";
import { Orders } from "./orders.tsx";
import { Bar, Unread } from "./parts.tsx";
import { rooms, type Room } from "./shapes.ts";
import { Status } from "./status.tsx";

/** All rooms, private ones too, by their latest reports. No room is woken. */
export function RoomList() {
  const query = useInfiniteQuery({
    queryKey: ["operator", "rooms"],
    queryFn: async ({ pageParam: cursor }) => ask("GET /api/operator/rooms", rooms, { query: { cursor } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const again = (): void => void query.refetch();
  const all = query.data?.pages.flatMap((page) => page.rooms) ?? [];
  return (
    <section className="page-section">
      <Bar title="Rooms" at={query.dataUpdatedAt} busy={query.isFetching} onAgain={again} />
      {query.isPending && <Waiting words="Asking the directory" />}
      {query.isError && all.length === 0 && <Unread error={query.error} onAgain={again} />}
      <ul className="desk-list" data-testid="operator-rooms">
        {all.map((room) => (
          <RoomLine key={`${room.game}:${room.id}`} room={room} />
        ))}
      </ul>
      {query.hasNextPage && (
        <button type="button" className="btn self-start" onClick={() => void query.fetchNextPage()}>
          More rooms
        </button>
      )}
    </section>
  );
}

function RoomLine({ room }: { readonly room: Room }) {
  const now = useNow(5_000);
  const { game, id, summary, online, status, reportedAt } = room;
  return (
    <li className="desk-line" data-testid={`operator-room-${game}:${id}`}>
      <div className="min-w-0">
        <Link to={`/operator/rooms/${game}/${id}`} className="page-link">
          {gameName(game)} <span className="numerals">{id}</span>
          {room.private && <Lock size={16} aria-label="private" />}
        </Link>
        <p className="label numerals">
          {summary.phase.replaceAll("_", " ")}, {counted(online, "visitor")}, {counted(summary.players, "player")}.{" "}
          {reportedAt === null ? "Nobody has played here yet." : `Told ${ago(reportedAt, now)}.`}
        </p>
      </div>
      <Status status={status} />
      <Orders room={{ game, id }} status={status} round={summary.round} />
    </li>
  );
}
