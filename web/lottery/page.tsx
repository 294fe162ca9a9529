import { useParams } from "react-router";
import { useSession } from "../api/session.ts";
import { Arriving, Gate, useSitting } from "../table/gate.tsx";
import "../table/table.css";
import { useTitle } from "../ui/title.ts";
import { TableProvider } from "./context.tsx";
import { Hall } from "./hall.tsx";
import "./lottery.css";
import { lotteryTable } from "./sitting.ts";

/** A lottery's room. */
export default function LotteryPage() {
  const { id = "main" } = useParams();
  const session = useSession();
  const who = session.state === "here" ? session.player.id : session.state;
  useTitle(`Lottery \u00b7 Croupier`);
  if (session.state === "arriving") return <Arriving />;
  return <Seated key={`${id} ${who}`} id={id} />;
}

function Seated({ id }: { readonly id: string }) {
  const at = useSitting(lotteryTable, id);
  if (at === null) return <Arriving />;
  return (
    <TableProvider value={at}>
      <Gate>
        <Hall />
      </Gate>
    </TableProvider>
  );
}
