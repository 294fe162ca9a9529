import { Link, useLocation } from "react-router";
import { useMoney, type Place } from "../api/wallet.ts";
import { Mark } from "../ui/mark.tsx";
import { Count } from "../ui/count.tsx";
import { titleOf } from "../games.ts";
import { pathOf, roomOf, roomPath } from "../ui/rooms.ts";
import { AccountMenu } from "./account.tsx";
import { ConnectionState } from "./connection.tsx";
import { SoundSwitch } from "./sound-switch.tsx";

/** The header of every page: logo, money, connection, and account. */
export function Header() {
  return (
    <header className="header">
      <Link to="/" className="flex min-h-11 items-center gap-3 rounded-md" aria-label="Croupier, to the tables">
        <Mark size={34} />
        <span translate="no" className="hidden font-display text-[1.6rem] leading-none tracking-[0.01em] sm:inline">
          Croupier
        </span>
      </Link>
      <Purse />
      <div className="flex items-center gap-1 sm:gap-2">
        <ConnectionState />
        <SoundSwitch />
        <AccountMenu />
      </div>
    </header>
  );
}

function Purse() {
  const { balance, inPlay, places, atHand } = useMoney();
  const { pathname } = useLocation();
  const atTable = pathname.startsWith("/rooms/");
  const elsewhere = places.find(({ room }) => roomPath(room) !== pathname);
  return (
    <dl className="purse" data-purse data-three={(atTable && atHand !== null) || undefined}>
      <div>
        <dt>Balance</dt>
        <dd className="text-ivory">
          <Count value={balance} testId="balance" />
        </dd>
      </div>
      <div title="Chips that lie at tables: on the table, and in your purse there">
        <dt>
          {elsewhere === undefined ? (
            places.length === 0 ? (
              "In play"
            ) : (
              "At this table"
            )
          ) : (
            <Seated place={elsewhere} tables={places.length} />
          )}
        </dt>
        <dd className="text-brass-bright">
          <Count value={inPlay} testId="in-play" />
        </dd>
      </div>
      {atTable && atHand !== null && (
        <div title="What you can stake here: your balance and your purse at this table">
          <dt>At hand</dt>
          <dd>
            <Count value={atHand} testId="at-hand" />
          </dd>
        </div>
      )}
    </dl>
  );
}

/** A link back to the table where the player has chips. */
function Seated({ place: { room }, tables }: { readonly place: Place; readonly tables: number }) {
  const place = roomOf(room);
  const table = titleOf(place);
  return (
    <Link to={pathOf(place)} className="purse-way" data-testid="your-table" title={`To your table: ${table}`}>
      {tables > 1 ? `At ${tables} tables` : `At ${table}`}
    </Link>
  );
}
