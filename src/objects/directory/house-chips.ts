import * as z from "zod/mini";
import type { PlayerId } from "../../../rooms/game.ts";

/**
 * The house's chips of one owner: all poker tables that one player made lend no more in a day than the setting says. Each table is
 * promised its part when it is made and keeps to it by itself, so no table has to ask the others. [P20]
 */

const lending = z.looseObject({ maxBots: z.int(), botBudget: z.int() });

/** The config with no more of the house's chips than the owner's other tables leave. */
export function allotted(sql: SqlStorage, game: string, config: string, owner: PlayerId, most: number): string {
  if (game !== "poker") return config;
  const wanted = lending.safeParse(JSON.parse(config));
  if (!wanted.success || wanted.data.maxBots === 0) return config;
  const left = Math.max(0, most - promised(sql, owner));
  return wanted.data.botBudget <= left ? config : JSON.stringify({ ...wanted.data, botBudget: left });
}

/** Tables from before there was a budget lend the usual one of then. */
function promised(sql: SqlStorage, owner: PlayerId): number {
  return sql
    .exec<{ chips: number }>(
      `SELECT coalesce(sum(coalesce(json_extract(config, '$.botBudget'), 200000)), 0) AS chips FROM room
       WHERE owner = ? AND game = 'poker' AND json_extract(config, '$.maxBots') > 0`,
      owner,
    )
    .one().chips;
}
