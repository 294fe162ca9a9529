import { useState } from "react";
import { Link } from "react-router";
import type { Outcome } from "../../../rooms/lottery/check.ts";
import { startsOf } from "../../../rooms/lottery/tickets.ts";
import { usePlayer } from "../../api/session.ts";
import { amount } from "../../ui/format.ts";
import { useNames } from "../../rounds/parts.tsx";
import { numbersOf } from "./account.ts";
import { Name } from "../../ui/name.tsx";

/** Lines shown before "show all" is pressed. */
const LINES_MAX = 20;

/** All tickets in order, each with its own link. The visitor's and the winning ones are marked. */
export function Tickets({ outcome, chosen }: { readonly outcome: Outcome; readonly chosen: number | null }) {
  const me = usePlayer()?.id ?? null;
  const nameOf = useNames();
  const [all, setAll] = useState(false);
  const { tickets, ticket: won } = outcome;
  if (tickets.length === 0) return null;
  const starts = startsOf(tickets);
  const lines = tickets.map((ticket, place) => ({ ...ticket, place, start: starts[place] ?? 0 }));
  // The winning ticket and the visitor's come first, the rest in the order of the tree.
  const first = ({ place, player }: (typeof lines)[number]): number => (place === won ? 0 : player === me ? 1 : 2);
  const sorted = lines.toSorted((a, b) => first(a) - first(b) || a.place - b.place);
  const shown = all ? sorted : sorted.slice(0, LINES_MAX);
  return (
    <section className="round-plain">
      <h2>The tickets</h2>
      <ul className="bets" aria-label="All tickets of this draw">
        {shown.map(({ place, player, start, stake, weight }) => (
          <li
            key={place}
            className="bets-line"
            data-chosen={place === chosen || undefined}
            data-mine={player === me || undefined}
            data-testid={`ticket-${place}`}
          >
            <Link
              to={`?ticket=${place}`}
              replace
              preventScrollReset
              className="bets-who"
              aria-current={place === chosen || undefined}
              title="The link to this ticket"
            >
              <Name>{nameOf(player)}</Name>
              <span className="label numerals">#{amount(place)}</span>
            </Link>
            <span className="bets-story numerals">
              {amount(stake)} staked, numbers {numbersOf(start, weight)}
            </span>
            <span className={place === won ? "bets-paid text-won" : "bets-paid"}>
              {place === won ? "\u25b2 won" : ""}
            </span>
          </li>
        ))}
      </ul>
      {shown.length < tickets.length && (
        <button type="button" className="btn justify-self-start" onClick={() => setAll(true)}>
          Show all {amount(tickets.length)} tickets
        </button>
      )}
    </section>
  );
}
