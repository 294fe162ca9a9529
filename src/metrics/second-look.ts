import type { RoomReport } from "../../rooms/host/services.ts";

/**
 * Which rooms the Directory asks whether what they last reported is still so. A room that was killed, or whose last report was lost,
 * tells nothing by itself: nobody comes back to it, and no alarm of its own is set. So, when somebody looks at the figures, a room
 * that told of people or of something that waits, and has been silent since, is asked; one that says the same again is asked after
 * ever longer times, so that a table full of people who do nothing goes on sleeping. A room that told of nothing is never asked.
 *
 * So a table at which people sat for long and did nothing, that was killed by itself, and to which not one of them comes back (a page does,
 * within seconds) is counted for up to ten minutes more. To ask a sleeping room is to wake it, with all that it keeps, and to pay until
 * it sleeps again: each minute that would be a sixth of what an awake one costs, for every idle table there is.
 */

const FIRST_MS = 10_000;
const FACTOR = 3;
const LONGEST_MS = 600_000;
/** Rooms asked at one look. */
export const AT_ONCE = 50;

type Word = { readonly at: number; readonly times: number };

/** What would be false once nobody is there any more. */
export function figuresOf({ online, sockets, status, waiting }: RoomReport): string {
  const { transfers = 0, outbox = 0, parked = 0 } = waiting ?? {};
  return JSON.stringify([online, sockets, status, transfers, outbox, parked]);
}

/** In memory: after the Directory's own death, whoever told of anything is asked once. */
export class SecondLook {
  readonly #words = new Map<string, Word>();

  /** It reported by itself. `changed`: other figures than before. */
  heard(room: string, changed: boolean, now: number): void {
    const times = changed ? 0 : (this.#words.get(room)?.times ?? 0);
    this.#words.set(room, { at: now, times });
  }

  /** Of these, which to ask now. They count as asked. */
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
