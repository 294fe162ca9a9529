import type { FlatOf } from "../../kit/flat.ts";
import type { Event, EventOf } from "../../../rooms/crash/events.ts";
import type { crash } from "../../../rooms/crash/index.ts";
import type { State } from "../../../rooms/crash/state.ts";
import type { Chips, Ms } from "../../../rooms/game.ts";
import { exactCurve, exactPayout } from "../crash/exact.ts";
import type { Mutant } from "../mutants.ts";

type Crash = FlatOf<typeof crash>;

type Decide = Parameters<Crash["decide"]>;
type Out = EventOf<"cashedOut">["out"];

/** Events as another rule would decide them. */
const deciding = (
  real: Crash,
  change: (events: readonly Event[], state: State, now: number) => readonly Event[],
): Crash => ({
  ...real,
  decide: (...asked: Decide) => {
    const [state, , { now }] = asked;
    const decision = real.decide(...asked);
    return "refused" in decision ? decision : { ...decision, events: change(decision.events, state, now) };
  },
});

/** Auto cash-outs as another rule would pay them; null: not at all. */
const paying = (event: EventOf<"targetsMet">, pay: (out: Out) => Out | null): EventOf<"targetsMet"> => {
  const outs = Object.entries(event.outs).map(([player, mine]) => {
    const paid = mine.flatMap(([id, out]) => {
      const other = pay(out);
      return other === null ? [] : [[id, other] as const];
    });
    return [player, paid] as const;
  });
  return { ...event, outs: Object.fromEntries(outs.filter(([, mine]) => mine.length > 0)) };
};

/** The same stake at another multiplier. */
const at = (out: Out, amount: number, x100: number): Out => ({
  ...out,
  x100,
  paid: Number(exactPayout(amount, x100)) as Chips,
});

const amountOf = ({ places }: State, id: number): number =>
  places.flatMap(({ bets }) => bets).find((bet) => bet.id === id)?.amount ?? 0;

/** For flights that bust at somebody's very target. */
const targets = ({ places }: State): number[] =>
  places.flatMap(({ bets }) => bets.flatMap(({ targetX100 }) => targetX100 ?? []));

