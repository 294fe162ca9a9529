import { DurableObject } from "cloudflare:workers";
import type { PlayerId } from "../../rooms/game.ts";
import type { RoomReport } from "../../rooms/host/services.ts";
import { settingsOf, type Env } from "../env.ts";
import { BACKLOG_TABLES, backlogOfPlayers, keepBacklog } from "../metrics/backlogs.ts";
import { takeCensus, type Census } from "../metrics/census.ts";
import { keepReport, openReports } from "../metrics/reports.ts";
import { figuresOf, SecondLook } from "../metrics/second-look.ts";
import type { Backlog } from "./player/backlog.ts";
import {
  ROOM_TABLES,
  RoomList,
  type Found,
  type Joined,
  type Listing,
  type Made,
  type NewRoom,
} from "./directory/rooms.ts";
import { roomStub } from "./stubs.ts";
import { heardOf, waysOf } from "../metrics/bridges.ts";
import type { BridgeReport, BridgeWord } from "../bridge-port.ts";

/**
 * Durable Object `Directory`, a single one named `main`: which rooms exist, who may enter the private ones, and each room's last
 * report. Some rooms always exist (`fixedNames` in directory/rooms.ts); the others were made by players.
 */

export type Listed = { readonly listing: Listing; readonly report: RoomReport | null };

/** How long a census is cached. */
const CENSUS_MS = 1_000;
/** The shortest time between two rounds of asking rooms, and how long a reader of the figures waits for their answers. */
const SECOND_LOOK_MS = 2_000;
const SECOND_LOOK_WAIT_MS = 500;

const TABLES = `
CREATE TABLE IF NOT EXISTS bridge (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS consumed (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

export class Directory extends DurableObject<Env> {
  readonly #sql: SqlStorage = this.ctx.storage.sql;
  readonly #rooms = new RoomList(this.ctx.storage, () => settingsOf(this.env));
  #census: Census | null = null;
  readonly #secondLook = new SecondLook();
  #lookedAt = 0;
  #looking: Promise<void> | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql.exec(ROOM_TABLES + TABLES + BACKLOG_TABLES);
    openReports(this.#sql);
  }

  #listed(listings: readonly Listing[]): Listed[] {
    return listings.map((listing) => ({ listing, report: this.#report(listing.name) }));
  }

  /** The room of that name, as this player sees it; null: there is none. */
  async find(name: string, player: PlayerId | null): Promise<Found | null> {
    return this.#rooms.find(name, player);
  }

  /** The rooms that the lobby shows: see `RoomList.list`. */
  async list(game: string | null, player: PlayerId | null): Promise<Listed[]> {
    await this.#lookAgain();
    return this.#listed(this.#rooms.list(game, player));
  }

  /** A page of all rooms, by name, after the name `after`. */
  async every(after: string | null, limit: number): Promise<{ rooms: Listed[]; next: string | null }> {
    await this.#lookAgain();
    const { listings, next } = this.#rooms.every(after, limit);
    return { rooms: this.#listed(listings), next };
  }

  /** A page of the names of all rooms that have been set up, private ones too, after the name `after`. */
  async names(after: string, limit: number): Promise<string[]> {
    return this.#rooms.names(after, limit);
  }

  /** Lists a new room. `cap`: the most rooms of one owner. */
  async make(room: NewRoom, cap: number): Promise<Made> {
    return this.#rooms.make(room, cap);
  }

  /** Notes that the room object has been given its config. */
  async ready(name: string): Promise<void> {
    this.#rooms.ready(name);
  }

  async join(name: string, player: PlayerId, invite: string): Promise<Joined> {
    return this.#rooms.join(name, player, invite);
  }

  #report(name: string): RoomReport | null {
    const row = this.#sql.exec<{ body: string }>("SELECT body FROM report WHERE room = ?", name).toArray()[0];
    if (row === undefined) return null;
    const report: RoomReport = JSON.parse(row.body);
    return report;
  }

  /** The rooms' registrar (rooms/host/ports.ts). The report of a room that is not listed is ignored. */
  async report(room: string, report: RoomReport): Promise<void> {
    if (!this.#rooms.has(room)) return;
    const last = this.#report(room);
    this.#secondLook.heard(room, last === null || figuresOf(last) !== figuresOf(report), Date.now());
    keepReport(this.#sql, room, report);
  }

  /** Asks rooms whose last report may be out of date, when somebody reads the figures: see second-look.ts. Never rejects. */
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

  /** Rooms whose last report has players, sockets, or unconfirmed events or transfers. */
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
      // The room has reported by itself meanwhile: that report is newer.
      if (JSON.stringify(this.#report(room)) !== JSON.stringify(last)) return;
      this.#census = null;
      await this.report(room, now);
    } catch {
      // It is asked again later.
    }
  }

  /** Stores how many of a player's events wait to be confirmed. Zero removes the player from the figures. */
  async backlog(player: PlayerId, backlog: Backlog): Promise<void> {
    keepBacklog(this.#sql, player, backlog);
  }

  /** Adds to the counts of messages that the Worker's queue consumer has processed, by `<queue>/<verdict>`. */
  async consumed(counts: Readonly<Record<string, number>>): Promise<void> {
    for (const [name, n] of Object.entries(counts)) {
      this.#sql.exec(
        "INSERT INTO consumed (name, n) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET n = n + excluded.n",
        name,
        n,
      );
    }
  }

  /** For /metrics: sums over the whole house, from the rooms' last reports. */
  async census(): Promise<Census> {
    await this.#lookAgain();
    const at = Date.now();
    if (this.#census !== null && Math.abs(at - this.#census.at) < CENSUS_MS) return this.#census;
    const consumed = this.#sql.exec<{ name: string; n: number }>("SELECT name, n FROM consumed").toArray();
    this.#census = {
      ...takeCensus(this.#sql, this.#rooms.count(), at),
      players: backlogOfPlayers(this.#sql),
      consumed: Object.fromEntries(consumed.map(({ name, n }) => [name, n])),
      bridges: await this.bridges(),
      at,
    };
    return this.#census;
  }

  /** Stores a report of the bridge to Kafka: the last one of each topic and direction is kept. */
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

  /** The bridge's last reports for this house's topics; none if it does not use Kafka. */
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

  /** For /api/health: answers if the object and its storage work. */
  async ping(): Promise<"ok"> {
    this.#sql.exec("SELECT 1").one();
    return "ok";
  }
}
