import type { Json, Ms, PlayerId } from "./game.ts";

/**
 * Accepted command ids with their replies, so that a command sent again is answered again and never applied again. Replies
 * are kept for ten minutes, or fewer when a room is so busy that `RECENT_MAX` are younger; what falls out leaves the highest
 * number of its session behind, so an old id is refused `id_expired` and never judged anew.
 */

export const RECENT_MS = 10 * 60_000;
export const RECENT_MAX = 20_000;
export const SESSIONS_MAX = 2_000;

/** One accepted command as its batch row and the id chunks keep it. */
export type Accepted = {
  readonly player: PlayerId;
  readonly id: string;
  /** Of the parsed command (`fingerprint`). */
  readonly print: number;
  readonly seq: number;
  readonly at: Ms;
  readonly result?: Json;
};

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

  delete(accepted: Accepted): void {
    const ids = this.#players.get(accepted.player);
    if (ids?.delete(accepted.id) === true && ids.size === 0) this.#players.delete(accepted.player);
  }
}

export class Recent {
  readonly #ids = new Ids();
  /** Oldest first; what is before `#head` has been forgotten. */
  #queue: Accepted[] = [];
  #head = 0;
  /** By player and session: the highest number whose reply was forgotten early. */
  readonly #forgotten = new Map<string, number>();

  get size(): number {
    return this.#queue.length - this.#head;
  }

  find(player: PlayerId, id: string): Accepted | undefined {
    return this.#ids.find(player, id);
  }

  /** Those accepted after a sequence number, oldest first. */
  since(seq: number): Accepted[] {
    return this.#queue.slice(this.#head).filter((accepted) => accepted.seq > seq);
  }

  /** True when a reply of this session with this number or a later one has been forgotten. */
  expired(player: PlayerId, id: string): boolean {
    if (this.#forgotten.size === 0) return false;
    const colon = id.indexOf(":");
    const upTo = this.#forgotten.get(sessionKey(player, id, colon));
    return upTo !== undefined && Number(id.slice(colon + 1)) <= upTo;
  }

  add(accepted: Accepted): void {
    this.#ids.add(accepted);
    this.#queue.push(accepted);
  }

  /** Forgets what is older than ten minutes or beyond the cap. */
  evict(now: Ms, max: number = RECENT_MAX): void {
    for (;;) {
      const oldest = this.#queue[this.#head];
      if (oldest === undefined) break;
      const old = oldest.at <= now - RECENT_MS;
      if (this.size <= max && !old) break;
      this.#head += 1;
      this.#ids.delete(oldest);
      if (!old) this.#forget(oldest);
    }
    if (this.#head > 4_096 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }

  #forget(accepted: Accepted): void {
    const colon = accepted.id.indexOf(":");
    const session = sessionKey(accepted.player, accepted.id, colon);
    const n = Number(accepted.id.slice(colon + 1));
    const known = this.#forgotten.get(session);
    if (known === undefined || known < n) this.#forgotten.set(session, n);
    if (this.#forgotten.size > SESSIONS_MAX) this.#forgotten.delete(this.#forgotten.keys().next().value as string);
  }

  /** What the snapshot keeps of the forgotten; the replies themselves are in the journal and the id chunks. */
  marks(): readonly (readonly [string, number])[] {
    return [...this.#forgotten];
  }

  restoreMarks(marks: readonly (readonly [string, number])[]): void {
    for (const [session, upTo] of marks) this.#forgotten.set(session, upTo);
  }
}

const sessionKey = (player: PlayerId, id: string, colon: number): string => `${player} ${id.slice(0, colon)}`;

/** A 53-bit hash (cyrb53) of a command's canonical text. Not a security boundary: who forges one fools only himself. */
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
