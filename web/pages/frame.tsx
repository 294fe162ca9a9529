import type { ReactNode } from "react";
import { Link, NavLink } from "react-router";
import { useSession } from "../api/session.ts";
import { useTitle } from "../ui/title.ts";
import "./pages.css";
import { Name } from "../ui/name.tsx";

/** The pages in the navigation, besides the tables. */
const PAGES = [
  ["/me", "You"],
  ["/bets", "Bets"],
  ["/boards", "Boards"],
  ["/account", "Account"],
  ["/architecture", "House"],
  ["/health", "Health"],
] as const;

type Props = {
  readonly title: string;
  /** The title is a player's name or a placeholder for it. */
  readonly named?: boolean;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
};

export function PageFrame({ title, named = false, lead, children }: Props) {
  useTitle(`${title} \u00b7 Croupier`);
  return (
    <div className="page">
      <nav className="page-nav" aria-label="Pages">
        {PAGES.map(([to, words]) => (
          <NavLink key={to} to={to}>
            {words}
          </NavLink>
        ))}
      </nav>
      <header className="page-head">
        <h1>{named ? <Name>{title}</Name> : title}</h1>
        {lead !== undefined && <p>{lead}</p>}
      </header>
      {children}
    </div>
  );
}

/** For pages about the visitor: shows the content once the session is known. */
export function Signed({ children }: { readonly children: (player: string) => ReactNode }) {
  const session = useSession();
  if (session.state === "here") return children(session.player.id);
  if (session.state === "arriving") return <Waiting />;
  return (
    <Empty words="You are not logged in, so there is nothing of yours to show. Log in at the top right.">
      <Link to="/boards" className="btn">
        See the boards
      </Link>
    </Empty>
  );
}

export function Waiting({ words = "One moment" }: { readonly words?: string }) {
  return <p className="text-ivory-dim">{words} &hellip;</p>;
}

export function Empty({ words, children }: { readonly words: string; readonly children?: ReactNode }) {
  return (
    <div className="page-empty">
      <p>{words}</p>
      {children}
    </div>
  );
}

/** Shows that data could not be read, with a button to try again. */
export function Unread({ what, onAgain }: { readonly what: string; readonly onAgain: () => void }) {
  return (
    <Empty words={`${what} cannot be read just now. Your chips and the tables do not depend on it.`}>
      <button type="button" className="btn" onClick={onAgain}>
        Try again
      </button>
    </Empty>
  );
}
