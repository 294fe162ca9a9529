import { clockwise, isCandidate, type Blinds, type State } from "./state.ts";
import type { SeatNo } from "./types.ts";

/**
 * Where button and blinds are in the next hand. [P10] [P11] (LA 151-157, TR 85-87)
 *
 * - The big blind goes clockwise to the next player who could be dealt in. Nobody is skipped, and nobody has it twice in a row
 *   while somebody else could have it.
 * - The seat where it was owes the small blind. When nobody is dealt in there, the small blind is dead.
 * - The button is where the small blind was, even if that seat is empty. But clockwise from the small blind, the big blind has to
 *   come before the button. When it has reached or passed the button's seat (the last hand was heads-up, or those between have
 *   left), the button goes to the dealt-in player next to the small blind's seat, on its right. So the small blind always acts
 *   before the big one after the flop, and the dealer never has the big blind.
 * - Of two players the one who is due has the big blind, the other one the small blind and the button.
 * - A new player between button and small blind may buy the button when at least three are dealt in. Then the big blind is
 *   theirs, with a dead small one, and those who would have had the blinds wait for a hand. In the next hand the button is at
 *   that seat, and the blinds go on as before. If too few are left for that, the buyer counts as having had the big blind, and
 *   owes the small one.
 */

export type Where = {
  readonly blinds: Blinds;
  /** The blinds that the hand after it is counted from: as `blinds`, unless somebody buys the button. */
  readonly counted: Blinds;
};

/** The first seat after this one whose player could be dealt in; this seat itself comes last. */
export function dueAfter({ config, seats }: State, after: SeatNo): SeatNo | undefined {
  return clockwise(config.seats, after).find((seat) => isCandidate(seats[seat]));
}

/** The positions if nobody buys the button; with three or more players `buttonAmong` moves it. Null: nobody could be dealt in. */
export function positions(state: State): Blinds | null {
  const last = state.blinds;
  if (last === null) {
    const button = dueAfter(state, state.config.seats - 1) ?? 0;
    const small = dueAfter(state, button) ?? 0;
    return { button, small, big: dueAfter(state, small) ?? 0 };
  }
  const big = dueAfter(state, last.big);
  if (big === undefined) return null;
  if (big !== last.had) return { button: last.small, small: last.big, big };
  // The buyer of the button is due next: nobody is left who would have the big blind before.
  return { button: last.big, small: big, big: dueAfter(state, big) ?? big };
}

/** The seat that buys the button with the next hand; null: none. */
export function buyerOf(state: State): SeatNo | null {
  const last = state.blinds;
  const buyer =
    last === null ? undefined : strictlyBetween(state, last.small, last.big).find((seat) => buys(state, seat));
  return buyer ?? null;
}

/** The positions when this new player buys the button. */
export function bought({ small, big }: Blinds, buyer: SeatNo): Where {
  return {
    blinds: { button: small, small: big, big: buyer },
    counted: { button: small, small: buyer, big, had: buyer },
  };
}

function buys({ seats }: State, seat: SeatNo): boolean {
  const sitting = seats[seat];
  return isCandidate(sitting) && sitting.entering && sitting.buys;
}

/** Whether a new player in this seat could buy the button with the next hand. (LA 154) */
export function canBuyButton(state: State, seat: SeatNo): boolean {
  const { blinds } = state;
  return blinds !== null && (seat === blinds.big || strictlyBetween(state, blinds.small, blinds.big).includes(seat));
}

/** Seats after one and before another, clockwise. */
export function strictlyBetween({ config }: Pick<State, "config">, from: SeatNo, to: SeatNo): SeatNo[] {
  const path = clockwise(config.seats, from);
  return path.slice(0, path.indexOf(to));
}

/** The button's seat among three or more players. */
export function buttonAmong({ config }: State, { button, small, big }: Blinds, dealt: readonly SeatNo[]): SeatNo {
  const path = clockwise(config.seats, small);
  if (path.indexOf(big) < path.indexOf(button)) return button;
  return path.findLast((seat) => seat !== small && dealt.includes(seat)) ?? button;
}
