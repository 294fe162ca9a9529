import { Lock } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import type { RoomLine } from "../api/shapes.ts";
import { Dialog } from "../ui/dialog.tsx";
import { amount } from "../ui/format.ts";
import type { Look } from "../game.ts";
import { titleOf, webGames } from "../games.ts";
import { pathOf } from "../ui/rooms.ts";

const Invitation = lazy(() => import("./invitation.tsx"));

/** For games that this page does not know. */
const PLAIN: Look = { art: null, words: null, results: null };

/** A table's card: its state, its limits, and the latest results. */
export function RoomCard({ room, featured = false }: { readonly room: RoomLine; readonly featured?: boolean }) {
  const { summary, online, status } = room;
  const card = webGames.get(room.game)?.card;
  const { art, words, results, facts = [] } = card?.look(room, featured) ?? PLAIN;
  return (
    <article className={featured ? "lobby-hero" : "lobby-card"} data-testid={`room-${room.game}:${room.id}`}>
      {art !== null && <Suspense>{art}</Suspense>}
      <div className="lobby-words">
        <p className="lobby-phase">
          <span className={`phase-dot phase-${summary.phase}`} aria-hidden="true" />
          {status === "running" ? (card?.phases[summary.phase] ?? "In play") : "The table is resting"}
        </p>
        <h2>
          <Link to={pathOf(room)} className="lobby-link">
            {titleOf(room)}
          </Link>
        </h2>
        {words !== null && <p className="text-ivory-dim">{words}</p>}
        <dl className="lobby-facts numerals">
          <div>
            <dt>Here now</dt>
            <dd>{online === 0 ? "Nobody yet" : amount(online)}</dd>
          </div>
          {summary.maxStake > 0 && (
            <div>
              <dt>{card?.takes ?? "A round takes"}</dt>
              <dd>
                {amount(summary.minStake)} to {amount(summary.maxStake)}
              </dd>
            </div>
          )}
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {results}
        {room.private && <Private room={room} />}
        {featured && (
          <span className="btn btn-brass mt-6 self-start" aria-hidden="true">
            Take a seat
          </span>
        )}
      </div>
    </article>
  );
}

/** Shows the invitation again to the player who made the room. */
function Private({ room }: { readonly room: RoomLine }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="btn btn-bare lobby-private"
        data-testid={`invite-${room.game}:${room.id}`}
        onClick={() => setOpen(true)}
      >
        <Lock size={16} aria-hidden="true" />
        Private, by invitation
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={titleOf(room)}>
        <Suspense>
          <Invitation room={room} />
        </Suspense>
      </Dialog>
    </>
  );
}
