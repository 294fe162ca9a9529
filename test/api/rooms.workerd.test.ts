import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { sign } from "hono/jwt";
import { settingsOf } from "../../src/env.ts";
import { directoryStub } from "../../src/objects/stubs.ts";
import {
  connect,
  expectRefused,
  get,
  newGuest,
  newUser,
  post,
  refusedSocket,
  type Answer,
  type Guest,
} from "./api.workerd.ts";

const MAIN = "/api/rooms/roulette/main";

const makeRoom = async (token: string, more: object = {}): Promise<Answer> =>
  post("/api/rooms", { token, body: { game: "roulette", ...more } });

const ticketFor = async (token: string, room = MAIN): Promise<string> =>
  (await post(`${room}/ticket`, { token })).body.ticket;

/** A private room, its owner and its invitation. */
async function privateRoom(): Promise<{ owner: Guest; path: string; invite: string; id: string }> {
  const owner = await newGuest();
  const { body } = await makeRoom(owner.token, { private: true });
  return { owner, path: `/api/rooms/roulette/${body.id}`, invite: body.invite, id: body.id };
}

describe("a room that nobody made", () => {
  test("is not found, on any of its addresses, and no room object is made", async () => {
    const { token } = await newGuest();
    const before = (await listDurableObjectIds(env.ROOM)).length;
    for (const room of [
      "roulette/nobody",
      "nogame/main",
      "roulette/main:x",
      "roulette/MAIN",
      "..%2f/main",
      `r/${"x".repeat(500)}`,
    ]) {
      const path = `/api/rooms/${room}`;
      expectRefused(await get(path, { token }), 404, "unknown_room");
      expectRefused(await get(`${path}/rounds`), 404, "unknown_room");
      expectRefused(await get(`${path}/rounds/1`), 404, "unknown_room");
      expectRefused(await post(`${path}/ticket`, { token }), 404, "unknown_room");
      expectRefused(await post(`${path}/join`, { token, body: { invite: "x" } }), 404, "unknown_room");
      expectRefused(await refusedSocket(`${path}/socket`), 404, "unknown_room");
    }
    expect(await listDurableObjectIds(env.ROOM)).toHaveLength(before);
  });
});

describe("making rooms", () => {
  test("with a config of its own, which everybody can read", async () => {
    const { token } = await newGuest();
    const made = await makeRoom(token, { config: { wheel: "american", minStake: 5 } });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({ game: "roulette", id: expect.stringMatching(/^[0-9a-z]{12}$/) });
    const { body } = await get(`/api/rooms/roulette/${made.body.id}`);
    expect(body.config).toMatchObject({ wheel: "american", minStake: 5, maxInside: 5_000 });
    expect((await get("/api/rooms?game=roulette")).body.rooms.map(({ id }: { id: string }) => id)).toContain(
      made.body.id,
    );
  });

  test("needs a session, a game that there is, and a config that its game can read", async () => {
    const { token } = await newGuest();
    expectRefused(await post("/api/rooms", { body: { game: "roulette" } }), 401, "unauthenticated");
    for (const [more, field] of [
      [{ game: "ludo" }, "game"],
      [{ config: { wheel: "square" } }, "config.wheel"],
      [{ config: { minStake: -1 } }, "config.minStake"],
      [{ config: [] }, "config"],
      [{ private: "yes" }, "private"],
    ] as const) {
      const answer = await makeRoom(token, more);
      expectRefused(answer, 422, "invalid_request");
      expect(Object.keys(answer.body.error.fields)).toEqual([field]);
    }
  });

  test("none that plays faster than the house lets players' rooms, but in development", async () => {
    const { token } = await newGuest();
    const fast = { openMs: 50, closedMs: 50, spinMs: 50, settledMs: 50 };
    const make = async (game: string, config: object, address: string): Promise<Answer> =>
      post("/api/rooms", { token, body: { game, config }, headers: { "cf-connecting-ip": address } });
    for (const [game, config, option] of [
      ["roulette", fast, "openMs"],
      ["crash", { bettingMs: 50, pauseMs: 3_949 }, "bettingMs"],
      ["poker", { pauseMs: 50, dealMs: 50 }, "pauseMs"],
    ] as const) {
      const answer = await make(game, config, "203.0.113.50");
      expectRefused(answer, 422, "invalid_request");
      expect(Object.keys(answer.body.error.fields)).toEqual([`config.${option}`]);
      expect((await make(game, config, "127.0.0.1")).status).toBe(201);
    }
    expect((await make("crash", { bettingMs: 50, pauseMs: 3_950 }, "203.0.113.50")).status).toBe(201);
    expect((await make("poker", {}, "203.0.113.50")).status).toBe(201);
  });

  test("ten for each player", async () => {
    const { token } = await newGuest();
    for (let i = 0; i < 10; i += 1) expect((await makeRoom(token)).status).toBe(201);
    expectRefused(await makeRoom(token), 409, "too_many_rooms");
  });
});

