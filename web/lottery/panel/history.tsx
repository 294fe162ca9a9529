import { Link } from "react-router";
import { useAnyTable, useYou } from "../../table/context.tsx";
import { amount, signed, time } from "../../ui/format.ts";
import { useWho } from "../names.ts";
import { usePast } from "../stage.tsx";
import { counted } from "../words.ts";
import { Name } from "../../ui/name.tsx";
import { roundPath } from "../../ui/rooms.ts";

/** The last fifty draws with links to their proofs. The visitor's own wins have a sign and a shape of their own. */
export function HistoryTab() {
  const { room } = useAnyTable();
  const history = usePast();
  const you = useYou();
  const who = useWho();
  if (history.length === 0) return <p className="empty">No draw yet. The tickets of a few players make the first.</p>;
  return (
    <ul className="rounds" aria-label="Newest first">
      {history.map(({ draw, at, players, tickets, prize, player }) => {
        const won = player === you;
        return (
          <li key={draw} data-testid={`draw-${draw}`} data-won={won || undefined}>
            <Link to={roundPath(room, draw)}>
              <span translate="no" className={won ? "draw-face draw-won numerals" : "draw-face numerals"}>
                {amount(draw)}
              </span>
              <span className="min-w-0 flex-1">
                {won ? (
                  <span className="block truncate">You won</span>
                ) : (
                  <Name className="block truncate">{who(player)}</Name>
                )}
                <span className="label block numerals">
                  {time(at)} &middot; {counted(players, "player")}, {counted(tickets, "ticket")}
                </span>
              </span>
              <span className={won ? "numerals text-won" : "numerals text-ivory-dim"}>
                {won && <span aria-hidden="true">&#9650; </span>}
                {won ? signed(prize) : amount(prize)}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
