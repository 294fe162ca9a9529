import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { expectRefused, get, newGuest, post, type Guest } from "../api/api.workerd.ts";
import { entryOf, KEYS } from "../api/operator-world.workerd.ts";
import { enter, expectNo, expectYes } from "../host/room-client.workerd.ts";
import { expectConserved } from "../host/room-oracle.workerd.ts";
import {
  BUY_IN,
  evict,
  fire,
  holdClock,
  inside,
  letClockGo,
  onDisk,
  plantBug,
  players,
  playOut,
  query,
  rooms,
} from "../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

let wishes = 0;
const wish = (): string => `wish-${(wishes += 1)}`;
/** A new one, unless the body has an id. */
const order = async (id: string, what: string, body: object = {}) =>
  post(`/api/operator/rooms/roulette/${id}/${what}`, { token: KEYS.floor, body: { id: wish(), ...body } });
const inspect = async (id: string) => get(`/api/operator/rooms/roulette/${id}`, { token: KEYS.viewer });

async function newcomer(): Promise<Guest> {
  const guest = await newGuest();
  players.add(guest.id as PlayerId); // as the server just named them
  return guest;
}

/** A table of anna's own, with her at it. */
async function openTable({ closed = false } = {}) {
  const anna = await newcomer();
  const { body } = await post("/api/rooms", { token: anna.token, body: { game: "roulette", private: closed } });
  const room = `roulette:${body.id}`;
  rooms.add(room);
  return { anna, id: String(body.id), room, invite: body.invite, client: await enter(room, anna.token) };
}

describe("an operator's orders", () => {
  test("pause lets the open round end and opens no new one, until resume; the table is told, and repeats are harmless", async () => {
    const { id, room, client } = await openTable();
    expectYes(await client.bet("red", 100));
    for (let i = 0; i < 2; i += 1) expect(await order(id, "pause")).toMatchObject({ status: 200, body: { id } });
    await client.until(() => client.table?.status === "paused", "the notice");
    await playOut(room, client);
    expect(client.view?.last).toMatchObject({ round: 1, staked: 100 });
    await fire(room);
    await client.phase("waiting");
    expectNo(await client.bet("red", 100), "paused");
    for (let i = 0; i < 2; i += 1) expect((await order(id, "resume")).status).toBe(200);
    await client.until(() => client.table?.status === "running", "the other notice");
    await expectConserved();
  });

  test("void gives the open round's stakes back with its reason, and its request is in the journal and the audit log", async () => {
    const { id, room, client } = await openTable();
    expectRefused(await order(id, "void", { round: 1, reason: "nothing is on" }), 409, "no_round");
    expectYes(await client.bet("red", 700));
    expect(client.chips).toBe(BUY_IN - 700);
    const answer = await order(id, "void", { id: "stuck", round: 1, reason: "A stuck wheel" });
    expect(answer.status).toBe(200);
    await client.until(() => client.chips === BUY_IN, "the chips");
    const { body } = await inspect(id);
    const voided = body.tail.find(({ type }: { type: string }) => type === "room.notice");
    expect(voided).toMatchObject({
      shown: { message: expect.stringContaining("A stuck wheel") },
      from: [answer.headers.get("x-request-id")],
    });
    expect(await entryOf(answer)).toMatchObject({
      name: "flo",
      summary: '{"id":"stuck","round":1,"reason":"A stuck wheel"}',
    });
    for (const wrong of ["", "  ", "x".repeat(201), "half \ud83d", 7])
      expectRefused(await order(id, "void", { round: 1, reason: wrong }), 422, "invalid_request");
    for (const wrong of [{ round: 0 }, { round: "1" }, { id: "" }, { id: "a b" }, { more: 1 }])
      expectRefused(await order(id, "void", { round: 1, reason: "x", ...wrong }), 422, "invalid_request");
    expect((await onDisk(room)).round.n).toBe(2);
    await expectConserved();
  });

  test("a void round is told to who waits for it as one that is not behind: it is never counted", async () => {
    const { anna, id, room, client } = await openTable();
    expectYes(await client.bet("red", 700));
    expect((await order(id, "void", { round: 1, reason: "A stuck wheel" })).status).toBe(200);
    await client.until(() => client.chips === BUY_IN, "the chips");
    const { status, body } = await get(`/api/players/me/history?after=${room}/1`, { token: anna.token });
    expect([status, body.behind, body.bets]).toEqual([200, false, []]);
  });

  test("a void that comes again hits no other round, and its id stands for it alone, also after the room has slept", async () => {
    const { id, room, client } = await openTable();
    expectYes(await client.bet("red", 700));
    const first = { id: "once", round: 1, reason: "A stuck wheel" };
    const told = await order(id, "void", first);
    expect(told.status).toBe(200);
    expectYes(await client.bet("black", 300));
    expect((await order(id, "void", first)).body).toEqual(told.body);
    await evict(room);
    expect((await order(id, "void", first)).body).toEqual(told.body);
    const { round } = await onDisk(room);
    expect([round.n, ...round.flows.values()]).toEqual([2, 300]);
    for (const other of [
      { ...first, round: 2 },
      { ...first, reason: "Another" },
    ])
      expectRefused(await order(id, "void", other), 409, "order_conflict");
    expectRefused(await order(id, "pause", { id: "once" }), 409, "order_conflict");
    expectRefused(await order(id, "void", { round: 1, reason: "late" }), 409, "not_this_round");
    expectRefused(await order(id, "void", { round: 3, reason: "early" }), 409, "not_this_round");
  });

  test("a number that is out counts: it cannot be voided, nor the next round in its place", async () => {
    const { id, room, client } = await openTable();
    expectYes(await client.bet("red", 700));
    await fire(room); // closed
    await fire(room); // spun
    await client.phase("spinning");
    expectRefused(await order(id, "void", { round: 1, reason: "not liked" }), 409, "result_known");
    await playOut(room, client);
    expectRefused(await order(id, "void", { round: 1, reason: "not liked" }), 409, "not_this_round");
    expect(client.view?.last).toMatchObject({ round: 1, staked: 700 });
  });

  test("a pause that comes again after the resume pauses nothing", async () => {
    const { id, client } = await openTable();
    const pause = { id: "pause-1" };
    const told = await order(id, "pause", pause);
    await order(id, "resume");
    expect((await order(id, "pause", pause)).body).toEqual(told.body);
    expectYes(await client.bet("red", 100));
    expect((await inspect(id)).body.status).toBe("running");
  });

  test("an order of before, without an id or a round, is told which fields it lacks", async () => {
    const { id } = await openTable();
    const path = `/api/operator/rooms/roulette/${id}`;
    const old = await post(`${path}/void`, { token: KEYS.floor, body: { reason: "as it used to be" } });
    expectRefused(old, 422, "invalid_request");
    expect(Object.keys(old.body.error.fields)).toEqual(["id", "round"]);
    for (const what of ["pause", "resume"]) {
      const none = await post(`${path}/${what}`, { token: KEYS.floor });
      expectRefused(none, 422, "invalid_request");
      expect(Object.keys(none.body.error.fields)).toEqual(["id"]);
    }
  });

  test("a room that has faulted takes none, and one that there is not is not made", async () => {
    const { id, room, client } = await openTable();
    expectYes(await client.bet("red", 100));
    plantBug(({ type }) => type === "deadline");
    await fire(room);
    for (let i = 0; i < 7; i += 1) await inside(room, async (object) => object.alarm());
    await client.until(() => client.table?.status === "faulted", "the notice");
    for (const what of ["pause", "resume"]) expectRefused(await order(id, what), 409, "faulted");
    expectRefused(await order(id, "void", { round: 1, reason: "too late" }), 409, "faulted");
    expect((await inspect(id)).body).toMatchObject({ status: "faulted", deadline: null, secretDeadline: false });
    for (const nowhere of ["nowhere", "x".repeat(300)]) {
      expectRefused(await order(nowhere, "pause"), 404, "unknown_room");
      expectRefused(await inspect(nowhere), 404, "unknown_room");
    }
    expectRefused(await get("/api/operator/rooms/chess/main", { token: KEYS.viewer }), 404, "unknown_room");
  });
});

