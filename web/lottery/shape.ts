import type { Ticket } from "../../rooms/lottery/types.ts";

/** Where things lie on the ring of a draw. Pure. Parts of the whole ring, clockwise from the top. */

export type Piece = {
  readonly start: number;
  readonly length: number;
  /** `rest`: tickets that are not known here one by one. `a`, `b`, `c`: others', so that neighbours differ. */
  readonly kind: "mine" | "mine-won" | "won" | "a" | "b" | "c" | "rest";
};

const OTHERS = ["a", "b", "c"] as const;
/** Between two tickets, as long as they are wide enough to spare it. */
const GAP = 0.0032;

/** A draw's tickets as pieces of the ring. `won`: the number that was drawn. */
export function piecesOf(
  tickets: readonly Pick<Ticket, "player" | "weight">[],
  whole: number,
  you: string | null,
  won: number | null,
): readonly Piece[] {
  // Tickets may be known a moment before or after their sum is.
  const sum = tickets.reduce((all, { weight }) => all + weight, 0);
  const over = Math.max(whole, sum);
  if (over === 0) return [];
  let before = 0;
  const pieces: Piece[] = [];
  const add = (weight: number, kind: Piece["kind"]): void => {
    const length = weight / over;
    if (weight > 0)
      pieces.push({ start: before / over, length: length > 3 * GAP && length < 1 ? length - GAP : length, kind });
    before += weight;
  };
  for (const [place, { player, weight }] of tickets.entries()) {
    const holds = won !== null && won >= before && won < before + weight;
    const other = OTHERS[place % OTHERS.length] ?? "a";
    add(weight, player === you ? (holds ? "mine-won" : "mine") : holds ? "won" : other);
  }
  add(over - sum, "rest");
  return pieces;
}

/** How far the ring has to be turned for the middle of a number to lie at the top, in degrees. */
export function restAngle(number: number, whole: number): number {
  return whole === 0 ? 0 : 360 - ((number + 0.5) / whole) * 360;
}