describe("private rooms", () => {
  test("are not there for strangers, in no way", async () => {
    const { path, id } = await privateRoom();
    const { token } = await newGuest();
    for (const call of [{}, { token }]) {
      expectRefused(await get(path, call), 404, "unknown_room");
      expectRefused(await get(`${path}/rounds`, call), 404, "unknown_room");
      expect((await get("/api/rooms", call)).body.rooms.map((room: { id: string }) => room.id)).not.toContain(id);
    }
    expectRefused(await post(`${path}/ticket`, { token }), 404, "unknown_room");
    expectRefused(await refusedSocket(`${path}/socket`), 404, "unknown_room");
  });

  test("open to who has the invitation, and to nobody with a wrong one", async () => {
    const { path, invite, owner } = await privateRoom();
    const { token } = await newGuest();
    for (const wrong of ["", invite.slice(1), `${invite}x`]) {
      expectRefused(await post(`${path}/join`, { token, body: { invite: wrong } }), 403, "bad_invite");
    }
    expectRefused(await get(path, { token }), 404, "unknown_room");
    expect((await post(`${path}/join`, { token, body: { invite } })).status).toBe(200);
    const seen = await get(path, { token });
    expect([seen.status, seen.body.private, seen.body.invite]).toEqual([200, true, undefined]);
    expect((await get(path, { token: owner.token })).body.invite).toBe(invite);
    (await connect(`${path}/socket?ticket=${await ticketFor(token, path)}`)).close();
  });

  test("need no invitation where the room is public", async () => {
    const { token } = await newGuest();
    expect((await post(`${MAIN}/join`, { token, body: { invite: "" } })).status).toBe(200);
  });
});

describe("the room's socket", () => {
  test("of a spectator needs nothing, and is nobody's", async () => {
    const socket = await connect(`${MAIN}/socket`);
    expect(await socket.next("welcome")).toMatchObject({ room: "roulette:main", you: null, seat: null });
    socket.send(JSON.stringify({ id: "session:1", type: "undo" }));
    expect(await socket.next("reply")).toMatchObject({ ok: false, code: "spectator" });
    socket.close();
  });

  test("of a spectator is one of thirty from one address; players come in, and others look on, all the same", async () => {
    const here = { "cf-connecting-ip": "203.0.113.77" };
    const path = "/api/rooms/crash/main/socket";
    const sockets = [];
    for (let i = 0; i < 30; i += 1) sockets.push(await connect(path, here));
    expectRefused(await refusedSocket(path, here), 429, "rate_limited");
    const { token } = await newGuest();
    const ticket = await ticketFor(token, "/api/rooms/crash/main");
    sockets.push(await connect(`${path}?ticket=${ticket}`, here));
    sockets.push(await connect(path, { "cf-connecting-ip": "203.0.113.78" }));
    for (const socket of sockets) socket.close();
  });

  test("of a player is the ticket's, under the name that others see", async () => {
    const { token, id, username } = await newGuest();
    const socket = await connect(`${MAIN}/socket?ticket=${await ticketFor(token)}`);
    expect(await socket.next("welcome")).toMatchObject({ you: id });
    const { body } = await get(MAIN);
    expect(body.table.players).toContainEqual({ player: id, name: username });
    socket.close();
  });

  test("takes no name, player or connection id from the client", async () => {
    const victim = await newUser();
    const headers = {
      "x-croupier-player": victim.id,
      "x-croupier-name": "somebody",
      "x-partykit-props": '{"player":"x"}',
      "x-partykit-room": "roulette:other",
      "x-partykit-namespace": "player",
    };
    for (const query of ["_pk=mine", `player=${victim.id}`]) {
      expectRefused(await refusedSocket(`${MAIN}/socket?${query}`, headers), 422, "invalid_request");
    }
    const socket = await connect(`${MAIN}/socket`, headers);
    expect(await socket.next("welcome")).toMatchObject({ room: "roulette:main", you: null });
    socket.close();
  });

  test("resumes by since and epoch", async () => {
    const first = await connect(`${MAIN}/socket`);
    const { seq, epoch } = await first.next("welcome");
    first.close();
    const second = await connect(`${MAIN}/socket?since=${String(seq)}&epoch=${encodeURIComponent(String(epoch))}`);
    expect(await second.next("resumed")).toMatchObject({ type: "resumed" });
    second.close();
    expectRefused(await refusedSocket(`${MAIN}/socket?since=-1`), 422, "invalid_request");
  });

  test("asked for without an upgrade says so", async () => {
    expectRefused(await get(`${MAIN}/socket`), 426, "upgrade_required");
    expectRefused(await get(`${MAIN}/socket`, { headers: { upgrade: "h2c" } }), 426, "upgrade_required");
  });
});

