import { afterEach, beforeEach, expect, test } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { get, newGuest, post, type Guest } from "../api/api.workerd.ts";
import { enter, expectNo, expectYes, join } from "./room-client.workerd.ts";
import { expectConserved, sums } from "./room-oracle.workerd.ts";
import {
  BUY_IN,
  eventually,
  GRANT,
  holdClock,
  letClockGo,
  newPlayer,
  newRoom,
  players,
  playOut,
  roomOf,
  rooms,
} from "./room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

type Entry = { readonly kind: string; readonly amount: number; readonly balance: number };

async function statement(guest: Guest): Promise<[string, number, number][]> {
  const { body } = await get("/api/balance/entries", { token: guest.token });
  return body.entries.map(({ kind, amount, balance }: Entry) => [kind, amount, balance]);
}

async function freshRoom(token: string): Promise<string> {
  const { body } = await post("/api/rooms", { token, body: { game: "roulette" } });
  const name = `roulette:${body.id}`;
  rooms.add(name);
  return name;
}

test("[R4] [R5] a bet by socket tops the purse up, is paid, and leaving brings every chip home; nothing is lost on the way", async () => {
  const guest = await newGuest();
  players.add(guest.id as PlayerId);
  const room = await freshRoom(guest.token);
  const client = await enter(room, guest.token);
  expect(await expectConserved()).toMatchObject({ wallets: GRANT, purses: 0, held: 0, promotions: -GRANT });

  expectYes(await client.bet("red", 300));
  expectYes(await client.bet("straight:17", 20));
  expect(client.chips).toBe(BUY_IN - 320);
  expect(client.purses.at(-1)).toMatchObject({ chips: BUY_IN - 320, balance: GRANT - BUY_IN });
  expect(await expectConserved()).toMatchObject({ wallets: GRANT - BUY_IN, purses: BUY_IN - 320, held: 320, house: 0 });
  expect((await get("/api/balance", { token: guest.token })).body).toEqual({
    available: GRANT - BUY_IN,
    inPlay: BUY_IN,
    total: GRANT,
    rooms: [{ room, amount: BUY_IN }],
  });

  await playOut(room, client);
  await client.until(() => client.seat?.paid?.round === 1, "the pay-out");
  const { paid } = client.seat ?? {};
  const returned = paid?.returned ?? -1;
  const red = paid?.wins.find(({ spot }) => spot === "red")?.returned ?? 0;
  const straight = paid?.wins.find(({ spot }) => spot === "straight:17")?.returned ?? 0;
  expect([0, 600]).toContain(red);
  expect([0, 720]).toContain(straight);
  expect(returned).toBe(red + straight);
  await client.until(() => client.chips === BUY_IN - 320 + returned, "the purse");
  expect(await expectConserved()).toMatchObject({ held: 0, house: 320 - returned, transfers: 0 });

  expectYes(await client.ask({ type: "leave" }));
  const home = GRANT - 320 + returned;
  await client.until(() => client.purses.at(-1)?.balance === home, "the cash-out's answer");
  expect(client.chips).toBe(0);
  expect(await expectConserved()).toMatchObject({ wallets: home, purses: 0, house: 320 - returned });
  expect(await statement(guest)).toEqual([
    ["cashout", BUY_IN - 320 + returned, home],
    ["topup", -BUY_IN, GRANT - BUY_IN],
    ["grant", GRANT, GRANT],
  ]);
  expect((await get("/api/balance", { token: guest.token })).body).toMatchObject({ total: home, rooms: [] });
});

test("[R5] a stake beyond the wallet is refused, and the wallet, the purse and the felt are as before", async () => {
  const poor = await newPlayer(500);
  const room = await newRoom();
  const client = await join(roomOf(room), poor);
  expectNo(await client.bet("red", 501), "insufficient_funds");
  expect(client.view?.phase.name).toBe("waiting");
  expect(await roomOf(room).holdings(poor.id)).toMatchObject({ purse: 0, held: 0 });
  expectYes(await client.bet("red", 200)); // the wallet has less than the buy-in: all of it comes
  expect(client.chips).toBe(300);
  expectNo(await client.bet("black", 301), "insufficient_funds");
  expect(client.chips).toBe(300);
  expectYes(await client.bet("black", 300));
  expect(await roomOf(room).holdings(poor.id)).toMatchObject({ purse: 0, held: 500 });
  await expectConserved();
});

test("a stake above the buy-in takes exactly what is missing", async () => {
  const anna = await newPlayer();
  const room = await newRoom();
  const client = await join(roomOf(room), anna);
  expectYes(await client.bet("red", 5_000));
  expect(client.purses.at(-1)).toMatchObject({ chips: 0, balance: GRANT - 5_000 });
  expectYes(await client.bet("red", 1));
  expect(client.purses.at(-1)).toMatchObject({ chips: BUY_IN - 1, balance: GRANT - 5_000 - BUY_IN });
  await expectConserved();
});

test("who leaves with chips on the felt gets them home when the round is paid, in the same commit", async () => {
  const anna = await newPlayer();
  const room = await newRoom();
  const client = await join(roomOf(room), anna);
  for (const spot of ["red", "black"]) expectYes(await client.bet(spot, 1_000));
  expectYes(await client.ask({ type: "leave" }));
  expect(await roomOf(room).holdings(anna.id)).toMatchObject({ purse: 0, held: 2_000 });
  await playOut(room, client);
  await client.until(() => client.seat?.paid !== null, "the pay-out");
  const back = client.seat?.paid?.returned ?? -1;
  await eventually(async () => expect(await sums()).toMatchObject({ transfers: 0, wallets: GRANT - BUY_IN + back }));
  expect(await expectConserved()).toMatchObject({ purses: 0, held: 0, house: BUY_IN - back });
});
