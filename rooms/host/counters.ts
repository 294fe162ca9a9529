/**
 * A room's counters since its object was constructed, for the Directory and from there for /metrics. Names are flat, so that sums
 * need not know them: `refused/<code>` for each code, `commit/<ms>` for each bucket (not cumulative).
 */
export type Counts = Readonly<Record<string, number>>;

/** Upper bounds of the buckets of commit durations, in milliseconds; longer ones are in `commit/more`. */
export const COMMIT_BUCKETS_MS = [1, 2, 5, 10, 25, 50, 100, 250, 1_000] as const;

/** Most codes counted one by one. There are far fewer; further ones would count as `other`. */
const CODES_MAX = 100;

export class Counters {
  /** Id of this construction of the object. */
  readonly run = crypto.randomUUID().slice(0, 8);
  commands = 0;
  accepted = 0;
  batches = 0;
  events = 0;
  faults = 0;
  readonly #refused = new Map<string, number>();
  readonly #commits = [...COMMIT_BUCKETS_MS.map(() => 0), 0];
  #commitMs = 0;

  refuse(code: string): void {
    const known = this.#refused.get(code);
    if (known !== undefined || this.#refused.size < CODES_MAX) this.#refused.set(code, (known ?? 0) + 1);
    else this.#refused.set("other", (this.#refused.get("other") ?? 0) + 1);
  }

  /** Counts a batch that is on the disk. `ms`: time since its transaction began. */
  commit(ms: number): void {
    let bucket = 0;
    while (bucket < COMMIT_BUCKETS_MS.length && ms > (COMMIT_BUCKETS_MS[bucket] ?? 0)) bucket += 1;
    this.#commits[bucket] = (this.#commits[bucket] ?? 0) + 1;
    this.#commitMs += ms;
  }

  counts(rowsWritten: number): Counts {
    const { commands, accepted, batches, events, faults } = this;
    const counts: Record<string, number> = { commands, accepted, batches, events, faults, rowsWritten, refused: 0 };
    for (const [code, n] of this.#refused) {
      counts[`refused/${code}`] = n;
      counts["refused"] = (counts["refused"] ?? 0) + n;
    }
    for (const [i, n] of this.#commits.entries()) if (n > 0) counts[`commit/${COMMIT_BUCKETS_MS[i] ?? "more"}`] = n;
    counts["commitMs"] = this.#commitMs;
    return counts;
  }
}

/** The sums of both, by name. */
export function addCounts(left: Counts, right: Counts): Counts {
  const sum: Record<string, number> = { ...left };
  for (const [name, n] of Object.entries(right)) sum[name] = (sum[name] ?? 0) + n;
  return sum;
}
