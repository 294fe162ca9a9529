import type { Seat, PublicDelta, PrivateDelta, View } from "../../rooms/crash/types.ts";
import type { Link } from "../live/link.ts";
import { tableContext } from "../table/context.tsx";
import type { CrashCommand } from "./commands.ts";

export type CrashLink = Link<View, PublicDelta, Seat, PrivateDelta, CrashCommand>;

export const { TableProvider, useSeatedAt, useTable, useView, useSeat } = tableContext<
  View,
  PublicDelta,
  Seat,
  PrivateDelta,
  CrashCommand
>();
