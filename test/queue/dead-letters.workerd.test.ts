import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runInDurableObject } from "cloudflare:test";
import type { Envelope } from "../../rooms/host/outbox.ts";
import { newPlayerId } from "../../src/api/auth/random.ts";
import { replay } from "../../src/queue/replay.ts";
import type { Env } from "../../src/env.ts";
import { BridgeEntrypoint } from "../../src/bridge-entry.ts";
import type { DeadLetter } from "../../src/bridge-port.ts";
import { deadLettersStub, directoryStub, openRoom } from "../../src/objects/stubs.ts";
import { expectRefused, get, post } from "../api/api.workerd.ts";
import { SMALL, stakeOf, stateOf } from "../games/lottery/world.workerd.ts";
import { expectYes, join } from "../host/room-client.workerd.ts";
import {
  eventually,
  holdClock,
  letClockGo,
  newPlayer,
  playOut,
  query,
  roomOf,
  rooms,
} from "../host/room-world.workerd.ts";

/** Dead letters are sent again one by one, by a filter, or all of them, in steps with a count. */

const ADMIN = "an-admin-key-for-tests-alone-000004";
const send = async (body: unknown) => post("/api/operator/dead-letters/replay", { token: ADMIN, body });

beforeEach(async () => {
  await runInDurableObject(
    env.DEAD_LETTERS.get(env.DEAD_LETTERS.idFromName("main")),
    (_, { storage }) => void storage.sql.exec("DELETE FROM letter"),
  );
});

let n = 0;
/** As an older version put them away after a hundred tries, of a player that there is: right as they are. */
async function away(count: number, of: Partial<DeadLetter> = {}): Promise<DeadLetter[]> {
  const { id } = await newPlayer();
  const letters = Array.from({ length: count }, (): DeadLetter => {
    const body = stakeOf(id, 5);
    const code = "retries_exhausted";
    return { id: body.id, from: "stakes", topic: "stakes", code, reason: "x", body, at: (n += 1) * 1_000, ...of };
  });
  await deadLettersStub(env).park(letters);
  return letters;
}

const open = async (): Promise<number> => (await deadLettersStub(env).count()).open;
const total = async (): Promise<number> => (await stateOf(SMALL)).waiting.tickets.length;

/** How many open ones match, one of which is sent again. */
async function matching(filter: object): Promise<number> {
  const { body } = await send({ filter, limit: 1 });
  return body.done + body.queued + body.parked + body.retry + body.left;
}

/** A table in the Directory whose round is over, with the stake that it sent. */
async function played(): Promise<{ room: string; stake: Envelope }> {
  const id = `letters${(n += 1)}`;
  const room = `roulette:${id}`;
  const made = { game: "roulette", id, config: "{}", private: false, owner: newPlayerId(), invite: "x" };
  await directoryStub(env).make(made, 10);
  const found = await directoryStub(env).find(room, null);
  if (found === null) throw new Error("not listed");
  await openRoom(env, found.listing);
  rooms.add(room);
  const prototype = Object.getPrototypeOf(env.STAKES) as Queue;
  vi.spyOn(prototype, "sendBatch").mockResolvedValue({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } });
  const client = await join(roomOf(room), await newPlayer());
  expectYes(await client.bet("red", 100));
  await client.until(() => client.view?.staked === 100, "the bet");
  await playOut(room, client);
  const [row] = await query<{ body: string }>(room, "SELECT body FROM outbox WHERE topic = 'stakes'");
  const [stake] = JSON.parse(row?.body ?? "[]") as Envelope[];
  if (stake === undefined) throw new Error("no stake");
  return { room, stake };
}

const waiting = async (room: string): Promise<string[]> =>
  (await query<{ body: string }>(room, "SELECT body FROM outbox WHERE topic = 'stakes'")).flatMap(({ body }) =>
    (JSON.parse(body) as Envelope[]).map(({ id }) => id),
  );

