import { tablePage } from "../table/page.tsx";
import { TableProvider } from "./context.tsx";
import "./roulette.css";
import "./wide.css";
import "./narrow.css";
import { ground } from "./flights.ts";
import { rouletteTable } from "./sitting.ts";
import { TableView } from "./table-view.tsx";

/** The page of a roulette table. */
export default tablePage({
  title: "Roulette",
  table: rouletteTable,
  onLeave: ground,
  Provider: TableProvider,
  View: TableView,
});
