import { Link } from "react-router";

/** Links to the pages besides the tables, for screens without the rail. */
const PAGES = [
  ["/me", "Your play"],
  ["/bets", "Your bets"],
  ["/boards", "Boards"],
  ["/architecture", "The house"],
  ["/health", "Health"],
] as const;

export function Pages({ onLeave }: { readonly onLeave?: () => void }) {
  return (
    <nav className="pages" aria-label="Beside the tables" data-testid="pages">
      {PAGES.map(([to, words]) => (
        <Link key={to} to={to} onClick={onLeave}>
          {words}
        </Link>
      ))}
    </nav>
  );
}