describe("sending dead letters again", () => {
  test("all of them, in steps, until none is left: what is right has its effect once, what is not stays", async () => {
    await roomOf(SMALL).describe();
    await away(5);
    const wrong = { ...stakeOf(newPlayerId(), 5), version: 2 };
    await deadLettersStub(env).park([
      { id: wrong.id, from: "stakes", topic: "stakes", code: "unknown_version", reason: "x", body: wrong, at: 1 },
    ]);
    await away(2);
    expect((await send({ all: true, limit: 4 })).body).toMatchObject({
      done: 4,
      parked: 0,
      left: 4,
      next: expect.any(Number),
    });
    const { body: first } = await send({ all: true, limit: 2 });
    expect(first).toMatchObject({ done: 1, parked: 1, left: 2 });
    const { body: second } = await send({ all: true, limit: 2, after: first.next });
    expect(second).toEqual({ done: 2, queued: 0, parked: 0, retry: 0, left: 0, next: null });
    expect(await open()).toBe(1);
    expect((await send({ all: true })).body).toMatchObject({ done: 0, parked: 1, left: 0, next: null });
    expect(await total()).toBeGreaterThanOrEqual(1);
  });

  test("those of a filter: by the reason, the topic, the room, the time, and all of these together", async () => {
    const [first, ...rest] = await away(4);
    if (first === undefined) throw new Error("four");
    await away(1, { code: "unknown_room" });
    const { id } = await newPlayer();
    const elsewhere = { ...stakeOf(id, 5), id: "roulette:other:3f2a91bc:1", source: "roulette:other" };
    await deadLettersStub(env).park([
      { id: elsewhere.id, from: "stakes", topic: "stakes", code: "x", reason: "x", body: elsewhere, at: 1 },
    ]);
    expect(await matching({ code: "unknown_room" })).toBe(1);
    expect(await open()).toBe(5);
    expect(await matching({ room: "roulette:other" })).toBe(1);
    expect(await matching({ topic: "awards" })).toBe(0);
    expect(await matching({ code: "retries_exhausted", topic: "stakes", since: first.at, before: first.at + 1 })).toBe(
      1,
    );
    expect(await matching({ since: rest[1]?.at, room: "roulette:main" })).toBe(2);
    const listed = await get("/api/operator/dead-letters?room=roulette:other&topic=stakes", { token: ADMIN });
    expect(listed.body.letters.map((letter: { id: string }) => letter.id)).toEqual([elsewhere.id]);
  });

  test("one that cannot be tried just now stays open, and so does one that is still not right", async () => {
    const [letter] = await away(1);
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    await deadLettersStub(env).replayed([{ id: letter?.id ?? "", outcome: "retry: x" }]);
    expect(await open()).toBe(1);
    await deadLettersStub(env).replayed([{ id: letter?.id ?? "", outcome: "queued" }]);
    expect(await open()).toBe(0);
    if (letter !== undefined) await deadLettersStub(env).park([letter]); // refused again
    expect(await open()).toBe(1);
  });

  test("a wish that says neither which nor all is refused, and so is what it does not know", async () => {
    for (const body of [
      {},
      { all: false },
      { filter: { why: "x" } },
      { all: true, limit: 101 },
      { all: true, id: "x" },
    ])
      expectRefused(await send(body), 422, "invalid_request");
  });
});

describe("what goes to Kafka", () => {
  beforeEach(holdClock);
  afterEach(letClockGo);
  const kafka: Env = { ...env, LOTTERY: "kafka" };

  test("the house tells which events nobody has confirmed: of each room with one question", async () => {
    const { room, stake } = await played();
    const house = new BridgeEntrypoint({} as never, env);
    const foreign = "roulette:main:00000000:7";
    const unlisted = "roulette:nowhere:3f2a91bc:1";
    const asked = vi.spyOn(Object.getPrototypeOf(env.ROOM) as { get: () => unknown }, "get");
    const ids = [stake.id, `${stake.id}9`, foreign, unlisted, "somebody's"];
    expect(await house.unconfirmed("stakes", ids)).toEqual({
      open: expect.arrayContaining([stake.id, foreign, unlisted, "somebody's"]),
      silent: [],
    });
    expect(asked.mock.calls.length).toBeLessThanOrEqual(5);
    await roomOf(room).confirm("stakes", [stake.id]);
    expect((await house.unconfirmed("stakes", [stake.id, "somebody's"])).open).toEqual(["somebody's"]);
  });

  test("a letter goes back into the outbox of its room, once, and waits there for Kafka without limit", async () => {
    const { room, stake } = await played();
    await roomOf(room).confirm("stakes", [stake.id]); // as it was put away
    expect(await waiting(room)).toEqual([]);
    const letter: DeadLetter = {
      id: stake.id,
      from: "stakes-kafka",
      topic: "stakes",
      code: "refused_by_kafka",
      reason: "x",
      body: stake,
      at: 1,
    };
    await deadLettersStub(env).park([letter]);
    const { letters: stored } = await deadLettersStub(env).list(null, 1);
    for (let times = 0; times < 2; times += 1)
      expect(await replay(kafka, stored)).toEqual([{ outcome: "queued", reason: null }]);
    expect(await waiting(room)).toEqual([stake.id]);
    await eventually(async () =>
      expect(await query(room, "SELECT sends FROM outbox WHERE topic = 'stakes'")).toEqual([{ sends: 1 }]),
    );
    await roomOf(room).confirm("stakes", [stake.id]);
    expect(await waiting(room)).toEqual([]);
  });

  test("one that no room here has sent, or that is no event, stays where it is", async () => {
    const { room, stake } = await played();
    const forged = { ...stake, id: stake.id.replace(/\d+$/, "999"), sequence: 999 };
    for (const body of [forged, { ...stake, source: "roulette:nowhere" }, "nonsense"]) {
      const letter = { n: 1, id: "x", from: "x", topic: "stakes", code: "x", reason: "x", body, at: 1 } as const;
      const [came] = await replay(kafka, [{ ...letter, replayedAt: null, outcome: null }]);
      expect(came?.outcome).toBe("parked");
    }
    expect(await waiting(room)).toEqual([stake.id]);
  });
});
