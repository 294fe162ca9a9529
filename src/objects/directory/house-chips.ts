import { entries } from "../../../rooms/games.ts";
import type { PlayerId } from "../../../rooms/game.ts";

/**
 * Limits the chips that house players may bring in a day to all tables of one owner (HOUSE_CHIPS_PER_OWNER). Each table gets a
 * fixed part when it is made and enforces it by itself, so no table has to ask the others. [P20]
 */

/** The config, its house chips cut to what the owner's other tables leave. `config` is JSON text. */
export function allotted(sql: SqlStorage, game: string, config: string, owner: PlayerId, most: number): string {
  const houseChips = entries.get(game)?.houseChips;
  if (houseChips === undefined) return config;
  const wanted: unknown = JSON.parse(config);
  if (houseChips.promised(wanted) === 0) return config;
  return JSON.stringify(houseChips.within(wanted, Math.max(0, most - promised(sql, owner))));
}

function promised(sql: SqlStorage, owner: PlayerId): number {
  return sql
    .exec<{ game: string; config: string }>("SELECT game, config FROM room WHERE owner = ?", owner)
    .toArray()
    .reduce((sum, { game, config }) => sum + (entries.get(game)?.houseChips?.promised(JSON.parse(config)) ?? 0), 0);
}
