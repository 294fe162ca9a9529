import type { FlatOf } from "../../kit/flat.ts";
import type { Json } from "../../../rooms/game.ts";
import type { Event, EventOf } from "../../../rooms/poker/events.ts";
import type { poker } from "../../../rooms/poker/index.ts";
import type { State } from "../../../rooms/poker/state.ts";
import type { Mutant } from "../mutants.ts";

type Poker = FlatOf<typeof poker>;

type Decide = Parameters<Poker["decide"]>;

/** Events as another rule would decide them. */
const deciding = (real: Poker, change: (event: Event, state: State) => Event): Poker => ({
  ...real,
  decide: (...asked: Decide) => {
    const decision = real.decide(...asked);
    if ("refused" in decision) return decision;
    return { ...decision, events: decision.events.map((event) => change(event, asked[0])) };
  },
});

/** Events that are decided as if the table were another. */
const seeing = (real: Poker, other: (state: State, input: Decide[1]) => State): Poker => ({
  ...real,
  decide: (state: State, input: Decide[1], facts: Decide[2]) => real.decide(other(state, input), input, facts),
});

/** The end of a hand as another rule would have it. */
const ending = (real: Poker, change: (end: EventOf<"won">["end"]) => Partial<EventOf<"won">["end"]>): Poker =>
  deciding(real, (event) => (event.type === "won" ? { ...event, end: { ...event.end, ...change(event.end) } } : event));

const moneyBut = (real: Poker, without: (event: Event) => boolean): Poker => ({
  ...real,
  money: (state: State, event: Event) => (without(event) ? [] : real.money(state, event)),
});

