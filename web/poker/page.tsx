import { tablePage } from "../table/page.tsx";
import "./cards.css";
import { TableProvider } from "./context.tsx";
import "./poker.css";
import "./act.css";
import { pokerTable, stepAway } from "./sitting.ts";
import { TableView } from "./table-view.tsx";

/** The page of a poker table. */
export default tablePage({
  title: "Hold\u2019em",
  table: pokerTable,
  onLeave: stepAway,
  Provider: TableProvider,
  View: TableView,
});
