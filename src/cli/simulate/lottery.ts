import { setTimeout as sleep } from "node:timers/promises";
import { lottery } from "../../../rooms/lottery/index.ts";
import type { DrawRecord as Draw, Seat, View } from "../../../rooms/lottery/types.ts";
import { ApiError, type Croupier, type Link, type Round } from "../../client/index.ts";
import { Difference, type Person } from "./person.ts";
import type { Player } from "./player.ts";
import type { Records } from "./records.ts";

/** Checks the lottery for its players: every settled stake becomes tickets, and every award arrives. */

type LotteryLink = Link<View, unknown, Seat, never, { type: string }>;

/** The tickets of one player in `lottery:main`, counted from `open` on. */
export class Tickets {
  readonly #person: Person;
  readonly #records: Records;
  readonly #link: LotteryLink;
  #before = 0;
  #draw = 0;

  constructor(person: Person, records: Records) {
    this.#person = person;
    this.#records = records;
    this.#link = person.house.room(lottery, "main");
  }

  /** Call before the first stake. False: the server has no such lottery, or it does not count stakes at roulette. */
  async open(): Promise<boolean> {
    try {
      const { view } = await this.#link.until();
      this.#draw = view.history[0]?.draw ?? 0;
      this.#before = this.#open();
      const { games } = view.config;
      return games.length === 0 || games.includes("roulette");
    } catch (error) {
      if (error instanceof ApiError && error.code === "missing") return false;
      throw error;
    }
  }

  #open(): number {
    const seat = this.#link.get().known?.seat ?? null;
    return (seat?.waiting.stake ?? 0) + (seat?.started?.stake ?? 0);
  }

  /** Checks that all stakes since `open` are in tickets of finished or open draws. Throws Difference. */
  async check(staked: number): Promise<void> {
    for (const deadline = Date.now() + ARRIVE_MS; ; await sleep(500)) {
      const tickets = await this.#tickets();
      if (tickets === this.#before + staked) return;
      if (Date.now() < deadline) continue;
      throw new Difference("lottery:main", "stakes have become tickets", this.#before + staked, tickets);
    }
  }

  async #tickets(): Promise<number> {
    const over = this.#link.get().known?.view.history.filter(({ draw }) => draw > this.#draw) ?? [];
    const open = this.#open();
    let sum = 0;
    for (const { draw } of over) {
      const { outcome } = await this.#records.read("lottery:main", draw);
      const { tickets } = outcome as Draw; // the record is verified, so it has this shape
      for (const { player, stake } of tickets) if (player === this.#person.id) sum += stake;
    }
    return sum + open;
  }

  close(): void {
    this.#link.close();
  }
}

/** The number of the last finished draw of each lottery, by its id. */
export async function lastDraws(house: Croupier): Promise<ReadonlyMap<string, number>> {
  const { rooms } = await house.call("GET /api/rooms", { query: { game: "lottery" } });
  const last = new Map<string, number>();
  for (const { id } of rooms) {
    const path = { game: "lottery", id };
    const { rounds } = await house.call("GET /api/rooms/{game}/{id}/rounds", { path, query: { limit: 1 } });
    last.set(id, rounds[0]?.round ?? 0);
  }
  return last;
}

/** An award won by a simulated player that is missing in their statement. */
export type Missing = { readonly player: Player; readonly error: Difference };

export async function missingAwards(
  house: Croupier,
  players: readonly Player[],
  since: ReadonlyMap<string, number>,
): Promise<Missing[]> {
  const byId = new Map(players.map((player) => [player.person.id, player]));
  const missing: Missing[] = [];
  for (const [id, last] of since) {
    for (const { round, outcome } of await drawsAfter(house, id, last)) {
      const award = (outcome as Draw | null)?.award ?? null; // the lottery's own account of a draw
      const winner = award === null || award.amount === 0 ? undefined : byId.get(award.player);
      if (winner === undefined || (await arrives(winner, `lottery:${id}`, round))) continue;
      const step = `the award of draw ${round} of lottery:${id} arrives`;
      missing.push({ player: winner, error: new Difference("the statement", step, award?.amount, "none") });
    }
  }
  return missing;
}

async function drawsAfter(house: Croupier, id: string, last: number): Promise<Round[]> {
  const found: Round[] = [];
  for (let cursor: number | null | undefined; cursor !== null;) {
    const query = { limit: 50, ...(cursor === undefined ? {} : { cursor }) };
    const page = await house.call("GET /api/rooms/{game}/{id}/rounds", { path: { game: "lottery", id }, query });
    const news = page.rounds.filter(({ round }) => round > last);
    found.push(...news);
    cursor = news.length < page.rounds.length ? null : page.next;
  }
  return found;
}

async function arrives({ account }: Player, room: string, draw: number): Promise<boolean> {
  for (const deadline = Date.now() + ARRIVE_MS; ; await sleep(500)) {
    await account.read();
    if (account.hasAward(room, draw)) return true;
    if (Date.now() > deadline) return false;
  }
}

/** Time to pass the queues in both directions; lost messages are sent again after a while. */
const ARRIVE_MS = 150_000;
