import type { RoomReport } from "../../rooms/host/services.ts";

/**
 * Decides which rooms the Directory asks whether their last report is still true. A room that was killed, or whose last report
 * was lost, may never report again: it has no visitors and no alarm. So when somebody reads the figures, the Directory asks rooms
 * whose last report had players or waiting events and that have been silent since. A room that answers the same is asked again
 * after ever longer times, so that a table of idle players can hibernate. A room whose last report had nothing is never asked.
 *
 * The price: a table with long-idle players that is killed, and to which no page reconnects (pages do within seconds), is counted
 * for up to ten minutes more. Asking sooner would cost more: it wakes a hibernating room, which is billed until it hibernates
 * again. Once a minute, that would be a sixth of the cost of a room that is always awake, for every idle table.
 */

const FIRST_MS = 10_000;
const FACTOR = 3;
const LONGEST_MS = 600_000;
/** The most rooms that are asked at once. */
export const AT_ONCE = 50;

type Word = { readonly at: number; readonly times: number };

/** The figures of a report that become false when the room empties, as text to compare. */
export function figuresOf({ online, sockets, status, waiting }: RoomReport): string {
  const { transfers = 0, outbox = 0, parked = 0 } = waiting ?? {};
  return JSON.stringify([online, sockets, status, transfers, outbox, parked]);
}

/** When each room is to be asked next. In memory: after a restart of the Directory each room with figures is asked once. */
export class SecondLook {
  readonly #words = new Map<string, Word>();

  /** Notes a room's own report. `changed`: its figures differ from the last ones. */
  heard(room: string, changed: boolean, now: number): void {
    const times = changed ? 0 : (this.#words.get(room)?.times ?? 0);
    this.#words.set(room, { at: now, times });
  }

  /** The rooms among these to ask now, at most `AT_ONCE`. They are noted as asked. */
  due(rooms: Iterable<string>, now: number): string[] {
    const due: string[] = [];
    for (const room of rooms) {
      if (due.length >= AT_ONCE) break;
      const word = this.#words.get(room);
      if (word !== undefined && Math.abs(now - word.at) < pauseOf(word.times)) continue;
      due.push(room);
      this.#words.set(room, { at: now, times: (word?.times ?? 0) + 1 });
    }
    return due;
  }
}

const pauseOf = (times: number): number => Math.min(LONGEST_MS, FIRST_MS * FACTOR ** Math.min(times, 10));