export const inCrash: readonly Mutant[] = [
  {
    name: "an auto cash-out paid what the curve had come to when the alarm came",
    caughtBy: "moneyAddsUp",
    says: /\[C4\] an auto cash-out pays its exact target/,
    crash: (real) =>
      deciding(real, (events, state, now) =>
        events.map((event) => {
          if (event.type !== "targetsMet" || state.phase.name !== "running") return event;
          const come = exactCurve(now - state.phase.startedAt);
          const outs = Object.entries(event.outs).map(([player, mine]) => [
            player,
            mine.map(([id, out]) => [id, at(out, amountOf(state, id), come)] as const),
          ]);
          return { ...event, outs: Object.fromEntries(outs) as typeof event.outs };
        }),
      ),
  },
  {
    name: "equality loses: a target is met only when the bust point lies beyond it",
    caughtBy: "moneyAddsUp",
    says: /\[C4\] whoever's target is met is paid, equality wins/,
    crash: (real) => {
      return deciding(real, (events, state) =>
        events.map((event) => {
          if (event.type === "launched") return { ...event, bustX100: targets(state)[0] ?? event.bustX100 };
          if (event.type !== "targetsMet" || state.phase.name !== "running") return event;
          const { bustX100 } = state.phase;
          return paying(event, (out) => (out.x100 === bustX100 ? null : out));
        }),
      );
    },
  },
  {
    name: "a house that never loses: what it pays out is not written down",
    caughtBy: "moneyAddsUp",
    says: /the house gets what the bets say/,
    crash: (real) => ({
      ...real,
      money: (state: State, event: Event) =>
        real.money(state, event).filter((move) => move.type !== "house" || move.amount >= 0),
    }),
  },
  {
    name: "a force point that is ignored: flights go on to the ceiling",
    caughtBy: "moneyAddsUp",
    says: /\[C8\] the force point is covered/,
    crash: (real) =>
      deciding(real, (events, state) =>
        events.map((event) => (event.type === "launched" ? { ...event, forceX100: state.config.maxX100 } : event)),
      ),
  },
  {
    name: "a force point that forgets who was cashed out: it never moves",
    caughtBy: "moneyAddsUp",
    says: /\[C8\] and nothing above it is/,
    crash: (real) => ({
      ...real,
      decide: (state: State, input: Decide[1], facts: Decide[2]) => {
        const decision = real.decide(state, input, facts);
        if ("refused" in decision || !decision.events.some((event) => event.type === "forceMoved")) return decision;
        const { phase, round, config } = state;
        if (phase.name !== "running") return decision;
        const { bustX100, forceX100: endX100, endAt } = phase;
        const nextAt = (endAt + config.pauseMs) as Ms;
        return { events: [{ type: "ended", round, bustX100, endX100, forced: true, nextAt }] };
      },
    }),
  },
  {
    name: "a cash-out in the first 400 ms after the bust still wins, for slow connections",
    caughtBy: "moneyAddsUp",
    says: /\[C5\] before the end of the flight/,
    crash: (real) => ({
      ...real,
      deadlines: (state: State) =>
        real.deadlines(state).map((due) => (due.name === "end" ? { ...due, at: (due.at + 400) as Ms } : due)),
      decide: (state: State, input: Decide[1], facts: Decide[2]) => {
        const late = input.type === "deadline" && input.name === "end";
        return real.decide(state, late ? { ...input, at: (input.at - 400) as Ms } : input, facts);
      },
    }),
  },
  {
    name: "a cash-out by hand one hundredth better than the curve",
    caughtBy: "moneyAddsUp",
    says: /\[C5\] by hand one is paid the curve/,
    crash: (real) =>
      deciding(real, (events, state) =>
        events.map((event) =>
          event.type === "cashedOut"
            ? { ...event, out: at(event.out, amountOf(state, event.bet), event.out.x100 + 1) }
            : event,
        ),
      ),
  },
  {
    name: "a second cash-out that is paid again",
    caughtBy: "moneyAddsUp",
    says: /\[C5\] and once/,
    crash: (real) => ({
      ...real,
      decide: (state: State, input: Decide[1], facts: Decide[2]) => {
        const decision = real.decide(state, input, facts);
        if (!("refused" in decision) || decision.refused !== "already_cashed_out") return decision;
        if (input.type !== "command" || state.phase.name !== "running") return decision;
        const { player } = input;
        const bet = state.places.find((place) => place.player === player)?.bets.find(({ out }) => out !== null);
        return bet?.out == null ? decision : { events: [{ type: "cashedOut", player, bet: bet.id, out: bet.out }] };
      },
    }),
  },
  {
    name: "a crash that is settled before its autos",
    caughtBy: "moneyAddsUp",
    says: /\[C6\] autos first, then the crash|\[C8\] everybody is paid at the force point/,
    crash: (real) =>
      deciding(real, (events) =>
        events.some(({ type }) => type === "ended")
          ? [...events].sort((a, b) => Number(a.type === "targetsMet") - Number(b.type === "targetsMet"))
          : events,
      ),
  },
  {
    name: "a queued bet whose chips nobody holds",
    caughtBy: "moneyAddsUp",
    says: /gets what the bets say/,
    crash: (real) => ({
      ...real,
      held: (state: State, player: Parameters<Crash["held"]>[1]) => {
        const queued = state.places.find((place) => place.player === player)?.queued ?? [];
        return (real.held(state, player) - queued.reduce((sum, { amount }) => sum + amount, 0)) as Chips;
      },
    }),
  },
  {
    name: "a bet in flight that boards at once",
    caughtBy: "moneyAddsUp",
    says: /\[C7\] a bet in flight waits for the next one/,
    crash: (real) =>
      deciding(real, (events, state) =>
        events.map((event) =>
          event.type === "queued" && state.phase.name === "running" ? { ...event, type: "placed" } : event,
        ),
      ),
  },
  {
    name: "a void round that gives back what was cashed out, too",
    caughtBy: "simulation",
    says: /owns what was given, won and lost/,
    crash: (real) => ({
      ...real,
      money: (state: State, event: Event) =>
        event.type !== "voided"
          ? real.money(state, event)
          : state.places.flatMap(({ player, bets }) => {
              const amount = bets.reduce((sum, bet) => sum + bet.amount, 0);
              return amount === 0 ? [] : [{ type: "pay", player, amount: amount as Chips }];
            }),
    }),
  },
  {
    name: "a strategy that always bets its first amount",
    caughtBy: "moneyAddsUp",
    says: /\[C10\] (the amount is what the last round made of it|a new strategy begins at its beginning)/,
    crash: (real) => ({
      ...real,
      evolve: (state: State, event: Event) => {
        const next = real.evolve(state, event);
        if (event.type !== "ended") return next;
        const places = next.places.map((place) =>
          place.strategy === null
            ? place
            : { ...place, strategy: { ...place.strategy, next: place.strategy.plan.amount } },
        );
        return { ...next, places };
      },
    }),
  },
  {
    name: "a flight that never lands: its end is no deadline",
    caughtBy: "deadlinesFire",
    says: /a round with chips in it has a deadline to end by/,
    crash: (real) => ({
      ...real,
      deadlines: (state: State) => real.deadlines(state).filter(({ name }) => name !== "end"),
    }),
  },
  {
    name: "words for the draw accepted in flight",
    caughtBy: "drawsAreCommitted",
    says: /was drawn while words for it were still taken/,
    crash: (real) => ({ ...real, frozen: () => false }),
  },
  {
    name: "a view that shows the phase as the server has it, bust point and all",
    caughtBy: "folds",
    says: /folding what is shown gives the next view/,
    crash: (real) => ({ ...real, view: (state: State) => ({ ...real.view(state), phase: state.phase }) }),
  },
  {
    name: "a winner by target who is not told",
    caughtBy: "folds",
    says: /is told gives the next seat/,
    crash: (real) => ({
      ...real,
      audience: (state: State, event: Event) => (event.type === "targetsMet" ? [] : real.audience(state, event)),
    }),
  },
  {
    name: "a squash that keeps the first of two cash-outs",
    caughtBy: "framesFold",
    says: /folding the squashed equals folding the originals/,
    crash: (real) => ({
      ...real,
      squash: (shown) =>
        shown.filter(
          (step, i, all) => step.type !== "outs" || (all as readonly { type: string }[])[i - 1]?.type !== "outs",
        ),
    }),
  },
  {
    name: "a record that calls the forced end the bust point",
    caughtBy: "roundsAreProved",
    says: /\[C3\] the draw is the bust point/,
    crash: (real) => ({
      ...real,
      keep: (state: State, event: Event) =>
        real.keep(state, event.type === "ended" ? { ...event, bustX100: event.endX100, forced: false } : event),
    }),
  },
];
