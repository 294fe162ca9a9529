import { flat, type FlatOf } from "../../kit/flat.ts";
import { describe, expect, test } from "vitest";
import { DECK, cardText } from "../../../rooms/poker/cards.ts";
import { poker } from "../../../rooms/poker/index.ts";
import type { Event } from "../../../rooms/poker/events.ts";
import type { State } from "../../../rooms/poker/state.ts";
import type { Command, View } from "../../../rooms/poker/types.ts";
import { Random } from "../../kit/random.ts";
import { id, PokerTable } from "./table.ts";

type Poker = FlatOf<typeof poker>;

/**
 * Non-interference. [P17] The same hand is played twice with the same acts, the same roots and openings, and another deal: other
 * cards for everybody but the viewer, another rest of the deck. Up to the reveal the viewer is sent the same bytes.
 */

const NAMES = ["ann", "bob", "cy", "dee"] as const;
const CONFIG = { seats: 5, actionMs: 900, timeBankMs: 300, graceMs: 200, straddle: "underTheGun" } as const;

type Step =
  | { readonly type: "command"; readonly player: string; readonly command: Command }
  | { readonly type: "presence"; readonly player: string; readonly online: boolean }
  | { readonly type: "time"; readonly ms: number };

/** All that a viewer has been sent, with what a fresh connection and a refused read would get after every step. */
function watched(viewer: string | null, table: PokerTable, from: number): string[] {
  const mine = table.sent.slice(from).filter(({ to }) => to === null || (viewer !== null && to === id(viewer)));
  const { game, state } = table;
  const welcome = {
    view: game.view(state),
    seat: viewer === null ? null : game.seat(state, id(viewer)),
    summary: game.summary(state),
    deadlines: game.deadlines(state),
    rounds: table.records.map((record) => game.recount([record], viewer === null ? null : id(viewer))),
  };
  return [...mine.map(({ text }) => text), JSON.stringify(welcome)];
}

const revealed = ({ state: { hand } }: PokerTable): boolean => hand?.players.some(({ shown }) => shown) ?? false;

function stepOf(random: Random, table: PokerTable): Step {
  const player = random.pick(NAMES);
  switch (random.weighted({ act: 60, wrong: 15, pre: 10, presence: 8, time: 12, room: 8 })) {
    case "act": {
      const { turn } = table.shownHand;
      const who = table.turn ?? player;
      const raise = turn?.raise ?? null;
      if (raise !== null && random.chance(0.3)) {
        return { type: "command", player: who, command: { type: "raise", to: random.pick([raise.least, raise.most]) } };
      }
      const type = random.chance(0.4) ? "fold" : turn?.toCall === 0 ? "check" : "call";
      return { type: "command", player: who, command: { type } };
    }
    case "wrong":
      return {
        type: "command",
        player: random.pick([...NAMES, "eve"]),
        command: random.pick<Command>([
          { type: "raise", to: 1 },
          { type: "raise", to: 1_000_000 },
          { type: "show" },
          { type: "muck" },
          { type: "stand" },
          { type: "check", hand: 77 },
          { type: "topUp", amount: 10 },
          { type: "sit", seat: 0, buyIn: 5_000 },
        ]),
      };
    case "pre":
      return { type: "command", player, command: { type: "preAction", action: random.pick(["checkFold", "callAny"]) } };
    case "presence":
      return { type: "presence", player, online: random.chance(0.6) };
    case "time":
      return { type: "time", ms: random.between(1, 1_500) };
    case "room":
    default:
      return {
        type: "command",
        player,
        command: random.pick<Command>([{ type: "sitOut" }, { type: "sitIn" }, { type: "straddle", on: true }]),
      };
  }
}

function take(table: PokerTable, step: Step): void {
  if (step.type === "command") table.does(step.player, step.command);
  else if (step.type === "presence") table.input({ ...step, player: id(step.player) });
  else table.pass(step.ms);
}

function shuffled(random: Random, cards: readonly number[]): number[] {
  const rest = [...cards];
  return cards.map(() => rest.splice(random.int(rest.length), 1)[0] ?? 0);
}

const text = (cards: readonly number[]): string => cards.map(cardText).join("");

type Found = { readonly differs: readonly string[]; readonly compared: number; readonly uncontested: boolean };

