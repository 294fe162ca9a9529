import { begin, type Post } from "../../../rooms/poker/hand.ts";
import { act, legal, nextStreet, verify, type Action, type Betting, type Legal } from "../../../rooms/poker/street.ts";

/** A hand told as the rule books tell their cases: players by letter, in the order they act before the flop. */

export type Told = {
  readonly betting: Betting;
  readonly may: (player: string) => Legal | null;
  readonly refusal: (player: string, action: Action) => string | undefined;
  /** "A 500", "B calls", "C folds", "D all-in": throws when it is not allowed or not that player's turn. */
  readonly does: (...acts: readonly string[]) => Told;
  readonly street: () => Told;
};

const number = (letter: string): number => letter.charCodeAt(0) - 65;

/** A street without blinds: A is the first to act. */
export function openStreet(stacks: readonly number[], bigBlind: number): Told {
  return told(begin(stacks, [], { bigBlind, price: 0, first: 0 }));
}

/** Before the flop: A posts the small blind, B the big one; heads-up A has the big blind and B the button. */
export function preflop(stacks: readonly number[], small: number, big: number, ante = 0): Told {
  const headsUp = stacks.length === 2;
  const posts = stacks.map((_, i): Post => {
    const live = headsUp ? [big, small][i] : [small, big][i];
    return { dead: ante, live: live ?? 0 };
  });
  return told(begin(stacks, posts, { bigBlind: big, price: big, first: headsUp ? 1 : 2 % stacks.length }));
}

export function told(betting: Betting): Told {
  return {
    betting,
    may: (player) => legal(betting, number(player)),
    refusal: (player, action) => verify(betting, number(player), action)?.refused,
    does: (...acts) => told(acts.reduce(done, betting)),
    street: () => told(nextStreet(betting)),
  };
}

function done(betting: Betting, line: string): Betting {
  const [letter = "", what = ""] = line.split(" ");
  const player = number(letter);
  const may = legal(betting, player);
  if (may === null) throw new Error(`${letter} is not to act, ${String(betting.turn)} is`);
  return act(betting, player, actionOf(what, may));
}

function actionOf(what: string, may: Legal): Action {
  if (what === "folds") return { type: "fold" };
  if (what === "calls" || what === "checks") return { type: "call" };
  if (what !== "all-in") return { type: "raise", to: Number(what) };
  return may.raise === null ? { type: "call" } : { type: "raise", to: may.raise.most };
}
