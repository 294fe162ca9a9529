import { bought, buttonAmong, buyerOf, dueAfter, positions, strictlyBetween, type Where } from "./button.ts";
import type { Post } from "./hand.ts";
import { clockwise, isBusy, isCandidate, type Blinds, type Posted, type Sitting, type State } from "./state.ts";
import type { Config, SeatNo } from "./types.ts";

/** The players who are dealt in, and their posts before the cards. Button and blinds are in button.ts. [P1] [P10] [P11] [P16] */

export type Lineup = {
  readonly blinds: Blinds;
  /** The blinds that the next hand is counted from: as `blinds`, unless somebody buys the button. */
  readonly counted: Blinds;
  /** In the order they act after the flop: from the left of the button. */
  readonly seats: readonly SeatNo[];
  /** Whether somebody posts the small blind; else it is dead. [P10] */
  readonly smallPosted: boolean;
  readonly posts: readonly Due[];
  /** The price of staying in before the flop, and the minimum raise over it. */
  readonly price: number;
  readonly raise: number;
  /** The player who acts first, as an index in `seats`. */
  readonly first: number;
};

/** A player's dues before the cards, and their kind. The stack may be smaller. */
export type Due = Post & { readonly ante: number; readonly what: Exclude<Posted, "ante"> | null };

/** Players who are in the hand, or could be dealt one. */
export function ready(state: State): readonly Sitting[] {
  return state.seats.flatMap((one) =>
    one !== null && ((!one.out && isBusy(state, one.player)) || isCandidate(one)) ? [one] : [],
  );
}

/** How many players have to be ready. A game that is on may go on with two: `minPlayers` is for its beginning. [P19] */
export function enough(state: State): number {
  const going = ready(state).filter(({ played }) => played === true).length >= 2;
  return going ? 2 : Math.max(2, state.config.minPlayers);
}

/** The next hand's line-up; null when there are not enough players for one. */
export function lineup(state: State): Lineup | null {
  const wanted = enough(state);
  if (ready(state).length < wanted) return null;
  const next = withBuyer(state) ?? without(state);
  if (next === null) return null;
  const { where, dealt } = next;
  const playing = dealt.filter((seat) => state.seats[seat]?.entering === false || seat === where.blinds.big);
  const game = playing.length >= wanted && dealt.some((seat) => state.seats[seat]?.bot === false);
  if (game) return placed(state, where, dealt);
  // When too few of those who played are left, or only house players, nobody has to wait for the big blind, or to post.
  const seats = state.seats.map((one) =>
    one === null ? null : { ...one, entering: false, posts: false, buys: false },
  );
  const everyone = { ...state, seats };
  const anew = without(everyone);
  return anew === null ? null : placed(everyone, anew.where, anew.dealt);
}

type Next = { readonly where: Where; readonly dealt: readonly SeatNo[] };

function without(state: State): Next | null {
  const blinds = positions(state);
  return blinds === null ? null : { where: { blinds, counted: blinds }, dealt: dealtIn(state, blinds) };
}

/** The positions when somebody buys the button and at least three are dealt in; otherwise null. */
function withBuyer(state: State): Next | null {
  const buyer = buyerOf(state);
  if (buyer === null || state.blinds === null) return null;
  const where = bought(state.blinds, buyer);
  const dealt = dealtIn(state, where.blinds);
  return dealt.length < 3 ? null : { where, dealt };
}

/** The seats of players who play on, have the big blind, or post. */
function dealtIn(state: State, blinds: Blinds): SeatNo[] {
  const { config, seats } = state;
  const plays = (seat: SeatNo): boolean => {
    const sitting = seats[seat];
    if (!isCandidate(sitting)) return false;
    const { entering, posts, buys } = sitting;
    return !entering || seat === blinds.big || posts || (buys && seat === blinds.small);
  };
  const dealt = clockwise(config.seats, blinds.button).filter(plays);
  const next = dueAfter(state, blinds.big);
  const back = next === undefined ? null : seats[next];
  // A player who comes back may also do so as the straddle under the gun. (LA 156)
  const straddles = config.straddle === "underTheGun" && back != null && back.entering && wantsStraddle(config, back);
  if (next === undefined || !straddles || dealt.includes(next) || dealt.length < 2) return dealt;
  if (next === blinds.button || next === blinds.small) return dealt;
  if (strictlyBetween(state, blinds.button, blinds.small).includes(next)) return dealt;
  return clockwise(config.seats, blinds.button).filter((seat) => seat === next || plays(seat));
}

/** Heads-up the small blind has the button, and nobody has the big blind twice in a row. (LA 153) */
function placed(state: State, { blinds, counted }: Where, dealt: readonly SeatNo[]): Lineup | null {
  if (dealt.length < 2) return null;
  const { small, big } = blinds;
  const bought = counted.big !== big;
  if (dealt.length === 2) {
    const other = dealt.find((seat) => seat !== big) ?? big;
    const two = { button: other, small: other, big };
    return posted(state, { blinds: two, counted: two }, [big, other]);
  }
  const button = bought ? blinds.button : buttonAmong(state, blinds, dealt);
  const order = clockwise(state.config.seats, button).filter((seat) => dealt.includes(seat));
  const here = { button, small, big };
  return posted(state, { blinds: here, counted: bought ? counted : here }, order);
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
    if (seat === blinds.small && !enters && !bought) {
      return { ante, dead: 0, live: config.smallBlind, what: "small blind" };
    }
    if (!enters) return { ante, dead: 0, live: 0, what: null };
    // A missed big blind is posted live, a missed small blind dead. (LA 154, 156)
    const dead = sitting.owesSmall || (seat === blinds.small && !bought) ? config.smallBlind : 0;
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

/** The price of staying in, the minimum raise over it, and the first to act: after the last blind or the straddle. (LA 161) */
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

/** With three or more players: the button, or the seat under the gun, if its player wants to and has the chips. (LA 161) */
function straddlerOf({ config, seats: sittings }: State, blinds: Blinds, seats: readonly SeatNo[]): SeatNo | null {
  if (config.straddle === "off" || seats.length < 3) return null;
  const seat = config.straddle === "button" ? blinds.button : seats[(seats.indexOf(blinds.big) + 1) % seats.length];
  const sitting = seat === undefined ? null : sittings[seat];
  if (seat === undefined || seat === blinds.small || seat === blinds.big || !seats.includes(seat)) return null;
  return sitting != null && wantsStraddle(config, sitting) ? seat : null;
}
