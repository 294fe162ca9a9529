import {
  createExecutionContext,
  createMessageBatch,
  getQueueResult,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import type { Json, Ms, PlayerId } from "../../../rooms/game.ts";
import { lottery } from "../../../rooms/lottery/index.ts";
import type { State } from "../../../rooms/lottery/state.ts";
import type { DrawRecord, Seat, PublicDelta, PrivateDelta, View } from "../../../rooms/lottery/types.ts";
import type { AwardCreated, StakeCreated } from "../../../src/events.ts";
import worker from "../../../src/index.ts";
import { deadLettersStub, playerStub, promotionsStub } from "../../../src/objects/stubs.ts";
import type { StoredLetter } from "../../../src/objects/dead-letters.ts";
import { greeted, Line, socketTo, type Who } from "../../host/room-line.workerd.ts";
import { alarmOf, newPlayer, onDisk, roomOf } from "../../host/room-world.workerd.ts";

/** Lotteries, and the messages that come to them and from them. */

/** Two players start a draw, and a tenth of the stakes is its prize. Of the settings of these tests. */
export const SMALL = "lottery:small";

let made = 0;

/** A stake event as `roulette:main` would send it. */
export function stakeOf(player: string, stake: number, round = 1): StakeCreated {
  const sequence = (made += 1);
  return {
    id: `roulette:main:3f2a91bc:${sequence}`,
    type: "player.stakeCreated",
    version: 1,
    source: "roulette:main",
    sequence,
    correlation: "roulette:main@1",
    key: player,
    at: Date.now(),
    payload: { player, game: "roulette", room: "roulette:main", round, stake },
  };
}

/** An award event as a lottery would send it. */
export function awardOf(player: string, amount: number, of: Partial<AwardCreated["payload"]> = {}): AwardCreated {
  const sequence = (made += 1);
  return {
    id: `lottery:small:77aa77aa:${sequence}`,
    type: "lotteryAwardCreated",
    version: 1,
    source: "lottery:small",
    sequence,
    correlation: "lottery:small@1",
    key: player,
    at: Date.now(),
    payload: {
      award: `lottery:small:${sequence}:0123456789abcdef`,
      lottery: "small",
      draw: sequence,
      player,
      amount,
      proof: { root: "ab".repeat(32), tickets: 2, weight: 10, number: 3, ticket: 0 },
      ...of,
    },
  };
}

export type Consumed = {
  /** Places in the batch. */
  readonly acked: readonly number[];
  /** Places in the batch, with the seconds until they come again. */
  readonly again: readonly (readonly [number, number | undefined])[];
};

/** One batch through the Worker's consumer, as the queue would deliver it. */
export async function consume(queue: string, bodies: readonly unknown[], attempts = 1): Promise<Consumed> {
  const messages = bodies.map((body, i) => ({
    id: `${queue}-${(made += 1)}-${i}`,
    timestamp: new Date(),
    body,
    attempts,
  }));
  const batch = createMessageBatch(queue, messages);
  const context = createExecutionContext();
  const delays = new Map<string, number | undefined>();
  for (const message of batch.messages) {
    vi.spyOn(message, "retry").mockImplementation((options) => void delays.set(message.id, options?.delaySeconds));
  }
  await worker.queue(batch, env);
  const result = await getQueueResult(batch, context);
  const place = (id: string): number => messages.findIndex((message) => message.id === id);
  return {
    acked: result.explicitAcks.map(place).sort((a, b) => a - b),
    again: [...delays].map(([id, delay]) => [place(id), delay] as const),
  };
}

export async function letters(): Promise<readonly StoredLetter[]> {
  return (await deadLettersStub(env).list(null, 200)).letters;
}

export async function stateOf(room: string): Promise<State> {
  return (await onDisk(room)).state as State; // the journal's own replay made it
}

export const viewOf = async (room: string): Promise<View> => (await roomOf(room).describe()).view as View & Json;

export async function recordOf(
  room: string,
  draw: number,
): Promise<{ void: boolean; outcome: DrawRecord; proof: unknown }> {
  const record = await roomOf(room).readRound(draw, null);
  if (record === null) throw new Error(`draw ${draw} is not over`);
  return record as unknown as { void: boolean; outcome: DrawRecord; proof: unknown };
}

/** Moves the clock to the lottery's alarm and fires it. */
export async function ring(room: string): Promise<void> {
  const at = await alarmOf(room);
  if (at === null) throw new Error("no alarm is set");
  vi.setSystemTime(Math.max(Date.now(), at));
  const stub: unknown = env.ROOM.get(env.ROOM.idFromName(room));
  await runDurableObjectAlarm(stub as DurableObjectStub);
}

/** Rings until the started draw is over. */
export async function drawOut(room: string): Promise<void> {
  for (let rings = 0; (await stateOf(room)).started !== null; rings += 1) {
    if (rings > 20) throw new Error("the draw does not end");
    await ring(room);
  }
}

/** Until nothing lies in it any more of what an earlier test left. */
export async function emptied(room = SMALL): Promise<void> {
  await roomOf(room).describe();
  for (;;) {
    await drawOut(room);
    if ((await stateOf(room)).waiting.tickets.length === 0) return;
    await consume("stakes", [stakeOf((await newPlayer()).id, 1_000)]);
  }
}

/** An object that does not answer: everything else does. */
export function silence(namespace: object): void {
  const prototype = Object.getPrototypeOf(namespace) as { get: (this: object, id: unknown) => unknown };
  const { get } = prototype;
  vi.spyOn(prototype, "get").mockImplementation(function (this: object, id) {
    if (this === namespace) throw new Error("it does not answer");
    return get.call(this, id);
  });
  vi.spyOn(console, "error").mockImplementation(() => undefined);
}

/** Money that a lottery may give, as if so much had been staked at a table. */
export async function giveBudget(staked: number, room = "roulette:main"): Promise<void> {
  const before = await runInDurableObject(promotionsStub(env), (_, { storage }) => {
    const [row] = storage.sql.exec<{ staked: number }>("SELECT staked FROM room WHERE name = ?", room).toArray();
    return row?.staked ?? 0;
  });
  await promotionsStub(env).accrue(room, before + staked);
}

export async function budgetOf(id: string): Promise<{ accrued: number; spent: number; awards: number }> {
  const found = (await promotionsStub(env).budgets()).find(({ lottery: name }) => name === id);
  return found ?? { accrued: 0, spent: 0, awards: 0 };
}

export type LedgerLine = { kind: string; amount: number; room: string | null; transfer: string | null };

export async function ledgerOf(player: string): Promise<readonly LedgerLine[]> {
  const { entries } = await playerStub(env, player as PlayerId).entries(null, 100);
  return entries
    .filter(({ kind }) => kind === "award")
    .map(({ kind, amount, room, transfer }) => ({ kind, amount, room, transfer }));
}

export class Holder extends Line<View, PublicDelta, Seat, PrivateDelta> {
  constructor(socket: WebSocket) {
    super(lottery, socket, null);
  }
}

export async function watch(room: string, who: Who | null): Promise<Holder> {
  return greeted(new Holder(await socketTo(roomOf(room), who)));
}

export const at = (ms: number): Ms => ms as Ms;
