import type { Json, Ms, PlayerId } from "../game.ts";

/**
 * Accepted command ids with their replies, to deduplicate retries: a repeated command gets the first reply and is not applied
 * again. Replies are kept for ten minutes. A session with more than a thousand younger ones keeps the latest thousand and
 * remembers the highest number it dropped, so that an old id is refused as `id_expired` and never handled as new.
 *
 * A session's numbers count up, so its replies are kept in a ring buffer of plain numbers. A busy room accepts tens of thousands
 * of commands a second, and one object for each would overload the garbage collector.
 */

export const RECENT_MS = 10 * 60_000;
/** Most replies kept of one session, and most sessions kept of one player; the oldest is dropped. */
export const SESSION_MAX = 1_024;
export const SESSIONS_MAX = 64;
const SESSION_MIN = 8;
const SWEEP_EVERY_MS = 60_000;

/** An accepted command, as the batch row and the id chunks store it. */
export type Accepted = {
  readonly player: PlayerId;
  readonly id: string;
  /** `fingerprint` of the parsed command. */
  readonly print: number;
  readonly seq: number;
  readonly at: Ms;
  readonly result?: Json;
};

/** Its stored form, without field names to save space: there is one for every bet. */
export type AcceptedRow =
  readonly [PlayerId, string, number, number, Ms] | readonly [PlayerId, string, number, number, Ms, Json];

export function toRow({ player, id, print, seq, at, result }: Accepted): AcceptedRow {
  return result === undefined ? [player, id, print, seq, at] : [player, id, print, seq, at, result];
}

export function fromRow([player, id, print, seq, at, result]: AcceptedRow): Accepted {
  return { player, id, print, seq, at, ...(result !== undefined && { result }) };
}

/** Accepted commands by player and id. Ids are unique per player only. */
export class Ids {
  readonly #players = new Map<PlayerId, Map<string, Accepted>>();

  find(player: PlayerId, id: string): Accepted | undefined {
    return this.#players.get(player)?.get(id);
  }

  add(accepted: Accepted): void {
    const ids = this.#players.get(accepted.player);
    if (ids === undefined) this.#players.set(accepted.player, new Map([[accepted.id, accepted]]));
    else ids.set(accepted.id, accepted);
  }
}

/** The replies of one session. Number n is in slot n modulo the size, as four numbers: n + 1 (0: empty), print, seq, at. */
class Session {
  #slots = new Float64Array(4 * SESSION_MIN);
  readonly #results = new Map<number, Json>();
  /** The highest number whose reply was dropped; -1: none. */
  forgotten = -1;
  lastAt = 0;

  #slot(n: number): number {
    return (n % (this.#slots.length / 4)) * 4;
  }

  find(player: PlayerId, id: string, n: number): Accepted | undefined {
    const at = this.#slot(n);
    return this.#slots[at] === n + 1 ? this.#read(player, id, at) : undefined;
  }

  #read(player: PlayerId, id: string, slot: number): Accepted {
    const [n = 0, print = 0, seq = 0, at = 0] = this.#slots.subarray(slot, slot + 4);
    const result = this.#results.get(n - 1);
    return { player, id, print, seq, at: at as Ms, ...(result !== undefined && { result }) };
  }

