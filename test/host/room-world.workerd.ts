import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { gameOf } from "../../rooms/games.ts";
import { Journal } from "../../rooms/host/journal.ts";
import type { Kernel } from "../../rooms/kernel/state.ts";
import type { Topic } from "../../rooms/host/outbox.ts";
import { Recent } from "../../rooms/kernel/command-ids.ts";
import type { Room } from "../../src/objects/room.ts";
import type { AnyGame, Json } from "../../rooms/game.ts";
import { newPlayerId } from "../../src/api/auth/random.ts";
import { playerStub, roomStub, type RoomStub } from "../../src/objects/stubs.ts";
import type { Client, Who } from "./room-client.workerd.ts";

/** Rooms, players and the clock, and what the tests do to them. */

export const BUY_IN = 2_000;
export const GRANT = 100_000;

/** Every room and player of this test: what the oracle sums over. */
export const rooms = new Set<string>();
export const players = new Set<Who["id"]>();

let made = 0;

/** By name, a new stub each time: one whose object was aborted is broken for good. */
export const roomOf = (name: string): RoomStub => roomStub(env, name);

/** Without the class's type, which the platform's own does not get to the end of. */
function objectOf(name: string): DurableObjectStub {
  const stub: unknown = env.ROOM.get(env.ROOM.idFromName(name));
  return stub as DurableObjectStub;
}

/** Runs within the room's object. */
export async function inside<R>(
  name: string,
  work: (room: Room, state: DurableObjectState) => R | Promise<R>,
): Promise<R> {
  return runInDurableObject<Room, R>(objectOf(name), work);
}

/** A room of its own for a test, under a name that the Directory need not know. */
export async function newRoom(config: Json = {}, game = "roulette"): Promise<string> {
  const name = `${game}:test${(made += 1)}`;
  rooms.add(name);
  await roomOf(name).setUp(config);
  return name;
}

export async function newPlayer(grant = GRANT): Promise<Who> {
  const id = newPlayerId();
  const name = `Tester ${(made += 1)}`;
  players.add(id);
  const session = { id: "s1", expiresAt: Date.now() + 86_400_000 };
  await playerStub(env, id).enter({ id, name, account: null, grant, session, replaces: null });
  return { id, name };
}

// ---- the clock ----

const startTimer = globalThis.setTimeout;

/** For `beforeEach`: no rooms, no players, and the clock stands still. */
export function holdClock(): void {
  rooms.clear();
  players.clear();
  stopClock();
}

/**
 * From now on `Date` stands still, in the objects too, until a test moves it. Alarms keep real time: `fire` fires them. The
 * room's report to the Directory does not wait for its turn: an eviction would wait with it.
 */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.spyOn(globalThis, "setTimeout").mockImplementation((work, ms = 0) => startTimer(work, ms > 1_000 ? 0 : ms));
}

/** For `afterEach`. */
export function letClockGo(): void {
  vi.restoreAllMocks();
  vi.useRealTimers();
}

export function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

/**
 * The stakes that left the room have become tickets, and their consumer says so. The rooms of these tests are not in the
 * Directory, so the real one would not.
 */
export async function heard(name: string): Promise<void> {
  const rows = await query<{ topic: Topic; body: string }>(name, "SELECT topic, body FROM outbox");
  for (const { topic, body } of rows) {
    const ids = (JSON.parse(body) as { id: string }[]).map(({ id }) => id);
    await roomOf(name).confirm(topic, ids);
  }
}

export async function alarmOf(name: string): Promise<number | null> {
  return inside(name, async (_room, { storage }) => storage.getAlarm());
}

const PLAYED = ["open", "closed", "spinning", "settled"] as const;

/** Fires what is due, phase by phase, until the round is at `to`. */
export async function playOut(name: string, client: Client, to: (typeof PLAYED)[number] = "settled"): Promise<void> {
  if (client.view?.phase.name === "waiting") await client.phase("open");
  const now = PLAYED.findIndex((phase) => phase === client.view?.phase.name);
  for (const phase of PLAYED.slice(now + 1, PLAYED.indexOf(to) + 1)) {
    await fire(name);
    await client.phase(phase);
  }
}

