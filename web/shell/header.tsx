import { Link, useLocation } from "react-router";
import { useMoney } from "../api/wallet.ts";
import { Mark } from "../ui/mark.tsx";
import { Count } from "../ui/count.tsx";
import { AccountMenu } from "./account.tsx";
import { ConnectionState } from "./connection.tsx";
import { SoundSwitch } from "./sound-switch.tsx";

/** Always there: the house, the money, the connection, and who you are. */
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
  const { balance, inPlay, atHand } = useMoney();
  const atTable = useLocation().pathname.startsWith("/rooms/");
  return (
    <dl className="purse" data-purse>
      <div>
        <dt>Balance</dt>
        <dd className="text-ivory">
          <Count value={balance} testId="balance" />
        </dd>
      </div>
      <div>
        <dt>In play</dt>
        <dd className="text-brass-bright">
          <Count value={inPlay} testId="in-play" />
        </dd>
      </div>
      {atTable && atHand !== null && (
        <div className="hidden md:block" title="What you can stake here: your balance and your purse at this table">
          <dt>At hand</dt>
          <dd>
            <Count value={atHand} testId="at-hand" />
          </dd>
        </div>
      )}
    </dl>
  );
}
