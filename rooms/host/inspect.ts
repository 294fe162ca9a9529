import { fork, apply, deadlinesOf as due, held, stepOf, type Kernel } from "../kernel/state.ts";
import { roomDelta, type KernelEvent } from "../kernel/room-events.ts";
import type { AnyGame, Deadline, Json, Ms, PlayerId } from "../game.ts";
import type { Journal, JournalRow, JournalSizes } from "./journal.ts";
import type { Commitment, Table } from "../kernel/table.ts";

/**
 * The operator's view of a room: its status, pending work and latest events. It shows nothing that players at the table may not
 * see, except how many chips each has in transfer: no seed, no game state, no card, no time at which a flight ends. Pure: reads
 * the kernel and the journal.
 */

export type Inspection = {
  readonly room: string;
  readonly game: string;
  readonly version: number;
  readonly epoch: string;
  readonly status: Table["status"];
  readonly online: number;
  /** Sequence number of the last event. */
  readonly seq: number;
  readonly round: {
    readonly n: number;
    readonly phase: string;
    readonly startedAt: Ms | null;
    /** How many players gave a client seed. */
    readonly words: number;
    readonly commitments: readonly Commitment[];
  };
  /** The soonest one that everybody may know. */
  readonly deadline: Deadline | null;
  /** Whether the game has a deadline that nobody may know yet. */
  readonly secretDeadline: boolean;
  readonly purses: { readonly count: number; readonly chips: number; readonly held: number; readonly leaving: number };
  readonly house: number;
  /** Those without an answer; at most a hundred. */
  readonly transfers: readonly OpenTransfer[];
  readonly outbox: { readonly waiting: number; readonly parked: number; readonly oldestAt: Ms | null };
  /** Null: there is none yet. */
  readonly snapshot: { readonly seq: number; readonly at: Ms } | null;
  readonly sizes: JournalSizes;
  /** The last events, newest first. Null: there are too many since the snapshot to replay without disturbing the table. */
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

/** One event of the journal. `shown`: its public delta, or the player it was about. */
export type Seen = {
  readonly seq: number;
  readonly at: Ms;
  /** Type of the event or of its public delta; `game`: an event of the game that has none. */
  readonly type: string;
  readonly shown: Json;
  /** Ids of the HTTP requests that the orders in its batch came with; see request-ids.ts. */
  readonly from: readonly string[];
};

const TAIL_EVENTS = 50;
const TRANSFERS_MAX = 100;
/** Most events since the snapshot that are replayed; more take too long. */
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
 * A deadline is public when the public view has its time. For the others only their existence is shown, not their number or kind:
 * at crash that would reveal whether the flight ends before the next target.
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

/** The last events as they were shown, newest first: replays the rows from `base` on. */
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

/** The type of a public delta; `game` when there is none, so that it does not reveal the event. */
function typeOf(shown: Json): string {
  const type = typeof shown === "object" && shown !== null && "type" in shown ? shown.type : null;
  return typeof type === "string" ? type : "game";
}

/** The visible part of the room's own events that have no public delta: the player, and the chips of a transfer. */
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
