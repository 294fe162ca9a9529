import { DurableObject } from "cloudflare:workers";
import { games } from "../../rooms/games.ts";
import type { PlayerId } from "../../rooms/game.ts";
import type { RoomReport } from "../../rooms/host/services.ts";
import { transact } from "../../rooms/host/sql.ts";
import { firstConfigOf, settingsOf, type Env, type Settings } from "../env.ts";
import { BACKLOG_TABLES, backlogOfPlayers, keepBacklog } from "../metrics/backlogs.ts";
import { takeCensus, type Census } from "../metrics/census.ts";
import { keepReport, openReports } from "../metrics/reports.ts";
import { figuresOf, SecondLook } from "../metrics/second-look.ts";
import type { Backlog } from "./player/backlog.ts";
import { allotted } from "./directory/house-chips.ts";
import { roomStub } from "./stubs.ts";
import { heardOf, waysOf } from "../metrics/bridges.ts";
import type { BridgeReport, BridgeWord } from "../bridge-port.ts";

/**
 * Durable Object `Directory`, one, named `main`: which rooms exist, who may enter the private ones, and what each last
 * reported. `<game>:main` exists for every game of the registry; the others were made by players.
 */

export type Listing = {
  /** `<game>:<id>`, the room object's name. */
  readonly name: string;
  readonly game: string;
  readonly id: string;
  /** As JSON, already read by the game's own schema. */
  readonly config: string;
  readonly owner: PlayerId | null;
  readonly private: boolean;
  /** False until the room object has been given its config. */
  readonly ready: boolean;
};

/** `invite` is there for the owner alone. */
export type Found = { readonly listing: Listing; readonly member: boolean; readonly invite: string | null };
export type Listed = { readonly listing: Listing; readonly report: RoomReport | null };

export type NewRoom = Pick<Listing, "game" | "id" | "config" | "private"> & {
  readonly owner: PlayerId;
  /** Ignored for a public room. */
  readonly invite: string;
};
export type Made =
  { readonly ok: true; readonly invite: string | null } | { readonly ok: false; readonly code: "too_many_rooms" };

type RoomRow = {
  name: string;
  game: string;
  id: string;
  config: string;
  owner: PlayerId;
  invite: string | null;
  ready: number;
};

const LIST_MAX = 200;
const LISTED_PER_OWNER = 2;
const UNUSED_MS = 86_400_000;
const MEMBERS_MAX = 500;
/** A census younger than that is given again. */
const CENSUS_MS = 1_000;
/** How often at most the Directory looks for rooms to be asked, and how long a reader of the figures waits for their answers. */
const SECOND_LOOK_MS = 2_000;
const SECOND_LOOK_WAIT_MS = 500;

