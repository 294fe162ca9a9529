import { Link } from "react-router";

/** The pages beside the tables, for where there is no rail. */
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
