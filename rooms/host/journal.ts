import type { AnyGame, DomainEvent, Json, Ms } from "../game.ts";
import { replay } from "../kernel/engine.ts";
import type { Outcome } from "../kernel/batch.ts";
import {
  create,
  freeze,
  isRetired,
  proofOf,
  thaw,
  type FinishedRound,
  type Kernel,
  type KernelEvent,
} from "../kernel/state.ts";
import type { Proof } from "../fair/deck.ts";
import { pack, sequenceOf, type Envelope, type OutboxRow, type OutboxStore, type Topic } from "./outbox.ts";
import { fromRow, RECENT_MS, toRow, type AcceptedRow, type Mark, type Recent } from "../kernel/command-ids.ts";
import { transact } from "./sql.ts";

/**
 * The room's SQLite: one journal row a batch, a snapshot now and then, and beside them what must not be in either: the secret
 * seeds, the outbox, the finished rounds. Everything of one batch is one transaction.
 */

/** Text longer than this is continued in the next row: rows end at 2 MB, and a batch row should be small. */
const CHUNK_CHARS = 400_000;
/** A snapshot is written after so many rows, so that a wake replays at most twice as many. */
export const SNAPSHOT_ROWS = 1_000;

const TABLES = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS journal (
  n INTEGER PRIMARY KEY, version INTEGER NOT NULL, more INTEGER NOT NULL CHECK (more IN (0, 1)), body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS snapshot (
  part INTEGER PRIMARY KEY, n INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS ids (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS seeds (round INTEGER PRIMARY KEY, seed TEXT NOT NULL CHECK (length(seed) = 64)) STRICT;
CREATE TABLE IF NOT EXISTS transfers (
  id TEXT PRIMARY KEY, player TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('topup', 'cashout')),
  amount INTEGER NOT NULL CHECK (amount > 0), min INTEGER NOT NULL CHECK (min > 0 AND min <= amount)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rounds (
  round INTEGER NOT NULL, part INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (round, part)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox (
  n INTEGER PRIMARY KEY, topic TEXT NOT NULL, body TEXT NOT NULL, tries INTEGER NOT NULL, due INTEGER NOT NULL,
  parked INTEGER NOT NULL CHECK (parked IN (0, 1)), sends INTEGER NOT NULL DEFAULT 0,
  first INTEGER NOT NULL DEFAULT 0, last INTEGER NOT NULL DEFAULT ${Number.MAX_SAFE_INTEGER}) STRICT;
CREATE TABLE IF NOT EXISTS settled (first INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS inbox (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ordered (id TEXT PRIMARY KEY, print TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** What the outbox of a room from before confirmations lacks. Its old rows are looked through whole. */
const LATER_COLUMNS = [
  "sends INTEGER NOT NULL DEFAULT 0",
  "first INTEGER NOT NULL DEFAULT 0",
  `last INTEGER NOT NULL DEFAULT ${Number.MAX_SAFE_INTEGER}`,
];

/** What a batch row holds. */
export type JournalRow = {
  readonly at: Ms;
  readonly events: readonly KernelEvent[];
  readonly ids: readonly AcceptedRow[];
  /** The requests of its orders; missing: there are none. */
  readonly from?: readonly string[];
};

/** A finished round as it is stored, private to the server: `kept` may name what a viewer must not see. */
export type StoredRound = {
  readonly round: number;
  readonly startedAt: Ms;
  readonly endedAt: Ms;
  readonly void: boolean;
  readonly kept: readonly Json[];
  readonly proof: Proof;
};

export type JournalSizes = Readonly<Record<"journal" | "snapshot" | "ids" | "transfers" | "outbox" | "bytes", number>>;

export type Meta = { readonly config: Json; readonly epoch: string };

export class Journal implements OutboxStore {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #room: string;
  readonly #game: AnyGame;
  /** In the ids of what leaves: see `eventId`. */
  #epoch = "";
  #next = 1;
  #snapshotAt = 0;
  /** The sequence number that the last snapshot covered: later ids are in the journal's tail, earlier ones in chunks. */
  #snapshotSeq = 0;
  /** The stamp of the last event that it covered. */
  #snapshotTime = 0 as Ms;
  /** Rows written since construction, as the platform bills them. */
  rowsWritten = 0;

  constructor(storage: DurableObjectStorage, room: string, game: AnyGame) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#room = room;
    this.#game = game;
  }

  #exec(query: string, ...bindings: (string | number)[]): SqlStorageCursor<Record<string, SqlStorageValue>> {
    const cursor = this.#sql.exec(query, ...bindings);
    this.rowsWritten += cursor.rowsWritten;
    return cursor;
  }

  // ---- a room's beginning and its wake ----

  /** Null: nobody made this room yet. Writes nothing. */
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
      this.#sql.exec(TABLES);
      this.#exec(
        "INSERT INTO meta (key, value) VALUES ('room', ?), ('config', ?), ('epoch', ?)",
        this.#room,
        JSON.stringify(meta.config),
        meta.epoch,
      );
    });
  }

  /** Tables and columns that came after this room was made. */
  #bringUp(): void {
    this.#sql.exec(TABLES);
    const known = new Set(
      this.#sql
        .exec<{ name: string }>("SELECT name FROM pragma_table_info('outbox')")
        .toArray()
        .map(({ name }) => name),
    );
    for (const column of LATER_COLUMNS) {
      if (!known.has(column.slice(0, column.indexOf(" ")))) this.#sql.exec(`ALTER TABLE outbox ADD COLUMN ${column}`);
    }
    // Older versions gave up after a hundred tries.
    this.#sql.exec("UPDATE outbox SET parked = 0, tries = 0 WHERE parked = 1");
  }

  /** The room as its last commit left it, and the ids of the last ten minutes. */
  load(config: unknown, recent: Recent): Kernel {
    this.#bringUp();
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

  /** The last snapshot, or the room as it began, and everything since. Changes nothing, so that it may be asked at any time. */
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

  /** The journal after a row, chunks put together. Sets where the next row goes. */
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

  /** What a newer version wrote may mean what this one does not know: after a roll-back the room waits for that version. */
  #refuseNewer(version: number): void {
    const { name, version: ours } = this.#game;
    if (version <= ours) return;
    throw new Error(`${this.#room}: written by version ${version} of ${name}, and this is version ${ours}`);
  }

  /** Older versions' events are read by the game's own schema, which brings them up to date. */
  #parse(event: KernelEvent): KernelEvent {
    if (event.type !== "game" || isRetired(event.event)) return event;
    return { ...event, event: this.#game.event.parse(event.event) };
  }

  // ---- commits ----

  /** Everything that a batch leaves behind, in one transaction. Throws with nothing written. */
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
        this.#exec(
          "INSERT INTO journal (n, version, more, body) VALUES (?, ?, ?, ?)",
          this.#next + i,
          this.#game.version,
          more,
          piece,
        );
      });
      for (const { round, seed } of outcome.seeds)
        this.#exec("INSERT INTO seeds (round, seed) VALUES (?, ?)", round, seed);
      for (const finished of outcome.finished) this.#keepRound(finished);
      for (const event of events) this.#keepTransfer(event);
      for (const id of outcome.messages) this.#exec("INSERT INTO inbox (id) VALUES (?)", id);
      for (const { id, print } of outcome.orders ?? [])
        this.#exec("INSERT INTO ordered (id, print, at) VALUES (?, ?, ?)", id, print, at);
      if (outcome.published.length > 0) this.#publish(outcome.published, outcome.kernel, at);
    });
    this.#next += pieces.length;
  }

  #keepTransfer(event: KernelEvent): void {
    if (event.type === "room.transfer") {
      const { id, kind, amount, min } = event.transfer;
      if (amount === 0) return; // no chips are under way
      this.#exec(
        "INSERT INTO transfers (id, player, kind, amount, min) VALUES (?, ?, ?, ?, ?)",
        id,
        event.player,
        kind,
        amount,
        min,
      );
    } else if (event.type === "room.transferred") {
      this.#exec("DELETE FROM transfers WHERE id = ?", event.id);
    }
  }

  #keepRound(finished: FinishedRound): void {
    const { n, startedAt, endedAt, kept } = finished;
    const stored: StoredRound = {
      round: n,
      startedAt: startedAt ?? endedAt,
      endedAt,
      void: finished.void,
      kept,
      proof: proofOf(this.#room, finished),
    };
    cut(JSON.stringify(stored)).forEach((piece, part) => {
      this.#exec("INSERT INTO rounds (round, part, body) VALUES (?, ?, ?)", n, part, piece);
    });
    this.#exec("DELETE FROM seeds WHERE round = ?", n);
  }

  #publish(events: readonly DomainEvent[], kernel: Kernel, at: Ms): void {
    const firstSequence = kernel.published - events.length + 1;
    const origin = { room: this.#room, epoch: this.#epoch, seq: kernel.seq, firstSequence, at };
    for (const { topic, body, first, last } of pack(events, origin)) {
      this.#exec(
        "INSERT INTO outbox (topic, body, tries, due, parked, first, last) VALUES (?, ?, 0, ?, 0, ?, ?)",
        topic,
        body,
        at,
        first,
        last,
      );
      if (topic === "settled") this.#exec("INSERT INTO settled (first, body) VALUES (?, ?)", first, body);
    }
  }

  /** The first pack of `settled` events from above sequence `after`, as it left: kept for good. Empty: there is none. */
  settledAfter(after: number): Envelope[] {
    const [row] = this.#sql
      .exec<{ body: string }>("SELECT body FROM settled WHERE first > ? ORDER BY first LIMIT 1", after)
      .toArray();
    return row === undefined ? [] : (JSON.parse(row.body) as Envelope[]);
  }

  /** True when enough rows have gathered since the last snapshot. */
  get wantsSnapshot(): boolean {
    return this.#next - 1 - this.#snapshotAt >= SNAPSHOT_ROWS;
  }

  /** Writes the state down whole and prunes what the snapshot before this one covered. */
  snapshot(kernel: Kernel, recent: Recent, now: Ms): void {
    const n = this.#next - 1;
    const pieces = cut(JSON.stringify({ kernel: freeze(kernel), marks: recent.marks() }));
    const ids = recent.since(this.#snapshotSeq).map(toRow);
    transact(this.#storage, () => {
      this.#exec("DELETE FROM snapshot");
      pieces.forEach((piece, part) => {
        this.#exec(
          "INSERT INTO snapshot (part, n, version, body) VALUES (?, ?, ?, ?)",
          part,
          n,
          this.#game.version,
          piece,
        );
      });
      this.#exec("DELETE FROM journal WHERE n <= ?", this.#snapshotAt);
      this.#exec("DELETE FROM ids WHERE at < ?", now - RECENT_MS);
      for (let i = 0; i < ids.length; i += 2_000) {
        this.#exec("INSERT INTO ids (at, body) VALUES (?, ?)", now, JSON.stringify(ids.slice(i, i + 2_000)));
      }
    });
    this.#snapshotAt = n;
    this.#snapshotSeq = kernel.seq;
    this.#snapshotTime = kernel.at;
  }

  // ---- reading back ----

  /** Throws when the round has no secret seed: it is over, or nobody committed to it. */
  seedOf(round: number): string {
    const [row] = this.#sql.exec<{ seed: string }>("SELECT seed FROM seeds WHERE round = ?", round).toArray();
    if (row === undefined) throw new Error(`no seed for round ${round}`);
    return row.seed;
  }

  round(n: number): StoredRound | null {
    const parts = this.#sql
      .exec<{ body: string }>("SELECT body FROM rounds WHERE round = ? ORDER BY part", n)
      .toArray();
    return parts.length === 0 ? null : (JSON.parse(parts.map((p) => p.body).join("")) as StoredRound);
  }

  /** Round numbers, newest first, below `before`. */
  rounds(before: number | null, limit: number): number[] {
    return this.#sql
      .exec<{ round: number }>(
        "SELECT round FROM rounds WHERE part = 0 AND round < ? ORDER BY round DESC LIMIT ?",
        before ?? Number.MAX_SAFE_INTEGER,
        limit,
      )
      .toArray()
      .map((r) => r.round);
  }

  /** Whether a message of this id was taken. For ever: a Kafka topic may be read from its start again after years. */
  taken(id: string): boolean {
    return this.#sql.exec("SELECT 1 FROM inbox WHERE id = ?", id).toArray().length > 0;
  }

  /** The order that was carried out under this id; null: none. For ever, as operators are few. */
  ordered(id: string): string | null {
    return this.#sql.exec<{ print: string }>("SELECT print FROM ordered WHERE id = ?", id).toArray()[0]?.print ?? null;
  }

  // ---- the outbox ----

  due(now: Ms, limit: number): OutboxRow[] {
    return this.#sql
      .exec<OutboxRow>(
        "SELECT n, topic, body, tries, sends FROM outbox WHERE parked = 0 AND due <= ? ORDER BY n LIMIT ?",
        now,
        limit,
      )
      .toArray();
  }

  nextDue(): Ms | null {
    const [row] = this.#sql.exec<{ due: Ms | null }>("SELECT min(due) AS due FROM outbox WHERE parked = 0").toArray();
    return row?.due ?? null;
  }

  unconfirmed(n: number, sends: number, due: Ms): void {
    this.#exec("UPDATE outbox SET tries = 0, sends = ?, due = ? WHERE n = ?", sends, due, n);
  }

  /** These events have had their effect. What is not of this room, or known no more, is passed over. */
  confirm(topic: Topic, ids: readonly string[]): void {
    const done = new Set(ids.map((id) => sequenceOf(id, this.#room, this.#epoch)).filter((n) => n !== null));
    if (done.size === 0) return;
    transact(this.#storage, () => {
      const rows = this.#sql
        .exec<{ n: number; body: string }>(
          "SELECT n, body FROM outbox WHERE topic = ? AND first <= ? AND last >= ?",
          topic,
          Math.max(...done),
          Math.min(...done),
        )
        .toArray();
      for (const { n, body } of rows) {
        const all = JSON.parse(body) as Envelope[];
        const rest = all.filter(({ sequence }) => !done.has(sequence));
        if (rest.length === 0) this.#exec("DELETE FROM outbox WHERE n = ?", n);
        else if (rest.length < all.length)
          this.#exec("UPDATE outbox SET body = ? WHERE n = ?", JSON.stringify(rest), n);
      }
    });
  }

  /** Of these events, which nobody has confirmed. One that is not of this room counts as such. */
  stillOpen(topic: Topic, ids: readonly string[]): string[] {
    const asked = ids.map((id) => ({ id, n: sequenceOf(id, this.#room, this.#epoch) }));
    const mine = asked.map(({ n }) => n).filter((n) => n !== null);
    const open = mine.length === 0 ? new Set<number>() : this.#open(topic, Math.min(...mine), Math.max(...mine));
    return asked.filter(({ n }) => n === null || open.has(n)).map(({ id }) => id);
  }

  /** The sequences between these that are in the outbox, and perhaps some beside them. */
  #open(topic: Topic, least: number, most: number): Set<number> {
    const rows = this.#sql
      .exec<{ body: string }>(
        "SELECT body FROM outbox WHERE topic = ? AND first <= ? AND last >= ?",
        topic,
        most,
        least,
      )
      .toArray();
    return new Set(rows.flatMap(({ body }) => (JSON.parse(body) as Envelope[]).map(({ sequence }) => sequence)));
  }

  /** Puts events that left once back into the outbox, each once. Answers the ids of those that are this room's own. */
  giveBack(topic: Topic, events: readonly Envelope[], published: number, now: Ms): string[] {
    const own = events.filter(({ id, sequence }) => {
      const n = sequenceOf(id, this.#room, this.#epoch);
      return n !== null && n === sequence && n <= published;
    });
    transact(this.#storage, () => {
      for (const event of own) {
        const n = event.sequence;
        if (this.#open(topic, n, n).has(n)) continue;
        this.#exec(
          "INSERT INTO outbox (topic, body, tries, due, parked, first, last) VALUES (?, ?, 0, ?, 0, ?, ?)",
          topic,
          JSON.stringify([event]),
          now,
          n,
          n,
        );
      }
    });
    return own.map(({ id }) => id);
  }

  retry(n: number, tries: number, due: Ms): void {
    this.#exec("UPDATE outbox SET tries = ?, due = ? WHERE n = ?", tries, due, n);
  }

  park(n: number, tries: number): void {
    this.#exec("UPDATE outbox SET tries = ?, parked = 1 WHERE n = ?", tries, n);
  }

  /** When the oldest event that still waits was made, of all and of topic `settled`; null: none does. */
  oldestOut(): { oldestAt: Ms | null; oldestSettledAt: Ms | null } {
    const oldest = (where: string): Ms | null => {
      const [row] = this.#sql
        .exec<{ at: Ms }>(`SELECT json_extract(body, '$[0].at') AS at FROM outbox WHERE ${where} ORDER BY n LIMIT 1`)
        .toArray();
      return row?.at ?? null;
    };
    return { oldestAt: oldest("parked = 0"), oldestSettledAt: oldest("parked = 0 AND topic = 'settled'") };
  }

  /** Rows of each table that is bounded, and the bytes of all of them. */
  sizes(): JournalSizes {
    const count = (table: string): number =>
      this.#sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n;
    return {
      journal: count("journal"),
      snapshot: count("snapshot"),
      ids: count("ids"),
      transfers: count("transfers"),
      outbox: count("outbox"),
      bytes: this.#sql.databaseSize,
    };
  }

  /** Rows waiting and rows parked. */
  depth(): { waiting: number; parked: number } {
    const [row] = this.#sql
      .exec<{ waiting: number; parked: number }>(
        "SELECT count(*) FILTER (WHERE parked = 0) AS waiting, count(*) FILTER (WHERE parked = 1) AS parked FROM outbox",
      )
      .toArray();
    return row ?? { waiting: 0, parked: 0 };
  }
}

function cut(text: string): string[] {
  if (text.length <= CHUNK_CHARS) return [text];
  const pieces: string[] = [];
  let start = 0;
  while (start < text.length) {
    let end = Math.min(start + CHUNK_CHARS, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1; // never between the halves of a surrogate pair
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}
