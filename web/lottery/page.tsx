import { tablePage } from "../table/page.tsx";
import { TableProvider } from "./context.tsx";
import { Hall } from "./hall.tsx";
import "./lottery.css";
import { lotteryTable } from "./sitting.ts";

/** The page of a lottery. */
export default tablePage({ title: "Lottery", table: lotteryTable, Provider: TableProvider, View: Hall });
