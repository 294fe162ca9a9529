import { crash } from "../../rooms/crash/index.ts";
import type { Seat, PublicDelta, PrivateDelta, View } from "../../rooms/crash/types.ts";
import { sitter, type Sitter } from "../table/sitting.ts";
import type { CrashCommand } from "./commands.ts";
import type { CrashLink } from "./context.tsx";
import { offerWords } from "./offer.ts";
import { stakesOf } from "./stakes.ts";

/** Sitting in a crash room: a player with an open bet or a running strategy keeps the seat. */
const table = sitter<View, PublicDelta, Seat, PrivateDelta, CrashCommand>({
  game: "crash",
  folds: crash,
  stakes: (_view, seat, pending) => stakesOf(seat, pending),
  played: (view, { bets, last }, _, seq) => ({
    open: bets.length > 0 ? view.round : null,
    settled: last?.round ?? null,
    seq,
  }),
  stays: ({ bets, queued, strategy }) => bets.length + queued.length > 0 || strategy !== null,
});

const tended = new WeakSet<CrashLink>();

export const crashTable: Sitter<CrashLink> = {
  ...table,
  sit: (id) => {
    const link = table.sit(id);
    if (!tended.has(link)) {
      tended.add(link);
      // Also while the visitor is on another page: the seat is theirs as long as the link exists.
      link.subscribe(() => offerWords(link));
    }
    return link;
  },
};
