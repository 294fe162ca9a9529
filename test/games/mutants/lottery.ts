import type { FlatOf } from "../../kit/flat.ts";
import type { Chips, Ms } from "../../../rooms/game.ts";
import type { Event, EventOf } from "../../../rooms/lottery/events.ts";
import type { lottery } from "../../../rooms/lottery/index.ts";
import type { State } from "../../../rooms/lottery/state.ts";
import { exactRoot } from "../lottery/exact.ts";
import type { Mutant } from "../mutants.ts";

type Lottery = FlatOf<typeof lottery>;

type Decide = Parameters<Lottery["decide"]>;

/** Events as another rule would decide them. */
const deciding = (
  real: Lottery,
  change: (events: readonly Event[], state: State, asked: Decide) => readonly Event[],
): Lottery => ({
  ...real,
  decide: (...asked: Decide) => {
    const decision = real.decide(...asked);
    return "refused" in decision ? decision : { ...decision, events: change(decision.events, asked[0], asked) };
  },
});

const evolving = (real: Lottery, change: (next: State, event: Event, before: State) => State): Lottery => ({
  ...real,
  evolve: (state: State, event: Event) => change(real.evolve(state, event), event, state),
});

/** The start of a draw, as it would be now. */
const startOf = (state: State, now: number): EventOf<"started"> => ({
  type: "started",
  root: exactRoot(state.waiting.tickets),
  prize: 1 as Chips,
  carried: 0,
  at: now as Ms,
  drawsAt: (now + state.config.drawMs) as Ms,
});

