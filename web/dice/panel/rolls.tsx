import { Link } from "react-router";
import { useAnyTable, useRound, useYou } from "../../table/context.tsx";
import { useNames } from "../../table/people.tsx";
import { Net } from "../../table/past.tsx";
import { amount as words } from "../../ui/format.ts";
import { Name } from "../../ui/name.tsx";
import { roundPath } from "../../ui/rooms.ts";
import { useSeat, useView, type Shown } from "../context.tsx";
import { Pill } from "../pills.tsx";
import { betWords } from "../words.ts";

/** The visitor's own last rolls, and everyone's. */
export function RollsTab() {
  const mine = useSeat()?.last ?? [];
  const all = useView((view) => view.last);
  return (
    <div className="flex flex-col gap-6">
      {mine.length > 0 && (
        <section>
          <h3 className="panel-sub">Your last rolls</h3>
          <Rolls rolls={mine} />
        </section>
      )}
      <section>
        <h3 className="panel-sub">Everybody&rsquo;s</h3>
        {all.length === 0 ? (
          <p className="empty">Nobody has rolled yet. Yours may be the first.</p>
        ) : (
          <Rolls rolls={all} named />
        )}
      </section>
    </div>
  );
}

function Rolls({ rolls, named = false }: { readonly rolls: readonly Shown[]; readonly named?: boolean }) {
  const { room } = useAnyTable();
  const open = useRound();
  const you = useYou();
  const names = useNames();
  return (
    <ul className="dice-rolls numerals" data-testid={named ? "all-rolls" : "my-rolls"}>
      {rolls.map((one) => (
        <li key={`${one.round} ${one.nonce}`}>
          <Pill roll={one} />
          <span className="dice-what">
            {named && <Name className="block truncate">{one.player === you ? "You" : names(one.player)}</Name>}
            <span className="label block">
              {words(one.amount)} {betWords(one)}
            </span>
          </span>
          <Net net={one.payout - one.amount} />
          {one.round < open ? (
            <Link
              className="page-link"
              to={`${roundPath(room, one.round)}?roll=${one.nonce}`}
              aria-label={`Check roll ${one.nonce} of round ${one.round}`}
            >
              Check
            </Link>
          ) : (
            <span className="label">sealed</span>
          )}
        </li>
      ))}
    </ul>
  );
}
