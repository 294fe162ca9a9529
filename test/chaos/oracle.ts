import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { PlayerId } from "../../rooms/game.ts";
import { gameOf } from "../../rooms/games.ts";
import { Journal } from "../../rooms/host/journal.ts";
import { held } from "../../rooms/kernel/state.ts";
import { Recent } from "../../rooms/kernel/command-ids.ts";
import { LotteryBooks } from "./oracle-lottery.ts";
import { sqlStorage } from "./sqlite.ts";

/**
 * The oracle of the sum in rooms/README.md#chips: reads the house's SQLite files, and nothing else, and adds every chip up. At a quiescent point
 * wallets + purses + held + house + transfers in flight + promotions = 0.
 */

export type Audit = {
  readonly wallets: number;
  readonly purses: number;
  readonly held: number;
  readonly house: number;
  readonly inFlight: number;
  readonly promotions: number;
  readonly sum: number;
  readonly players: number;
  readonly rooms: number;
  /** Stakes and awards that left their rooms' books and have not been confirmed: 0 when the chain has come to rest. */
  readonly underWay: number;
  /** What each player was awarded. */
  readonly awarded: ReadonlyMap<string, number>;
  readonly draws: number;
  /** A draw is started, or will be when time is up. */
  readonly drawing: boolean;
  /** What all tickets of all draws are made of. */
  readonly lotteryStakes: number;
  /** Awards of draws that are in no ledger yet. */
  readonly unpaid: number;
  /** Chips by player in wallet, purses and games together. */
  readonly totals: ReadonlyMap<string, number>;
  /** Everything else that is wrong: a negative amount, a purse that the wallet does not know. */
  readonly faults: readonly string[];
};

/**
 * `persistTo` as given to wrangler; `lottery`, that of the deployment that holds the lotteries, when they are not in the house. The
 * files are copied first, so a running house is not disturbed.
 */
