import { evictDurableObject, listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import type { Ms } from "../../rooms/game.ts";
import type { RoomReport } from "../../rooms/host/services.ts";
import { newPlayerId } from "../../src/api/auth/random.ts";
import type { Directory } from "../../src/objects/directory.ts";
import type { NewRoom } from "../../src/objects/directory/rooms.ts";
import { directoryStub, openRoom, roomStub } from "../../src/objects/stubs.ts";

const directory = directoryStub(env);
const raw = env.DIRECTORY.get(env.DIRECTORY.idFromName("main"));

let n = 0;
const newRoom = (more: Partial<NewRoom> = {}): NewRoom => ({
  game: "roulette",
  id: `room${(n += 1)}`,
  config: '{"wheel":"french"}',
  private: false,
  owner: newPlayerId(),
  invite: "the invitation",
  ...more,
});

const report = (online: number): RoomReport => ({
  summary: { phase: "betting", round: 3, players: online, minStake: 1, maxStake: 10, note: null },
  online,
  sockets: online,
  status: "running",
  counters: { commands: 5 },
  at: 1 as Ms,
});

const tell = async (room: string, online: number): Promise<void> =>
  runInDurableObject(raw, async (object: Directory) => object.report(room, report(online)));

const ids = async (): Promise<string[]> => (await listDurableObjectIds(env.ROOM)).map(String);

describe("which rooms exist", () => {
  test("roulette:main does, and nothing that nobody made", async () => {
    expect((await directory.find("roulette:main", null))?.listing.private).toBe(false);
    for (const name of ["roulette:other", "nogame:main", "main", ":main", "roulette:", "roulette:main:x", ""]) {
      expect(await directory.find(name, null)).toBeNull();
    }
  });

  test("a room that a player made does too, also after an eviction", async () => {
    const room = newRoom();
    expect(await directory.make(room, 10)).toEqual({ ok: true, invite: null });
    await evictDurableObject(raw);
    const found = await directory.find(`roulette:${room.id}`, null);
    expect(found?.listing).toMatchObject({ owner: room.owner, private: false, ready: false, config: room.config });
  });

  test("an owner has at most so many, however many are made at once", async () => {
    const owner = newPlayerId();
    const tries = Array.from({ length: 10 }, async () => directory.make(newRoom({ owner }), 3));
    const made = await Promise.all(tries);
    expect(made.filter(({ ok }) => ok)).toHaveLength(3);
    expect(made.filter((one) => !one.ok)[0]).toEqual({ ok: false, code: "too_many_rooms" });
  });

  test("an owner's poker tables share the house's chips, and each keeps to its part", async () => {
    const owner = newPlayerId();
    const budgets: unknown[] = [];
    for (const botBudget of [150_000, 100_000, 100_000]) {
      const room = newRoom({ owner, game: "poker", config: JSON.stringify({ maxBots: 5, botBudget, seats: 6 }) });
      await directory.make(room, 10);
      const found = await directory.find(`poker:${room.id}`, owner);
      budgets.push(JSON.parse(found?.listing.config ?? "null"));
    }
    expect(budgets).toMatchObject([{ botBudget: 150_000, seats: 6 }, { botBudget: 50_000 }, { botBudget: 0 }]);
    const other = newRoom({ game: "poker", config: JSON.stringify({ maxBots: 5, botBudget: 100_000 }) });
    await directory.make(other, 10);
    expect((await directory.find(`poker:${other.id}`, null))?.listing.config).toBe(other.config);
  });

  test("making one again under its id changes nothing, and the cap does not see it", async () => {
    const room = newRoom({ private: true });
    await directory.make(room, 1);
    expect(await directory.make({ ...room, invite: "another" }, 1)).toEqual({ ok: true, invite: "the invitation" });
  });

  test("a room gets its config from whoever comes first when its maker died before", async () => {
    const room = newRoom();
    await directory.make(room, 10);
    const name = `roulette:${room.id}`;
    const found = await directory.find(name, null);
    if (found === null) throw new Error("not listed");
    const { config } = await (await openRoom(env, found.listing)).describe();
    expect(config).toMatchObject({ wheel: "french" });
    expect((await directory.find(name, null))?.listing.ready).toBe(true);
  });

  test("asking for a room makes no room object", async () => {
    await directory.find("roulette:nowhere", null);
    expect(await ids()).not.toContain(String(env.ROOM.idFromName("roulette:nowhere")));
    await roomStub(env, "roulette:nowhere").holdings(newPlayerId()); // the check above can fail: this is what it looks for
    expect(await ids()).toContain(String(env.ROOM.idFromName("roulette:nowhere")));
  });
});

describe("private rooms", () => {
  test("are known to their owner and to who has the invitation", async () => {
    const room = newRoom({ private: true });
    const name = `roulette:${room.id}`;
    await directory.make(room, 10);
    const other = newPlayerId();
    expect(await directory.find(name, room.owner)).toMatchObject({ member: true, invite: "the invitation" });
    expect(await directory.find(name, other)).toMatchObject({ member: false, invite: null });
    for (const invite of ["", "the invitatio", "the invitation ", "THE INVITATION"]) {
      expect(await directory.join(name, other, invite)).toBe("bad_invite");
    }
    expect(await directory.join(name, other, "the invitation")).toBe("joined");
    expect(await directory.join(name, other, "whatever")).toBe("joined");
    expect(await directory.find(name, other)).toMatchObject({ member: true, invite: null });
    expect(await directory.join("roulette:nowhere", other, "x")).toBe("unknown_room");
  });

  test("are in the lobby of their members alone", async () => {
    const room = newRoom({ private: true });
    await directory.make(room, 10);
    const names = async (player: NewRoom["owner"] | null): Promise<string[]> =>
      (await directory.list(null, player)).map(({ listing }) => listing.name);
    expect(await names(null)).not.toContain(`roulette:${room.id}`);
    expect(await names(newPlayerId())).not.toContain(`roulette:${room.id}`);
    expect(await names(room.owner)).toContain(`roulette:${room.id}`);
  });
});

describe("the lobby", () => {
  test("has the room that always exists first, then the busiest, with what each reported", async () => {
    const rooms = [newRoom(), newRoom(), newRoom()];
    for (const room of rooms) await directory.make(room, 10);
    const [a, b, c] = rooms.map(({ id }) => `roulette:${id}`);
    await tell(b ?? "", 9);
    await tell(c ?? "", 4);
    await tell("roulette:main", 2);
    const listed = (await directory.list("roulette", null)).filter(
      ({ listing }) => listing.owner === null || rooms.some(({ owner }) => owner === listing.owner),
    );
    expect(listed.map(({ listing }) => listing.name)).toEqual(["roulette:main", b, c, a]);
    expect(listed.map((one) => one.report?.online ?? null)).toEqual([2, 9, 4, null]);
    expect(await directory.list("nogame", null)).toEqual([]);
  });

  test("does not hear of a room that is not listed", async () => {
    await tell("roulette:ghost", 50);
    const names = (await directory.list(null, null)).map(({ listing }) => listing.name);
    expect(names).not.toContain("roulette:ghost");
    const heard = await runInDurableObject(raw, (_directory, { storage }) =>
      storage.sql.exec("SELECT room FROM report WHERE room = 'roulette:ghost'").toArray(),
    );
    expect(heard).toEqual([]);
  });

  test("has one's own rooms first, whoever makes how many others, and two of each other owner", async () => {
    const victim = newPlayerId();
    const own = [newRoom({ owner: victim }), newRoom({ owner: victim }), newRoom({ owner: victim })];
    for (const room of own) await directory.make(room, 10);
    for (let i = 0; i < 101; i += 1) {
      const owner = newPlayerId();
      for (let n = 0; n < 3; n += 1) await directory.make(newRoom({ owner }), 10);
    }
    const names = (await directory.list("roulette", victim)).map(({ listing }) => listing.name);
    expect(names.slice(1, 4).toSorted()).toEqual(own.map(({ id }) => `roulette:${id}`).toSorted());
    const listed = await directory.list("roulette", null);
    expect(listed).toHaveLength(200);
    const counts = Map.groupBy(listed.slice(1), ({ listing }) => listing.owner).values();
    expect(Math.max(...[...counts].map((rooms) => rooms.length))).toBe(2);
  });

  test("does not show to others where nobody has been for a day, and shows it again when somebody is", async () => {
    const room = newRoom();
    const name = `roulette:${room.id}`;
    await directory.make(room, 10);
    const names = async (player: NewRoom["owner"] | null): Promise<string[]> =>
      (await directory.list("roulette", player)).map(({ listing }) => listing.name);
    expect(await names(null)).toContain(name);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 86_400_001);
    expect(await names(null)).not.toContain(name);
    expect(await names(room.owner)).toContain(name);
    await tell(name, 1);
    expect(await names(null)).toContain(name);
    vi.restoreAllMocks();
  });
});
