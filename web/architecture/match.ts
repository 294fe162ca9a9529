import type { FoundTicket, Trail } from "./steps.ts";

/** A ticket as a draw has it. */
export type InDraw = FoundTicket & { readonly player: string; readonly stakes: number };

/**
 * The ticket that was made of this stake: of this player, from this table, for this sum, and not seen before the round was settled.
 * An event's id ends in its number, so the newest of several is the one.
 */
export function ticketFor(
  { room, player }: Pick<Trail, "room" | "player">,
  staked: number,
  seen: readonly InDraw[],
  before: ReadonlySet<string>,
): FoundTicket | null {
  const fits = seen.filter(
    (one) =>
      one.player === player &&
      one.id.startsWith(`${room}:`) &&
      !before.has(one.id) &&
      (one.stakes === 1 ? one.stake === staked : one.stake > staked),
  );
  const number = ({ id }: InDraw): number => Number(id.slice(id.lastIndexOf(":") + 1));
  return fits.toSorted((a, b) => number(b) - number(a))[0] ?? null;
}
