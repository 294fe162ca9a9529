import type { AnyGame, Json, Ms } from "../game.ts";
import { replay } from "../kernel/engine.ts";
import type { Outcome } from "../kernel/inputs.ts";
import { create, isRetired, type Kernel } from "../kernel/state.ts";
import { freeze, thaw } from "../kernel/snapshot.ts";
import type { KernelEvent } from "../kernel/room-events.ts";
import { fromRow, RECENT_MS, toRow, type AcceptedRow, type Mark, type Recent } from "../kernel/command-ids.ts";
import { RoomOutbox } from "./room-outbox.ts";
import { Rounds } from "./rounds.ts";
import { makeTables } from "./schema.ts";
import { CountedSql, cut, transact } from "./sql.ts";

/**
 * The room's SQLite: one journal row a batch, a snapshot now and then, and apart from them what must not be in either: the secret
 * seeds, the outbox, the finished rounds. Everything of one batch is one transaction.
 */

/** A snapshot is written after this many rows, so that a wake replays at most twice as many. */
export const SNAPSHOT_ROWS = 1_000;

/** The content of a batch's journal row. */
export type JournalRow = {
  readonly at: Ms;
  readonly events: readonly KernelEvent[];
  readonly ids: readonly AcceptedRow[];
  /** Ids of the HTTP requests that its orders came with; missing: none. */
  readonly from?: readonly string[];
};

export type JournalSizes = Readonly<Record<"journal" | "snapshot" | "ids" | "transfers" | "outbox" | "bytes", number>>;

export type Meta = { readonly config: Json; readonly epoch: string };

export class Journal {
  readonly #storage: DurableObjectStorage;
  readonly #sql: CountedSql;
  readonly #room: string;
  readonly #game: AnyGame;
  readonly rounds: Rounds;
  readonly outbox: RoomOutbox;
  /** Part of the ids of events that leave: see `eventId`. */
  #epoch = "";
  #next = 1;
  #snapshotAt = 0;
  /** The last sequence number in the last snapshot. Later command ids are in the journal rows, earlier ones in the id chunks. */
  #snapshotSeq = 0;
  /** The time of the last event in the last snapshot. */
  #snapshotTime = 0 as Ms;

