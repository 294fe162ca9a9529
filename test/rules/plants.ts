import * as z from "zod/mini";
import type { Stamped } from "../../rooms/batch.ts";
import type { AnyGame, Chips, PlayerId } from "../../rooms/game.ts";
import type { Event } from "../../rooms/roulette/events.ts";
import type { Roulette } from "../../rooms/roulette/index.ts";
import { slipOf, type State } from "../../rooms/roulette/state.ts";
import type { Law } from "./laws.ts";

/**
 * Bugs that somebody could write, each with the check that must catch it. They are planted in a copy of a game's value, or in
 * place of what a module of the kernel exports (planted.test.ts); nothing in the rooms knows of them.
 */

type Modules = typeof import("../../rooms/batch.ts") &
  typeof import("../../rooms/courier.ts") &
  typeof import("../../rooms/engine.ts") &
  typeof import("../../rooms/fair.ts") &
  typeof import("../../rooms/feed.ts") &
  typeof import("../../rooms/kernel.ts") &
  typeof import("../../rooms/purse.ts") &
  typeof import("../../rooms/recent.ts");

export type Plant = {
  readonly name: string;
  readonly caughtBy: Law | "simulation";
  /** What the check says. */
  readonly says: RegExp;
  readonly game?: (real: Roulette) => AnyGame;
  readonly modules?: (real: Modules) => Partial<Modules>;
  readonly lyingDisk?: boolean;
};

/** Events as another rule would decide them. */
const deciding = (real: Roulette, change: (events: readonly Event[], state: State) => readonly Event[]): AnyGame => ({
  ...real,
  decide: (state: State, input: Parameters<Roulette["decide"]>[1], facts: Parameters<Roulette["decide"]>[2]) => {
    const decision = real.decide(state, input, facts);
    return "refused" in decision ? decision : { ...decision, events: change(decision.events, state) };
  },
});

const inGames: readonly Plant[] = [
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
    game: (real) => ({ ...real, squash: (shown) => (real.squash?.(shown as never) ?? []).slice(0, -1) }),
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
        z.transform((event) => ({ ...event, by: undefined })),
      ),
    }),
  },
];

