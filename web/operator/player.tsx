import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { ApiError } from "../../src/client/errors.ts";
import { Empty, Waiting } from "../pages/frame.tsx";
import { amount, moment, signed } from "../ui/format.ts";
import { ask } from "./desk.ts";
import { Notes } from "./notes.tsx";
import { Bar, Unread } from "./parts.tsx";
import { player, type Player } from "./shapes.ts";
import { TransferForm } from "./transfer.tsx";

/** One player: identity, chips, rooms, and transfers. */
export function PlayerSheet() {
  const { id = "" } = useParams();
  const query = useQuery({
    queryKey: ["operator", "player", id],
    queryFn: async () => ask("GET /api/operator/players/{id}", player, { path: { id } }),
  });
  const again = (): void => void query.refetch();
  const nobody = query.error instanceof ApiError && query.error.code === "unknown_player";
  return (
    <section className="page-section" data-testid="operator-player">
      <Bar title={query.data?.username ?? "Player"} at={query.dataUpdatedAt} busy={query.isFetching} onAgain={again} />
      {query.isPending && <Waiting words="Asking for the player" />}
      {nobody && <Empty words="There is no such player. Look at the name or the id again." />}
      {query.isError && !nobody && <Unread error={query.error} onAgain={again} />}
      {query.data !== undefined && <Sheet who={query.data} />}
    </section>
  );
}

function Sheet({ who }: { readonly who: Player }) {
  const inPlay = who.rooms.reduce((sum, { purse, held }) => sum + (purse ?? 0) + (held ?? 0), 0);
  return (
    <>
      <p className="label numerals wrap-anywhere">
        {who.guest ? "A guest" : "Registered"}, id {who.id}, since {moment(who.createdAt)}
        {who.hidden && "; hidden from boards by their own choice"}
      </p>
      <dl className="tiles desk-pair numerals">
        <div className="tile">
          <dt>In the wallet</dt>
          <dd data-testid="player-available">{amount(who.available)}</dd>
        </div>
        <div className="tile">
          <dt>At tables</dt>
          <dd>{amount(inPlay)}</dd>
        </div>
      </dl>
      {who.rooms.length > 0 && (
        <ul className="desk-list">
          {who.rooms.map(({ room, purse, held }) => (
            <li key={room} className="desk-line numerals">
              <Link className="page-link" to={`/operator/rooms/${room.replace(":", "/")}`}>
                {room}
              </Link>
              <span>
                {purse === null || held === null
                  ? "does not answer"
                  : `${amount(purse)} in the purse, ${amount(held)} in play`}
              </span>
            </li>
          ))}
        </ul>
      )}
      <TransferForm who={who} />
      <Notes who={who} />
      <section className="page-section">
        <h2>Statement</h2>
        <ul className="desk-list" data-testid="player-entries">
          {who.entries.map((entry) => (
            <li key={entry.n} className="desk-line numerals">
              <span className="min-w-0">
                {entry.kind}
                {entry.room !== null && ` ${entry.room}`}
                <span className="label block wrap-anywhere">
                  {moment(entry.at)}
                  {entry.transfer !== null && `, ${entry.transfer}`}
                </span>
              </span>
              <span className="text-right">
                {signed(entry.amount)}
                <span className="label block">{amount(entry.balance)}</span>
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
