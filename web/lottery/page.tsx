import { tablePage } from "../table/page.tsx";
import { TableProvider } from "./context.tsx";
import { Hall } from "./hall.tsx";
import "./lottery.css";
import { lotteryTable } from "./sitting.ts";

/** A lottery's room. */
export default tablePage({ title: "Lottery", table: lotteryTable, Provider: TableProvider, View: Hall });
