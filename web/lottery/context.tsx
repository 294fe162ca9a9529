import type { Seat, PublicDelta, PrivateDelta, View } from "../../rooms/lottery/types.ts";
import type { Link } from "../live/link.ts";
import { tableContext } from "../table/context.tsx";
import type { LotteryCommand } from "./commands.ts";

export type LotteryLink = Link<View, PublicDelta, Seat, PrivateDelta, LotteryCommand>;

export const { TableProvider, useSeatedAt, useTable, useView, useSeat } = tableContext<
  View,
  PublicDelta,
  Seat,
  PrivateDelta,
  LotteryCommand
>();