export const inTheLottery: readonly Mutant[] = [
  {
    name: "a ticket counted twice: a stake event that comes again is another one",
    caughtBy: "inputsAreOnce",
    says: /what was said before is no news|a message is taken once/,
    lottery: (real) => real,
    modules: ({ Batch }) => ({
      Batch: class<Token> extends Batch<Token> {
        override taken(): boolean {
          return false;
        }
      },
    }),
  },
  {
    name: "a ticket counted twice, as the room that crashed and woke sees it",
    caughtBy: "simulation",
    says: /\[L4\] one stake event, one ticket, however often it comes/,
    lottery: (real) => real,
    modules: ({ Batch }) => ({
      Batch: class<Token> extends Batch<Token> {
        override taken(): boolean {
          return false;
        }
      },
    }),
  },
  {
    name: "a message acknowledged and not remembered",
    caughtBy: "inputsAreOnce",
    says: /a message is taken once, and remembered in the same commit/,
    lottery: (real) => real,
    modules: ({ Batch }) => ({
      Batch: class<Token> extends Batch<Token> {
        override take(): void {}
      },
    }),
  },
  {
    name: "a stake that is lost while a draw is started",
    caughtBy: "moneyAddsUp",
    says: /\[L1\] (with enough players the draw starts at once|and no other ticket moves it)|\[L6\] the root is that/,
    lottery: (real) =>
      evolving(real, (next, event, before) =>
        event.type === "ticket" && before.started !== null ? { ...next, waiting: before.waiting } : next,
      ),
  },
  {
    name: "the rest of a prize lost: every draw begins with nothing carried",
    caughtBy: "moneyAddsUp",
    says: /\[L2\] (the prize is the share|and what is left over goes to the next draw)/,
    lottery: (real) => evolving(real, (next) => ({ ...next, carry: 0 })),
  },
  {
    name: "the rest of a prize given away: it is rounded up",
    caughtBy: "moneyAddsUp",
    says: /\[L2\] the prize is the share of the stakes/,
    lottery: (real) =>
      deciding(real, (events) =>
        events.map((event) =>
          event.type === "started" && event.carried > 0
            ? { ...event, prize: (event.prize + 1) as Chips, carried: 0 }
            : event,
        ),
      ),
  },
  {
    name: "a cap for each ticket instead of each player",
    caughtBy: "moneyAddsUp",
    says: /\[L2\] it adds what the rules say, up to its player's cap/,
    lottery: (real) => real,
    modules: () => ({
      weightOf: ({ weighting, capPerPlayer }, _tickets, _player, stake) =>
        Math.min(weighting === "flat" ? 1 : stake, capPerPlayer),
    }),
  },
  {
    name: "a void draw whose tickets keep weights above the cap",
    caughtBy: "moneyAddsUp",
    says: /\[L6\] the root is that of the tickets|\[L2\] it adds what the rules say/,
    lottery: (real) => real,
    modules: () => ({ weigh: (_rules, tickets) => [...tickets] }),
  },
  {
    name: "flat weights in a draw by stake: every ticket weighs one",
    caughtBy: "moneyAddsUp",
    says: /\[L2\] it adds what the rules say/,
    lottery: (real) => real,
    modules: ({ weightOf }) => ({
      weightOf: (rules, ...of) => weightOf({ ...rules, weighting: "flat" }, ...of),
    }),
  },
  {
    name: "a winner by the index of the ticket, as if all weighed the same",
    caughtBy: "moneyAddsUp",
    says: /\[L2\] the ticket that holds the number wins/,
    lottery: (real) => real,
    modules: () => ({ holderOf: (tickets, number) => number % tickets.length }),
  },
  {
    name: "a winner one off: the number just behind a ticket is still its own",
    caughtBy: "moneyAddsUp",
    says: /\[L2\] the ticket that holds the number wins/,
    lottery: (real) => real,
    modules: ({ holderOf }) => ({ holderOf: (tickets, number) => holderOf(tickets, Math.max(0, number - 1)) }),
  },
  {
    name: "a number that is a hair too often small: modulo without the weight's own bits",
    caughtBy: "roundsAreProved",
    says: /\[L6\] the seed, the words and the root give the number/,
    lottery: (real) => real,
    modules: () => ({ wideBelow: (below, draw) => (draw.bits52() % 2 ** 20) % below }),
  },
  {
    name: "words taken before the root is out: the house could still pick the tickets",
    caughtBy: "drawsAreCommitted",
    says: /\[L6\] words are taken once the root is out/,
    lottery: (real) => ({ ...real, frozen: () => false }),
  },
  {
    name: "a number drawn as the draw starts, before anybody has spoken",
    caughtBy: "drawsAreCommitted",
    says: /was drawn while words for it were still taken/,
    lottery: (real) =>
      deciding(real, (events, state, [, , facts]) => {
        if (events.some(({ type }) => type === "started") && state.started === null) facts.draw("draw:early").bits52();
        return events;
      }),
  },
  {
    name: "a root that is not in what is drawn",
    caughtBy: "roundsAreProved",
    says: /\[L6\] the seed, the words and the root give the number/,
    lottery: (real) => real,
    modules: () => ({ drawLabel: () => "draw" }),
  },
  {
    name: "a root over the stakes alone: whose they are can still be changed",
    caughtBy: "moneyAddsUp",
    says: /\[L6\] the root is that of the tickets in their places/,
    lottery: (real) => real,
    modules: ({ ticketRoot }) => ({
      ticketRoot: (tickets) => ticketRoot(tickets.map((ticket) => ({ ...ticket, player: "" as typeof ticket.player }))),
    }),
  },
  {
    name: "the next draw's tickets in this one: what comes while it is started is let in",
    caughtBy: "moneyAddsUp",
    says: /\[L1\]|\[L2\]|\[L6\]/,
    lottery: (real) =>
      evolving(real, (next, event, before) =>
        event.type !== "ticket" || before.started === null
          ? next
          : {
              ...next,
              waiting: before.waiting,
              started: {
                ...before.started,
                weight: before.started.weight + event.weight,
                tickets: [...before.started.tickets, ...next.waiting.tickets.slice(before.waiting.tickets.length)],
              },
            },
      ),
  },
  {
    name: "the next draw's tickets in this one's record",
    caughtBy: "roundsAreProved",
    says: /\[L2\] and the sums are theirs|\[L2\] every ticket weighs|\[L6\] the root is that of the tickets/,
    lottery: (real) => ({
      ...real,
      keep: (state: State, event: Event) => {
        const { started, waiting } = state;
        const both = started === null ? null : { ...started, tickets: [...started.tickets, ...waiting.tickets] };
        return real.keep({ ...state, started: both }, event);
      },
    }),
  },
  {
    name: "a threshold of tickets instead of players",
    caughtBy: "moneyAddsUp",
    says: /\[L1\] a draw starts with enough players, or with the minimum when time is up/,
    lottery: (real) =>
      deciding(real, (events, state, [, , { now, table }]) => {
        const after = events.reduce((before, event) => real.evolve(before, event), state);
        const { waiting, started, config } = after;
        const few = waiting.players < config.players;
        const due = few && waiting.tickets.length >= config.players && started === null && table === "running";
        return due && events.at(-1)?.type === "ticket" ? [...events, startOf(after, now)] : events;
      }),
  },
  {
    name: "a draw that starts when time is up, whether or not the minimum is met",
    caughtBy: "moneyAddsUp",
    says: /\[L1\] a draw starts with enough players, or with the minimum when time is up/,
    lottery: (real) =>
      deciding(real, (events, state, [, , { now }]) =>
        events.map((event) => (event.type === "rolled" ? startOf(state, now) : event)),
      ),
  },
  {
    name: "a roll-over that drops its tickets",
    caughtBy: "moneyAddsUp",
    says: /\[L2\] it adds what the rules say|\[L6\] the root is that of the tickets|\[L1\] with enough players/,
    lottery: (real) =>
      evolving(real, (next, event, before) =>
        event.type === "rolled" ? { ...next, waiting: { ...real.initial(before.config).waiting, endsAt: null } } : next,
      ),
  },
  {
    name: "a roll-over that starts the clock again by itself: an alarm for ever",
    caughtBy: "deadlinesFire",
    says: /a table that is left alone comes to rest/,
    lottery: (real) =>
      evolving(real, (next, event, before) =>
        event.type === "rolled" && before.waiting.endsAt !== null
          ? { ...next, waiting: { ...next.waiting, endsAt: (before.waiting.endsAt + 30 * 86_400_000) as Ms } }
          : next,
      ),
  },
  {
    name: "a prize that is a share of the weight, not of the stakes",
    caughtBy: "moneyAddsUp",
    says: /\[L2\] the prize is the share of the stakes|\[L2\] nothing is drawn for less than a unit/,
    lottery: (real) =>
      deciding(real, (events, { waiting, config }) =>
        events.map((event) => {
          if (event.type !== "started") return event;
          const prize = Math.max(1, Math.floor((waiting.weight * config.prizeShare) / 10_000)) as Chips;
          return { ...event, prize };
        }),
      ),
  },
  {
    name: "a draw drawn twice: its deadline fires again behind the award",
    caughtBy: "deadlinesFire",
    says: /draw, fired again, changes nothing/,
    lottery: (real) => ({
      ...real,
      decide: (...asked: Decide) => {
        const [state, input, { now }] = asked;
        const [last] = state.history;
        const again = input.type === "deadline" && input.name === "draw" && state.started === null;
        if (!again || last === undefined) return real.decide(...asked);
        return { events: [{ type: "drawn", number: last.number, ticket: last.ticket, at: now }] };
      },
    }),
  },
  {
    name: "a draw drawn at once by the deadline of the one before",
    caughtBy: "deadlinesFire",
    says: /draw, fired again, changes nothing/,
    lottery: (real) => ({
      ...real,
      decide: (state: State, input: Decide[1], facts: Decide[2]) => {
        const fires = input.type === "deadline" && input.name === "draw" && state.started !== null;
        return real.decide(state, input, fires ? { ...facts, now: state.started.drawsAt } : facts);
      },
    }),
  },
  {
    name: "a started draw whose end is no deadline",
    caughtBy: "deadlinesFire",
    says: /a round with chips in it has a deadline to end by/,
    lottery: (real) => ({
      ...real,
      deadlines: (state: State) => real.deadlines(state).filter(({ name }) => name !== "draw"),
    }),
  },
  {
    name: "a void draw that loses what was carried into it",
    caughtBy: "moneyAddsUp",
    says: /\[L2\] (the prize is the share|and what is left over goes to the next draw|nothing is drawn)/,
    lottery: (real) =>
      evolving(real, (next, event, before) => (event.type === "voided" ? { ...next, carry: before.carry } : next)),
  },
  {
    name: "a void draw whose tickets go behind those that came since",
    caughtBy: "moneyAddsUp",
    says: /\[L6\] the root is that of the tickets in their places|\[L2\]/,
    lottery: (real) =>
      evolving(real, (next, event, before) => {
        if (event.type !== "voided") return next;
        const tickets = [...before.waiting.tickets, ...(before.started?.tickets ?? [])];
        return { ...next, waiting: { ...next.waiting, tickets } };
      }),
  },
  {
    name: "an award that is not published",
    caughtBy: "roundsAreProved",
    says: /\[L5\] one award is published, in the commit that draws it/,
    lottery: (real) => ({ ...real, publish: () => [] }),
  },
  {
    name: "an award published twice",
    caughtBy: "roundsAreProved",
    says: /\[L5\] one award is published, in the commit that draws it/,
    lottery: (real) => ({
      ...real,
      publish: (...of: Parameters<Lottery["publish"]>) => [...real.publish(...of), ...real.publish(...of)],
    }),
  },
  {
    name: "an award that goes out with the start of the draw after its own",
    caughtBy: "roundsAreProved",
    says: /\[L5\]/,
    lottery: (real) => ({
      ...real,
      publish: (state: State, event: Event, room: string) => {
        const [last] = state.history;
        if (event.type !== "started" || last === undefined) return [];
        const { player, prize: amount, draw, root } = last;
        return [
          {
            topic: "awards",
            type: "lotteryAwardCreated",
            key: player,
            payload: { award: `${room}:${draw}:${root}`, lottery: room, draw, player, amount, proof: null },
          },
        ];
      },
    }),
  },
  {
    name: "a record that names the first ticket's player",
    caughtBy: "roundsAreProved",
    says: /\[L4\] the award carries the player/,
    lottery: (real) => ({
      ...real,
      keep: (state: State, event: Event) => {
        const record = real.keep(state, event) as { award: object | null } | null;
        const [first] = state.started?.tickets ?? [];
        if (record === null || record.award === null || first === undefined) return record as never;
        return { ...record, award: { ...record.award, player: first.player } };
      },
    }),
  },
  {
    name: "a seed shown with the root, for who cannot wait",
    caughtBy: "secretsAreKept",
    says: /the seed of round \d+ got out/,
    lottery: (real) => real,
    modules: ({ commit }) => {
      const seeds: string[] = [];
      return {
        commit: (seed) => {
          seeds.push(seed);
          return commit(seed);
        },
        roomDelta: (event) =>
          event.type === "room.committed" ? { type: event.type, round: event.round, hash: seeds.at(-1) ?? "" } : null,
      };
    },
  },
  {
    name: "a ticket that its player does not see",
    caughtBy: "folds",
    says: /is told gives the next seat/,
    lottery: (real) => ({ ...real, audience: () => [] }),
  },
  {
    name: "a view that shows where the tickets of the started draw begin",
    caughtBy: "folds",
    says: /folding what is shown gives the next view/,
    lottery: (real) => ({
      ...real,
      view: (state: State) => ({ ...real.view(state), tickets: state.started?.tickets ?? [] }),
    }),
  },
  {
    name: "a squash that keeps the first of a run of tickets",
    caughtBy: "framesFold",
    says: /folding the squashed equals folding the originals/,
    lottery: (real) => ({
      ...real,
      squash: (shown) =>
        shown.filter(
          (step, i, all) => step.type !== "waiting" || (all as readonly { type: string }[])[i - 1]?.type !== "waiting",
        ),
    }),
  },
];
