import { setTimeout as sleep } from "node:timers/promises";
import type { DrawRecord as Draw } from "../../../rooms/lottery/types.ts";
import type { Entry } from "../../client/index.ts";
import { Difference, type Person } from "./person.ts";
import type { Records } from "./records.ts";

/**
 * A player's own bookkeeping: the opening balance, the profit of each round computed from its record, and other income by the
 * statement. Their sum must equal all the player's chips, in the wallet and on tables.
 */
export class Account {
  readonly #person: Person;
  readonly #records: Records;
  /** All chips at the start, when everything was in the wallet. */
  #opening = 0;
  /** Won less lost in all rounds accounted for so far. */
  profit = 0;
  /** Amounts of awards, faucets and operators' transfers since the start, in order. */
  readonly #gifts: number[] = [];
  #last: Pick<Entry, "n" | "balance"> = { n: 0, balance: 0 };
  /** The ids of awards received. */
  readonly #awards = new Set<string>();

  constructor(person: Person, records: Records) {
    this.#person = person;
    this.#records = records;
  }

  /** Sets the opening balance. False: chips of an earlier run are still on a table. */
  async open(): Promise<boolean> {
    const { house } = this.#person;
    const { available, inPlay } = await house.call("GET /api/balance");
    const { entries } = await house.call("GET /api/balance/entries", { query: { limit: 100 } });
    const [last] = entries;
    for (const { kind, transfer } of entries) if (kind === "award" && transfer !== null) this.#awards.add(transfer);
    if (inPlay !== 0) return false;
    this.#equal("the wallet", "the statement begins", last?.balance ?? 0, available);
    this.#opening = available;
    this.#last = { n: last?.n ?? 0, balance: available };
    return true;
  }

  get expected(): number {
    return this.#opening + this.profit + this.#gifts.reduce((sum, one) => sum + one, 0);
  }

  get wallet(): number {
    return this.#last.balance;
  }

  /** Whether this total may be right for a table whose knowledge of the wallet is outdated: it may lack the latest gifts. */
  plausible(all: number): boolean {
    let sum = this.#opening + this.profit;
    return all === sum || this.#gifts.some((gift) => all === (sum += gift));
  }

  /** Whether the statement has the award of a draw. */
  hasAward(room: string, draw: number): boolean {
    return [...this.#awards].some((id) => id.startsWith(`${room}:${draw}:`));
  }

  /** Reads new lines of the statement and checks each. Returns their number. Throws Difference. */
  async read(): Promise<number> {
    const fresh: Entry[] = [];
    for (let cursor: number | null | undefined; cursor !== null;) {
      const page = await this.#person.house.call("GET /api/balance/entries", {
        query: { limit: 20, ...(cursor === undefined ? {} : { cursor }) },
      });
      const news = page.entries.filter(({ n }) => n > this.#last.n && !fresh.some((one) => one.n === n));
      fresh.push(...news);
      cursor = news.length < page.entries.length ? null : page.next;
    }
    for (const entry of fresh.sort((a, b) => a.n - b.n)) await this.#take(entry);
    return fresh.length;
  }

  async #take(entry: Entry): Promise<void> {
    const { n, kind, amount, balance } = entry;
    const where = `line ${n} of the statement`;
    this.#equal(where, "lines are counted", this.#last.n + 1, n);
    this.#equal(where, "the balance is added up", this.#last.balance + amount, balance);
    if (kind === "topup" || kind === "cashout") {
      this.#equal(where, `a ${kind} has its sign`, kind === "topup" ? -1 : 1, Math.sign(amount));
    } else {
      if (kind === "award") await this.#checkAward(entry, where);
      this.#gifts.push(amount);
    }
    this.#last = { n, balance };
  }

  /** The award must equal that in the draw's record. An award through Kafka comes from a lottery elsewhere and is not checked. */
  async #checkAward({ room, transfer, amount }: Entry, where: string): Promise<void> {
    this.#person.tally.awards += 1;
    if (transfer !== null) this.#awards.add(transfer);
    const draw = /^(lottery:[^:]+):(\d+):[0-9a-f]{16}$/.exec(transfer ?? "");
    if (draw?.[1] === undefined || draw[1] !== room) return;
    const { outcome } = await this.#records.read(draw[1], Number(draw[2]));
    const { award } = outcome as Draw; // the record is verified, so it has this shape
    this.#equal(where, `draw ${draw[2]} gave the award`, [this.#person.id, amount], [award?.player, award?.amount]);
  }

  /**
   * Checks wallet and tables against the expected total, to the chip. `settle` accounts for rounds that have ended meanwhile;
   * `table` is null while chips there cannot be counted. Transfers may take a few seconds. False: the table was never at rest, so
   * nothing was checked. Throws Difference.
   */
  async balance(step: string, settle: () => Promise<void>, table: () => Table | null): Promise<boolean> {
    const patience = new Patience();
    for (const end = Date.now() + MOVING_MS; Date.now() < end; await sleep(200)) {
      await settle();
      await this.read();
      const before = table();
      if (before === null) return false;
      const { available, inPlay, total } = await this.#person.house.call("GET /api/balance");
      const after = table();
      if ((await this.read()) > 0 || JSON.stringify(before) !== JSON.stringify(after)) continue;
      const { chips, early } = before;
      const all = this.expected + early;
      const expected = { available: this.wallet, inPlay: all - this.wallet, total: all, byFrames: all - this.wallet };
      const seen = { available, inPlay, total, byFrames: chips };
      if (JSON.stringify(expected) === JSON.stringify(seen)) {
        this.#person.tally.byStatement += 1;
        return true;
      }
      if (patience.ends()) throw new Difference("GET /api/balance", step, expected, seen);
    }
    return false;
  }

  #equal(where: string, step: string, expected: unknown, seen: unknown): void {
    if (JSON.stringify(expected) !== JSON.stringify(seen)) throw new Difference(where, step, expected, seen);
  }
}

/** Chips at the table by its frames, and the profit so far in a round that goes on. */
export type Table = { readonly chips: number; readonly early: number };

/** A difference counts only if it persists for some seconds and for several checks, since checks are slow on a busy server. */
export class Patience {
  readonly #end = Date.now() + LATE_MS;
  #looks = 0;

  ends(): boolean {
    this.#looks += 1;
    return this.#looks >= LOOKS && Date.now() >= this.#end;
  }
}

const LATE_MS = 6_000;
const LOOKS = 8;
const MOVING_MS = 30_000;