describe("an operator's rooms", () => {
  test("are all there are, private ones too, page by page, and no invitation is told", async () => {
    const { anna, id, invite } = await openTable({ closed: true });
    const found: { game: string; id: string }[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const from: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const { status, body } = await get(`/api/operator/rooms?limit=2${from}`, { token: KEYS.viewer });
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain(invite);
      found.push(...body.rooms);
      cursor = body.next;
    }
    const names = found.map((room) => `${room.game}:${room.id}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(["roulette:main", "crash:main", "poker:main", "lottery:main"]));
    expect(found.find((room) => room.id === id)).toMatchObject({ private: true, owner: anna.id, status: "running" });
    expect((await get("/api/rooms")).body.rooms.map((room: { id: string }) => room.id)).not.toContain(id);
    for (const wrong of ["limit=0", "limit=1000000000", `cursor=${"x".repeat(100)}`])
      expectRefused(await get(`/api/operator/rooms?${wrong}`, { token: KEYS.viewer }), 422, "invalid_request");
  });

  test("are seen from the inside: purses, transfers, outbox, deadline and the last events with whose they were", async () => {
    const { anna, id, room, client } = await openTable({ closed: true });
    expectYes(await client.bet("red", 300));
    const { status, body } = await inspect(id);
    const kernel = await onDisk(room);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      room,
      status: "running",
      online: 1,
      seq: kernel.seq,
      round: { n: 1, phase: "open", words: 0 },
      deadline: { name: "close" },
      secretDeadline: false,
      purses: { count: 1, chips: BUY_IN - 300, held: 300, leaving: 0 },
      house: 0,
      transfers: [],
      outbox: { waiting: 0, parked: 0, oldestAt: null },
      snapshot: null,
    });
    const [{ rows } = { rows: 0 }] = await query<{ rows: number }>(room, "SELECT count(*) AS rows FROM journal");
    expect(body.sizes).toMatchObject({ journal: rows, snapshot: 0, transfers: 0 });
    expect(body.tail.map(({ seq }: { seq: number }) => seq)).toEqual(
      Array.from({ length: kernel.seq }, (_, i) => kernel.seq - i),
    );
    const types = body.tail.map(({ type }: { type: string }) => type);
    for (const type of ["room.committed", "room.presence", "room.transfer", "room.transferred"])
      expect(types).toContain(type);
    const moved = body.tail.find(({ type }: { type: string }) => type === "room.transfer");
    expect(moved.shown).toMatchObject({ player: anna.id, kind: "topup", amount: BUY_IN });
    await playOut(room, client);
    expect((await inspect(id)).body.outbox.waiting).toBeGreaterThan(0);
  });
});