const inTheKernel: readonly Plant[] = [
  {
    name: "a top-up credited twice",
    caughtBy: "pursesAddUp",
    says: /what came from the wallets and stayed/,
    modules: ({ answered, pay }) => ({
      answered: (purse, id, answer) => {
        const after = answered(purse, id, answer);
        return answer.ok && purse.transfer?.kind === "topup" ? pay(after, answer.amount) : after;
      },
    }),
  },
  {
    name: "a cash-out not debited",
    caughtBy: "pursesAddUp",
    says: /what came from the wallets and stayed/,
    modules: ({ opened }) => ({ opened: (purse, ...rest) => ({ ...opened(purse, ...rest), chips: purse.chips }) }),
  },
  {
    name: "a stake that leaves the purse as it was",
    caughtBy: "simulation",
    says: /owns what was given, won and lost/,
    modules: () => ({ stake: (purse) => purse }),
  },
  {
    name: "a house that the kernel forgets",
    caughtBy: "pursesAddUp",
    says: /what came from the wallets and stayed/,
    modules: ({ apply }) => ({
      apply: (game, kernel, event, at, effects) => {
        const { house } = kernel;
        apply(game, kernel, event, at, effects);
        kernel.house = house;
      },
    }),
  },
  {
    name: "a fault that keeps one stake",
    caughtBy: "simulation",
    says: /owns what was given, won and lost/,
    modules: ({ apply }) => ({
      apply: (game, kernel, event, at, effects) => {
        const kept = event.type === "room.faulted" ? { ...event, refunds: event.refunds.slice(1) } : event;
        apply(game, kernel, kept, at, effects);
      },
    }),
  },
  {
    name: "a skipped id check: nothing that was accepted is known",
    caughtBy: "idsAreOnce",
    says: /a repeated command changes nothing|is answered the same/,
    modules: ({ Recent }) => ({
      Recent: class extends Recent {
        override find(): undefined {
          return undefined;
        }
      },
    }),
  },
  {
    name: "a skipped id check within a batch",
    caughtBy: "simulation",
    says: /was accepted twice/,
    modules: ({ Ids }) => ({
      Ids: class extends Ids {
        override find(): undefined {
          return undefined;
        }
      },
    }),
  },
  {
    name: "a journal row lost",
    caughtBy: "replays",
    says: /replay from the beginning/,
    modules: ({ replay }) => ({ replay: (kernel, rows, game) => replay(kernel, [...rows].slice(0, -1), game) }),
  },
  {
    name: "an event that replay does not fold",
    caughtBy: "replays",
    says: /replay from/,
    modules: ({ replay }) => ({
      replay: (kernel, rows, game) => {
        const left = [...rows].map(({ at, events }) => ({
          at,
          events: events.filter((e) => e.type !== "room.entropy"),
        }));
        return replay(kernel, left, game);
      },
    }),
  },
  {
    name: "a snapshot that forgets who is leaving",
    caughtBy: "replays",
    says: /a snapshot thaws to what was frozen/,
    modules: ({ thaw }) => ({
      thaw: (snapshot, upgrade) => ({ ...thaw(snapshot, upgrade), leaving: new Set<PlayerId>() }),
    }),
  },
  {
    name: "a batch that changes the purses it began with",
    caughtBy: "forks",
    says: /changed the room that it began with/,
    modules: ({ fork }) => ({ fork: (kernel) => ({ ...fork(kernel), purses: kernel.purses }) }),
  },
  {
    name: "an alarm not set for the grace of those who are away",
    caughtBy: "timeGoesFirst",
    says: /the alarm is set to the soonest deadline/,
    modules: ({ nextDeadline }) => ({
      nextDeadline: (kernel, world) => nextDeadline({ ...kernel, away: new Map() }, world),
    }),
  },
  {
    name: "an alarm not set at all",
    caughtBy: "simulation",
    says: /the alarm is set for the soonest deadline/,
    modules: () => ({ nextDeadline: () => null }),
  },
  {
    name: "input before time: a batch is judged as of its end",
    caughtBy: "timeGoesFirst",
    says: /judged by the stamp of its arrival/,
    modules: ({ run }) => ({
      run: (kernel, parked, inputs, now, world) => {
        const late = inputs.map((item): Stamped<never> => ({ ...item, at: now }) as never);
        return run(kernel, parked, late, now, world);
      },
    }),
  },
  {
    name: "bets taken under a commitment that nobody could have seen",
    caughtBy: "uncommittedRoundsWait",
    says: /was bet on or drawn before its commitment was durable/,
    modules: ({ Batch }) => ({
      Batch: class<Token> extends Batch<Token> {
        override committed(): boolean {
          return true;
        }
      },
    }),
  },
  {
    name: "a wrong commitment: to another seed than the one revealed",
    caughtBy: "roundsAreProved",
    says: /the commitment opens to the revealed seed/,
    modules: ({ commit }) => ({ commit: (seed) => commit(`00${seed.slice(2)}`) }),
  },
  {
    name: "a draw from another seed than the one committed to",
    caughtBy: "roundsAreProved",
    says: /the draw is not the result/,
    modules: ({ drawStream }) => ({ drawStream: (seed, ...rest) => drawStream(`00${seed.slice(2)}`, ...rest) }),
  },
  {
    name: "a seed shown with its commitment",
    caughtBy: "secretsAreKept",
    says: /the seed of round \d+ got out/,
    modules: ({ commit, showRoom }) => {
      const seeds = new Map<string, string>();
      return {
        commit: (seed) => {
          const hash = commit(seed);
          seeds.set(hash, seed);
          return hash;
        },
        showRoom: (event) => {
          const shown = showRoom(event);
          return shown?.type === "room.committed" ? Object.assign(shown, { seed: seeds.get(shown.hash) }) : shown;
        },
      };
    },
  },
  {
    name: "a refusal that leaves something behind",
    caughtBy: "refusalsChangeNothing",
    says: /a refused command changes nothing/,
    modules: ({ Batch }) => ({
      Batch: class<Token> extends Batch<Token> {
        override refuse(item: Stamped<Token>, code: string, message: string): void {
          super.refuse(item, code, message);
          this.emit({ type: "room.notice", status: this.kernel.table.status, message: "no" }, this.kernel.at);
        }
      },
    }),
  },
  {
    name: "presence that is news every time",
    caughtBy: "inputsAreOnce",
    says: /what was said before is no news/,
    modules: ({ apply }) => ({
      apply: (game, kernel, event, at, effects) => {
        const { presence } = kernel;
        apply(game, kernel, event, at, effects);
        if (event.type === "room.presence")
          kernel.presence = new Map(presence).set(event.player, { ...event, since: at, online: false });
      },
    }),
  },
  {
    name: "a transfer that nobody carries to the wallet",
    caughtBy: "simulation",
    says: /the alarm is set while a transfer is open/,
    modules: ({ Courier }) => ({
      Courier: class extends Courier {
        override expect(): void {}
      },
    }),
  },
  {
    name: "a resume that leaves out what was missed",
    caughtBy: "simulation",
    says: /with a gap|the page's (view|table) is the room's/,
    modules: ({ Feed }) => ({
      Feed: class extends Feed {
        override missed(): readonly string[] {
          return [];
        }
      },
    }),
  },
  {
    name: "a reply before its commit is on the disk",
    caughtBy: "simulation",
    says: /was accepted, and the room that woke does not know it|owns what was given|accepted with this answer before/,
    lyingDisk: true,
  },
];

export const plants: readonly Plant[] = [...inGames, ...inTheKernel];
