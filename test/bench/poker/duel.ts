import { chips, type Ms } from "../../../rooms/game.ts";
import { botAct } from "../../../rooms/poker/bot.ts";
import type { Card } from "../../../rooms/poker/cards.ts";
import { settled } from "../../../rooms/poker/run.ts";
import { begin, uncontested } from "../../../rooms/poker/hand.ts";
import { poker } from "../../../rooms/poker/index.ts";
import { potsOf } from "../../../rooms/poker/pots.ts";
import { BOARD_AFTER } from "../../../rooms/poker/state.ts";
import { act, legal, nextStreet, type Action, type Betting } from "../../../rooms/poker/street.ts";
import type { ActView, Seat, SeatView, View } from "../../../rooms/poker/types.ts";
import { ownSeat as nobody, view as viewOf } from "../../../rooms/poker/view.ts";
import { botId } from "../../../rooms/poker/table.ts";
import { Random } from "../../kit/random.ts";
import { STRATEGIES } from "./strategies.ts";

/**
 * A simple strategy against house players, by the table's own betting and paying and their real policy, without a room around it. Every
 * deal is played once from each place, so that the cards fall to all alike: what is left of luck is little.
 */

const BIG_BLIND = 100;

export type Figure = {
  readonly hands: number;
  /** What the strategy wins a hand, in big blinds, and the half of its 95 % confidence interval. */
  readonly won: number;
  readonly within: number;
};

export function duel(name: string, players: number, bigBlinds: number, deals: number, seed: number): Figure {
  const random = new Random(seed);
  let [sum, squares] = [0, 0];
  for (let deal = 0; deal < deals; deal++) {
    const deck = shuffled(random, 2 * players + 5);
    let won = 0;
    for (let place = 0; place < players; place++) {
      const hand = new Duel(deck, players, bigBlinds * BIG_BLIND, deal * players + place);
      won += hand.play(place, name, random);
    }
    const each = won / players / BIG_BLIND;
    sum += each;
    squares += each * each;
  }
  const mean = sum / deals;
  return { hands: deals * players, won: mean, within: 1.96 * Math.sqrt((squares / deals - mean * mean) / deals) };
}

/** The first cards of a shuffled deck. */
function shuffled(random: Random, n: number): Card[] {
  const deck = Array.from({ length: 52 }, (_, card) => card);
  for (let i = 0; i < n; i++) {
    const other = i + random.int(52 - i);
    [deck[i], deck[other]] = [deck[other] ?? 0, deck[i] ?? 0];
  }
  return deck.slice(0, n);
}

const EMPTY = poker.rules.initial(poker.config.parse({ seats: 9, bigBlind: BIG_BLIND }));
const VIEW = viewOf(EMPTY);
const MINE = nobody(EMPTY, botId(0, 0));

class Duel {
  readonly #deck: readonly Card[];
  readonly #players: number;
  readonly #stack: number;
  readonly #round: number;
  #betting: Betting;
  #street = 0;

  constructor(deck: readonly Card[], players: number, stack: number, round: number) {
    [this.#deck, this.#players, this.#stack, this.#round] = [deck, players, stack, round];
    const posts = Array.from({ length: players }, (_, i) => ({ ante: 0, dead: 0, live: this.#due(i) }));
    const first = players === 2 ? 1 : 2 % players;
    const stacks = posts.map(() => stack);
    this.#betting = begin(stacks, posts, { bigBlind: BIG_BLIND, price: BIG_BLIND, first });
  }

  /** In the order after the flop: heads-up the button, who is the last, has the small blind. */
  #due(place: number): number {
    const small = this.#players === 2 ? 1 : 0;
    return place === small ? BIG_BLIND / 2 : place === 1 - small ? BIG_BLIND : 0;
  }

  /** What the strategy in this place wins, house players in all others. */
  play(place: number, name: string, random: Random): number {
    const strategy = STRATEGIES[name];
    if (strategy === undefined) throw new Error(`no strategy: ${name}`);
    for (;;) {
      for (let turn = this.#betting.turn; turn !== null; turn = this.#betting.turn) {
        const may = legal(this.#betting, turn);
        if (may === null) throw new Error("who is to act may act");
        const { price, stakes } = this.#betting;
        const pot = stakes.reduce((sum, { put }) => sum + put, 0);
        const look = { may, cards: this.#cards(turn), street: this.#street, pot, price, bigBlind: BIG_BLIND, random };
        this.#betting = act(this.#betting, turn, turn === place ? strategy(look) : this.#house(turn));
      }
      if (uncontested(this.#betting) !== null || this.#street === 3) break;
      this.#street += 1;
      this.#betting = nextStreet(this.#betting);
    }
    const holes = Array.from({ length: this.#players }, (_, i) => this.#cards(i));
    const last = { betting: this.#betting, street: this.#street, board: this.#board(), board2: null, outFrom: null };
    return (settled(last, holes, { rakeX10000: 0, rakeCap: 0 }).stacks[place] ?? 0) - this.#stack;
  }

  #cards(place: number): readonly [Card, Card] {
    return [this.#deck[2 * place] ?? 0, this.#deck[2 * place + 1] ?? 0];
  }

  #board(): readonly Card[] {
    const from = 2 * this.#players;
    return this.#deck.slice(from, from + (BOARD_AFTER[this.#street] ?? 0));
  }

  /** As the table asks a house player: with the view and its own cards alone. */
  #house(place: number): Action {
    const opening = { position: 0, salt: "", path: [] };
    const own: Seat = { ...MINE, seat: place, cards: this.#cards(place).map((card) => ({ card, opening })) };
    return botAct(this.#view(place), own, place);
  }

  #view(turn: number): View {
    const { stakes } = this.#betting;
    const may = legal(this.#betting, turn);
    const raise =
      may === null || may.raise === null ? null : { least: chips(may.raise.least), most: chips(may.raise.most) };
    const seats = stakes.map(({ stack, bet, put, folded }, i): SeatView => ({
      player: botId(i, 1),
      bot: true,
      stack: chips(stack),
      bet: chips(bet),
      put: chips(put),
      waiting: null,
      away: false,
      cards: folded ? "folded" : "hidden",
      last: this.#last(i),
    }));
    const before = stakes.map((one) => ({ ...one, put: one.put - one.bet }));
    return {
      ...VIEW,
      round: this.#round,
      phase: { name: "playing" },
      seats,
      hand: {
        hand: this.#round,
        street: (["preflop", "flop", "turn", "river"] as const)[this.#street] ?? "river",
        button: this.#players - 1,
        smallBlind: this.#players === 2 ? 1 : 0,
        bigBlind: this.#players === 2 ? 0 : 1,
        board: this.#board(),
        board2: null,
        pots: potsOf(before).map((pot) => ({ chips: chips(pot.chips), seats: pot.eligible })),
        turn: {
          seat: turn,
          toCall: chips(may?.toCall ?? 0),
          raise,
          actBy: 0 as Ms,
          bankBy: 0 as Ms,
        },
        awards: null,
      },
    };
  }

  #last(place: number): ActView | null {
    const due = this.#due(place);
    const { acted } = this.#betting.stakes[place] ?? { acted: false };
    return this.#street === 0 && !acted && due > 0 ? { type: "post", amount: chips(due), allIn: false } : null;
  }
}