/** Plays one hand twice and compares what the viewer has seen of it. */
function compare(game: Poker, viewer: string | null, seed: number): Found {
  const random = new Random(seed);
  const deck = shuffled(random, DECK);
  const own = deck.slice(0, 2);
  const board = deck.slice(2, 7);
  const [one, other] = [1, 2].map((n) => {
    const rest = shuffled(new Random(seed * 1_000 + n), deck.slice(7));
    const others = NAMES.filter((name) => name !== viewer);
    const holes = Object.fromEntries(others.map((name, i) => [name, text(rest.slice(2 * i, 2 * i + 2))]));
    const table = new PokerTable(CONFIG, game).seat({ ann: 2_000, bob: 5_000, cy: 3_000, dee: 5_000 });
    return { table, cards: { ...holes, ...(viewer === null ? {} : { [viewer]: text(own) }), board: text(board) } };
  });
  if (one === undefined || other === undefined) throw new Error("two tables");
  const differs: string[] = [];
  let compared = 0;
  const look = (from: readonly [number, number]): void => {
    const [a, b] = [watched(viewer, one.table, from[0]), watched(viewer, other.table, from[1])];
    compared += a.length;
    if (JSON.stringify(a) !== JSON.stringify(b)) {
      const at = a.findIndex((line, i) => line !== b[i]);
      differs.push(`${a[at]}\n${b[at]}`);
    }
  };
  const ends = (): readonly [number, number] => [one.table.sent.length, other.table.sent.length];
  let from = ends();
  one.table.deal(one.cards);
  other.table.deal(other.cards);
  look(from);
  for (let i = 0; i < 60 && one.table.state.hand !== null; i++) {
    const step = stepOf(random, one.table);
    from = ends();
    take(one.table, step);
    take(other.table, step);
    if (revealed(one.table) || revealed(other.table)) return { differs, compared, uncontested: false };
    look(from);
  }
  return { differs, compared, uncontested: one.table.records.length > 0 };
}

function search(game: Poker, seeds: number): Found {
  const all = Array.from({ length: seeds }, (_, seed) =>
    [...NAMES, null, "eve"].map((viewer) => compare(game, viewer, seed + 1)),
  ).flat();
  return {
    differs: all.flatMap(({ differs }) => differs),
    compared: all.reduce((sum, { compared }) => sum + compared, 0),
    uncontested: all.some(({ uncontested }) => uncontested),
  };
}

type Leak = (real: Poker) => Poker;
const card = (state: State, place = 0): number => state.hand?.players[place]?.cards[0]?.card ?? 0;

/** The game with a part of the view that says more, in every step as well. */
const telling =
  (part: (state: State, view: View) => Partial<Omit<View, "seats">>): Leak =>
  (real) => ({
    ...real,
    view: (s) => ({ ...real.view(s), ...part(s, real.view(s)) }),
    show: (s, e) => {
      const after = real.evolve(s, e);
      const shown = real.show(s, e) ?? { type: "step", did: { type: "other" }, set: {}, seats: {} };
      return { ...shown, set: { ...shown.set, ...part(after, real.view(after)) } };
    },
  });

const LEAKS: readonly (readonly [string, Leak])[] = [
  [
    "a view with the openings of closed cards",
    telling(({ hand }) => ({ openings: hand?.players.flatMap(({ cards }) => cards) ?? [] })),
  ],
  [
    "a view with names in an order that tells",
    telling((s) => ({ queue: NAMES.map(id).sort((a, b) => (card(s, 1) - 25) * (a < b ? 1 : -1)) })),
  ],
  [
    "a clock that gives good hands more time",
    telling((s, { hand }) => {
      const turn = hand?.turn ?? null;
      if (hand === null || turn === null) return { hand };
      return { hand: { ...hand, turn: { ...turn, actBy: (turn.actBy + card(s, 2)) as typeof turn.actBy } } };
    }),
  ],
  [
    "a seat that knows its neighbour's holding",
    (real) => ({
      ...real,
      seat: (s, player) => ({ ...real.seat(s, player), bankMs: card(s, 1) }),
      audience: (s, e) => [...new Set([...real.audience(s, e), ...NAMES.map(id)])],
      tell: (s, e, player) => ({ set: { ...real.tell(s, e, player)?.set, bankMs: card(real.evolve(s, e), 1) } }),
    }),
  ],
  [
    "a record with folded cards",
    (real) => ({ ...real, recount: (kept) => JSON.parse(JSON.stringify(kept.at(-1) ?? null)) }),
  ],
  [
    "a refusal that depends on what one holds",
    (real) => ({
      ...real,
      decide: (s, input, facts) => {
        const decision = real.decide(s, input, facts);
        return "refused" in decision
          ? { ...decision, message: `${decision.message} ${card(s)} ${card(s, 1)}` }
          : decision;
      },
    }),
  ],
  [
    "a published event with the winner's cards",
    (real) => ({
      ...real,
      publish: (s, e: Event, room) =>
        e.type === "won"
          ? [{ topic: "settled", type: "won", key: "x", payload: { cards: [card(s), card(s, 1), card(s, 2)] } }]
          : real.publish(s, e, room),
    }),
  ],
  [
    "a lobby line with the next card",
    (real) => ({ ...real, summary: (s) => ({ ...real.summary(s), note: card(s, 1) }) }),
  ],
];

