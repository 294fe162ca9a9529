import { useEffect, useMemo, useState, type ReactNode } from "react";
import { Link as RouteLink } from "react-router";
import { useGate, type At } from "./context.tsx";
import type { Sitter } from "./sitting.ts";

/** Opens the player's connection to a table. `onLeave` is called when the page is left; the seat is kept a while longer. */
export function useSitting<L>({ game, sit, leave }: Sitter<L>, id: string, onLeave?: (link: L) => void): At<L> | null {
  const [link, setLink] = useState<L | null>(null);
  useEffect(() => {
    const here = sit(id);
    setLink(here);
    return () => {
      onLeave?.(here);
      leave(here);
    };
  }, [id, sit, leave, onLeave]);
  return useMemo(() => (link === null ? null : { link, room: `${game}:${id}` }), [link, game, id]);
}

/** Shows the table once its state is known, or why it cannot be shown. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const { ended, known } = useGate();
  if (ended !== null && ended !== "replaced") return <Ended why={ended} />;
  return known ? children : <Arriving />;
}

export function Arriving() {
  return (
    <div className="table-wait">
      <p className="font-display text-2xl">Taking you to the table &hellip;</p>
    </div>
  );
}

const ENDINGS = {
  missing: {
    title: "There is no such table for you",
    words:
      "Nobody has opened a table of this name, it was closed, or it is private. A private table opens by its invitation: ask whoever made it for the link.",
  },
  outdated: { title: "The house has moved on", words: "This page is older than the table. Load it again." },
  signed_out: { title: "You are signed out", words: "This session was ended. Load the page to come in again." },
} as const;

function Ended({ why }: { readonly why: keyof typeof ENDINGS }) {
  const { title, words } = ENDINGS[why];
  return (
    <div className="table-wait" data-testid="ended" data-why={why}>
      <h1 className="text-3xl">{title}</h1>
      <p className="mx-auto mt-2 mb-6 max-w-120 text-ivory-dim">{words}</p>
      {why === "missing" ? (
        <RouteLink to="/" className="btn btn-brass">
          To the tables
        </RouteLink>
      ) : (
        <button type="button" className="btn btn-brass" onClick={() => location.reload()}>
          Load again
        </button>
      )}
    </div>
  );
}