describe("tickets", () => {
  test("need a session", async () => {
    expectRefused(await post(`${MAIN}/ticket`), 401, "unauthenticated");
  });

  test("open once, however many try at once", async () => {
    const { token } = await newGuest();
    const path = `${MAIN}/socket?ticket=${await ticketFor(token)}`;
    const tries = await Promise.allSettled(Array.from({ length: 8 }, async () => connect(path)));
    const opened = tries.filter((one) => one.status === "fulfilled");
    expect(opened).toHaveLength(1);
    for (const one of opened) one.value.close();
    expectRefused(await refusedSocket(path), 401, "bad_ticket");
  });

  test("expire after thirty seconds", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const { token } = await newGuest();
      const [early, late] = [await ticketFor(token), await ticketFor(token)];
      const { exp } = JSON.parse(atob(early.split(".")[1] ?? ""));
      vi.setSystemTime(exp * 1_000 - 1);
      (await connect(`${MAIN}/socket?ticket=${early}`)).close();
      vi.setSystemTime(exp * 1_000);
      expectRefused(await refusedSocket(`${MAIN}/socket?ticket=${late}`), 401, "bad_ticket");
    } finally {
      vi.useRealTimers();
    }
  });

  test("of another room, of the personal socket, forged or of another kind are refused", async () => {
    const { token, id } = await newGuest();
    const { body } = await makeRoom(token);
    const exp = Math.floor(Date.now() / 1_000) + 30;
    const claims = { sub: id, sid: "x", room: "roulette:main", jti: "t", exp, aud: "croupier:ticket" };
    const forged = await sign(claims, "somebody else's secret, just as long", "HS256");
    const noSession = await sign(claims, settingsOf(env).AUTH_SECRET, "HS256");
    const others = [
      await ticketFor(token, `/api/rooms/roulette/${body.id}`),
      (await post("/api/me/ticket", { token })).body.ticket,
      forged,
      noSession,
      token,
      "x.y.z",
      "",
    ];
    for (const ticket of others) {
      expectRefused(await refusedSocket(`${MAIN}/socket?ticket=${ticket}`), 401, "bad_ticket");
    }
  });

  test("die with the session that asked for them", async () => {
    const { token } = await newGuest();
    const ticket = await ticketFor(token);
    await post("/api/auth/logout", { token });
    expectRefused(await refusedSocket(`${MAIN}/socket?ticket=${ticket}`), 401, "bad_ticket");
  });
});

describe("rounds", () => {
  test("of a table where nobody played yet are none", async () => {
    expect((await get(`${MAIN}/rounds`)).body).toEqual({ rounds: [], next: null });
    expectRefused(await get(`${MAIN}/rounds/1`), 404, "unknown_round");
    expectRefused(await get(`${MAIN}/rounds/999`), 404, "unknown_round");
  });

  test.each(["rounds/x", "rounds/-1", "rounds/1.5", "rounds?limit=0", "rounds?limit=51", "rounds?cursor=x"])(
    "%s is refused",
    async (path) => {
      expectRefused(await get(`${MAIN}/${path}`), 422, "invalid_request");
    },
  );

  test("a finished one is there for everybody, with its proof", { timeout: 20_000 }, async () => {
    const { token, id } = await newGuest();
    const config = { openMs: 50, closedMs: 50, spinMs: 50, settledMs: 50 };
    const { body: made } = await makeRoom(token, { config });
    const path = `/api/rooms/roulette/${made.id}`;
    const socket = await connect(`${path}/socket?ticket=${await ticketFor(token, path)}`);
    await socket.next("welcome");
    const bet = { id: "session:1", type: "bet", bets: [{ spot: "red", amount: 100 }], clientSeed: "my words" };
    socket.send(JSON.stringify(bet));
    expect(await socket.next("reply")).toMatchObject({ ok: true });
    const finished = await vi.waitFor(
      async () => {
        const { body } = await get(`${path}/rounds`);
        expect(body.rounds).toHaveLength(1);
        return body.rounds[0];
      },
      { timeout: 10_000, interval: 100 },
    );
    expect(finished).toMatchObject({ room: `roulette:${made.id}`, round: 1, void: false });
    const { proof } = finished;
    const clientSeeds = [{ player: id, value: "my words" }];
    expect(proof).toMatchObject({ scheme: "seed", clientSeeds, entropy: clientSeeds });
    expect([proof.serverSeed, proof.serverSeedHash]).toEqual([proof.seed, proof.commitment]);
    expect((await get(`${path}/rounds/1`)).body).toEqual(finished);
    socket.close();
  });
});

test("the directory's own listing is what the lobby shows", async () => {
  const { body } = await get("/api/rooms");
  const listed = await directoryStub(env).list(null, null);
  expect(body.rooms.map(({ game, id }: { game: string; id: string }) => `${game}:${id}`)).toEqual(
    listed.map(({ listing }) => listing.name),
  );
  expect(body.rooms[0]).toMatchObject({ game: "roulette", id: "main", status: "running", private: false });
});
