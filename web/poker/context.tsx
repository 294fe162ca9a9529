import type { Mine, PublicDelta, PrivateDelta, View } from "../../rooms/poker/types.ts";
import type { Link, LinkState } from "../live/link.ts";
import { tableContext } from "../table/context.tsx";
import type { PokerCommand } from "./commands.ts";

export type PokerState = LinkState<View, Mine, PokerCommand>;
export type PokerLink = Link<View, PublicDelta, Mine, PrivateDelta, PokerCommand>;

export const {
  TableProvider,
  useSeatedAt,
  useTable,
  useView,
  /** What this player alone sees; null for a spectator. */
  useSeat: useMine,
} = tableContext<View, PublicDelta, Mine, PrivateDelta, PokerCommand>();
