import type { FoundTicket, Trail } from "./steps.ts";

/** A ticket as listed by a draw. */
export type InDraw = FoundTicket & { readonly player: string; readonly stakes: number };

/**
 * The ticket made from this stake: same player, table and amount, and not seen before the round was settled. The event's id ends
 * in its sequence number, so of several the newest is taken.
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
