import { gameOf } from "../../rooms/games.ts";
import type { Viewer } from "../../rooms/game.ts";
import { kept } from "../../rooms/poker/kept.ts";
import { phhOf } from "../../rooms/poker/phh.ts";
import { textOf } from "../../rooms/poker/text.ts";
import type { RoundRecord } from "../../rooms/ports.ts";
import type { Proof } from "../../rooms/deck.ts";

/** Rounds in other words than JSON. */

export const FORMATS = ["phh", "text"] as const;
export type Format = (typeof FORMATS)[number];
export const TYPES = { phh: "application/toml", text: "text/plain" } as const satisfies Record<Format, string>;

/** Null: this round is not told in that form. */
export function historyOf({ room, outcome }: RoundRecord<Proof>, format: Format, viewer: Viewer): string | null {
  if (gameOf(room)?.name !== "poker") return null;
  const hand = kept.safeParse(outcome);
  if (!hand.success) return null;
  return format === "phh" ? phhOf(hand.data, room) : textOf(hand.data, room, viewer);
}
