import { roulette } from "../../rooms/roulette/index.ts";
import { sitter } from "../table/sitting.ts";
import { pendingOf, sumOf } from "./expected.ts";
import type { TableCommand } from "./commands.ts";
import type { Seat, PublicDelta, PrivateDelta, View } from "../../rooms/roulette/types.ts";

/** Sitting at a roulette table: chips on the felt are in play. A player with chips or an auto-repeat keeps the seat. */
export const rouletteTable = sitter<View, PublicDelta, Seat, PrivateDelta, TableCommand>({
  game: "roulette",
  folds: roulette,
  stakes: (view, seat, pending) => ({
    staked: seat.staked,
    pending: sumOf(pendingOf(view.config.wheel, seat, pending)),
  }),
  played: (view, { staked, paid }, _, seq) => ({
    open: staked > 0 ? view.round : null,
    settled: paid?.round ?? null,
    seq,
  }),
  stays: (seat) => seat.staked > 0 || seat.auto !== null,
});
