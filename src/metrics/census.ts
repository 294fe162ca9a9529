import { addCounts, type Counts } from "../../rooms/host/counters.ts";
import type { BridgeReport } from "../bridge-port.ts";
import type { PlayersCensus } from "./backlogs.ts";
import { reports } from "./reports.ts";

/** Sums over the whole house, for /metrics: by game, never by player or room. */
export type Census = {
  readonly rooms: readonly RoomCount[];
  readonly games: Readonly<Record<string, GameCensus>>;
  /** Events of players that wait to be confirmed; missing only from a Directory of an older version. */
  readonly players?: PlayersCensus;
  /** Messages by `<queue>/<verdict>`. */
  readonly consumed: Counts;
  readonly bridges: readonly BridgeReport[];
  readonly at: number;
};

/** Rooms by game and status. Status `unheard`: listed, but has never reported. */
export type RoomCount = { readonly game: string; readonly status: string; readonly n: number };

export type GameCensus = {
  readonly online: number;
  readonly sockets: number;
  /** Rooms that reported within the last minute. */
  readonly active: number;
  readonly transfers: number;
  readonly outbox: number;
  readonly parked: number;
  readonly oldestAt: number | null;
  /** The same, only of events for the read side. */
  readonly oldestSettledAt: number | null;
  readonly counts: Counts;
};

/** The lag of the read side behind the rooms, in milliseconds: the age of the oldest unconfirmed result; 0: there is none. */
export function lagOf(games: Readonly<Record<string, Partial<GameCensus>>>, at: number): number {
  const oldest = Object.values(games).reduce<number | null>(
    (all, one) => earlier(all, one.oldestSettledAt ?? null),
    null,
  );
  return oldest === null ? 0 : Math.max(0, at - oldest);
}

/** The default for a census without players. */
export const NO_BACKLOG: PlayersCensus = { outboxes: 0, waiting: 0, oldestAt: null };

const ACTIVE_MS = 60_000;
const NOTHING: GameCensus = {
  online: 0,
  sockets: 0,
  active: 0,
  transfers: 0,
  outbox: 0,
  parked: 0,
  oldestAt: null,
  oldestSettledAt: null,
  counts: {},
};

/** Sums up the rooms' last reports. `listed`: how many rooms of each game exist. */
export function takeCensus(
  sql: SqlStorage,
  listed: ReadonlyMap<string, number>,
  now: number,
): Pick<Census, "rooms" | "games"> {
  const games: Record<string, GameCensus> = Object.fromEntries([...listed.keys()].map((game) => [game, NOTHING]));
  const status = new Map<string, number>();
  const heard = new Map<string, number>();
  for (const { room, report, base } of reports(sql)) {
    const game = room.slice(0, room.indexOf(":"));
    const sum = games[game] ?? NOTHING;
    const { transfers = 0, outbox = 0, parked = 0, oldestAt = null, oldestSettledAt = null } = report.waiting ?? {};
    games[game] = {
      online: sum.online + report.online,
      sockets: sum.sockets + report.sockets,
      active: sum.active + (report.at > now - ACTIVE_MS ? 1 : 0),
      transfers: sum.transfers + transfers,
      outbox: sum.outbox + outbox,
      parked: sum.parked + parked,
      oldestAt: earlier(sum.oldestAt, oldestAt),
      oldestSettledAt: earlier(sum.oldestSettledAt, oldestSettledAt),
      counts: addCounts(sum.counts, addCounts(base, report.counters)),
    };
    count(status, `${game} ${report.status}`);
    count(heard, game);
  }
  for (const [game, n] of listed) status.set(`${game} unheard`, Math.max(0, n - (heard.get(game) ?? 0)));
  const rooms = [...status].map(([name, n]) => {
    const [game = "", of = ""] = name.split(" ");
    return { game, status: of, n };
  });
  return { rooms, games };
}

function count(map: Map<string, number>, name: string): void {
  map.set(name, (map.get(name) ?? 0) + 1);
}

const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);
