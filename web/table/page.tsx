import type { ComponentType, ReactNode } from "react";
import { useParams } from "react-router";
import { useSession } from "../api/session.ts";
import { useTitle } from "../ui/title.ts";
import type { At } from "./context.tsx";
import { Arriving, Gate, useSitting } from "./gate.tsx";
import type { Sitter } from "./sitting.ts";
import "./table.css";

export type TablePage<L> = {
  /** The window's title. */
  readonly title: string;
  readonly table: Sitter<L>;
  /** Called when the page is left; the seat is kept a while longer. */
  readonly onLeave?: (link: L) => void;
  readonly Provider: ComponentType<{ readonly value: At<L>; readonly children: ReactNode }>;
  readonly View: ComponentType;
};

/** Makes the page of a game's tables. The visitor gets a session first, then a connection to the table in the address. */
export function tablePage<L>({ title, table, onLeave, Provider, View }: TablePage<L>): ComponentType {
  function Seated({ id }: { readonly id: string }) {
    const at = useSitting(table, id, onLeave);
    if (at === null) return <Arriving />;
    return (
      <Provider value={at}>
        <Gate>
          <View />
        </Gate>
      </Provider>
    );
  }
  return function Page() {
    const { id = "main" } = useParams();
    const session = useSession();
    const who = session.state === "here" ? session.player.id : session.state;
    useTitle(`${title} \u00b7 Croupier`);
    if (session.state === "arriving") return <Arriving />;
    return <Seated key={`${id} ${who}`} id={id} />;
  };
}
