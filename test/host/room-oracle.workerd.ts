import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { gameOf } from "../../rooms/games.ts";
import { held } from "../../rooms/kernel/state.ts";
import { playerStub } from "../../src/objects/stubs.ts";
import { inside, players, query, readKernel, rooms } from "./room-world.workerd.ts";

/**
 * Where all the money is, read from every object's own tables (rooms/README.md#chips): wallets + purses + held + house + transfers in
 * flight + promotions = 0, and nothing is negative but house and promotions.
 */
export type Sums = {
  readonly wallets: number;
  readonly purses: number;
  readonly held: number;
  readonly house: number;
  readonly transfers: number;
  readonly promotions: number;
};

type Wallet = { readonly balance: number; readonly given: number; readonly moved: ReadonlyMap<string, number> };

type Open = { id: string; player: string; kind: "topup" | "cashout"; amount: number };

async function walletOf(id: string): Promise<Wallet> {
  const stub = playerStub(env, id as Parameters<typeof playerStub>[1]);
  return runInDurableObject(stub, (_player, { storage }) => {
    const { sql } = storage;
    const [sum] = sql
      .exec<{ all: number; given: number }>(
        `SELECT coalesce(sum(amount), 0) AS "all",
           coalesce(sum(amount) FILTER (WHERE kind NOT IN ('topup', 'cashout')), 0) AS given FROM ledger`,
      )
      .toArray();
    const moved = sql.exec<{ id: string; moved: number }>("SELECT id, moved FROM transfer").toArray();
    return {
      balance: sum?.all ?? 0,
      given: sum?.given ?? 0,
      moved: new Map(moved.map((row) => [row.id, row.moved])),
    };
  });
}

async function roomSums(
  name: string,
  wallets: ReadonlyMap<string, Wallet>,
): Promise<Omit<Sums, "wallets" | "promotions">> {
  const game = gameOf(name);
  if (game === undefined) throw new Error(`no game for ${name}`);
  const kernel = await inside(name, (_room, { storage }) => readKernel(storage, name));
  const open = await query<Open>(name, "SELECT id, player, kind, amount FROM transfers ORDER BY id");
  const purses = [...kernel.purses];
  const journaled = purses.flatMap(([, { transfer }]) => (transfer === null ? [] : [transfer.id])).sort();
  expect(open.map(({ id }) => id)).toEqual(journaled);
  let transfers = 0;
  for (const { id, player, kind, amount } of open) {
    const moved = wallets.get(player)?.moved.get(id);
    if (kind === "topup") transfers += moved ?? 0;
    else if (moved === undefined) transfers += amount;
  }
  for (const [, { chips }] of purses) expect(chips).toBeGreaterThanOrEqual(0);
  return {
    purses: purses.reduce((sum, [, { chips }]) => sum + chips, 0),
    held: purses.reduce((sum, [player]) => sum + held(game, kernel, player), 0),
    house: kernel.house,
    transfers,
  };
}

export async function sums(): Promise<Sums> {
  const wallets = new Map<string, Wallet>();
  for (const id of players) wallets.set(id, await walletOf(id));
  const all = [...wallets.values()];
  let total: Sums = {
    wallets: all.reduce((sum, { balance }) => sum + balance, 0),
    promotions: 0 - all.reduce((sum, { given }) => sum + given, 0),
    purses: 0,
    held: 0,
    house: 0,
    transfers: 0,
  };
  for (const { balance } of all) expect(balance).toBeGreaterThanOrEqual(0);
  for (const name of rooms) {
    const room = await roomSums(name, wallets);
    total = {
      ...total,
      purses: total.purses + room.purses,
      held: total.held + room.held,
      house: total.house + room.house,
      transfers: total.transfers + room.transfers,
    };
  }
  return total;
}

/** Expects that sum to be 0. Gives the sums, for what a test knows besides. */
export async function expectConserved(): Promise<Sums> {
  const found = await sums();
  const { wallets, purses, held: onTables, house, transfers, promotions } = found;
  expect(wallets + purses + onTables + house + transfers + promotions, JSON.stringify(found)).toBe(0);
  return found;
}
