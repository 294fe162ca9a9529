import type { PlayerId } from "../../../rooms/game.ts";
import { games, HOUSE_GAMES } from "../../../rooms/games.ts";
import { transact } from "../../../rooms/host/sql.ts";
import { firstConfigOf, type Settings } from "../../env.ts";
import { allotted } from "./house-chips.ts";

/** Which rooms exist, and who may enter the private ones. Synchronous. */

export type Listing = {
  /** `<game>:<id>`, the room object's name. */
  readonly name: string;
  readonly game: string;
  readonly id: string;
  /** JSON text, already validated by the game's schema. */
  readonly config: string;
  readonly owner: PlayerId | null;
  readonly private: boolean;
  /** False until the room object has been given its config. */
  readonly ready: boolean;
};

/** `invite`: only the owner sees it; null for everybody else. */
export type Found = { readonly listing: Listing; readonly member: boolean; readonly invite: string | null };
export type NewRoom = Pick<Listing, "game" | "id" | "config" | "private"> & {
  readonly owner: PlayerId;
  /** Ignored for a public room. */
  readonly invite: string;
};
export type Made =
  { readonly ok: true; readonly invite: string | null } | { readonly ok: false; readonly code: "too_many_rooms" };

/** The outcome of joining a private room. A public room has no members: everybody may enter. */
export type Joined = "joined" | "unknown_room" | "bad_invite" | "room_full";

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

export const ROOM_TABLES = `
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

/** The rooms that always exist without being made: one for each game, and the lotteries of the settings. */
function fixedNames({ ROLE, LOTTERIES }: Settings): string[] {
  const lotteries = [...LOTTERIES.keys()].map((id) => `lottery:${id}`);
  if (ROLE === "lottery") return lotteries;
  const tables = [...games.keys()].filter((game) => !HOUSE_GAMES.has(game)).map((game) => `${game}:main`);
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

const allFixed = (settings: Settings): Listing[] =>
  fixedNames(settings)
    .map((name) => fixed(settings, name))
    .filter((listing) => listing !== null);

function listingOf({ name, game, id, config, owner, invite, ready }: RoomRow): Listing {
  return { name, game, id, config, owner, private: invite !== null, ready: ready === 1 };
}

export class RoomList {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #settings: () => Settings;

  constructor(storage: DurableObjectStorage, settings: () => Settings) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#settings = settings;
  }

  #row(name: string): RoomRow | null {
    return this.#sql.exec<RoomRow>("SELECT * FROM room WHERE name = ?", name).toArray()[0] ?? null;
  }

  #isMember(name: string, player: PlayerId | null): boolean {
    if (player === null) return false;
    return this.#sql.exec("SELECT 1 FROM member WHERE player = ? AND room = ?", player, name).toArray().length > 0;
  }

  #fixed(name: string): Listing | null {
    return fixed(this.#settings(), name);
  }

  has(name: string): boolean {
    return this.#fixed(name) !== null || this.#row(name) !== null;
  }

  /** The room of that name, as this player sees it; null: there is none. */
  find(name: string, player: PlayerId | null): Found | null {
    const always = this.#fixed(name);
    if (always !== null) return { listing: always, member: false, invite: null };
    const row = this.#row(name);
    if (row === null) return null;
    const invite = player !== null && row.owner === player ? row.invite : null;
    return { listing: listingOf(row), member: this.#isMember(name, player), invite };
  }

  /**
   * The rooms that always exist, then the player's own and joined private rooms, then public ones: the busiest first, two of each
   * owner, none that was unused for a day. So one owner's empty rooms do not crowd out the others'. At most 200 own and joined
   * rooms; at most 200 public ones, including those that always exist.
   */
  list(game: string | null, player: PlayerId | null): Listing[] {
    const settings = this.#settings();
    const elsewhere = settings.ROLE === "casino" && settings.LOTTERY === "kafka"; // the lotteries here then get no tickets
    const always = allFixed(settings).filter((listing) =>
      game === null ? !(elsewhere && HOUSE_GAMES.has(listing.game)) : listing.game === game,
    );
    const own = this.#sql.exec<RoomRow>(OWN, game, player, LIST_MAX).toArray();
    const others = this.#sql
      .exec<RoomRow>(OTHERS, game, player, Date.now() - UNUSED_MS, LISTED_PER_OWNER, LIST_MAX - always.length)
      .toArray();
    return [...always, ...[...own, ...others].map(listingOf)];
  }

  /** A page of all rooms, private ones too, by name, after `after`. The first page starts with those that always exist. */
  every(after: string | null, limit: number): { listings: Listing[]; next: string | null } {
    const always = after === null ? allFixed(this.#settings()) : [];
    const found = this.#sql
      .exec<RoomRow>("SELECT * FROM room WHERE name > ? ORDER BY name LIMIT ?", after ?? "", limit + 1)
      .toArray()
      .map(listingOf);
    const made = found.slice(0, limit);
    return { listings: [...always, ...made], next: found.length > limit ? (made.at(-1)?.name ?? null) : null };
  }

  /** A page of the names of all rooms that have been set up, private ones too, after the name `after`. */
  names(after: string, limit: number): string[] {
    const made = this.#sql
      .exec<{ name: string }>("SELECT name FROM room WHERE ready = 1 AND name > ? ORDER BY name LIMIT ?", after, limit)
      .toArray()
      .map(({ name }) => name);
    const always = fixedNames(this.#settings()).filter((name) => name > after);
    return [...always, ...made].toSorted().slice(0, limit);
  }

  /** Lists a new room. Idempotent for the same owner and id. `cap`: the most rooms of one owner. */
  make({ game, id, config, owner, invite, private: closed }: NewRoom, cap: number): Made {
    const name = `${game}:${id}`;
    const known = this.#row(name);
    if (known !== null && known.owner === owner) return { ok: true, invite: known.invite };
    const { n } = this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM room WHERE owner = ?", owner).one();
    if (n >= cap) return { ok: false, code: "too_many_rooms" };
    const kept = closed ? invite : null;
    const own = allotted(this.#sql, game, config, owner, this.#settings().HOUSE_CHIPS_PER_OWNER);
    transact(this.#storage, () => {
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

  /** Notes that the room object has been given its config. */
  ready(name: string): void {
    this.#sql.exec("UPDATE room SET ready = 1 WHERE name = ? AND ready = 0", name);
  }

  /** Makes a player a member of a private room, by its invite. For a public room it does nothing and answers `joined`. */
  join(name: string, player: PlayerId, invite: string): Joined {
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

  /** How many rooms each game has. */
  count(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { game } of allFixed(this.#settings())) counts.set(game, (counts.get(game) ?? 0) + 1);
    for (const { game, n } of this.#sql.exec<{ game: string; n: number }>(
      "SELECT game, count(*) AS n FROM room GROUP BY game",
    ))
      counts.set(game, (counts.get(game) ?? 0) + n);
    return counts;
  }
}

/** Compares two texts of the same length in constant time. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return left.byteLength === right.byteLength && crypto.subtle.timingSafeEqual(left, right);
}
