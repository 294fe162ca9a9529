import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { newPlayerId } from "../../src/api/auth/random.ts";
import { rebuild, type Ask } from "../../src/cli/rebuild-steps.ts";
import { api, expectRefused, newGuest, post } from "../api/api.workerd.ts";
import { consume } from "../games/lottery/world.workerd.ts";
import { expectYes, join, type Who } from "../host/room-client.workerd.ts";
import { eventually, fire, holdClock, letClockGo, newPlayer, playOut, roomOf } from "../host/room-world.workerd.ts";
import { came, known, model, settled } from "./world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

const ADMIN = "an-operator-key-for-tests-alone-0001";
const ask: Ask = async (method, path, body) => {
  const call = body === undefined ? { token: ADMIN } : { token: ADMIN, body };
  const { status, body: answer } = await api(method, `/api/operator/model${path}`, call);
  expect([path, status]).toEqual([path, 200]);
  return answer;
};
const step = async (body: unknown) => post("/api/operator/model/rebuild", { token: ADMIN, body });
const tell = async (players: unknown) =>
  post("/api/operator/model/rebuild/players", { token: ADMIN, body: { players } });
const quietly = (): void => undefined;

/** No stake reaches a lottery: its awards would come when they like. */
function withoutLottery(): void {
  type Sending = {
    sendBatch: (this: object, messages: Iterable<MessageSendRequest<{ type: string }>>) => Promise<object>;
  };
  const prototype = Object.getPrototypeOf(env.STAKES) as Sending;
  const { sendBatch } = prototype;
  vi.spyOn(prototype, "sendBatch").mockImplementation(async function (this: object, messages) {
    const kept = [...messages].filter(({ body }) => body.type !== "player.stakeCreated");
    return kept.length === 0 ? {} : sendBatch.call(this, kept);
  });
}

/** So many rounds at a table, in which everybody bets on black. */
async function playAt(room: string, people: readonly Who[], rounds: number): Promise<void> {
  const clients = await Promise.all(people.map(async (who) => join(roomOf(room), who)));
  const [first] = clients;
  if (first === undefined) throw new Error("nobody plays");
  for (let n = 0; n < rounds; n += 1) {
    for (const [i, client] of clients.entries()) {
      expectYes(await client.bet("black", 100 + i));
    }
    const round = first.view?.round ?? 0;
    await playOut(room, first);
    // The room's own queue, and its real consumer.
    await eventually(async () => {
      for (const { id } of people) expect(await model().has(id, room, round)).toBe(true);
    });
    await fire(room);
    for (const client of clients) await client.phase("waiting");
  }
  for (const client of clients) client.close();
}

describe("building the read model anew", () => {
  test("is harmless to interrupt, and to do while events come in", async () => {
    const { after: quiet } = await rebuild(ask, quietly);
    let calls = 0;
    const interrupted: Ask = async (...call) => {
      calls += 1;
      if (calls === 6) throw new Error("the line is cut");
      return ask(...call);
    };
    await expect(rebuild(interrupted, quietly)).rejects.toThrow("the line is cut");
    expect((await rebuild(ask, quietly)).after).toEqual(quiet);
    const late = newPlayerId();
    const events = [settled(90, [{ player: late, staked: 5, returned: 9 }]), came(late, 1, 50), known(late, "late")];
    const busy: Ask = async (...call) => {
      const event = events.pop();
      const answer = await ask(...call);
      if (event !== undefined && call[1] !== "" && call[2] !== undefined) await consume("settled", [event]);
      return answer;
    };
    await rebuild(busy, quietly);
    expect((await model().stats(late, "all", null, Date.now())).total).toMatchObject({
      rounds: events.length === 0 ? 1 : 0,
    });
  });

  test("is for admins, and takes no cursor that was made up", async () => {
    const paths = [
      ["GET", ""],
      ["GET", "/players"],
      ["POST", "/rebuild"],
      ["POST", "/rebuild/players"],
    ] as const;
    const { token } = await newGuest();
    for (const [method, path] of paths) {
      const body = method === "GET" ? {} : { body: {} };
      expectRefused(await api(method, `/api/operator/model${path}`, body), 401, "not_an_operator");
      expectRefused(await api(method, `/api/operator/model${path}`, { ...body, token }), 401, "not_an_operator");
    }
    const before = await model().checksum();
    for (const cursor of ["", "x", "roulette:main", "roulette:main@", "roulette:main@-1", "@1", 5, undefined])
      expectRefused(await step({ cursor }), 422, "invalid_request");
    expectRefused(await step({ cursor: "roulette:nobodys@0" }), 404, "unknown_room");
    for (const players of [[], ["x"], Array.from({ length: 101 }, newPlayerId), null])
      expectRefused(await tell(players), 422, "invalid_request");
    expect((await tell([newPlayerId()])).body).toEqual({ events: 0 });
    expect(await model().checksum()).toEqual(before);
  });

  // Last: its clock runs ahead of the others'.
  test("from real rooms, private ones too, comes to the live model's checksum, and mends one that is wrong", async () => {
    withoutLottery();
    await model().clear(); // of what the tests made up, which no room remembers
    const [ann, bob, cy, idle] = [await newPlayer(), await newPlayer(), await newPlayer(), await newPlayer()];
    const host = await newGuest();
    const made = await post("/api/rooms", { token: host.token, body: { game: "roulette", private: true } });
    expect(made.status).toBe(201);
    const hidden = `roulette:${made.body.id}`;
    await playAt("roulette:main", [ann, bob], 2);
    await playAt(hidden, [cy, ann], 1);
    // Names and grants come by the same queue.
    await eventually(async () => {
      const { players } = await model().known(null);
      for (const { id } of [ann, bob, cy, idle]) expect(players).toContain(id);
      for (const { id } of [ann, bob, cy])
        expect((await model().days(id, 1, Date.now()))[0]?.balance).toBeGreaterThan(99_000);
    });
    const live = await model().checksum();
    // Six results, three grants and three names: who has no result is not in it.
    expect(live.facts).toBe(12);
    const board = await model().board("balance", "all", 100, null, Date.now());

    const same = await rebuild(ask, quietly);
    expect(same).toMatchObject({ before: live, after: live });
    expect(await model().board("balance", "all", 100, null, Date.now())).toEqual(board);

    await env.READ_MODEL.exec(`DELETE FROM result WHERE player = '${ann.id}'`);
    await env.READ_MODEL.exec(`UPDATE total SET wagered = wagered + 1 WHERE player = '${bob.id}'`);
    const mended = await rebuild(ask, quietly);
    expect(mended.before.sum).not.toBe(live.sum);
    expect(mended.after).toEqual(live);

    // Who had not played by then still has the grant.
    await consume("settled", [settled(1, [{ player: idle.id, staked: 5, returned: 0 }], { room: "crash:main" })]);
    const { lines } = await model().board("balance", "all", 1, idle.id, Date.now());
    expect(lines[0]?.value).toBe(99_995);
    expect((await model().checksum()).sum).not.toBe(live.sum);
  });
});
