import { useParams } from "react-router";
import { useSession } from "../api/session.ts";
import { Arriving, Gate, useSitting } from "../table/gate.tsx";
import "../table/table.css";
import { useTitle } from "../ui/title.ts";
import { TableProvider } from "./context.tsx";
import "./crash.css";
import "./desk.css";
import { LobbyView } from "./lobby-view.tsx";
import { crashTable } from "./sitting.ts";

/** A crash lobby. */
export default function CrashPage() {
  const { id = "main" } = useParams();
  const session = useSession();
  const who = session.state === "here" ? session.player.id : session.state;
  useTitle(`Crash \u00b7 Croupier`);
  if (session.state === "arriving") return <Arriving />;
  return <Seated key={`${id} ${who}`} id={id} />;
}

function Seated({ id }: { readonly id: string }) {
  const at = useSitting(crashTable, id);
  if (at === null) return <Arriving />;
  return (
    <TableProvider value={at}>
      <Gate>
        <LobbyView />
      </Gate>
    </TableProvider>
  );
}