/** Moves the clock to what the game next waits for and `late` beyond, and fires the alarm, which must be set for it. */
export async function fire(name: string, late = 0): Promise<void> {
  let at = Infinity;
  // The disk and the alarm are read one after the other, and the room may go on in between.
  await eventually(async () => {
    const deadlines = gameOf(name)?.rules.deadlines((await onDisk(name)).state) ?? [];
    at = Math.min(...deadlines.map((deadline) => deadline.at));
    const alarm = await alarmOf(name);
    if (alarm === null || alarm > at) throw new Error(`the alarm is at ${alarm}, the game waits for ${at}`);
  });
  vi.setSystemTime(Math.max(Date.now(), at + late));
  await runDurableObjectAlarm(objectOf(name));
}

/** Moves the clock to the alarm, whatever it is for, and fires it. */
export async function wakeByAlarm(name: string): Promise<void> {
  const at = await alarmOf(name);
  if (at === null) throw new Error("no alarm is set");
  vi.setSystemTime(Math.max(Date.now(), at));
  await runDurableObjectAlarm(objectOf(name));
}

/** Waits in real time, four seconds at most, until the check does not throw; the tests' clock stands still. */
export async function eventually(check: () => Promise<void> | void): Promise<void> {
  for (let tries = 400; ; tries -= 1) {
    try {
      await check();
      return;
    } catch (error) {
      if (tries === 0) throw error;
      await new Promise((resolve) => startTimer(resolve, 10));
    }
  }
}

// ---- the disk ----

/** The room as its tables tell it, read anew: never what it has in memory. */
export async function onDisk(name: string): Promise<Kernel> {
  return inside(name, (_room, { storage }) => readKernel(storage, name));
}

export function readKernel(storage: DurableObjectStorage, name: string): Kernel {
  const game = gameOf(name);
  if (game === undefined) throw new Error(`no game for ${name}`);
  const journal = new Journal(storage, name, game);
  return journal.load(game.stored.parse(journal.meta()?.config), new Recent());
}

export type Row = Record<string, SqlStorageValue>;

export async function query<T extends Row>(name: string, sql: string): Promise<T[]> {
  return inside(name, (_room, { storage }) => storage.sql.exec<T>(sql).toArray());
}

/** Everything in the room's tables. */
export async function dump(name: string): Promise<string> {
  return inside(name, (_room, { storage }) => {
    const tables = ["meta", "journal", "snapshot", "ids", "seeds", "transfers", "rounds", "inbox", "outbox"];
    return JSON.stringify(tables.map((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray()));
  });
}

// ---- ends ----

export async function evict(name: string, webSockets: "hibernate" | "close" = "hibernate"): Promise<void> {
  await evictDurableObject(objectOf(name), { webSockets });
}

/** Every object of the house dies here and now, with all it has in memory. */
export const kill = abortAllDurableObjects;

// ---- bugs ----

/** What the room writes to its log from here on. Ends with `letClockGo`. */
export function readLog(): string[] {
  const lines: string[] = [];
  vi.spyOn(console, "error").mockImplementation((line) => void lines.push(String(line)));
  return lines;
}

/** The rule for some inputs throws, the first `times` times. Gives the log. Ends with `letClockGo`. */
export function plantBug(
  matches: (input: Parameters<AnyGame["rules"]["decide"]>[1]) => boolean,
  times = Infinity,
): string[] {
  const game = gameOf("roulette:any");
  if (game === undefined) throw new Error("no roulette");
  const decide = game.rules.decide.bind(game.rules);
  let left = times;
  vi.spyOn(game.rules, "decide").mockImplementation((state, input, facts) => {
    if (left === 0 || !matches(input)) return decide(state, input, facts);
    left -= 1;
    throw new Error("a planted bug");
  });
  return readLog();
}

/** Holds everything that the room commits back from the disk, and so from being told, until the function it gives is called. */
export async function blockDisk(name: string): Promise<() => void> {
  const gate = { open: false };
  await inside(name, (_room, { storage }) => {
    vi.spyOn(storage, "sync").mockImplementation(async () => {
      while (!gate.open) await new Promise((resolve) => startTimer(resolve, 5));
    });
  });
  return () => {
    gate.open = true;
  };
}

/** A disk that takes its time, as real ones do. */
export async function slowDisk(name: string, ms: number): Promise<void> {
  await inside(name, (_room, { storage }) => {
    vi.spyOn(storage, "sync").mockImplementation(async () => {
      await new Promise((resolve) => startTimer(resolve, ms));
    });
  });
}
