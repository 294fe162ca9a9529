import type { dice } from "../../rooms/dice/index.ts";
import type { Command } from "../../rooms/dice/types.ts";
import type { Difference } from "../../rooms/kit/difference.ts";
import type { Link } from "../live/link.ts";
import { tableContext } from "../table/context.tsx";

/** What this page asks of a table: the game's command, and the room's own that it uses. */
export type DiceCommand =
  | (Command & { clientSeed?: string })
  | { type: "chat"; text: string }
  | { type: "clientSeed"; value: string }
  | { type: "leave" };

export type View = ReturnType<typeof dice.sight.view>;
export type Seat = ReturnType<typeof dice.sight.seat>;
/** A roll with what it is proved by. */
export type Shown = View["last"][number];
export type DiceLink = Link<View, Difference, Seat, Difference, DiceCommand>;

export const { TableProvider, useSeatedAt, useTable, useView, useSeat } = tableContext<
  View,
  Difference,
  Seat,
  Difference,
  DiceCommand
>();
