import { useEffect } from "react";
import { Link, useLocation } from "react-router";
import { announce } from "../ui/announce.tsx";
import { titleOf } from "../games.ts";
import { pathOf, roomOf } from "../ui/rooms.ts";
import { useTurn } from "../ui/turn.ts";

/** Tells a player on another page that it is their turn at a table, with a link back. */
export function YourTurn() {
  const room = useTurn();
  const { pathname } = useLocation();
  const place = room === null ? null : roomOf(room);
  const away = place !== null && pathname !== pathOf(place);
  const table = place === null ? "" : titleOf(place);
  useEffect(() => {
    if (away) announce(`It is your turn at ${table}.`);
  }, [away, table]);
  if (place === null || !away) return null;
  return (
    <div className="standing your-turn" role="status" data-testid="your-turn">
      <p>It is your turn at {table}.</p>
      <Link to={pathOf(place)} className="btn btn-brass">
        To your table
      </Link>
    </div>
  );
}
