import type { FlatOf } from "../../kit/flat.ts";
import * as z from "zod/mini";
import type { Chips } from "../../../rooms/game.ts";
import type { Event } from "../../../rooms/roulette/events.ts";
import type { roulette } from "../../../rooms/roulette/index.ts";
import { slipOf, type State } from "../../../rooms/roulette/state.ts";
import type { Mutant } from "../mutants.ts";

type Roulette = FlatOf<typeof roulette>;

/** Events as another rule would decide them. */
const deciding = (real: Roulette, change: (events: readonly Event[], state: State) => readonly Event[]): Roulette => ({
  ...real,
  decide: (state: State, input: Parameters<Roulette["decide"]>[1], facts: Parameters<Roulette["decide"]>[2]) => {
    const decision = real.decide(state, input, facts);
    return "refused" in decision ? decision : { ...decision, events: change(decision.events, state) };
  },
});

/** In a game. */
export const inGames: readonly Mutant[] = [
  {
    name: "a double pay: the first winner is paid twice",
    caughtBy: "moneyAddsUp",
    says: /gets what the bets say/,
    game: (real) => ({
      ...real,
      money: (state: State, event: Event) => {
        const moves = real.money(state, event);
        return event.type === "settled"
          ? [...moves, ...moves.filter((move) => move.type === "pay").slice(0, 1)]
          : moves;
      },
    }),
  },
  {
    name: "a lost refund: a void round forgets its last player",
    caughtBy: "moneyAddsUp",
    says: /gets what the bets say/,
    game: (real) => ({
      ...real,
      money: (state: State, event: Event) => {
        const moves = real.money(state, event);
        return event.type === "voided" ? moves.slice(0, -1) : moves;
      },
    }),
  },
  {
    name: "a house flow forgotten",
    caughtBy: "moneyAddsUp",
    says: /the house gets what the bets say/,
    game: (real) => ({
      ...real,
      money: (state: State, event: Event) => real.money(state, event).filter((move) => move.type !== "house"),
    }),
  },
  {
    name: "a dropped odd chip: what comes back is rounded down to even",
    caughtBy: "moneyAddsUp",
    says: /what comes back is what the rules say/,
    game: (real) =>
      deciding(real, (events) =>
        events.map((event) => {
          if (event.type !== "settled") return event;
          const slips = Object.entries(event.slips).map(([player, slip]) => {
            return [player, { ...slip, returned: (slip.returned - (slip.returned % 2)) as Chips }] as const;
          });
          return { ...event, slips: Object.fromEntries(slips) };
        }),
      ),
  },
  {
    name: "a stale undo: it takes back the first action, not the last",
    caughtBy: "moneyAddsUp",
    says: /undo takes back the last action/,
    game: (real) =>
      deciding(real, (events, state) =>
        events.map((event) => {
          if (event.type !== "taken" || event.by !== "undo") return event;
          return { ...event, bets: slipOf(state, event.player)?.steps[0] ?? event.bets };
        }),
      ),
  },
  {
    name: "a repeat from an older round: the first one ever played",
    caughtBy: "moneyAddsUp",
    says: /repeat places the last round's bets/,
    game: (real) => ({
      ...real,
      evolve: (state: State, event: Event) => {
        const next = real.evolve(state, event);
        const older = new Map(state.places.map(({ player, last }) => [player, last]));
        const places = next.places.map((place) => {
          const last = older.get(place.player) ?? [];
          return last.length > 0 ? { ...place, last } : place;
        });
        return { ...next, places };
      },
    }),
  },
  {
    name: "a round settled twice: its deadline fires again behind the pay-out",
    caughtBy: "deadlinesFire",
    says: /settle, fired again, changes nothing/,
    game: (real) => ({
      ...real,
      decide: (state: State, input: Parameters<Roulette["decide"]>[1], facts: Parameters<Roulette["decide"]>[2]) => {
        if (input.type !== "deadline" || input.name !== "settle" || state.phase.name !== "settled") {
          return real.decide(state, input, facts);
        }
        const { result, nextAt } = state.phase;
        return { events: [{ type: "settled", round: state.round, result, nextAt, slips: {} }] };
      },
    }),
  },
  {
    name: "a deadline that is not set again: a spinning wheel never stops",
    caughtBy: "deadlinesFire",
    says: /a round with chips in it has a deadline to end by/,
    game: (real) => ({
      ...real,
      deadlines: (state: State) => (state.phase.name === "spinning" ? [] : real.deadlines(state)),
    }),
  },
  {
    name: "a result drawn with the first bet, for a view to leak",
    caughtBy: "drawsAreCommitted",
    says: /was drawn while words for it were still taken/,
    game: (real) => ({
      ...real,
      decide: (state: State, input: Parameters<Roulette["decide"]>[1], facts: Parameters<Roulette["decide"]>[2]) => {
        const decision = real.decide(state, input, facts);
        if (input.type === "command" && "events" in decision) facts.draw("spin");
        return decision;
      },
    }),
  },
  {
    name: "entropy accepted after the close",
    caughtBy: "drawsAreCommitted",
    says: /was drawn while words for it were still taken/,
    game: (real) => ({ ...real, frozen: () => false }),
  },
  {
    name: "a result that leaks: the view shows who will win before the wheel has stopped",
    caughtBy: "folds",
    says: /folding what is shown gives the next view/,
    game: (real) => ({
      ...real,
      view: (state: State) => {
        const view = real.view(state);
        return state.phase.name === "spinning" ? { ...view, history: [state.phase.result, ...view.history] } : view;
      },
    }),
  },
  {
    name: "a squash that loses a step",
    caughtBy: "framesFold",
    says: /folding the squashed equals folding the originals/,
    game: (real) => ({ ...real, squash: (shown) => real.squash(shown).slice(0, -1) }),
  },
  {
    name: "a winner who is not told",
    caughtBy: "folds",
    says: /is told gives the next seat/,
    game: (real) => ({
      ...real,
      audience: (state: State, event: Event) => {
        const audience = real.audience(state, event);
        return event.type === "settled" ? audience.slice(1) : audience;
      },
    }),
  },
  {
    name: "a state that does not survive JSON",
    caughtBy: "survivesJson",
    says: /survives JSON/,
    game: (real) => ({
      ...real,
      evolve: (state: State, event: Event) => ({ ...real.evolve(state, event), on: new Date(0) }),
    }),
  },
  {
    name: "a journaled event whose schema forgets a field",
    caughtBy: "eventsAreRead",
    says: /an event parses to itself/,
    game: (real) => ({
      ...real,
      event: z.pipe(
        real.event,
        z.transform((event) => ({ ...event, by: undefined }) as never),
      ),
    }),
  },
];
