import { tablePage } from "../table/page.tsx";
import { TableProvider } from "./context.tsx";
import "./crash.css";
import "./desk.css";
import { LobbyView } from "./lobby-view.tsx";
import { crashTable } from "./sitting.ts";

/** The page of a crash room. */
export default tablePage({ title: "Crash", table: crashTable, Provider: TableProvider, View: LobbyView });
