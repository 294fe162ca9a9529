import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { connect, expectRefused, get, newGuest, newUser, post, type Answer, type Guest } from "../api/api.workerd.ts";
import { entryOf, KEYS } from "../api/operator-world.workerd.ts";
import { expectConserved } from "../host/room-oracle.workerd.ts";
import { GRANT, newPlayer, players } from "../host/room-world.workerd.ts";

beforeEach(() => players.clear());
afterEach(() => expectConserved());

async function newcomer(): Promise<Guest> {
  const guest = await newGuest();
  players.add(guest.id as PlayerId); // as the server just named them
  return guest;
}

type Wish = { readonly id?: unknown; readonly amount?: unknown; readonly reason?: unknown };
const move = async (player: string, wish: Wish, token = KEYS.support): Promise<Answer> =>
  post(`/api/operator/players/${player}/transfers`, { token, body: { reason: "a test", ...wish } });
const find = async (name: string): Promise<Answer> =>
  get(`/api/operator/players?name=${encodeURIComponent(name)}`, { token: KEYS.viewer });
const availableOf = async ({ token }: Guest): Promise<number> => (await get("/api/balance", { token })).body.available;

describe("an operator's transfer", () => {
  test("moves money in and out, is in the statement, and is told at once on the personal socket", async () => {
    const anna = await newcomer();
    const { body: given } = await post("/api/me/ticket", { token: anna.token });
    const socket = await connect(`/api/me/socket?ticket=${given.ticket}`);
    await socket.next("welcome");
    const first = await move(anna.id, { id: "gift", amount: 5_000 });
    expect(first).toMatchObject({ status: 200, body: { id: "gift", available: GRANT + 5_000 } });
    expect(await socket.next("balance")).toMatchObject({
      available: GRANT + 5_000,
      entry: { kind: "operator", amount: 5_000, transfer: "operator:gift", room: null },
    });
    expect((await move(anna.id, { id: "fine", amount: -GRANT })).body.available).toBe(5_000);
    expect(await socket.next("balance")).toMatchObject({ available: 5_000, entry: { amount: -GRANT } });
    const { body } = await get("/api/balance/entries", { token: anna.token });
    expect(body.entries.map(({ kind, amount }: { kind: string; amount: number }) => [kind, amount])).toEqual([
      ["operator", -GRANT],
      ["operator", 5_000],
      ["grant", GRANT],
    ]);
    expect(await entryOf(first)).toMatchObject({
      name: "sam",
      path: `/api/operator/players/${anna.id}/transfers`,
      summary: JSON.stringify({ reason: "a test", id: "gift", amount: 5_000 }),
      result: { status: 200, outcome: "ok" },
    });
    socket.close();
  });

  test("is made once by its id: the same body gets the same answer, whoever asks, and another body is a conflict", async () => {
    const anna = await newcomer();
    const first = await move(anna.id, { id: "once", amount: 700 });
    await move(anna.id, { id: "meanwhile", amount: 1 });
    expect((await move(anna.id, { id: "once", amount: 700 })).body).toEqual(first.body);
    expect((await move(anna.id, { id: "once", amount: 700 }, KEYS.admin)).body).toEqual(first.body);
    for (const other of [{ amount: 701 }, { amount: -700 }, { amount: 700, reason: "another" }]) {
      expectRefused(await move(anna.id, { id: "once", ...other }), 409, "transfer_conflict");
    }
    expect(await availableOf(anna)).toBe(GRANT + 701);
  });

  test("never takes more than there is, and what it refused may be asked again", async () => {
    const anna = await newcomer();
    expectRefused(await move(anna.id, { id: "all", amount: -GRANT - 1 }), 409, "insufficient_funds");
    expect(await availableOf(anna)).toBe(GRANT);
    await move(anna.id, { id: "one-more", amount: 1 });
    expect((await move(anna.id, { id: "all", amount: -GRANT - 1 })).body.available).toBe(0);
  });

  test("of forty at once with one id, one is made; of twenty that would take it all ten times over, ten", async () => {
    const anna = await newcomer();
    const same = await Promise.all(Array.from({ length: 40 }, () => move(anna.id, { id: "same", amount: 10 })));
    expect(new Set(same.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(same.map(({ body }) => body.entry.n)).size).toBe(1);
    expect(await availableOf(anna)).toBe(GRANT + 10);
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, i) => move(anna.id, { id: `take-${i}`, amount: -GRANT / 10 })),
    );
    expect(taken.filter(({ status }) => status === 200)).toHaveLength(10);
    for (const one of taken.filter(({ status }) => status !== 200)) expectRefused(one, 409, "insufficient_funds");
    expect(await availableOf(anna)).toBe(10);
  });

  test("of a wrong shape, or to nobody, is refused and changes nothing", async () => {
    const anna = await newcomer();
    for (const wish of [
      { id: "x", amount: 0 },
      { id: "x", amount: 1.5 },
      { id: "x", amount: "5" },
      { id: "x", amount: 1e13 },
      { id: "x", amount: Number.MAX_SAFE_INTEGER },
      { id: "", amount: 5 },
      { id: "a space", amount: 5 },
      { id: "y".repeat(101), amount: 5 },
      { amount: 5 },
      { id: "x", amount: 5, reason: "" },
      { id: "x", amount: 5, reason: "  " },
      { id: "x", amount: 5, reason: "z".repeat(201) },
      { id: "x", amount: 5, more: true },
    ]) {
      expectRefused(await move(anna.id, wish), 422, "invalid_request");
    }
    for (const nobody of ["0".repeat(20), "no-id", "x".repeat(300)]) {
      expectRefused(await move(nobody, { id: "x", amount: 5 }), 404, "unknown_player");
    }
    expect(await availableOf(anna)).toBe(GRANT);
  });

  test("is refused when a wallet cannot hold as much", async () => {
    const anna = await newPlayer(Number.MAX_SAFE_INTEGER - 5);
    expectRefused(await move(anna.id, { id: "straw", amount: 6 }), 422, "invalid_request");
    expect((await move(anna.id, { id: "straw", amount: 5 })).body.available).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe("an operator's look at a player", () => {
  test("finds a registered player by name, however it is written, and nobody by what is no name", async () => {
    const user = await newUser();
    for (const name of [user.username, user.username.toUpperCase()]) {
      expect(await find(name)).toMatchObject({ status: 200, body: { id: user.id, username: user.username } });
    }
    for (const name of ["nobody-at-all", "", "a", "two  words", "x".repeat(100)])
      expectRefused(await find(name), 404, "unknown_player");
  });

  test("shows who it is, what they have and the last of their statement, and no session or password", async () => {
    const user = await newUser();
    await move(user.id, { id: "gift", amount: 5 });
    const { status, body } = await get(`/api/operator/players/${user.id}`, { token: KEYS.viewer });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: user.id,
      username: user.username,
      guest: false,
      hidden: false,
      createdAt: expect.any(Number),
      available: GRANT + 5,
      rooms: [],
      notes: [],
      entries: [expect.objectContaining({ kind: "operator", amount: 5 }), expect.objectContaining({ kind: "grant" })],
    });
    expectRefused(await get(`/api/operator/players/${"0".repeat(20)}`, { token: KEYS.viewer }), 404, "unknown_player");
  });

  test("has what operators noted, once by its id, and the player sees none of it", async () => {
    const anna = await newcomer();
    const note = async (body: object) => post(`/api/operator/players/${anna.id}/notes`, { token: KEYS.support, body });
    for (const text of ["Called at noon", "Called again"]) await note({ id: text.replaceAll(" ", "-"), text });
    expect((await note({ id: "Called-again", text: "Called again" })).status).toBe(200);
    expectRefused(await note({ id: "Called-again", text: "Called in the evening" }), 409, "note_conflict");
    for (const wrong of [
      { id: "x", text: "" },
      { id: "x", text: "y".repeat(1_001) },
      { id: "", text: "y" },
      { text: "y" },
    ])
      expectRefused(await note(wrong), 422, "invalid_request");
    const { body } = await get(`/api/operator/players/${anna.id}`, { token: KEYS.viewer });
    expect(body.notes).toEqual([
      { id: "Called-again", text: "Called again", by: "sam", at: expect.any(Number) },
      { id: "Called-at-noon", text: "Called at noon", by: "sam", at: expect.any(Number) },
    ]);
    const { token } = anna;
    for (const path of ["/api/auth/session", "/api/balance", `/api/players/${anna.id}/stats`])
      expect(JSON.stringify((await get(path, { token })).body)).not.toContain("Called");
  });
});
