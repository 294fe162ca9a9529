import {
  chips,
  type AnyGame,
  type Chips,
  type Deadline,
  type DomainEvent,
  type Json,
  type Move,
  type Ms,
  type PlayerId,
  type Step,
  type TableStatus,
} from "../game.ts";
import {
  commitmentOf,
  emptyTable,
  foldTable,
  type Commitment,
  TABLE_PLAYERS_MAX,
  type Opened,
  type Person,
  type Table,
} from "./table.ts";
import type { Proof } from "../fair/deck.ts";
import type { KernelEvent } from "./room-events.ts";
import type { Entropy } from "../fair/draw.ts";
import { answered, emptyPurse, opened, pay, revoked, stake, takeBack, type Purse } from "./purse.ts";
import { settledEvents } from "./settlement.ts";

/**
 * The room's own state around a game: purses, presence, fairness, the open round. Like the game's state it is the fold of the
 * journal. Only `apply` changes it: live inputs, replay on wake and the tests all go through it.
 */

export type Presence = { readonly name: string; readonly online: boolean; readonly since: Ms };

/** The kernel's data about the open round: to prove it, to record it, and to refund it after a fault. */
export type OpenRound = {
  readonly n: number;
  readonly startedAt: Ms | null;
  readonly entropy: readonly Entropy[];
  readonly opened: Opened | null;
  readonly kept: readonly Json[];
  /** Chips that the game held for each player when the round began. */
  readonly opening: readonly (readonly [PlayerId, Chips])[];
  /** Stakes less payouts since then, by player; `house`: the chips that went to the house. */
  readonly flows: Map<PlayerId, number>;
  readonly house: number;
};

export type FinishedRound = OpenRound & {
  readonly seed: string | null;
  readonly hash: string;
  readonly roots: readonly string[];
  readonly void: boolean;
  readonly endedAt: Ms;
};

/** A published commitment. The round may be drawn only if `seq`, the event of its commitment, was durable before the batch. */
export type Committed = Commitment & { readonly seq: number };

export type Kernel = {
  readonly room: string;
  seq: number;
  /** Time of the latest input that was handled; time never goes back in a room. */
  at: Ms;
  state: unknown;
  table: Table;
  house: number;
  /** Transfers opened so far; the next transfer's id has the next number. */
  transfers: number;
  /** Domain events published so far: the last sequence number of the outbox. */
  published: number;
  /** Sum of all stakes published so far, in minor units. Budgets of lotteries are a share of it. */
  staked: number;
  commitments: readonly Committed[];
  round: OpenRound;
  purses: Map<PlayerId, Purse>;
  presence: ReadonlyMap<PlayerId, Presence>;
  /** Players whose purse is returned to the wallet as soon as the game holds no chips of theirs. */
  leaving: ReadonlySet<PlayerId>;
  /** Offline players with a purse, and since when; their grace time runs from then. */
  away: ReadonlyMap<PlayerId, Ms>;
};

/** The results of `apply` besides the new state. */
export type Effects = {
  readonly finished: FinishedRound[];
  readonly published: DomainEvent[];
  /** Players whose purse was changed by an event of the game. */
  readonly moved: Set<PlayerId>;
};

export function create(game: AnyGame, room: string, config: unknown): Kernel {
  const state = game.rules.initial(config);
  return {
    room,
    seq: 0,
    at: 0 as Ms,
    state,
    table: emptyTable,
    house: 0,
    transfers: 0,
    published: 0,
    staked: 0,
    commitments: [],
    round: openRound(game.rules.round(state), []),
    purses: new Map(),
    presence: new Map(),
    leaving: new Set(),
    away: new Map(),
  };
}

/**
 * A copy that can be changed without changing the original. `apply` replaces all values in it, except two maps that every bet
 * writes to; these are copied here, once a batch.
 */
export function fork(kernel: Kernel): Kernel {
  return {
    ...kernel,
    purses: new Map(kernel.purses),
    round: { ...kernel.round, flows: new Map(kernel.round.flows) },
  };
}

/** The status as the game gets it. A faulted room does not call its game, so there is no such value. */
export const tableStatus = ({ table }: Kernel): TableStatus => (table.status === "paused" ? "paused" : "running");

/** The game's deadlines that can fire now. */
export function deadlinesOf(game: AnyGame, { state, table }: Kernel): readonly Deadline[] {
  if (table.status === "faulted") return [];
  const all = game.rules.deadlines(state);
  return table.status === "paused" ? all.filter(({ unlessPaused }) => unlessPaused !== true) : all;
}

