import { addCounts, type Counts } from "../../rooms/host/counters.ts";
import type { BridgeReport } from "../bridge-port.ts";
import type { PlayersCensus } from "./backlogs.ts";
import { reports } from "./reports.ts";

/** The whole house in sums, for /metrics: by game, and of nobody and no room in particular. */
export type Census = {
  readonly rooms: readonly RoomCount[];
  readonly games: Readonly<Record<string, GameCensus>>;
  /** What players' objects still have to hand on; missing from a Directory of an older version alone. */
  readonly players?: PlayersCensus;
  /** Messages by `<queue>/<verdict>`. */
  readonly consumed: Counts;
  readonly bridges: readonly BridgeReport[];
  readonly at: number;
};

/** `unheard`: listed, and never awake. */
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
  /** Of those for the read side alone. */
  readonly oldestSettledAt: number | null;
  readonly counts: Counts;
};

/** How far the read side is behind the rooms: the age of the oldest result that it has not confirmed, 0 when there is none. */
export function lagOf(games: Readonly<Record<string, Partial<GameCensus>>>, at: number): number {
  const oldest = Object.values(games).reduce<number | null>(
    (all, one) => earlier(all, one.oldestSettledAt ?? null),
    null,
  );
  return oldest === null ? 0 : Math.max(0, at - oldest);
}

/** Of a Directory that says nothing of players. */
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

/** `listed`: how many rooms of each game there are. */
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
