import type { Seat, PublicDelta, PrivateDelta, View } from "../../rooms/poker/types.ts";
import type { Link, LinkState } from "../live/link.ts";
import { tableContext } from "../table/context.tsx";
import type { PokerCommand } from "./commands.ts";

export type PokerState = LinkState<View, Seat, PokerCommand>;
export type PokerLink = Link<View, PublicDelta, Seat, PrivateDelta, PokerCommand>;

export const {
  TableProvider,
  useSeatedAt,
  useTable,
  useView,
  /** The player's private state; null for a spectator. */
  useSeat,
} = tableContext<View, PublicDelta, Seat, PrivateDelta, PokerCommand>();
