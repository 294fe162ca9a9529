import { useParams } from "react-router";
import { useSession } from "../api/session.ts";
import { Arriving, Gate, useSitting } from "../table/gate.tsx";
import "../table/table.css";
import { useTitle } from "../ui/title.ts";
import { TableProvider } from "./context.tsx";
import "./roulette.css";
import "./wide.css";
import "./narrow.css";
import { ground } from "./flights.ts";
import { rouletteTable } from "./sitting.ts";
import { TableView } from "./table-view.tsx";

/** A roulette table. */
export default function RoulettePage() {
  const { id = "main" } = useParams();
  const session = useSession();
  const who = session.state === "here" ? session.player.id : session.state;
  useTitle(`Roulette \u00b7 Croupier`);
  if (session.state === "arriving") return <Arriving />;
  return <Seated key={`${id} ${who}`} id={id} />;
}

function Seated({ id }: { readonly id: string }) {
  const at = useSitting(rouletteTable, id, ground);
  if (at === null) return <Arriving />;
  return (
    <TableProvider value={at}>
      <Gate>
        <TableView />
      </Gate>
    </TableProvider>
  );
}
