import { useParams } from "react-router";
import { useSession } from "../api/session.ts";
import { Arriving, Gate, useSitting } from "../table/gate.tsx";
import "../table/table.css";
import { useTitle } from "../ui/title.ts";
import "./cards.css";
import { TableProvider } from "./context.tsx";
import "./poker.css";
import "./act.css";
import { pokerTable, stepAway } from "./sitting.ts";
import { TableView } from "./table-view.tsx";

/** A poker table. */
export default function PokerPage() {
  const { id = "main" } = useParams();
  const session = useSession();
  const who = session.state === "here" ? session.player.id : session.state;
  useTitle("Hold\u2019em \u00b7 Croupier");
  if (session.state === "arriving") return <Arriving />;
  return <Seated key={`${id} ${who}`} id={id} />;
}

function Seated({ id }: { readonly id: string }) {
  const at = useSitting(pokerTable, id, stepAway);
  if (at === null) return <Arriving />;
  return (
    <TableProvider value={at}>
      <Gate>
        <TableView />
      </Gate>
    </TableProvider>
  );
}
