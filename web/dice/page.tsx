import { tablePage } from "../table/page.tsx";
import { TableProvider } from "./context.tsx";
import "./dice.css";
import { diceTable } from "./sitting.ts";
import { TableView } from "./table-view.tsx";

/** The page of a dice table. */
export default tablePage({ title: "Dice", table: diceTable, Provider: TableProvider, View: TableView });
