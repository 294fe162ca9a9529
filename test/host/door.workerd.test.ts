import { listDurableObjectIds, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { drawFromProof, type SeedProof } from "../../rooms/fair/draw.ts";
import type { PlayerId } from "../../rooms/game.ts";
import { Journal } from "../../rooms/host/journal.ts";
import { SOCKET_HEADERS } from "../../rooms/host/ports.ts";
import { CLOSE } from "../../rooms/kernel/protocol.ts";
import { expectRefused, get, newGuest, ORIGIN, post, refusedSocket, type Guest } from "../api/api.workerd.ts";
import { Client, enter, expectNo, expectYes, join } from "./room-client.workerd.ts";
import { expectConserved } from "./room-oracle.workerd.ts";
import {
  eventually,
  evict,
  fire,
  holdClock,
  inside,
  letClockGo,
  newPlayer,
  newRoom,
  players,
  playOut,
  query,
  readLog,
  roomOf,
  rooms,
} from "./room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

async function seated(): Promise<{ guest: Guest; room: string; path: string; client: Client }> {
  const guest = await newGuest();
  players.add(guest.id as PlayerId);
  const { body } = await post("/api/rooms", { token: guest.token, body: { game: "roulette" } });
  const room = `roulette:${body.id}`;
  rooms.add(room);
  return { guest, room, path: `/api/rooms/roulette/${body.id}`, client: await enter(room, guest.token) };
}

const made = async (): Promise<string[]> => (await listDurableObjectIds(env.ROOM)).map(String);

describe("the door of a room", () => {
  test("takes no connection id and no props from a client, and nothing but sockets", async () => {
    const room = await newRoom();
    const upgrade = { upgrade: "websocket" };
    const tries: [string, Record<string, string>][] = [
      ["https://room/socket?_pk=mine", upgrade],
      ["https://room/socket", { ...upgrade, "x-partykit-props": "{}" }],
      ["https://room/socket", {}],
    ];
    for (const [url, headers] of tries) {
      const response = await roomOf(room).fetch(url, { headers });
      expect(response.status).toBe(400);
      expect(response.webSocket).toBeNull();
      expect(await response.json()).toEqual({ error: { code: "bad_socket_request" } });
    }
  });

  test("is never reached by an identity that a client brings along", async () => {
    const { guest, room, path } = await seated();
    const victim = await newPlayer();
    const forged = {
      upgrade: "websocket",
      [SOCKET_HEADERS.player]: victim.id,
      [SOCKET_HEADERS.name]: "Somebody",
      "x-partykit-props": '{"player":"x"}',
      "x-partykit-room": "roulette:elsewhere",
    };
    const open = async (query: string): Promise<Client> => {
      const { webSocket } = await SELF.fetch(`${ORIGIN}${path}/socket?${query}`, { headers: forged });
      if (webSocket === null) throw new Error("no socket");
      const client = new Client(webSocket);
      await client.until(() => client.welcomes.length === 1, "the greeting");
      return client;
    };
    const nobody = await open("");
    expect(nobody.welcomes[0]).toMatchObject({ you: null, room });
    expectNo(await nobody.bet("red", 1), "spectator");
    const { body } = await post(`${path}/ticket`, { token: guest.token });
    const somebody = await open(`ticket=${body.ticket}`);
    expect(somebody.welcomes[0]).toMatchObject({ you: guest.id, room });
    await somebody.received();
    expect(somebody.table?.players.map(({ name }) => name)).toEqual([guest.username]);
    expect(await roomOf(room).holdings(victim.id)).toMatchObject({ purse: 0, held: 0 });
  });

  test("of a room that nobody made is a 404, and no room object comes to be", async () => {
    const { token } = await newGuest();
    const before = await made();
    for (const name of ["roulette/nowhere", "snakes/main", "roulette/..", `roulette/${"x".repeat(200)}`]) {
      for (const call of ["", "/rounds", "/rounds/1"]) {
        expect((await get(`/api/rooms/${name}${call}`, { token })).status).toBe(404);
      }
      expect((await post(`/api/rooms/${name}/ticket`, { token })).status).toBe(404);
      expect((await refusedSocket(`/api/rooms/${name}/socket`)).status).toBe(404);
    }
    expect(await made()).toEqual(before);
  });

  test("that cannot open says so by a code, and shows no stack", async () => {
    const { path, room, client } = await seated();
    readLog();
    const load = vi.spyOn(Journal.prototype, "load").mockImplementation(() => {
      throw new Error("unreadable: /secret/path");
    });
    await evict(room, "close");
    await client.closed();
    expectRefused(await refusedSocket(`${path}/socket`), 503, "room_unavailable");
    const direct = await roomOf(room).fetch("https://room/socket", { headers: { upgrade: "websocket" } });
    expect(direct.status).toBe(503);
    expect(await direct.json()).toEqual({ error: { code: "room_unavailable" } });
    load.mockRestore();
    expect((await get(path)).status).toBe(200);
  });

  test("closes a socket that it cannot greet, without a word of why", async () => {
    const room = await newRoom();
    readLog();
    const { webSocket } = await roomOf(room).fetch("https://room/socket", {
      headers: { upgrade: "websocket", [SOCKET_HEADERS.player]: "someone", [SOCKET_HEADERS.name]: "%E0%A4%A" },
    });
    if (webSocket === null) throw new Error("no socket");
    const client = new Client(webSocket);
    expect(await client.closed()).toBe(CLOSE.restart);
    expect(client.frames).toEqual([]);
    const other = await join(roomOf(room), await newPlayer());
    expect(other.table?.players).toEqual([]);
  });
});

describe("a room's config", () => {
  test("is set once, by the game's own schema", async () => {
    const room = await newRoom({ wheel: "french", openMs: 1_000 });
    await roomOf(room).setUp({ wheel: "american" });
    expect((await roomOf(room).describe()).config).toMatchObject({ wheel: "french", openMs: 1_000, minStake: 1 });
    const bad = "roulette:bad";
    for (const config of [{ wheel: "round" }, { openMs: 1 }, { minStake: 0 }, { maxInside: "10" }, null]) {
      const refused = inside(bad, async (object) => object.setUp(config));
      await expect(refused).rejects.toThrow("bad_config");
    }
    await roomOf(bad).setUp({});
    expect((await roomOf(bad).describe()).config).toMatchObject({ wheel: "european" });
  });
});

describe("REST about a room", () => {
  test("has it in the lobby, with who is there and what is played", async () => {
    const { client, path } = await seated();
    expectYes(await client.bet("red", 100));
    await eventually(async () => {
      const { body } = await get("/api/rooms?game=roulette");
      const line = body.rooms.find(({ id }: { id: string }) => path.endsWith(`/${id}`));
      expect(line).toMatchObject({ online: 1, status: "running", summary: { phase: "open", round: 1, players: 1 } });
    });
  });

  test("describes it as a spectator sees it on the socket, in every phase", async () => {
    const { room, path, client } = await seated();
    expectYes(await client.bet("red", 100));
    for (const phase of ["open", "closed", "spinning", "settled"] as const) {
      await playOut(room, client, phase);
      const { status, body } = await get(path);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        game: "roulette",
        view: client.view,
        config: { wheel: "european", openMs: 15_000 },
      });
      expect(body.seq).toBeGreaterThanOrEqual(client.seq);
      const secrets = await query<{ seed: string }>(room, "SELECT seed FROM seeds");
      expect(secrets).toHaveLength(2);
      for (const { seed } of secrets) expect(JSON.stringify([body, client.frames])).not.toContain(seed);
    }
  });

  test("has chips on the felt and in the purse in the balance, whoever else plays", async () => {
    const { guest, room, client } = await seated();
    const other = await join(roomOf(room), await newPlayer());
    expectYes(await client.bet("red", 300));
    expectYes(await other.bet("black", 700));
    const { body } = await get("/api/balance", { token: guest.token });
    expect(body).toEqual({ available: 98_000, inPlay: 2_000, total: 100_000, rooms: [{ room, amount: 2_000 }] });
    await expectConserved();
  });

  test("[R9] has a page per round, newest first, and every proof draws its result again", async () => {
    const { room, path, client, guest } = await seated();
    const results: string[] = [];
    for (let round = 1; round <= 5; round += 1) {
      expectYes(await client.ask({ type: "bet", bets: [{ spot: "red", amount: round }], entropy: `word ${round}` }));
      await playOut(room, client);
      results.push(String(client.view?.last?.result));
      await fire(room);
      await client.phase("waiting");
    }
    const pages: { rounds: { round: number; proof: SeedProof; outcome: { result: string } }[]; next: number | null }[] =
      [];
    for (let cursor = ""; ;) {
      const { body } = await get(`${path}/rounds?limit=2${cursor}`);
      pages.push(body);
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(pages.map(({ rounds }) => rounds.map(({ round }) => round))).toEqual([[5, 4], [3, 2], [1]]);
    for (const { round, proof, outcome } of pages.flatMap(({ rounds }) => rounds)) {
      expect(outcome.result).toBe(results[round - 1]);
      expect(String(drawFromProof(proof, "spin").int(37))).toBe(outcome.result);
      expect(proof).toMatchObject({ room, round, entropy: [{ player: guest.id, value: `word ${round}` }] });
      expect((await get(`${path}/rounds/${round}`)).body).toMatchObject({ round, void: false, outcome, proof });
    }
    const forged = { ...pages[0]?.rounds[0]?.proof, seed: "00".repeat(32) } as SeedProof;
    expect(() => drawFromProof(forged, "spin")).toThrow();
  });

  test("knows no round that is not over, and shows nothing of the open one's seed", async () => {
    const { room, path, client } = await seated();
    expectYes(await client.bet("red", 100));
    for (const phase of ["open", "closed", "spinning"] as const) {
      await playOut(room, client, phase);
      for (const n of [0, 1, 2, 3, 1_000_000]) expectRefused(await get(`${path}/rounds/${n}`), 404, "unknown_round");
      expect((await get(`${path}/rounds`)).body).toEqual({ rounds: [], next: null });
    }
    for (const n of ["-1", "1.5", "x"]) expectRefused(await get(`${path}/rounds/${n}`), 422, "invalid_request");
    await playOut(room, client);
    const { body } = await get(`${path}/rounds/1`);
    const seen = JSON.stringify(client.frames);
    expect(seen.indexOf(body.proof.seed)).toBeGreaterThan(seen.indexOf('"spun"'));
  });
});
