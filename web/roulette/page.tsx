import { useEffect, useMemo, useState } from "react";
import { Link as RouteLink, useParams } from "react-router";
import { useSession } from "../api/session.ts";
import { useTitle } from "../ui/title.ts";
import { TableContext, useTable } from "./context.tsx";
import "./roulette.css";
import "./wide.css";
import "./narrow.css";
import { ground } from "./flights.ts";
import { rise, sit, type TableLink, type TableState } from "./sitting.ts";
import { TableView } from "./table-view.tsx";

/** A roulette table. */
export default function RoulettePage() {
  const { id = "main" } = useParams();
  const session = useSession();
  const who = session.state === "here" ? session.player.id : session.state;
  useTitle(`Roulette \u00b7 Croupier`);
  if (session.state === "arriving") return <Arriving words="Taking you to the table" />;
  return <Seated key={`${id} ${who}`} id={id} />;
}

function Seated({ id }: { readonly id: string }) {
  const [link, setLink] = useState<TableLink | null>(null);
  useEffect(() => {
    const here = sit(id);
    setLink(here);
    return () => {
      ground();
      rise(here);
    };
  }, [id]);
  const context = useMemo(() => (link === null ? null : { link, room: `roulette:${id}` }), [link, id]);
  if (context === null) return <Arriving words="Taking you to the table" />;
  return (
    <TableContext value={context}>
      <Door />
    </TableContext>
  );
}

function Door() {
  const ended = useTable((state) => state.ended);
  const known = useTable((state) => state.known !== null);
  if (ended !== null && ended !== "replaced") return <Ended why={ended} />;
  return known ? <TableView /> : <Arriving words="Taking you to the table" />;
}

function Arriving({ words }: { readonly words: string }) {
  return (
    <div className="table-wait">
      <p className="font-display text-2xl">{words} &hellip;</p>
    </div>
  );
}

function Ended({ why }: { readonly why: Exclude<NonNullable<TableState["ended"]>, "replaced"> }) {
  return (
    <div className="table-wait">
      <h1 className="text-3xl">{why === "missing" ? "There is no such table" : "The house has moved on"}</h1>
      <p className="mt-2 mb-6 text-ivory-dim">
        {why === "missing"
          ? "It may have been a private one that was closed."
          : "This page is older than the table. Load it again."}
      </p>
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