export const purseOf = (kernel: Kernel, player: PlayerId): Purse => kernel.purses.get(player) ?? emptyPurse;

/** Chips that the game holds for this player. 0 after a fault, since everything was refunded. */
export function held(game: AnyGame, kernel: Kernel, player: PlayerId): Chips {
  return kernel.table.status === "faulted" ? chips(0) : game.bank.onTable(kernel.state, player);
}

/** Applies one event, number seq + 1, to `kernel` (a fork) in place. Throws only when it breaks an invariant, which is a bug. */
export function apply(game: AnyGame, kernel: Kernel, event: KernelEvent, at: Ms, effects: Effects): void {
  if (event.type === "game" && isRetired(event.event)) {
    kernel.seq += 1;
    kernel.at = at;
    if (kernel.round.startedAt === null) kernel.round = { ...kernel.round, startedAt: event.at ?? at };
    return;
  }
  if (event.type === "game") {
    applyGame(game, kernel, planned(game, stepOf(game, kernel.state, event.event)), event.at ?? at, effects);
    return;
  }
  kernel.seq += 1;
  kernel.at = at;
  switch (event.type) {
    case "room.committed":
      kernel.commitments = [...kernel.commitments, { ...commitmentOf(event), seq: kernel.seq }];
      kernel.table = foldTable(kernel.table, event);
      return;
    case "room.revealed": {
      const { hash = "", roots = [] } = kernel.commitments.find((c) => c.round === event.round) ?? {};
      const { seed, at: endedAt } = event;
      effects.finished.push({ ...kernel.round, seed, hash, roots, void: event.void, endedAt });
      kernel.commitments = kernel.commitments.filter((c) => c.round > event.round);
      kernel.table = foldTable(kernel.table, event);
      kernel.round = openRound(event.round + 1, holdings(game, kernel));
      return;
    }
    case "room.opened":
      kernel.round = { ...kernel.round, opened: { round: event.round, deck: event.deck, seeds: event.seeds } };
      kernel.table = foldTable(kernel.table, event);
      return;
    case "room.entropy": {
      const entropy = [...kernel.round.entropy, { player: event.player, value: event.value }];
      kernel.round = { ...kernel.round, entropy };
      return;
    }
    case "room.presence":
      applyPresence(kernel, event);
      return;
    case "room.chat":
    case "room.notice":
      kernel.table = foldTable(kernel.table, event);
      return;
    case "room.leaving":
      kernel.leaving = event.leaving
        ? new Set([...kernel.leaving, event.player])
        : dropped(kernel.leaving, event.player);
      return;
    case "room.left":
      kernel.purses.delete(event.player);
      kernel.presence = without(kernel.presence, event.player);
      kernel.leaving = dropped(kernel.leaving, event.player);
      kernel.away = without(kernel.away, event.player);
      return;
    case "room.transfer":
      kernel.transfers += 1;
      kernel.purses.set(event.player, opened(purseOf(kernel, event.player), event.transfer, kernel.round.n));
      return;
    case "room.transferred":
      kernel.purses.set(event.player, answered(purseOf(kernel, event.player), event.id, event.answer));
      return;
    case "room.revoked":
      kernel.purses.set(event.player, revoked(purseOf(kernel, event.player), event.version));
      return;
    case "room.faulted":
      for (const [player, amount] of event.refunds) kernel.purses.set(player, pay(purseOf(kernel, player), amount));
      kernel.house -= event.house;
      kernel.table = foldTable(kernel.table, { type: "room.notice", status: "faulted", message: event.reason });
      return;
    default:
      event satisfies never;
  }
}

/** A retired event of a game (`paused`, `resumed`): in old journals it still takes a sequence number, but changes nothing. */
export function isRetired(event: unknown): boolean {
  const { type } = event as { readonly type?: unknown };
  return type === "paused" || type === "resumed";
}

/** An event to be applied, with its chip movements: computed once, for every use before it is applied. */
export type Planned = { readonly step: Step<unknown, unknown>; readonly moves: readonly Move[] };

/** An event with the state before and after it. */
export function stepOf<State, Event>(
  game: { readonly rules: { evolve(state: State, event: Event): State } },
  before: State,
  event: Event,
): Step<State, Event> {
  return { before, event, after: game.rules.evolve(before, event) };
}