export const inPoker: readonly Mutant[] = [
  {
    name: "a pot that goes to the wrong end of the table",
    caughtBy: "moneyAddsUp",
    says: /\[P7\] \[P8\] every pot to whose it is/,
    poker: (real) =>
      deciding(real, (event, { seats }) => {
        if (event.type !== "won") return event;
        const last = seats.findLastIndex((seat) => seat !== null);
        const awards = event.end.awards.map((award) => ({
          ...award,
          wins: award.wins.map((win) => ({ ...win, seat: last })),
        }));
        return { ...event, end: { ...event.end, awards } };
      }),
  },
  {
    name: "an uncalled bet that is forgotten",
    caughtBy: "moneyAddsUp",
    says: /\[P7\] the uncalled bet/,
    poker: (real) => ending(real, () => ({ back: null })),
  },
  {
    name: "a rake without a cap",
    histories: 24,
    caughtBy: "moneyAddsUp",
    says: /\[P16\] rake with its cap|every pot to whose it is/,
    poker: (real) => seeing(real, (state) => ({ ...state, config: { ...state.config, rakeCap: 1_000_000 } })),
  },
  {
    name: "a button that never moves: every hand begins as the first one",
    caughtBy: "moneyAddsUp",
    says: /\[P10\] the big blind goes to the next player due/,
    poker: (real) => seeing(real, (state, { type }) => (type === "deadline" ? { ...state, blinds: null } : state)),
  },
  {
    name: "missed blinds that nobody remembers",
    caughtBy: "moneyAddsUp",
    says: /\[P11\] who (has missed a blind posts it, or waits|comes while a game is on waits)/,
    poker: (real) => ({
      ...real,
      evolve: (state: State, event: Event) => {
        const next = real.evolve(state, event);
        if (event.type !== "dealt") return next;
        return { ...next, seats: next.seats.map((one) => (one === null ? null : { ...one, entering: false })) };
      },
    }),
  },
  {
    name: "a clock that folds where checking is free",
    caughtBy: "moneyAddsUp",
    says: /\[P12\] time-out: check when free, else fold/,
    poker: (real) =>
      deciding(real, (event) =>
        event.type === "acted" && event.by === "clock" ? { ...event, act: { type: "fold" } } : event,
      ),
  },
  {
    name: "a raise to one less than is allowed",
    caughtBy: "moneyAddsUp",
    says: /\[P2\] a raise adds the last full bet or raise/,
    poker: (real) =>
      deciding(real, (event, { hand }) =>
        event.type === "acted" && event.act.type === "raise" && hand?.players[event.player]?.bot === false
          ? { ...event, to: hand.betting.price + 1 }
          : event,
      ),
  },
  {
    name: "winners who do not show",
    caughtBy: "moneyAddsUp",
    says: /\[P9\] who wins at a showdown has shown/,
    poker: (real) => deciding(real, (event) => (event.type === "won" ? { ...event, shows: [] } : event)),
  },
  {
    name: "a board that runs out behind closed hands",
    caughtBy: "moneyAddsUp",
    says: /\[P6\] \[P9\] hands are face up before the board runs out/,
    poker: (real) => ({
      ...real,
      decide: (...asked: Decide) => {
        const decision = real.decide(...asked);
        if ("refused" in decision) return decision;
        return { ...decision, events: decision.events.filter(({ type }) => type !== "facedUp") };
      },
      evolve: (state: State, event: Event) => {
        const next = real.evolve(state, event);
        const { hand } = next;
        const out = hand !== null && hand.end === null && hand.betting.turn === null;
        return out ? { ...next, hand: { ...hand, faceUp: true } } : next;
      },
    }),
  },
  {
    name: "standing up in mid-hand",
    caughtBy: "moneyAddsUp",
    says: /nobody stands in mid-hand/,
    poker: (real) =>
      seeing(real, (state, input) =>
        input.type === "command" && input.command.type === "stand" ? { ...state, hand: null } : state,
      ),
  },
  {
    name: "a void hand that keeps what was bet",
    caughtBy: "moneyAddsUp",
    says: /gets what the bets say/,
    poker: (real) => ({
      ...real,
      evolve: (state: State, event: Event) => {
        const { hand } = state;
        if (event.type !== "voided" || hand === null) return real.evolve(state, event);
        const players = hand.players.map((one, i) => ({ ...one, start: hand.betting.stakes[i]?.stack ?? 0 }));
        return real.evolve({ ...state, hand: { ...hand, players } }, event);
      },
    }),
  },
  {
    name: "house players whose losses are nobody's",
    caughtBy: "moneyAddsUp",
    says: /the house gets what the bets say/,
    poker: (real) => moneyBut(real, ({ type }) => type === "won"),
  },
  {
    name: "a stack that stays at the table when its player leaves",
    caughtBy: "moneyAddsUp",
    says: /gets what the bets say/,
    poker: (real) => moneyBut(real, ({ type }) => type === "stood"),
  },
  {
    name: "a step that forgets the turn",
    caughtBy: "folds",
    says: /folding what is shown gives the next view/,
    poker: (real) => ({
      ...real,
      show: (state: State, event: Event) => (event.type === "acted" ? null : real.show(state, event)),
    }),
  },
  {
    name: "openings of hands that are not face up",
    caughtBy: "secretsAreKept",
    says: /was sent the salt of a closed card/,
    poker: (real) => ({
      ...real,
      view: (state: State) => ({
        ...real.view(state),
        openings: state.hand?.players.flatMap((one) => one.cards) ?? [],
      }),
    }),
  },
  {
    name: "a record with everybody's cards",
    caughtBy: "secretsAreKept",
    says: /was sent the salt of a closed card/,
    poker: (real) => ({ ...real, recount: (kept: readonly Json[]) => kept.at(-1) ?? null }),
  },
  {
    name: "a card that is dealt twice",
    caughtBy: "moneyAddsUp",
    says: /no card is dealt twice/,
    poker: (real) => real,
    modules: ({ PlayedDeck }) => ({
      PlayedDeck: class extends PlayedDeck {
        override card(position: number): ReturnType<InstanceType<typeof PlayedDeck>["card"]> {
          return super.card(position === 3 ? 0 : position);
        }
      },
    }),
  },
  {
    name: "cards from another deck than the words have picked",
    caughtBy: "roundsAreProved",
    says: /a shown card opens to the root of the deck in play/,
    poker: (real) => real,
    modules: ({ PlayedDeck }) => ({
      PlayedDeck: class extends PlayedDeck {
        constructor(...[secret, room, round, pick]: ConstructorParameters<typeof PlayedDeck>) {
          super(secret, room, round, { ...pick, deck: (pick.deck + 1) % 8 });
        }
      },
    }),
  },
  {
    name: "the deck in play opened with the others",
    caughtBy: "secretsAreKept",
    says: /the seed of round \d+ got out/,
    poker: (real) => real,
    modules: ({ openedSeeds }) => ({ openedSeeds: (secret, room, round) => openedSeeds(secret, room, round, -1) }),
  },
];