  constructor(storage: DurableObjectStorage, room: string, game: AnyGame) {
    this.#storage = storage;
    this.#sql = new CountedSql(storage.sql);
    this.#room = room;
    this.#game = game;
    this.rounds = new Rounds(this.#sql, room);
    this.outbox = new RoomOutbox(this.#sql, room, () => this.#epoch);
  }

  /** Rows written since this object was constructed. */
  get rowsWritten(): number {
    return this.#sql.rowsWritten;
  }

  // ---- creation and wake ----

  /** Null: the room was not created yet. Writes nothing. */
  meta(): Meta | null {
    const known = this.#sql.exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'meta'").toArray();
    if (known.length === 0) return null;
    const rows = new Map(
      this.#sql
        .exec<{ key: string; value: string }>("SELECT key, value FROM meta")
        .toArray()
        .map((r) => [r.key, r.value]),
    );
    const config = rows.get("config");
    const epoch = rows.get("epoch");
    return config === undefined || epoch === undefined ? null : { config: JSON.parse(config) as Json, epoch };
  }

  begin(meta: Meta): void {
    transact(this.#storage, () => {
      makeTables(this.#storage.sql);
      this.#sql.exec(
        "INSERT INTO meta (key, value) VALUES ('room', ?), ('config', ?), ('epoch', ?)",
        this.#room,
        JSON.stringify(meta.config),
        meta.epoch,
      );
    });
  }

  /** Loads the room as of its last commit, and the command ids of the last ten minutes into `recent`. */
  load(config: unknown, recent: Recent): Kernel {
    makeTables(this.#storage.sql);
    this.outbox.unpark();
    this.#epoch = this.meta()?.epoch ?? "";
    const snapshot = this.#readSnapshot();
    const base = snapshot?.kernel ?? create(this.#game, this.#room, config);
    this.#snapshotAt = snapshot?.n ?? 0;
    this.#snapshotSeq = base.seq;
    this.#snapshotTime = base.at;
    for (const row of this.#sql.exec<{ body: string }>("SELECT body FROM ids ORDER BY n")) {
      for (const id of JSON.parse(row.body) as AcceptedRow[]) recent.add(fromRow(id));
    }
    recent.restoreMarks(snapshot?.marks ?? []);
    const rows = this.#tail(this.#snapshotAt);
    for (const row of rows) {
      for (const id of row.ids) recent.add(fromRow(id));
    }
    return replay(base, rows, this.#game);
  }

  /** How far the last snapshot reaches; 0: there is none. */
  lastSnapshot(): { readonly seq: number; readonly at: Ms } {
    return { seq: this.#snapshotSeq, at: this.#snapshotTime };
  }

  /** The last snapshot, or the initial state, and all rows since. Changes nothing, so that it may be called at any time. */
  past(config: unknown): { readonly base: Kernel; readonly rows: readonly JournalRow[] } {
    const snapshot = this.#readSnapshot();
    const { rows } = this.#rowsAfter(snapshot?.n ?? 0);
    return { base: snapshot?.kernel ?? create(this.#game, this.#room, config), rows };
  }

  #readSnapshot(): { n: number; kernel: Kernel; marks: Mark[] } | null {
    const parts = this.#sql
      .exec<{ n: number; version: number; body: string }>("SELECT n, version, body FROM snapshot ORDER BY part")
      .toArray();
    const [first] = parts;
    if (first === undefined) return null;
    const { version, n } = first;
    const game = this.#game;
    this.#refuseNewer(version);
    if (version !== game.version && game.rules.upgrade === undefined) {
      const [oldest] = this.#sql.exec<{ n: number }>("SELECT min(n) AS n FROM journal").toArray();
      if (oldest?.n === 1) return null; // the whole journal is there: replay it
      throw new Error(`${this.#room}: no way from version ${version} to ${game.version}`);
    }
    const body = JSON.parse(parts.map((p) => p.body).join("")) as { kernel: Json; marks: Mark[] };
    const upgrade = (state: unknown): unknown =>
      version === game.version || game.rules.upgrade === undefined ? state : game.rules.upgrade(state, version);
    return { n, kernel: thaw(body.kernel, upgrade), marks: body.marks };
  }

  /** The rows after row `after`, with continued ones joined. Sets the number of the next row. */
  #tail(after: number): JournalRow[] {
    const { rows, next } = this.#rowsAfter(after);
    this.#next = next;
    return rows;
  }

  #rowsAfter(after: number): { rows: JournalRow[]; next: number } {
    const rows: JournalRow[] = [];
    let text = "";
    let next = after + 1;
    for (const row of this.#sql.exec<{ n: number; version: number; more: number; body: string }>(
      "SELECT n, version, more, body FROM journal WHERE n > ? ORDER BY n",
      after,
    )) {
      this.#refuseNewer(row.version);
      text += row.body;
      next = row.n + 1;
      if (row.more === 1) continue;
      const parsed = JSON.parse(text) as JournalRow;
      rows.push({ ...parsed, events: parsed.events.map((e) => this.#parse(e)) });
      text = "";
    }
    return { rows, next };
  }

  /** Throws on data of a newer version, which this one may not understand. After a roll-back the room waits for that version. */
  #refuseNewer(version: number): void {
    const { name, version: ours } = this.#game;
    if (version <= ours) return;
    throw new Error(`${this.#room}: written by version ${version} of ${name}, and this is version ${ours}`);
  }

  /** Events of older versions are read with the game's own schema, which converts them. */
  #parse(event: KernelEvent): KernelEvent {
    if (event.type !== "game" || isRetired(event.event)) return event;
    return { ...event, event: this.#game.event.parse(event.event) };
  }

  // ---- commits ----

  /** Stores everything of a batch in one transaction. When it throws, nothing was written. */
  commit(
    outcome: Pick<
      Outcome<unknown>,
      "at" | "events" | "accepted" | "seeds" | "finished" | "published" | "messages" | "orders" | "kernel" | "origins"
    >,
  ): void {
    const { at, events, accepted, origins } = outcome;
    const from = origins === undefined ? {} : { from: origins };
    const row: JournalRow = { at, events, ids: accepted.map(toRow), ...from };
    const pieces = cut(JSON.stringify(row));
    transact(this.#storage, () => {
      pieces.forEach((piece, i) => {
        const more = i + 1 < pieces.length ? 1 : 0;
        this.#sql.exec(
          "INSERT INTO journal (n, version, more, body) VALUES (?, ?, ?, ?)",
          this.#next + i,
          this.#game.version,
          more,
          piece,
        );
      });
      for (const { round, seed } of outcome.seeds) this.rounds.keepSeed(round, seed);
      for (const finished of outcome.finished) this.rounds.keep(finished);
      for (const event of events) this.#keepTransfer(event);
      for (const id of outcome.messages) this.#sql.exec("INSERT INTO inbox (id) VALUES (?)", id);
      for (const { id, print } of outcome.orders ?? [])
        this.#sql.exec("INSERT INTO ordered (id, print, at) VALUES (?, ?, ?)", id, print, at);
      if (outcome.published.length > 0) this.outbox.add(outcome.published, outcome.kernel, at);
    });
    this.#next += pieces.length;
  }

  #keepTransfer(event: KernelEvent): void {
    if (event.type === "room.transfer") {
      const { id, kind, amount, min } = event.transfer;
      if (amount === 0) return; // no chips are under way
      this.#sql.exec(
        "INSERT INTO transfers (id, player, kind, amount, min) VALUES (?, ?, ?, ?, ?)",
        id,
        event.player,
        kind,
        amount,
        min,
      );
    } else if (event.type === "room.transferred") {
      this.#sql.exec("DELETE FROM transfers WHERE id = ?", event.id);
    }
  }

  /** True when enough rows have gathered since the last snapshot. */
  get wantsSnapshot(): boolean {
    return this.#next - 1 - this.#snapshotAt >= SNAPSHOT_ROWS;
  }

  /** Writes a snapshot of the whole state and deletes the rows that the snapshot before covered. */
  snapshot(kernel: Kernel, recent: Recent, now: Ms): void {
    const n = this.#next - 1;
    const pieces = cut(JSON.stringify({ kernel: freeze(kernel), marks: recent.marks() }));
    const ids = recent.since(this.#snapshotSeq).map(toRow);
    transact(this.#storage, () => {
      this.#sql.exec("DELETE FROM snapshot");
      pieces.forEach((piece, part) => {
        this.#sql.exec(
          "INSERT INTO snapshot (part, n, version, body) VALUES (?, ?, ?, ?)",
          part,
          n,
          this.#game.version,
          piece,
        );
      });
      this.#sql.exec("DELETE FROM journal WHERE n <= ?", this.#snapshotAt);
      this.#sql.exec("DELETE FROM ids WHERE at < ?", now - RECENT_MS);
      for (let i = 0; i < ids.length; i += 2_000) {
        this.#sql.exec("INSERT INTO ids (at, body) VALUES (?, ?)", now, JSON.stringify(ids.slice(i, i + 2_000)));
      }
    });
    this.#snapshotAt = n;
    this.#snapshotSeq = kernel.seq;
    this.#snapshotTime = kernel.at;
  }

  // ---- reading back ----

  /** Whether the message of this id was handled. Kept for ever: a Kafka topic may be read from its start again after years. */
  taken(id: string): boolean {
    return this.#sql.exec("SELECT 1 FROM inbox WHERE id = ?", id).toArray().length > 0;
  }

  /** Fingerprint of the order that was carried out under this id; null: none. Kept for ever, as there are few. */
  ordered(id: string): string | null {
    return this.#sql.exec<{ print: string }>("SELECT print FROM ordered WHERE id = ?", id).toArray()[0]?.print ?? null;
  }

  /** Row counts of the tables whose size is bounded, and the bytes of the whole database. */
  sizes(): JournalSizes {
    const count = (table: string): number =>
      this.#sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n;
    return {
      journal: count("journal"),
      snapshot: count("snapshot"),
      ids: count("ids"),
      transfers: count("transfers"),
      outbox: count("outbox"),
      bytes: this.#storage.sql.databaseSize,
    };
  }
}
