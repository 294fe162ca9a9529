import type { Seat, PublicDelta, PrivateDelta, View } from "../../rooms/roulette/types.ts";
import type { Link } from "../live/link.ts";
import { tableContext } from "../table/context.tsx";
import type { TableCommand } from "./commands.ts";

export type TableLink = Link<View, PublicDelta, Seat, PrivateDelta, TableCommand>;

export const { TableProvider, useSeatedAt, useTable, useView, useSeat } = tableContext<
  View,
  PublicDelta,
  Seat,
  PrivateDelta,
  TableCommand
>();
