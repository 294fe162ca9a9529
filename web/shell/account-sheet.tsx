import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { ApiError } from "../api/client.ts";
import { logOut } from "../api/session.ts";
import type { Player } from "../api/shapes.ts";
import { drawFaucet, useMoney } from "../api/wallet.ts";
import { amount, until } from "../ui/format.ts";
import { useRest } from "../ui/rest.ts";
import { titleOf } from "../games.ts";
import { roomOf, roomPath } from "../ui/rooms.ts";
import { setSound, useSound } from "../ui/sound.ts";
import { Pages } from "./pages.tsx";

const Statement = lazy(() => import("./statement.tsx"));

type Props = {
  readonly player: Player;
  readonly onSignUp: () => void;
  readonly onLogIn: () => void;
  readonly onDone: () => void;
};

export function AccountSheet({ player, onSignUp, onLogIn, onDone }: Props) {
  const { balance, inPlay, places } = useMoney();
  const sound = useSound();
  return (
    <div className="flex flex-col gap-6">
      <p className="text-ivory-dim">
        {player.guest
          ? "You play as a guest: whoever stays away for long, or clears this browser, loses these chips. Sign up, and they stay yours on every device."
          : "Chips here are play money: they cannot be bought, and they buy nothing."}
      </p>
      <dl className="flex gap-10">
        <Sum label="Balance" value={balance ?? 0} />
        <Sum label="In play" value={inPlay} />
      </dl>
      {places.length > 0 && (
        <ul aria-label="Where it lies" data-testid="places">
          {places.map(({ room, amount: chips }) => (
            <li key={room}>
              <Link to={roomPath(room)} className="statement-link numerals" onClick={onDone}>
                {amount(chips)} at {titleOf(roomOf(room))}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Faucet />
      <label className="flex min-h-11 items-center justify-between gap-4">
        <span>Table sounds</span>
        <input
          type="checkbox"
          className="switch"
          checked={sound}
          onChange={(event) => setSound(event.target.checked)}
        />
      </label>
      <Book onLeave={onDone} />
      <Pages onLeave={onDone} />
      <Link to="/account" className="btn self-start" data-testid="account-page" onClick={onDone}>
        Account and limits
      </Link>
      {player.guest ? (
        <div className="flex flex-wrap gap-3">
          <button type="button" className="btn btn-brass flex-1" data-testid="signup-open-sheet" onClick={onSignUp}>
            Sign up
          </button>
          <button type="button" className="btn flex-1" onClick={onLogIn}>
            I have a name
          </button>
        </div>
      ) : (
        <LogOut onDone={onDone} />
      )}
    </div>
  );
}

function Sum({ label, value }: { readonly label: string; readonly value: number }) {
  return (
    <div>
      <dt className="label">{label}</dt>
      <dd className="numerals font-display text-2xl" translate="no">
        {amount(value)}
      </dd>
    </div>
  );
}

/** The statement, shown on request. */
function Book({ onLeave }: { readonly onLeave: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      <button
        type="button"
        className="btn self-start"
        aria-expanded={open}
        data-testid="statement-open"
        onClick={() => setOpen(!open)}
      >
        Statement
      </button>
      {open && (
        <Suspense>
          <Statement onLeave={onLeave} />
        </Suspense>
      )}
    </div>
  );
}

/** The faucet: more play money after a cool-down. */
export function Faucet() {
  const [line, setLine] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const draw = async (): Promise<void> => {
    setBusy(true);
    try {
      const { amount: got, nextAt } = await drawFaucet();
      setLine(`${amount(got)} chips are yours. The next are ready ${until(nextAt, Date.now())}.`);
    } catch (error) {
      const nextAt = error instanceof ApiError ? error.nextAt : null;
      const words = error instanceof Error ? error.message : "That did not work. Nothing was changed.";
      setLine(nextAt === null ? words : `You have had yours for now. More is ready ${until(nextAt, Date.now())}.`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <button type="button" className="btn self-start" disabled={busy} onClick={() => void draw()} data-testid="faucet">
        Take fresh chips
      </button>
      <p role="status" className="label empty:hidden">
        {line}
      </p>
    </div>
  );
}

/** Logs out. With chips at a table it asks for confirmation. */
function LogOut({ onDone }: { readonly onDone: () => void }) {
  const { inPlay } = useMoney();
  const [error, setError] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ readonly everywhere: boolean } | null>(null);
  const { attrs } = useRest(String(asked !== null));
  const leave = (everywhere: boolean): void => {
    logOut(everywhere).then(onDone, (cause: unknown) => {
      setError(cause instanceof Error ? cause.message : "That did not work.");
    });
  };
  const signOut = (everywhere: boolean): void => (inPlay > 0 ? setAsked({ everywhere }) : leave(everywhere));
  return (
    <div className="flex flex-col gap-2" {...attrs}>
      {asked === null ? (
        <div className="flex flex-wrap gap-3">
          <button type="button" className="btn" onClick={() => signOut(false)}>
            Log out
          </button>
          <button type="button" className="btn btn-bare" onClick={() => signOut(true)}>
            Log out everywhere
          </button>
        </div>
      ) : (
        <>
          <p>
            {amount(inPlay)} chips of yours are in play. What is on a table is played to its end without you, a hand of
            cards is folded, and what is left comes home.
          </p>
          <div className="flex flex-wrap gap-3">
            <button type="button" className="btn" data-testid="log-out-sure" onClick={() => leave(asked.everywhere)}>
              Log out all the same
            </button>
            <button type="button" className="btn btn-bare" onClick={() => setAsked(null)}>
              Stay
            </button>
          </div>
        </>
      )}
      {error !== null && <p role="alert">{error}</p>}
    </div>
  );
}
