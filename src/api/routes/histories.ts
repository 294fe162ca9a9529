import { gameOf } from "../../../rooms/games.ts";
import type { Viewer } from "../../../rooms/game.ts";
import { namesIn } from "../../../rooms/poker/house-names.ts";
import { kept } from "../../../rooms/poker/kept.ts";
import { phhOf } from "../../../rooms/poker/phh.ts";
import { textOf } from "../../../rooms/poker/text.ts";
import type { RoundRecord } from "../../../rooms/host/ports.ts";
import type { Proof } from "../../../rooms/fair/deck.ts";

/** Rounds in other words than JSON. */

export const FORMATS = ["phh", "text"] as const;
export type Format = (typeof FORMATS)[number];
export const TYPES = { phh: "application/toml", text: "text/plain" } as const satisfies Record<Format, string>;

/** What players are called, by their ids. */
export type Names = (players: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Null: this round is not told in that form. Who has no name that others may know is told by the seat. */
export async function historyOf(
  { room, outcome }: RoundRecord<Proof>,
  format: Format,
  viewer: Viewer,
  names: Names,
): Promise<string | null> {
  if (gameOf(room)?.name !== "poker") return null;
  const hand = kept.safeParse(outcome);
  if (!hand.success) return null;
  const people = hand.data.players.flatMap(({ player, bot }) => (bot ? [] : [player]));
  const known = await names(people);
  const nameOf = namesIn(hand.data.players, (player) => known.get(player));
  return format === "phh" ? phhOf(hand.data, room, nameOf) : textOf(hand.data, room, viewer, nameOf);
}