  add(n: number, { print, seq, at, result }: Accepted): void {
    let slot = this.#slot(n);
    for (;;) {
      const there = (this.#slots[slot] ?? 0) - 1;
      if (there < 0 || there === n) break;
      const young = (this.#slots[slot + 3] ?? 0) > at - RECENT_MS;
      if (young && this.#slots.length < 4 * SESSION_MAX) {
        this.#grow();
        slot = this.#slot(n);
        continue;
      }
      if (there > this.forgotten) this.forgotten = there;
      this.#results.delete(there);
      break;
    }
    this.#slots[slot] = n + 1;
    this.#slots[slot + 1] = print;
    this.#slots[slot + 2] = seq;
    this.#slots[slot + 3] = at;
    if (result !== undefined) this.#results.set(n, result);
    this.lastAt = at;
  }

  /** Doubles the slots. Numbers that had different slots still have. */
  #grow(): void {
    const old = this.#slots;
    this.#slots = new Float64Array(old.length * 2);
    for (let slot = 0; slot < old.length; slot += 4) {
      const n = (old[slot] ?? 0) - 1;
      if (n >= 0) this.#slots.set(old.subarray(slot, slot + 4), this.#slot(n));
    }
  }

  *all(player: PlayerId, session: string): Iterable<Accepted> {
    for (let slot = 0; slot < this.#slots.length; slot += 4) {
      const n = (this.#slots[slot] ?? 0) - 1;
      if (n >= 0) yield this.#read(player, `${session}:${n}`, slot);
    }
  }
}

export class Recent {
  readonly #players = new Map<PlayerId, Map<string, Session>>();
  #sweptAt = 0;

  #session(player: PlayerId, id: string, colon: number): Session | undefined {
    return this.#players.get(player)?.get(id.slice(0, colon));
  }

  find(player: PlayerId, id: string): Accepted | undefined {
    const colon = id.indexOf(":");
    return this.#session(player, id, colon)?.find(player, id, Number(id.slice(colon + 1)));
  }

  /** True when a reply of this session with this number or a higher one was dropped. */
  expired(player: PlayerId, id: string): boolean {
    const colon = id.indexOf(":");
    const session = this.#session(player, id, colon);
    return session !== undefined && session.forgotten >= 0 && Number(id.slice(colon + 1)) <= session.forgotten;
  }

  add(accepted: Accepted): void {
    const { player, id } = accepted;
    const colon = id.indexOf(":");
    const session = this.#session(player, id, colon) ?? this.#open(player, id.slice(0, colon));
    session.add(Number(id.slice(colon + 1)), accepted);
  }

  #open(player: PlayerId, name: string): Session {
    const session = new Session();
    const sessions = this.#players.get(player) ?? new Map<string, Session>();
    this.#players.set(player, sessions.set(name, session));
    if (sessions.size > SESSIONS_MAX) {
      const [oldest] = [...sessions].toSorted(([, a], [, b]) => a.lastAt - b.lastAt).filter(([key]) => key !== name);
      if (oldest !== undefined) sessions.delete(oldest[0]);
    }
    return session;
  }

  /** Drops sessions without an accepted command for ten minutes. Cheap to call after every batch. */
  evict(now: Ms): void {
    if (now < this.#sweptAt + SWEEP_EVERY_MS) return;
    this.#sweptAt = now;
    for (const [player, sessions] of this.#players) {
      for (const [name, session] of sessions) if (session.lastAt <= now - RECENT_MS) sessions.delete(name);
      if (sessions.size === 0) this.#players.delete(player);
    }
  }

  /** The commands accepted after a sequence number, oldest first. */
  since(seq: number): Accepted[] {
    const found: Accepted[] = [];
    for (const [player, sessions] of this.#players) {
      for (const [name, session] of sessions) {
        for (const accepted of session.all(player, name)) if (accepted.seq > seq) found.push(accepted);
      }
    }
    return found.toSorted((a, b) => a.seq - b.seq);
  }

  /** The snapshot's data about dropped replies. The replies that remain are in the journal and the id chunks. */
  marks(): readonly Mark[] {
    const marks: Mark[] = [];
    for (const [player, sessions] of this.#players) {
      for (const [name, { forgotten, lastAt }] of sessions) {
        if (forgotten >= 0) marks.push([player, name, forgotten, lastAt]);
      }
    }
    return marks;
  }

  restoreMarks(marks: readonly Mark[]): void {
    for (const [player, name, forgotten, lastAt] of marks) {
      const session = this.#players.get(player)?.get(name) ?? this.#open(player, name);
      session.forgotten = Math.max(session.forgotten, forgotten);
      session.lastAt = Math.max(session.lastAt, lastAt);
    }
  }
}

/** A session that dropped replies: player, session, the highest dropped number, the time of its last accepted command. */
export type Mark = readonly [PlayerId, string, number, number];

/** A 53-bit hash (cyrb53) of a command's canonical text. Not a security boundary: a player who forges one harms nobody else. */
export function fingerprint(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}
