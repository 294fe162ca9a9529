import type { dice } from "../../rooms/dice/index.ts";
import type { Command } from "../../rooms/dice/types.ts";
import type { Difference } from "../../rooms/kit/difference.ts";
import type { Link } from "../live/link.ts";
import { tableContext } from "../table/context.tsx";

/** Commands that this page sends to a table: the game's own, and those of any room. */
export type DiceCommand =
  | (Command & { clientSeed?: string })
  | { type: "chat"; text: string }
  | { type: "clientSeed"; value: string }
  | { type: "leave" };

export type View = ReturnType<typeof dice.sight.view>;
export type Seat = ReturnType<typeof dice.sight.seat>;
/** A roll with its proof. */
export type Shown = View["last"][number];
export type DiceLink = Link<View, Difference, Seat, Difference, DiceCommand>;

export const { TableProvider, useSeatedAt, useTable, useView, useSeat } = tableContext<
  View,
  Difference,
  Seat,
  Difference,
  DiceCommand
>();
