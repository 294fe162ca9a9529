import * as z from "zod/mini";
import type { HouseChips } from "../kit/entry.ts";

/** Tables from before there was a budget lend the default of then. */
const lending = z.looseObject({ maxBots: z.int(), botBudget: z._default(z.int(), 200_000) });

/** Chips that a table's house players may bring in a day. [P20] */
export const houseChips: HouseChips = {
  promised(config) {
    const { data } = lending.safeParse(config);
    return data === undefined || data.maxBots === 0 ? 0 : data.botBudget;
  },
  within(config, most) {
    const { data } = lending.safeParse(config);
    return data === undefined || data.botBudget <= most ? config : { ...data, botBudget: most };
  },
};
