import { afterEach, beforeEach, expect, test } from "vitest";
import { expectRefused, post } from "../../api/api.workerd.ts";
import { KEYS } from "../../api/operator-world.workerd.ts";
import {
  allHeard,
  dealt,
  listedTable,
  newGuestSitter,
  over,
  playUntil,
  recordOf,
  shoves,
  stateOf,
  type Guest,
  type Listed,
} from "./client.workerd.ts";
import { expectYes } from "../../host/room-line.workerd.ts";
import { expectConserved } from "../../host/room-oracle.workerd.ts";
import { evict, fire, holdClock, letClockGo } from "../../host/room-world.workerd.ts";

/** An operator's orders to a poker table, as an operator gives them. */

beforeEach(holdClock);
afterEach(letClockGo);

type Party = { readonly table: Listed; readonly anna: Guest; readonly bert: Guest };

async function party(): Promise<Party> {
  const table = await listedTable();
  const [anna, bert] = [await newGuestSitter(table), await newGuestSitter(table)];
  expectYes(await anna.chair.sit(0, 5_000));
  expectYes(await bert.chair.sit(1, 5_000));
  await allHeard(table.room, [anna.chair, bert.chair]);
  return { table, anna, bert };
}

const callOff = async ({ room }: Listed, body: object) =>
  post(`/api/operator/rooms/poker/${room.split(":")[1]}/void`, { token: KEYS.floor, body });

const stacks = async ({ room }: Listed): Promise<number[]> =>
  (await stateOf(room)).seats.flatMap((seat) => (seat === null ? [] : [seat.stack]));

test("a hand whose cards are face up cannot be voided, nor the next in its place, and it is paid as the cards fall", async () => {
  const { table, anna, bert } = await party();
  const chairs = [anna.chair, bert.chair];
  const faceUp = (): boolean =>
    anna.chair.view?.seats.every((seat) => seat === null || Array.isArray(seat.cards)) === true;
  await playUntil(table.room, chairs, faceUp, shoves);
  expectRefused(await callOff(table, { id: "late", round: 1, reason: "not liked" }), 409, "result_known");
  await evict(table.room);
  expectRefused(await callOff(table, { id: "later", round: 1, reason: "not liked" }), 409, "result_known");
  await playUntil(table.room, chairs, over);
  expectRefused(await callOff(table, { id: "too-late", round: 1, reason: "not liked" }), 409, "result_known");
  await fire(table.room); // put away
  expectRefused(await callOff(table, { id: "far-too-late", round: 1, reason: "not liked" }), 409, "not_this_round");
  const { outcome } = await recordOf(table.room, 1);
  expect(outcome.void).toBeNull();
  expect(outcome.players.map(({ end }) => end)).toEqual(await stacks(table));
  await expectConserved();
});

test("a hand that is on gives everything back when it is voided, once by the order's id", async () => {
  const { table, anna, bert } = await party();
  await playUntil(table.room, [anna.chair, bert.chair], dealt);
  const order = { id: "once", round: 1, reason: "A torn card" };
  const told = await callOff(table, order);
  expect(told.status).toBe(200);
  await allHeard(table.room, [anna.chair, bert.chair]);
  expect(await stacks(table)).toEqual([5_000, 5_000]);
  await playUntil(table.room, [anna.chair, bert.chair], dealt);
  expect((await callOff(table, order)).body).toEqual(told.body);
  expect(await stateOf(table.room)).toMatchObject({ round: 2, phase: { name: "playing" } });
  expect((await recordOf(table.room, 1)).outcome.void).toBe("A torn card");
  await expectConserved();
});
