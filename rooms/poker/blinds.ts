import { clockwise, isBusy, isCandidate, type Blinds, type Posted, type Sitting, type State } from "./state.ts";
import type { Post } from "./hand.ts";
import type { Config, SeatNo } from "./types.ts";

/** Who is dealt in, where button and blinds are, and what each puts in before the cards. [P1] [P10] [P11] [P16] */

export type Lineup = {
  readonly blinds: Blinds;
  /** From where the next hand counts on: as `blinds`, but when somebody buys the button. */
  readonly counted: Blinds;
  /** In the order they act after the flop: from the left of the button. */
  readonly seats: readonly SeatNo[];
  /** Whether somebody posts the small blind; else it is dead. [P10] */
  readonly smallPosted: boolean;
  readonly posts: readonly Due[];
  /** What staying in costs before the flop, and the least raise over it. */
  readonly price: number;
  readonly raise: number;
  /** Who acts first, a place in `seats`. */
  readonly first: number;
};

/** What a player owes before the cards, and for what. The stack may be shorter. */
export type Due = Post & { readonly ante: number; readonly what: Exclude<Posted, "ante"> | null };

/** Who plays, or could be dealt a hand. */
export function ready(state: State): readonly Sitting[] {
  return state.seats.flatMap((one) =>
    one !== null && ((!one.out && isBusy(state, one.player)) || isCandidate(one)) ? [one] : [],
  );
}

/** The next hand's line-up; null when there are not enough players for one. */
export function lineup(state: State): Lineup | null {
  const enough = Math.max(2, state.config.minPlayers);
  const where = ready(state).length < enough ? null : positions(state);
  if (where === null) return null;
  const dealt = dealtIn(state, where.blinds, false);
  const game = dealt.length >= enough && dealt.some((seat) => state.seats[seat]?.bot === false);
  if (game) return headsUp(state, where, dealt);
  // When too few are left of those who played, or house players alone, nobody has to wait for the big blind, or to post.
  const seats = state.seats.map((one) => (one === null ? null : { ...one, posts: false, buys: false }));
  const anew = positions({ ...state, seats });
  return anew === null ? null : headsUp({ ...state, seats }, anew, dealtIn(state, anew.blinds, true));
}

type Where = Pick<Lineup, "blinds" | "counted">;

/** The first candidate after a seat. */
function dueAfter({ config, seats }: State, after: SeatNo): SeatNo | undefined {
  return clockwise(config.seats, after).find((seat) => isCandidate(seats[seat]));
}

/** The big blind goes to the next player due; where it was, the small one is owed; where that was, the button. (LA 151, TR 85) */
function positions(state: State): Where | null {
  const last = state.blinds;
  if (last === null) {
    const button = dueAfter(state, state.config.seats - 1) ?? 0;
    const small = dueAfter(state, button) ?? 0;
    const blinds = { button, small, big: dueAfter(state, small) ?? 0 };
    return { blinds, counted: blinds };
  }
  const big = dueAfter(state, last.big);
  if (big === undefined) return null;
  const buyer = strictlyBetween(state, last.small, last.big).find((seat) => {
    const sitting = state.seats[seat];
    return isCandidate(sitting) && sitting.entering && sitting.buys;
  });
  if (buyer === undefined) {
    const blinds = { button: last.small, small: last.big, big };
    return { blinds, counted: blinds };
  }
  // Who buys the button posts both blinds, and the others' wait for a hand: then the button is there, and nobody was passed by.
  return {
    blinds: { button: last.small, small: last.big, big: buyer },
    counted: { button: last.small, small: buyer, big: last.big },
  };
}

/** Seats after one and before another, clockwise. */
function strictlyBetween({ config }: State, from: SeatNo, to: SeatNo): SeatNo[] {
  const path = clockwise(config.seats, from);
  return path.slice(0, path.indexOf(to));
}

/** Whether a newcomer in this seat could buy the button with the next hand. (LA 154) */
export function canBuyButton(state: State, seat: SeatNo): boolean {
  const { blinds } = state;
  return blinds !== null && (seat === blinds.big || strictlyBetween(state, blinds.small, blinds.big).includes(seat));
}

