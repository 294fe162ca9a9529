import { entryOf } from "../../../rooms/games.ts";
import type { Viewer } from "../../../rooms/game.ts";
import type { RoundRecord } from "../../../rooms/host/ports.ts";
import type { Proof } from "../../../rooms/fair/deck.ts";

/** Rounds in formats other than JSON. */

export const FORMATS = ["phh", "text"] as const;
export type Format = (typeof FORMATS)[number];
export const TYPES = { phh: "application/toml", text: "text/plain" } as const satisfies Record<Format, string>;

/** Names of players, by id. */
export type Names = (players: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Null: this round is not available in that format. */
export async function historyOf(
  record: RoundRecord<Proof>,
  format: Format,
  viewer: Viewer,
  names: Names,
): Promise<string | null> {
  const histories = entryOf(record.room)?.histories;
  const people = histories?.people(record.outcome) ?? null;
  if (histories === undefined || people === null) return null;
  return histories.write(format, record, viewer, await names(people));
}