const planned = (game: AnyGame, step: Step<unknown, unknown>): Planned => ({ step, moves: game.bank.moves(step) });

/** The steps and chip movements of these events, in order, from this state on. */
export function plan(game: AnyGame, state: unknown, events: readonly unknown[]): readonly Planned[] {
  let before = state;
  return events.map((event) => {
    const step = stepOf(game, before, event);
    before = step.after;
    return planned(game, step);
  });
}

/** Like `apply`, for an event of the game. */
export function applyGame(game: AnyGame, kernel: Kernel, { step, moves }: Planned, at: Ms, effects: Effects): void {
  kernel.seq += 1;
  kernel.at = at;
  for (const move of moves) {
    if (move.type === "house") {
      kernel.house += move.amount;
      kernel.round = { ...kernel.round, house: kernel.round.house + move.amount };
      continue;
    }
    const purse = purseOf(kernel, move.player);
    effects.moved.add(move.player);
    kernel.purses.set(move.player, moved(purse, move));
    kernel.round.flows.set(move.player, (kernel.round.flows.get(move.player) ?? 0) + signedStake(move));
  }
  const settlement = game.rounds.settle(step);
  // A later record replaces an earlier one, which was kept in case the round gets no further.
  if (settlement?.record !== undefined) kernel.round = { ...kernel.round, kept: [settlement.record] };
  if (kernel.round.startedAt === null) kernel.round = { ...kernel.round, startedAt: at };
  const paid = settlement?.paid === undefined ? [] : settledEvents(kernel.room, kernel.round.n, settlement.paid);
  for (const published of [...paid, ...game.rounds.publish(step, kernel.room)]) {
    kernel.published += 1;
    if (published.topic === "stakes") kernel.staked += published.payload.stake;
    effects.published.push(published);
  }
  kernel.state = step.after;
}

function moved(purse: Purse, money: Exclude<Move, { type: "house" }>): Purse {
  if (money.type === "stake") return stake(purse, money.amount);
  return money.back === true ? takeBack(purse, money.amount) : pay(purse, money.amount);
}

function applyPresence(kernel: Kernel, event: KernelEvent & { type: "room.presence" }): void {
  const { player, name, online, at } = event;
  kernel.table = foldTable(kernel.table, event);
  const known = online || kernel.purses.has(player);
  kernel.presence = known
    ? put(kernel.presence, player, { name, online, since: at })
    : without(kernel.presence, player);
  kernel.away = online || !known ? without(kernel.away, player) : put(kernel.away, player, at);
}

/** The players who move up into `Table.players` when this player leaves, the longest online first. */
export function movesUp({ table, presence }: Kernel, leaver: PlayerId): readonly Person[] {
  const listed = new Set(table.players.map(({ player }) => player));
  const left = table.players.length - (listed.has(leaver) ? 1 : 0);
  const free = Math.min(TABLE_PLAYERS_MAX, table.online - 1) - left;
  if (free <= 0) return [];
  return [...presence]
    .filter(([player, { online }]) => online && player !== leaver && !listed.has(player))
    .toSorted(([, a], [, b]) => a.since - b.since)
    .slice(0, free)
    .map(([player, { name }]) => ({ player, name }));
}

/** Chips that a stake or pay takes out of the purse; negative for a pay. */
export function signedStake(money: { readonly type: "stake" | "pay"; readonly amount: number }): number {
  return money.type === "stake" ? money.amount : 0 - money.amount;
}

function put<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

function dropped<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  return set.has(item) ? new Set([...set].filter((other) => other !== item)) : set;
}

function openRound(n: number, opening: OpenRound["opening"]): OpenRound {
  return { n, startedAt: null, entropy: [], opened: null, kept: [], opening, flows: new Map(), house: 0 };
}

function holdings(game: AnyGame, kernel: Kernel): OpenRound["opening"] {
  return [...kernel.purses.keys()]
    .map((player) => [player, held(game, kernel, player)] as const)
    .filter(([, amount]) => amount > 0);
}

/** The public data that verifies a finished round. */
export function proofOf(room: string, { n, seed, hash, roots, opened, entropy }: FinishedRound): Proof {
  const head = { room, round: n, commitment: hash };
  if (seed !== null) return { scheme: "seed", ...head, seed, entropy };
  const { deck = null, seeds = roots.map(() => null) } = opened ?? {};
  return { scheme: "deck", ...head, roots, entropy, deck, seeds };
}