export function audit(persistTo: string, lottery?: string): Audit {
  const folders = lottery === undefined ? [persistTo] : [persistTo, lottery];
  for (let tries = 1; ; tries += 1) {
    const copy = mkdtempSync(join(tmpdir(), "croupier-oracle-"));
    try {
      for (const folder of folders) {
        const from = join(folder, "v3/do");
        if (existsSync(from)) cpSync(from, copy, { recursive: true });
      }
      return addUp(copy, lottery !== undefined);
    } catch (error) {
      // A house at work folds its logs into its files: one may be gone when its turn comes.
      const gone = error instanceof Error && "code" in error && error.code === "ENOENT";
      if (!gone || tries >= 20) throw error;
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }
}

function databases(folder: string): DatabaseSync[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite")
    .map((name) => new DatabaseSync(join(folder, name)));
}

const hasTable = (db: DatabaseSync, name: string): boolean =>
  db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined;

const number = (value: unknown): number => {
  if (typeof value !== "number" || !Number.isSafeInteger(value))
    throw new TypeError(`not an integer: ${String(value)}`);
  return value;
};

function addUp(folder: string, elsewhere: boolean): Audit {
  const totals = new Map<string, number>();
  const faults: string[] = [];
  const give = (player: string, amount: number): void => {
    totals.set(player, (totals.get(player) ?? 0) + amount);
  };

  // Wallets: the ledger's own sums, not the balance column, which is checked against them.
  const moved = new Map<string, number>();
  const books = new LotteryBooks();
  let wallets = 0;
  let promotions = 0;
  let players = 0;
  for (const db of databases(join(folder, "croupier-Player"))) {
    if (!hasTable(db, "ledger")) continue;
    const id = db.prepare("SELECT id FROM player").get()?.["id"];
    if (typeof id !== "string") continue;
    players += 1;
    let balance = 0;
    for (const entry of db.prepare("SELECT kind, amount, balance, transfer FROM ledger ORDER BY n").all()) {
      balance += number(entry["amount"]);
      if (balance !== number(entry["balance"]) || balance < 0) faults.push(`${id}: the ledger does not add up`);
      if (typeof entry["transfer"] === "string" && (entry["kind"] === "topup" || entry["kind"] === "cashout")) {
        if (moved.has(entry["transfer"])) faults.push(`${entry["transfer"]} was booked twice`);
        moved.set(entry["transfer"], Math.abs(number(entry["amount"])));
      } else promotions -= number(entry["amount"]);
      if (entry["kind"] === "award") books.credited(id, String(entry["transfer"]), number(entry["amount"]));
    }
    wallets += balance;
    give(id, balance);
    db.close();
  }

  let purses = 0;
  let inGames = 0;
  let house = 0;
  let inFlight = 0;
  let rooms = 0;
  for (const db of databases(join(folder, "croupier-Room"))) {
    if (!hasTable(db, "meta")) continue;
    const room = String(db.prepare("SELECT value FROM meta WHERE key = 'room'").get()?.["value"]);
    const game = gameOf(room);
    if (game === undefined) throw new Error(`${room} has no game`);
    rooms += 1;
    const journal = new Journal(sqlStorage(db), room, game);
    const kernel = journal.load(game.stored.parse(journal.meta()?.config), new Recent());
    house += kernel.house;
    if (!elsewhere || !room.startsWith("lottery:")) books.room(room, kernel, db);
    const open = new Map(
      db
        .prepare("SELECT id, amount FROM transfers")
        .all()
        .map((row) => [String(row["id"]), number(row["amount"])]),
    );
    const everyone = new Set<PlayerId>([...kernel.purses.keys(), ...kernel.presence.keys()]);
    for (const player of everyone) {
      const purse = kernel.purses.get(player);
      const here = held(game, kernel, player);
      inGames += here;
      purses += purse?.chips ?? 0;
      give(player, here + (purse?.chips ?? 0));
      const transfer = purse?.transfer ?? null;
      if (transfer === null) continue;
      if (open.get(transfer.id) !== transfer.amount)
        faults.push(`${transfer.id} is open in the journal, not in its table`);
      open.delete(transfer.id);
      // A top-up is in flight once the wallet has given; a cash-out until the wallet has taken.
      const booked = moved.get(transfer.id);
      const flying = transfer.kind === "topup" ? (booked ?? 0) : booked === undefined ? transfer.amount : 0;
      inFlight += flying;
      give(player, flying);
    }
    for (const id of open.keys()) faults.push(`${id} is open in its table, not in the journal`);
    db.close();
  }
  for (const db of databases(join(folder, "croupier-Promotions"))) books.promotions(db);
  for (const db of databases(join(folder, "croupier-DeadLetters"))) books.deadLetters(db);
  if (elsewhere) {
    for (const db of databases(join(folder, "croupier-lottery-Room"))) {
      if (!hasTable(db, "meta")) continue;
      const room = String(db.prepare("SELECT value FROM meta WHERE key = 'room'").get()?.["value"]);
      const game = gameOf(room);
      if (game === undefined) throw new Error(`${room} has no game`);
      const journal = new Journal(sqlStorage(db), room, game);
      books.room(room, journal.load(game.stored.parse(journal.meta()?.config), new Recent()), db);
    }
    for (const name of ["croupier-bridge-Feed", "croupier-lottery-bridge-Feed"]) {
      for (const db of databases(join(folder, name))) books.feed(db);
    }
    for (const db of databases(join(folder, "croupier-lottery-DeadLetters"))) books.deadLetters(db);
  }
  faults.push(...books.faults());
  const { underWay, awarded, draws, drawing, stakes: lotteryStakes, unpaid } = books;
  const sum = wallets + purses + inGames + house + inFlight + promotions;
  return {
    wallets,
    purses,
    held: inGames,
    house,
    inFlight,
    promotions,
    sum,
    players,
    rooms,
    underWay,
    awarded,
    draws,
    drawing,
    lotteryStakes,
    unpaid,
    totals,
    faults,
  };
}

/** Throws with the whole account when a chip is missing or too many. */
export function assertConserved(result: Audit): void {
  if (result.sum === 0 && result.faults.length === 0) return;
  const { totals: _, awarded: __, ...rest } = result;
  throw new Error(`the house does not add up: ${JSON.stringify(rest, null, 2)}`);
}
