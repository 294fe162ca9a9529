import type { Json, Ms, PlayerId } from "./game.ts";

/**
 * Accepted command ids with their replies, so that a command sent again is answered again and never applied again. Replies
 * are kept for ten minutes, or fewer when a room is so busy that `RECENT_MAX` are younger; what falls out leaves the highest
 * number of its session behind, so an old id is refused `id_expired` and never judged anew.
 */

export const RECENT_MS = 10 * 60_000;
export const RECENT_MAX = 50_000;
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

const keyOf = (player: PlayerId, id: string): string => `${player} ${id}`;

export class Recent {
  readonly #replies = new Map<string, Accepted>();
  readonly #expired = new Map<string, number>();

  get size(): number {
    return this.#replies.size;
  }

  find(player: PlayerId, id: string): Accepted | undefined {
    return this.#replies.get(keyOf(player, id));
  }

  /** True when a reply of this session with this number or a later one has been forgotten. */
  expired(player: PlayerId, id: string): boolean {
    if (this.#expired.size === 0) return false;
    const colon = id.indexOf(":");
    const upTo = this.#expired.get(keyOf(player, id.slice(0, colon)));
    return upTo !== undefined && Number(id.slice(colon + 1)) <= upTo;
  }

  add(accepted: Accepted): void {
    this.#replies.set(keyOf(accepted.player, accepted.id), accepted);
  }

  /** Forgets what is older than ten minutes or beyond the cap. Insertion order is age. */
  evict(now: Ms, max: number = RECENT_MAX): void {
    for (const [key, accepted] of this.#replies) {
      const old = accepted.at <= now - RECENT_MS;
      if (this.#replies.size <= max && !old) return;
      this.#replies.delete(key);
      if (!old) this.#forget(accepted);
    }
  }

  #forget(accepted: Accepted): void {
    const colon = accepted.id.indexOf(":");
    const session = keyOf(accepted.player, accepted.id.slice(0, colon));
    const upTo = Math.max(this.#expired.get(session) ?? 0, Number(accepted.id.slice(colon + 1)));
    this.#expired.delete(session);
    this.#expired.set(session, upTo);
    if (this.#expired.size > SESSIONS_MAX) this.#expired.delete(this.#expired.keys().next().value as string);
  }

  /** What the snapshot keeps of the forgotten; the replies themselves are in the journal and the id chunks. */
  marks(): readonly (readonly [string, number])[] {
    return [...this.#expired];
  }

  restoreMarks(marks: readonly (readonly [string, number])[]): void {
    for (const [session, upTo] of marks) this.#expired.set(session, upTo);
  }
}

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