/** From the left of the button. `everyone`: nobody has to wait. */
function dealtIn(state: State, blinds: Blinds, everyone: boolean): SeatNo[] {
  const { config, seats } = state;
  const between = strictlyBetween(state, blinds.button, blinds.small);
  const playsOn = ({ entering, posts, buys }: Sitting, seat: SeatNo): boolean => {
    if (everyone || !entering || seat === blinds.big) return true;
    if (seat === blinds.button) return false;
    if (seat === blinds.small) return posts || buys;
    // The button passes by who posts there; with the button on the big blind there is no place to pass.
    return posts && !(between.includes(seat) && blinds.button === blinds.big);
  };
  const plays = (seat: SeatNo): boolean => {
    const sitting = seats[seat];
    return isCandidate(sitting) && playsOn(sitting, seat);
  };
  const dealt = clockwise(config.seats, blinds.button).filter(plays);
  const next = dueAfter(state, blinds.big);
  const back = next === undefined ? null : seats[next];
  // Or come back as the straddle under the gun. (LA 156)
  const straddles = config.straddle === "underTheGun" && back != null && back.entering && wantsStraddle(config, back);
  if (next === undefined || !straddles || dealt.includes(next) || dealt.length < 2) return dealt;
  if (next === blinds.button || next === blinds.small || between.includes(next)) return dealt;
  return clockwise(config.seats, blinds.button).filter((seat) => seat === next || plays(seat));
}

/** Heads-up the small blind has the button, and nobody has the big blind twice in a row. (LA 153) */
function headsUp(state: State, where: Where, dealt: readonly SeatNo[]): Lineup | null {
  if (dealt.length < 2) return null;
  if (dealt.length > 2) return posted(state, where, dealt);
  const { big } = where.blinds;
  const other = dealt.find((seat) => seat !== big) ?? big;
  const blinds = { button: other, small: other, big };
  const bought = where.counted !== where.blinds;
  return posted(state, { blinds, counted: bought ? where.counted : blinds }, [big, other]);
}

function posted(state: State, { blinds, counted }: Where, seats: readonly SeatNo[]): Lineup {
  const { config } = state;
  const straddler = straddlerOf(state, blinds, seats);
  const bought = counted.big !== blinds.big;
  const posts = seats.map((seat): Due => {
    const { ante } = config;
    const sitting = state.seats[seat];
    if (seat === straddler) return { ante, dead: 0, live: 2 * config.bigBlind, what: "straddle" };
    if (seat === blinds.big) {
      return { ante, dead: bought ? config.smallBlind : 0, live: config.bigBlind, what: "big blind" };
    }
    const enters = sitting != null && sitting.entering && (sitting.posts || sitting.buys);
    if (seat === blinds.small && !enters) {
      return bought && seats.length > 2
        ? { ante, dead: 0, live: 0, what: null }
        : { ante, dead: 0, live: config.smallBlind, what: "small blind" };
    }
    if (!enters) return { ante, dead: 0, live: 0, what: null };
    // Of what was missed the big blind is live, the small one dead. (LA 154, 156)
    const dead = sitting.owesSmall || seat === blinds.small ? config.smallBlind : 0;
    return { ante, dead, live: sitting.owesBig ? config.bigBlind : 0, what: "missed blinds" };
  });
  const place = (seat: SeatNo): number => seats.indexOf(seat);
  return {
    blinds,
    counted,
    seats,
    smallPosted: posts.some(({ what }) => what === "small blind"),
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

function wantsStraddle({ bigBlind, ante }: Config, { straddles, stack }: Sitting): boolean {
  return straddles && stack >= 2 * bigBlind + ante;
}

/** Three or more players: the button, or who is under the gun, when they want to and have the chips. (LA 161) */
function straddlerOf({ config, seats: sittings }: State, blinds: Blinds, seats: readonly SeatNo[]): SeatNo | null {
  if (config.straddle === "off" || seats.length < 3) return null;
  const seat = config.straddle === "button" ? blinds.button : seats[(seats.indexOf(blinds.big) + 1) % seats.length];
  const sitting = seat === undefined ? null : sittings[seat];
  if (seat === undefined || seat === blinds.small || seat === blinds.big || !seats.includes(seat)) return null;
  return sitting != null && wantsStraddle(config, sitting) ? seat : null;
}
