/**
 * The betting of one hand: the turn, the legal acts, the price. Players are numbered clockwise in the order they act after the
 * flop, so the first left of the button is 0 and the button, or the last before it, comes last. Amounts are chips.
 */

/** One player's chips in the hand. */
export type Stake = {
  /** The stack: chips that can still be bet. */
  readonly stack: number;
  /** The bet on this street. */
  readonly bet: number;
  /** In the pot over all streets, `bet` and dead money included. */
  readonly put: number;
  /** The part of `put` that is no bet: dead blinds are in the main pot whatever others put in. (LA 154-156) Missing: none. */
  readonly dead?: number;
  readonly folded: boolean;
  /** Has acted on this street. Posting a blind is no act. */
  readonly acted: boolean;
};

export type Betting = {
  readonly stakes: readonly Stake[];
  /** The price of staying in on this street: the highest bet, or the full big blind where that was posted short. (LA 150) */
  readonly price: number;
  /** The last full bet or raise: the minimum that a raise must add. (P2) */
  readonly raise: number;
  readonly bigBlind: number;
  /** Null: the betting of this street is over. */
  readonly turn: number | null;
};

export type Action =
  { readonly type: "fold" } | { readonly type: "call" } | { readonly type: "raise"; readonly to: number };

/** The legal acts of the player in turn. Commands are checked by the same rule: `verify` refuses everything else. */
export type Legal = {
  /** The chips that a call takes, at most the stack; 0 is a check. */
  readonly toCall: number;
  /** Bets to raise to, from the minimum to all-in; null when this player may not raise. A short all-in has least = most. */
  readonly raise: { readonly least: number; readonly most: number } | null;
};

const inHand = ({ folded }: Stake): boolean => !folded;
const canAct = ({ folded, stack }: Stake): boolean => !folded && stack > 0;

/** Null when it is not this player's turn. */
export function legal(betting: Betting, player: number): Legal | null {
  const me = betting.stakes[player];
  if (me === undefined || betting.turn !== player) return null;
  const { price, raise } = betting;
  const owed = price - me.bet;
  const most = me.bet + me.stack;
  const toCall = Math.min(owed, me.stack);
  // Somebody must be able to answer a raise. (P6)
  const answered = betting.stakes.some((one, i) => i !== player && inHand(one) && one.bet + one.stack > price);
  // A player who has acted may raise again only when at least a full raise is owed: short all-ins may add up to one. (P3, P4, P5)
  const open = !me.acted || owed >= raise;
  if (most <= price || !answered || !open) return { toCall, raise: null };
  return { toCall, raise: { least: Math.min(price + raise, most), most } };
}

export type Refusal = {
  readonly refused: "not_your_turn" | "cannot_raise" | "raise_too_low" | "raise_too_high";
  readonly message: string;
};

/** Why an action is not allowed; null when it is. */
export function verify(betting: Betting, player: number, action: Action): Refusal | null {
  const may = legal(betting, player);
  if (may === null) return { refused: "not_your_turn", message: "It is not your turn." };
  if (action.type !== "raise") return null;
  if (may.raise === null) return { refused: "cannot_raise", message: "You may call or fold, not raise." };
  const { least, most } = may.raise;
  if (action.to > most) return { refused: "raise_too_high", message: `You have chips for ${most} at most.` };
  // All-in is always enough.
  if (action.to < least) return { refused: "raise_too_low", message: `The least raise is to ${least}.` };
  return null;
}

/** The betting after an action. Throws if `verify` refuses it. */
export function act(betting: Betting, player: number, action: Action): Betting {
  const refusal = verify(betting, player, action);
  if (refusal !== null) throw new Error(refusal.message);
  const me = betting.stakes[player] as Stake;
  switch (action.type) {
    case "fold":
      return turned(withStake(betting, player, { ...me, folded: true, acted: true }), player);
    case "call": {
      const owed = Math.min(betting.price - me.bet, me.stack);
      return turned(withStake(betting, player, { ...paid(me, owed), acted: true }), player);
    }
    case "raise": {
      const added = action.to - betting.price;
      const raised = withStake(betting, player, { ...paid(me, action.to - me.bet), acted: true });
      // A short all-in raises the price, and leaves the minimum raise as it was. (P2)
      return turned({ ...raised, price: action.to, raise: Math.max(betting.raise, added) }, player);
    }
    default:
      action satisfies never;
      return betting;
  }
}

/** Moves chips from the stack into the bet. */
export function paid(stake: Stake, chips: number): Stake {
  return { ...stake, stack: stake.stack - chips, bet: stake.bet + chips, put: stake.put + chips };
}

function withStake(betting: Betting, player: number, stake: Stake): Betting {
  return { ...betting, stakes: betting.stakes.with(player, stake) };
}

/** Gives the turn to the first player from `from` on, clockwise, who has something to decide. */
export function turnFrom(betting: Betting, from: number): Betting {
  const { stakes } = betting;
  for (let i = 0; i < stakes.length; i++) {
    const player = (from + i) % stakes.length;
    if (decides(betting, player)) return { ...betting, turn: player };
  }
  return { ...betting, turn: null };
}

function turned(betting: Betting, last: number): Betting {
  return turnFrom(betting, last + 1);
}

/** Whether the player owes chips, or has not acted yet while somebody else could still answer. */
function decides({ stakes, price }: Betting, player: number): boolean {
  const me = stakes[player] as Stake;
  const others = stakes.filter((one, i) => i !== player && inHand(one));
  if (!canAct(me) || others.length === 0) return false;
  // If the big blind was posted short, nobody has to pay more than some other player can have in. (LA 150)
  if (me.bet < price) return others.some((one) => one.bet + one.stack > me.bet);
  return !me.acted && others.some(canAct);
}

/** Starts the next street: bets are in the pot, nobody has acted, the first left of the button begins. */
export function nextStreet(betting: Betting): Betting {
  const stakes = betting.stakes.map((one) => ({ ...one, bet: 0, acted: false }));
  return turnFrom({ ...betting, stakes, price: 0, raise: betting.bigBlind }, 0);
}

/**
 * The part of the highest bet that nobody matched: it is returned to its player before the pots are made. (P7) Null when all of
 * it was matched. Dead money is no bet, and is never returned.
 */
export function uncalled({
  stakes,
}: Pick<Betting, "stakes">): { readonly player: number; readonly chips: number } | null {
  let player = -1;
  let [first, second] = [0, 0];
  for (const [i, { put, dead = 0 }] of stakes.entries()) {
    const live = put - dead;
    if (live > first) [player, first, second] = [i, live, first];
    else if (live > second) second = live;
  }
  return first > second ? { player, chips: first - second } : null;
}
