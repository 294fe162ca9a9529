import { tablePage } from "../table/page.tsx";
import { TableProvider } from "./context.tsx";
import "./dice.css";
import { diceTable } from "./sitting.ts";
import { TableView } from "./table-view.tsx";

/** A table of dice. */
export default tablePage({ title: "Dice", table: diceTable, Provider: TableProvider, View: TableView });
