import { clockwise, isCandidate, type Blinds, type Sitting, type State } from "./state.ts";
import type { Post } from "./hand.ts";
import type { Posted } from "./state.ts";
import type { Config, SeatNo } from "./types.ts";

/** Who is dealt in, where button and blinds are, and what each puts in before the cards. [P1] [P10] [P11] [P16] */

export type Lineup = {
  readonly blinds: Blinds;
  /** In the order they act after the flop: from the left of the button. */
  readonly seats: readonly SeatNo[];
  /** Whether the small blind's seat is dealt in and posts it; else it is dead. [P10] */
  readonly smallPosted: boolean;
  readonly posts: readonly (Post & { readonly what: readonly (readonly [Posted, number])[] })[];
  /** What staying in costs before the flop, and the least raise over it. */
  readonly price: number;
  readonly raise: number;
  /** Who acts first, a place in `seats`. */
  readonly first: number;
};

/** How many could be dealt a hand now. */
export function readyCount({ seats }: State): number {
  return seats.filter(isCandidate).length;
}

/** The next hand's line-up; null when there are not enough players for one. */
export function lineup(state: State): Lineup | null {
  const { config } = state;
  if (readyCount(state) < Math.max(2, config.minPlayers)) return null;
  const next = arranged(state, false);
  // When too few are left of those who played, nobody has to wait for the big blind.
  return next !== null && next.seats.length >= Math.max(2, config.minPlayers) ? next : arranged(state, true);
}

function arranged(state: State, everyone: boolean): Lineup | null {
  const blinds = positions(state);
  if (blinds === null) return null;
  const waits = ({ entering, posts, buys }: Sitting, seat: SeatNo): boolean => {
    if (everyone || !entering || seat === blinds.big) return false;
    const between = within(state, blinds.button, seat, blinds.small);
    return between ? !buys : !posts;
  };
  const dealt = clockwise(state.config.seats, blinds.button).filter((seat) => {
    const sitting = state.seats[seat];
    return isCandidate(sitting) && !waits(sitting, seat);
  });
  if (dealt.length < 2) return null;
  if (dealt.length > 2) return posted(state, blinds, dealt);
  // Heads-up the small blind has the button, and nobody has the big blind twice in a row. (LA 153)
  const other = dealt.find((seat) => seat !== blinds.big) ?? blinds.button;
  return posted(state, { button: other, small: other, big: blinds.big }, [blinds.big, other]);
}

/** Whether a seat lies between button and small blind, or on one of them: who comes in there waits, or buys the button. */
function within({ config }: State, button: SeatNo, seat: SeatNo, small: SeatNo): boolean {
  if (seat === button) return true;
  const path = clockwise(config.seats, button);
  return path.indexOf(seat) <= path.indexOf(small);
}

/** The big blind goes to the next player due; where it was, the small one is owed; where that was, the button. (LA 151, TR 85) */
function positions(state: State): Blinds | null {
  const { blinds, seats, config, nextButton } = state;
  const due = (after: SeatNo): SeatNo | undefined =>
    clockwise(config.seats, after).find((seat) => isCandidate(seats[seat]));
  if (blinds === null) {
    const button = due(config.seats - 1);
    const small = button === undefined ? undefined : due(button);
    const big = small === undefined ? undefined : due(small);
    return button === undefined || small === undefined || big === undefined ? null : { button, small, big };
  }
  const big = due(blinds.big);
  return big === undefined ? null : { button: nextButton ?? blinds.small, small: blinds.big, big };
}

function posted(state: State, blinds: Blinds, seats: readonly SeatNo[]): Lineup {
  const { config } = state;
  const { smallBlind, bigBlind, ante } = config;
  const straddler = straddlerOf(state, blinds, seats);
  const posts = seats.map((seat) => {
    const sitting = state.seats[seat];
    const what: [Posted, number][] = [];
    let dead = 0;
    let live = 0;
    if (ante > 0) what.push(["ante", ante]);
    if (seat === straddler) {
      live = 2 * bigBlind;
      what.push(["straddle", live]);
    } else if (seat === blinds.big) {
      live = bigBlind;
      what.push(["big blind", live]);
    } else if (seat === blinds.small) {
      live = smallBlind;
      what.push(["small blind", live]);
    } else if (sitting != null && sitting.entering && (sitting.posts || sitting.buys)) {
      // The big blind is live, a missed or bought small one dead. (LA 154, 156)
      const small = sitting.owesSmall || sitting.buys ? smallBlind : 0;
      live = bigBlind;
      dead = small;
      what.push(["missed blinds", live + small]);
    }
    return { ante, dead, live, what };
  });
  const place = (seat: SeatNo): number => seats.indexOf(seat);
  return {
    blinds,
    seats,
    smallPosted: seats.includes(blinds.small),
    posts,
    ...openingOf(config, seats.length, place(blinds.big), straddler === null ? null : place(straddler)),
  };
}

/** What staying in costs, the least raise over it, and who begins: after the last of the blinds and the straddle. (LA 161) */
export function openingOf(
  { bigBlind, straddleRaiseBigBlinds }: Pick<Config, "bigBlind" | "straddleRaiseBigBlinds">,
  players: number,
  big: number,
  straddler: number | null,
): Pick<Lineup, "price" | "raise" | "first"> {
  if (straddler === null) return { price: bigBlind, raise: bigBlind, first: (big + 1) % players };
  const price = 2 * bigBlind;
  return { price, raise: straddleRaiseBigBlinds * bigBlind - price, first: (straddler + 1) % players };
}

/** Three or more players: the button, or who is under the gun, when they want to and have the chips. (LA 161) */
function straddlerOf({ config, seats: sittings }: State, blinds: Blinds, seats: readonly SeatNo[]): SeatNo | null {
  if (config.straddle === "off" || seats.length < 3) return null;
  const seat = config.straddle === "button" ? blinds.button : seats[(seats.indexOf(blinds.big) + 1) % seats.length];
  const sitting = seat === undefined ? null : sittings[seat];
  if (seat === undefined || seat === blinds.small || seat === blinds.big || !seats.includes(seat)) return null;
  return sitting != null && sitting.straddles && sitting.stack >= 2 * config.bigBlind + config.ante ? seat : null;
}
