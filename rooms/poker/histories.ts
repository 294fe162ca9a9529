import type { Histories } from "../kit/entry.ts";
import { namesIn } from "./house-names.ts";
import { recordSchema } from "./record-schema.ts";
import { phhOf } from "./phh.ts";
import { textOf } from "./text.ts";

/** A hand as a file for other programs (PHH), and as text. A player without a public name is named by the seat. */
export const histories: Histories = {
  people(outcome) {
    const hand = recordSchema.safeParse(outcome);
    return hand.success ? hand.data.players.flatMap(({ player, bot }) => (bot ? [] : [player])) : null;
  },
  write(form, { room, outcome }, viewer, names) {
    const hand = recordSchema.parse(outcome);
    const nameOf = namesIn(hand.players, (player) => names.get(player));
    return form === "phh" ? phhOf(hand, room, nameOf) : textOf(hand, room, viewer, nameOf);
  },
};