describe("with another deal behind the same backs", () => {
  test("[P17] every byte up to the reveal is the same, for each seat, a spectator and a stranger", () => {
    const { differs, compared, uncontested } = search(flat(poker), 40);
    expect(differs).toEqual([]);
    expect(compared).toBeGreaterThan(5_000);
    expect(uncontested).toBe(true);
  });

  test.each(LEAKS)("[P17] the comparison finds %s", (_, leak) => {
    expect(search(leak(flat(poker)), 8).differs).not.toEqual([]);
  });
});

const played = (): PokerTable => {
  const table = new PokerTable().seat({ ann: 5_000, bob: 5_000, cy: 5_000 });
  table.deal({ ann: "AsAd", bob: "KsKd", cy: "QsQd", board: "2h7d9cJs3s" });
  table.acts("ann calls", "bob calls", "cy checks", "bob checks", "cy raises 200", "ann calls", "bob folds");
  return table;
};

const holes = (table: PokerTable, viewer: string | null): (string | null)[] =>
  table.record(viewer).players.map(({ cards }) => (cards === null ? null : text(cards.map((one) => one.card))));

describe("who may read what", () => {
  test("[P17] hole cards are their owner's alone, folded ones for good", () => {
    const table = played();
    expect(["ann", "bob", "cy"].map((name) => text(table.mine(name).cards.map((one) => one.card)))).toEqual([
      "AsAd",
      "KsKd",
      "QsQd",
    ]);
    expect(table.mine("eve").cards).toEqual([]);
    expect(table.view.openings).toHaveLength(4);
    table.end().fire();
    expect(table.mine("bob").cards).toEqual([]);
  });

  test("[P18] a record is redacted by its viewer: own cards, and those that everybody was shown", () => {
    const table = played();
    table.acts("cy checks", "ann raises 400", "cy folds");
    table.fire();
    // In the order of play: bob, cy, ann.
    expect(holes(table, null)).toEqual([null, null, null]);
    expect(holes(table, "ann")).toEqual([null, null, "AsAd"]);
    expect(holes(table, "bob")).toEqual(["KsKd", null, null]);
    expect(holes(table, "cy")).toEqual([null, "QsQd", null]);
    expect(table.record(null)).toMatchObject({ hand: 1, void: null, rake: 0, button: 0, seats: 6 });
    expect(table.record(null).board).toHaveLength(4);
    expect(table.record(null).players.map(({ end }) => end)).toEqual([4_900, 4_700, 5_400]);
  });

  test("[P18] what was shown at the showdown is in everybody's record, with its openings; what was mucked is not", () => {
    const table = played();
    table.acts("cy checks", "ann raises 400", "cy calls", "cy checks", "ann checks");
    table.fire();
    expect(holes(table, null)).toEqual([null, "QsQd", "AsAd"]);
    expect(holes(table, "bob")).toEqual(["KsKd", "QsQd", "AsAd"]);
    expect(table.record(null).players[1]?.cards?.map(({ opening }) => opening.position)).toEqual([1, 4]);
  });

  test("[P21] the journal folds to the same stacks, and an upgrade of it would read every event", () => {
    const table = played();
    table.end();
    const read = table.journal.map((event) => poker.event.parse(JSON.parse(JSON.stringify(event))));
    const again = read.reduce(
      (state: State, event) => poker.rules.evolve(state, event),
      poker.rules.initial(table.state.config),
    );
    expect(again).toEqual(table.state);
  });
});
