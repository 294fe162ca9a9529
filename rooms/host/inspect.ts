import { fork, apply, deadlinesOf as due, held, stepOf, type Kernel } from "../kernel/state.ts";
import { roomDelta, type KernelEvent } from "../kernel/room-events.ts";
import type { AnyGame, Deadline, Json, Ms, PlayerId } from "../game.ts";
import type { Journal, JournalRow, JournalSizes } from "./journal.ts";
import type { Commitment, Table } from "../kernel/table.ts";

/**
 * What an operator may see of a room: how it stands, what it waits for, and what it has just done. Nothing in here is more than what
 * anybody at the table may see, but for whose chips are where: no seed, no state, no card, no number that tells when a flight ends.
 * Pure over the kernel and the journal.
 */

export type Inspection = {
  readonly room: string;
  readonly game: string;
  readonly version: number;
  readonly epoch: string;
  readonly status: Table["status"];
  readonly online: number;
  /** Of the last event. */
  readonly seq: number;
  readonly round: {
    readonly n: number;
    readonly phase: string;
    readonly startedAt: Ms | null;
    /** Players who gave words to the draw. */
    readonly words: number;
    readonly commitments: readonly Commitment[];
  };
  /** The soonest of those that everybody may know. */
  readonly deadline: Deadline | null;
  /** The game waits for something that nobody may know yet. */
  readonly secretDeadline: boolean;
  readonly purses: { readonly count: number; readonly chips: number; readonly held: number; readonly leaving: number };
  readonly house: number;
  /** Without an answer; the first hundred. */
  readonly transfers: readonly OpenTransfer[];
  readonly outbox: { readonly waiting: number; readonly parked: number; readonly oldestAt: Ms | null };
  /** Null: there is none yet. */
  readonly snapshot: { readonly seq: number; readonly at: Ms } | null;
  readonly sizes: JournalSizes;
  /** The last events, newest first. Null: so much has happened since the snapshot that to look would disturb the table. */
  readonly tail: readonly Seen[] | null;
  /** The game's public view. */
  readonly view: Json;
};

export type OpenTransfer = {
  readonly player: PlayerId;
  readonly id: string;
  readonly kind: string;
  readonly amount: number;
};

/** One event of the journal. `shown`: what the public stream said of it, or whom it was about. */
export type Seen = {
  readonly seq: number;
  readonly at: Ms;
  /** The event's; `game`: one of the game's that not everybody saw. */
  readonly type: string;
  readonly shown: Json;
  /** The requests of the orders in its batch; see request-ids.ts. */
  readonly from: readonly string[];
};

const TAIL_EVENTS = 50;
const TRANSFERS_MAX = 100;
/** Events since the snapshot; beyond that, telling them again takes too long. */
const REPLAY_MAX = 6_000;

export type Inspected = {
  readonly game: AnyGame;
  readonly kernel: Kernel;
  readonly journal: Journal;
  readonly config: unknown;
  readonly epoch: string;
};

export function inspect({ game, kernel, journal, config, epoch }: Inspected): Inspection {
  const { table, round, state } = kernel;
  const view = game.sight.view(state) as Json; // as on the socket: plain data
  const open = [...kernel.purses].flatMap(([player, { transfer }]) =>
    transfer === null ? [] : [{ player, id: transfer.id, kind: transfer.kind, amount: transfer.amount }],
  );
  return {
    room: kernel.room,
    game: game.name,
    version: game.version,
    epoch,
    status: table.status,
    online: table.online,
    seq: kernel.seq,
    round: {
      n: round.n,
      phase: game.lobby.summary(state).phase,
      startedAt: round.startedAt,
      words: round.entropy.length,
      commitments: table.commitments,
    },
    ...deadlinesOf(game, kernel, view),
    purses: {
      count: kernel.purses.size,
      chips: sum([...kernel.purses.values()].map(({ chips }) => chips)),
      held: sum([...kernel.purses.keys()].map((player) => held(game, kernel, player))),
      leaving: kernel.leaving.size,
    },
    house: kernel.house,
    transfers: open.slice(0, TRANSFERS_MAX),
    outbox: journal.outbox.standing(),
    sizes: journal.sizes(),
    ...pastOf(game, kernel, journal, config),
    view,
  };
}

/**
 * An instant is everybody's when the public view has it. One that it has not is secret, and so is that there is such a deadline: a
 * flight that has no targets left to meet ends before them.
 */
function deadlinesOf(game: AnyGame, kernel: Kernel, view: Json): Pick<Inspection, "deadline" | "secretDeadline"> {
  const all = due(game, kernel);
  const known = all.filter(({ at }) => says(view, at)).toSorted((a, b) => a.at - b.at);
  return { deadline: known[0] ?? null, secretDeadline: known.length < all.length };
}

function says(value: Json | undefined, n: number): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some((one) => says(one, n));
  return value === n;
}

function pastOf(
  game: AnyGame,
  kernel: Kernel,
  journal: Journal,
  config: unknown,
): Pick<Inspection, "snapshot" | "tail"> {
  const { seq, at } = journal.lastSnapshot();
  const snapshot = seq === 0 ? null : { seq, at };
  if (kernel.seq - seq > REPLAY_MAX) return { snapshot, tail: null };
  const { base, rows } = journal.past(config);
  return { snapshot, tail: tailOf(game, base, rows) };
}

/** The last events as they were told, newest first: `base` and the rows after it are told again. */
export function tailOf(game: AnyGame, base: Kernel, rows: readonly JournalRow[]): Seen[] {
  const kernel = fork(base);
  const last = base.seq + sum(rows.map(({ events }) => events.length));
  const seen: Seen[] = [];
  for (const { at, events, from = [] } of rows) {
    for (const event of events) {
      if (kernel.seq >= last - TAIL_EVENTS) seen.push({ seq: kernel.seq + 1, from, ...told(game, kernel, event, at) });
      apply(game, kernel, event, at, { finished: [], published: [], moved: new Set() });
    }
  }
  return seen.toReversed();
}

function told(game: AnyGame, { state }: Kernel, event: KernelEvent, at: Ms): Pick<Seen, "at" | "type" | "shown"> {
  if (event.type !== "game") return { at, type: event.type, shown: roomDelta(event) ?? about(event) };
  const shown = game.deltas.publicDelta(stepOf(game, state, event.event)) as Json; // as on the socket: plain data
  return { at: event.at ?? at, type: typeOf(shown), shown };
}

/** Of a public step; `game` when there is none, so that nobody can tell what it was. */
function typeOf(shown: Json): string {
  const type = typeof shown === "object" && shown !== null && "type" in shown ? shown.type : null;
  return typeof type === "string" ? type : "game";
}

/** Of the room's own events that the public stream passes over: whose they are. */
function about(event: KernelEvent): Json {
  switch (event.type) {
    case "room.transfer": {
      const { id, kind, amount } = event.transfer;
      return { player: event.player, id, kind, amount };
    }
    case "room.transferred":
      return { player: event.player, id: event.id, ok: event.answer.ok };
    case "room.entropy":
    case "room.leaving":
    case "room.left":
    case "room.revoked":
      return { player: event.player };
    default:
      return null;
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);
