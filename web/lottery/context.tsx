import type { Seat, Shown, Told, View } from "../../rooms/lottery/types.ts";
import type { Link } from "../live/link.ts";
import { tableContext } from "../table/context.tsx";
import type { LotteryCommand } from "./commands.ts";

export type LotteryLink = Link<View, Shown, Seat, Told, LotteryCommand>;

export const { TableProvider, useSeatedAt, useTable, useView, useSeat } = tableContext<
  View,
  Shown,
  Seat,
  Told,
  LotteryCommand
>();
