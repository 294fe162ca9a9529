import { tablePage } from "../table/page.tsx";
import { TableProvider } from "./context.tsx";
import "./crash.css";
import "./desk.css";
import { LobbyView } from "./lobby-view.tsx";
import { crashTable } from "./sitting.ts";

/** A crash lobby. */
export default tablePage({ title: "Crash", table: crashTable, Provider: TableProvider, View: LobbyView });