const TABLES = `
CREATE TABLE IF NOT EXISTS room (
  name TEXT PRIMARY KEY,
  game TEXT NOT NULL,
  id TEXT NOT NULL,
  config TEXT NOT NULL CHECK (json_valid(config)),
  owner TEXT NOT NULL,
  invite TEXT,
  ready INTEGER NOT NULL CHECK (ready IN (0, 1)),
  made_at INTEGER NOT NULL,
  CHECK (name = game || ':' || id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS room_owner ON room (owner);
CREATE TABLE IF NOT EXISTS member (
  player TEXT NOT NULL, room TEXT NOT NULL, PRIMARY KEY (player, room)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bridge (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS consumed (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

const REPORTED = `room.*, coalesce(report.online, 0) AS online, coalesce(json_extract(report.body, '$.at'), 0) AS told
  FROM room LEFT JOIN report ON report.room = room.name`;
const BUSIEST = "online DESC, told DESC, made_at DESC, name";
const OWN = `SELECT ${REPORTED} WHERE (?1 IS NULL OR game = ?1)
    AND (owner = ?2 OR (invite IS NOT NULL AND EXISTS (SELECT 1 FROM member WHERE player = ?2 AND member.room = room.name)))
  ORDER BY owner = ?2 DESC, ${BUSIEST} LIMIT ?3`;
const OTHERS = `SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY owner ORDER BY ${BUSIEST}) AS nth FROM (
      SELECT ${REPORTED} WHERE (?1 IS NULL OR game = ?1) AND invite IS NULL AND owner IS NOT ?2)
    WHERE online > 0 OR max(told, made_at) > ?3)
  WHERE nth <= ?4 ORDER BY ${BUSIEST} LIMIT ?5`;

/** The rooms that nobody made and that are always there: one of each game, and the lotteries of the settings. */
function fixedNames({ ROLE, LOTTERIES }: Settings): string[] {
  const lotteries = [...LOTTERIES.keys()].map((id) => `lottery:${id}`);
  if (ROLE === "lottery") return lotteries;
  const tables = [...games.keys()].filter((game) => game !== "lottery").map((game) => `${game}:main`);
  return [...tables, ...lotteries];
}

function fixed(settings: Settings, name: string): Listing | null {
  if (!fixedNames(settings).includes(name)) return null;
  const [game = "", id = ""] = name.split(":");
  return {
    name,
    game,
    id,
    config: JSON.stringify(firstConfigOf(settings, name)),
    owner: null,
    private: false,
    ready: true,
  };
}

function listingOf({ name, game, id, config, owner, invite, ready }: RoomRow): Listing {
  return { name, game, id, config, owner, private: invite !== null, ready: ready === 1 };
}

export class Directory extends DurableObject<Env> {
  readonly #sql: SqlStorage = this.ctx.storage.sql;
  #census: Census | null = null;
  readonly #secondLook = new SecondLook();
  #lookedAt = 0;
  #looking: Promise<void> | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql.exec(TABLES + BACKLOG_TABLES);
    openReports(this.#sql);
  }

  #fixed(name: string): Listing | null {
    return fixed(settingsOf(this.env), name);
  }

  #row(name: string): RoomRow | null {
    return this.#sql.exec<RoomRow>("SELECT * FROM room WHERE name = ?", name).toArray()[0] ?? null;
  }

  #isMember(name: string, player: PlayerId | null): boolean {
    if (player === null) return false;
    return this.#sql.exec("SELECT 1 FROM member WHERE player = ? AND room = ?", player, name).toArray().length > 0;
  }

  /** Null: nobody made a room of that name. */
  async find(name: string, player: PlayerId | null): Promise<Found | null> {
    const always = this.#fixed(name);
    if (always !== null) return { listing: always, member: false, invite: null };
    const row = this.#row(name);
    if (row === null) return null;
    const invite = player !== null && row.owner === player ? row.invite : null;
    return { listing: listingOf(row), member: this.#isMember(name, player), invite };
  }

  /**
   * Those that always exist, then all of this player's own and the private ones that they are of, then at most 200 public ones: the busiest
   * first, two of each owner, and none in which nobody has been for a day. Nobody's empty rooms keep anybody else's from the list.
   */
  async list(game: string | null, player: PlayerId | null): Promise<Listed[]> {
    await this.#lookAgain();
    const settings = settingsOf(this.env);
    const elsewhere = settings.ROLE === "casino" && settings.LOTTERY === "kafka"; // then the lotteries in here get no tickets
    const always = fixedNames(settings)
      .map((name) => fixed(settings, name))
      .filter((listing) => listing !== null)
      .filter((listing) => (game === null ? !(elsewhere && listing.game === "lottery") : listing.game === game));
    const own = this.#sql.exec<RoomRow>(OWN, game, player, LIST_MAX).toArray();
    const others = this.#sql
      .exec<RoomRow>(OTHERS, game, player, Date.now() - UNUSED_MS, LISTED_PER_OWNER, LIST_MAX - always.length)
      .toArray();
    const made = [...own, ...others].map(listingOf);
    return [...always, ...made].map((listing) => ({ listing, report: this.#report(listing.name) }));
  }

  /** Every room there is, private ones too, by name from above `after`; those that always exist are on the first page. */
  async every(after: string | null, limit: number): Promise<{ rooms: Listed[]; next: string | null }> {
    await this.#lookAgain();
    const settings = settingsOf(this.env);
    const always = (after === null ? fixedNames(settings) : [])
      .map((name) => fixed(settings, name))
      .filter((listing) => listing !== null);
    const found = this.#sql
      .exec<RoomRow>("SELECT * FROM room WHERE name > ? ORDER BY name LIMIT ?", after ?? "", limit + 1)
      .toArray()
      .map(listingOf);
    const made = found.slice(0, limit);
    const rooms = [...always, ...made].map((listing) => ({ listing, report: this.#report(listing.name) }));
    return { rooms, next: found.length > limit ? (made.at(-1)?.name ?? null) : null };
  }

  /** The rooms that may have played, private ones too, by name from above `after`. */
  async names(after: string, limit: number): Promise<string[]> {
    const made = this.#sql
      .exec<{ name: string }>("SELECT name FROM room WHERE ready = 1 AND name > ? ORDER BY name LIMIT ?", after, limit)
      .toArray()
      .map(({ name }) => name);
    const always = fixedNames(settingsOf(this.env)).filter((name) => name > after);
    return [...always, ...made].toSorted().slice(0, limit);
  }

  #report(name: string): RoomReport | null {
    const row = this.#sql.exec<{ body: string }>("SELECT body FROM report WHERE room = ?", name).toArray()[0];
    if (row === undefined) return null;
    const report: RoomReport = JSON.parse(row.body);
    return report;
  }

  /** Lists a room. The same owner may repeat it under the same id; `cap` is how many rooms an owner may have. */
  async make({ game, id, config, owner, invite, private: closed }: NewRoom, cap: number): Promise<Made> {
    const name = `${game}:${id}`;
    const known = this.#row(name);
    if (known !== null && known.owner === owner) return { ok: true, invite: known.invite };
    const { n } = this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM room WHERE owner = ?", owner).one();
    if (n >= cap) return { ok: false, code: "too_many_rooms" };
    const kept = closed ? invite : null;
    const own = allotted(this.#sql, game, config, owner, settingsOf(this.env).HOUSE_CHIPS_PER_OWNER);
    transact(this.ctx.storage, () => {
      this.#sql.exec(
        "INSERT INTO room (name, game, id, config, owner, invite, ready, made_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
        name,
        game,
        id,
        own,
        owner,
        kept,
        Date.now(),
      );
      this.#sql.exec("INSERT INTO member (player, room) VALUES (?, ?)", owner, name);
    });
    return { ok: true, invite: kept };
  }

  /** The room object has its config. */
  async ready(name: string): Promise<void> {
    this.#sql.exec("UPDATE room SET ready = 1 WHERE name = ? AND ready = 0", name);
  }

  /** Membership of a private room; of a public one there is none, and everybody is welcome. */
  async join(
    name: string,
    player: PlayerId,
    invite: string,
  ): Promise<"joined" | "unknown_room" | "bad_invite" | "room_full"> {
    if (this.#fixed(name) !== null) return "joined";
    const row = this.#row(name);
    if (row === null) return "unknown_room";
    if (row.invite === null || this.#isMember(name, player)) return "joined";
    if (!sameText(row.invite, invite)) return "bad_invite";
    const { n } = this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM member WHERE room = ?", name).one();
    if (n >= MEMBERS_MAX) return "room_full";
    this.#sql.exec("INSERT INTO member (player, room) VALUES (?, ?)", player, name);
    return "joined";
  }

  /** The rooms' registrar (rooms/host/ports.ts). A room that is not listed is not heard. */
  async report(room: string, report: RoomReport): Promise<void> {
    if (this.#fixed(room) === null && this.#row(room) === null) return;
    const last = this.#report(room);
    this.#secondLook.heard(room, last === null || figuresOf(last) !== figuresOf(report), Date.now());
    keepReport(this.#sql, room, report);
  }

  /** Somebody wants the figures: rooms whose last word may be out of date are asked, see second-look.ts. Never rejects. */
  async #lookAgain(): Promise<void> {
    const now = Date.now();
    if (this.#looking === null && Math.abs(now - this.#lookedAt) >= SECOND_LOOK_MS) {
      this.#lookedAt = now;
      const due = this.#secondLook.due(this.#suspects(), now);
      if (due.length === 0) return;
      const asked = Promise.all(due.map(async (room) => this.#ask(room)));
      this.#looking = asked.then(() => void (this.#looking = null));
    }
    if (this.#looking === null) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, SECOND_LOOK_WAIT_MS);
    });
    try {
      await Promise.race([this.#looking, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Rooms that last told of anybody or anything. */
  #suspects(): string[] {
    return this.#sql
      .exec<{ room: string }>(
        `SELECT report.room FROM report LEFT JOIN room ON room.name = report.room
         WHERE coalesce(room.ready, 1) = 1 AND (online > 0 OR json_extract(body, '$.sockets') > 0
           OR json_extract(body, '$.waiting.outbox') > 0 OR json_extract(body, '$.waiting.transfers') > 0)`,
      )
      .toArray()
      .map(({ room }) => room);
  }

  async #ask(room: string): Promise<void> {
    try {
      const last = this.#report(room);
      const now = await roomStub(this.env, room).stats();
      if (last === null || figuresOf(last) === figuresOf(now)) return;
      // One that it has told meanwhile is newer.
      if (JSON.stringify(this.#report(room)) !== JSON.stringify(last)) return;
      this.#census = null;
      await this.report(room, now);
    } catch {
      // It is asked again another time.
    }
  }

  /** How many of a player's news wait to be confirmed; none of one who was told of before is news too. */
  async backlog(player: PlayerId, backlog: Backlog): Promise<void> {
    keepBacklog(this.#sql, player, backlog);
  }

  /** How many messages the Worker's queue consumer judged, by `<queue>/<verdict>`: added to what it told before. */
  async consumed(counts: Readonly<Record<string, number>>): Promise<void> {
    for (const [name, n] of Object.entries(counts)) {
      this.#sql.exec(
        "INSERT INTO consumed (name, n) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET n = n + excluded.n",
        name,
        n,
      );
    }
  }

  /** For /metrics: the whole house in sums, from what the rooms reported. */
  async census(): Promise<Census> {
    await this.#lookAgain();
    const at = Date.now();
    if (this.#census !== null && Math.abs(at - this.#census.at) < CENSUS_MS) return this.#census;
    const listed = new Map<string, number>();
    for (const name of fixedNames(settingsOf(this.env))) {
      const game = name.slice(0, name.indexOf(":"));
      listed.set(game, (listed.get(game) ?? 0) + 1);
    }
    for (const { game, n } of this.#sql.exec<{ game: string; n: number }>(
      "SELECT game, count(*) AS n FROM room GROUP BY game",
    ))
      listed.set(game, (listed.get(game) ?? 0) + n);
    const consumed = this.#sql.exec<{ name: string; n: number }>("SELECT name, n FROM consumed").toArray();
    this.#census = {
      ...takeCensus(this.#sql, listed, at),
      players: backlogOfPlayers(this.#sql),
      consumed: Object.fromEntries(consumed.map(({ name, n }) => [name, n])),
      bridges: await this.bridges(),
      at,
    };
    return this.#census;
  }

  /** How the bridge to Kafka goes: the last report of each direction. */
  async bridge(word: BridgeWord): Promise<void> {
    const name = `${word.topic} ${word.direction}`;
    const [row] = this.#sql.exec<{ body: string }>("SELECT body FROM bridge WHERE name = ?", name).toArray();
    const last: BridgeReport | null = row === undefined ? null : JSON.parse(row.body);
    const { next = last?.next } = word;
    const report: BridgeReport = {
      ...word,
      records: word.records ?? last?.records ?? 0,
      ...(next === undefined ? {} : { next }),
    };
    this.#sql.exec("INSERT OR REPLACE INTO bridge (name, body) VALUES (?, ?)", name, JSON.stringify(report));
    this.#census = null;
  }

  /** Of the ways that this house's events go; none where they do not go by Kafka. */
  async bridges(): Promise<BridgeReport[]> {
    const ways = waysOf(settingsOf(this.env));
    const now = Date.now();
    return this.#sql
      .exec<{ body: string }>("SELECT body FROM bridge ORDER BY name")
      .toArray()
      .map(({ body }): BridgeReport => JSON.parse(body))
      .filter(({ topic, direction }) => ways.includes(`${topic} ${direction}`))
      .map((report) => heardOf(report, now));
  }

  /** For /api/health: the object and its disk answer. */
  async ping(): Promise<"ok"> {
    this.#sql.exec("SELECT 1").one();
    return "ok";
  }
}

/** Compares without telling by its time how far the two agree. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return left.byteLength === right.byteLength && crypto.subtle.timingSafeEqual(left, right);
}
