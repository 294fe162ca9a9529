import type { Ticket } from "../../rooms/lottery/types.ts";

/** The geometry of a draw's ring, in parts of the whole ring, clockwise from the top. Pure. */

export type Piece = {
  readonly start: number;
  readonly length: number;
  /** `rest`: tickets that are not listed. `a`, `b`, `c`: colours of others' tickets, so that neighbours differ. */
  readonly kind: "mine" | "mine-won" | "won" | "a" | "b" | "c" | "rest";
};

const OTHERS = ["a", "b", "c"] as const;
/** The gap between two tickets, if they are wide enough. */
const GAP = 0.0032;

/** The tickets of a draw as arcs. `won`: the number drawn. */
export function piecesOf(
  tickets: readonly Pick<Ticket, "player" | "weight">[],
  whole: number,
  you: string | null,
  won: number | null,
): readonly Piece[] {
  // The tickets and the total weight arrive separately, so either may be newer.
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

/** The rotation in degrees that puts the middle of a number at the top. */
export function restAngle(number: number, whole: number): number {
  return whole === 0 ? 0 : 360 - ((number + 0.5) / whole) * 360;
}
