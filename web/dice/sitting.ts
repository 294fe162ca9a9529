import { dice } from "../../rooms/dice/index.ts";
import type { Difference } from "../../rooms/kit/difference.ts";
import { sitter, type Sitter } from "../table/sitting.ts";
import type { DiceCommand, DiceLink, Seat, View } from "./context.tsx";
import { offerWords } from "./roll.ts";

/** Sitting at a dice table. Rolls are paid at once, so no chips are held between rolls. */
const table = sitter<View, Difference, Seat, Difference, DiceCommand>({
  game: "dice",
  folds: dice,
  stakes: (_view, _seat, pending) => ({
    staked: 0,
    pending: pending.reduce((sum, { command }) => sum + (command.type === "roll" ? command.amount : 0), 0),
  }),
  played: ({ round }, { last }, _, seq) => ({
    open: last.some((roll) => roll.round === round) ? round : null,
    settled: last.find((roll) => roll.round < round)?.round ?? null,
    seq,
  }),
  stays: () => false,
});

const tended = new WeakSet<DiceLink>();

export const diceTable: Sitter<DiceLink> = {
  ...table,
  sit: (id) => {
    const link = table.sit(id);
    if (!tended.has(link)) {
      tended.add(link);
      link.subscribe(() => offerWords(link));
    }
    return link;
  },
};
