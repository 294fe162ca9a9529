import { directoryStub, deadLettersStub, promotionsStub } from "../objects/stubs.ts";
import { settingsOf, type Env } from "../env.ts";
import type { BridgeReport } from "../bridge-port.ts";
import { lagOf, NO_BACKLOG } from "./census.ts";
import { readModelOf } from "../stats/index.ts";

/** Health checks of the parts that the house depends on, all at once. The answers do not say why a part is down. */

/** A part that has not answered by then is down. */
export const WAIT_MS = 2_000;

/** `failing`: it answers, but something in it needs an operator. `down`: it does not answer. */
export type State = "ok" | "failing" | "down";

export const CHECKS = ["directory", "promotions", "dead_letters", "read_model", "outboxes", "kafka"] as const;

/** The result of a check. `ms`: how long it took. `Facts`: figures of some parts. */
export type Check = Facts & { readonly name: (typeof CHECKS)[number]; readonly state: State; readonly ms: number };

export type Facts = {
  /** dead_letters: messages that wait for an operator. */
  readonly letters?: number;
  /** outboxes: batches of events of all rooms that no consumer has confirmed yet, and those that were given up (`parked`). */
  readonly waiting?: number;
  readonly parked?: number;
  /** outboxes: events of players that have waited for some seconds to be confirmed. */
  readonly playersWaiting?: number;
  /** read_model: when it last projected something (null: never), and the age of the oldest result not projected; 0: none. */
  readonly projectedAt?: number | null;
  readonly lagMs?: number;
};

export type Health = {
  readonly status: State;
  readonly checks: readonly Check[];
  /** The bridge's last reports; null: the house does not use Kafka (LOTTERY). */
  readonly bridge: readonly BridgeReport[] | null;
};

/** Never rejects. `down`: the directory, which every request needs, is not ok. `failing`: any other part is not ok. */
export async function healthOf(env: Env): Promise<Health> {
  const byKafka = settingsOf(env).LOTTERY === "kafka";
  let bridge: readonly BridgeReport[] = [];
  const checks = await Promise.all([
    check("directory", async () => {
      await directoryStub(env).ping();
      return {};
    }),
    check("promotions", async () => {
      await promotionsStub(env).budgets();
      return {};
    }),
    check("dead_letters", async () => {
      const letters = (await deadLettersStub(env).count()).open;
      return { state: letters === 0 ? "ok" : "failing", letters };
    }),
    check("read_model", async () => {
      const model = readModelOf(env);
      await model.ping();
      const [{ projectedAt }, { games, at }] = await Promise.all([model.freshness(), directoryStub(env).census()]);
      return { projectedAt, lagMs: lagOf(games, at) };
    }),
    check("outboxes", () => outboxes(env)),
    ...(byKafka
      ? [
          check("kafka", async () => {
            bridge = await directoryStub(env).bridges();
            const well = bridge.length > 0 && bridge.every(({ state }) => state === "ok");
            return { state: well ? "ok" : "failing" };
          }),
        ]
      : []),
  ]);
  const directory = checks.find(({ name }) => name === "directory")?.state;
  const well = checks.every(({ state }) => state === "ok");
  return { status: directory === "ok" ? (well ? "ok" : "failing") : "down", checks, bridge: byKafka ? bridge : null };
}

type Answer = Facts & { readonly state?: State };

async function check(name: Check["name"], ask: () => Promise<Answer>): Promise<Check> {
  const began = Date.now();
  const spent = (): number => Date.now() - began;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} did not answer`)), WAIT_MS);
  });
  try {
    const answer = await Promise.race([ask(), late]);
    return { name, state: "ok", ms: spent(), ...answer };
  } catch {
    return { name, state: "down", ms: spent() };
  } finally {
    clearTimeout(timer);
  }
}

/** The outboxes as rooms and players last reported them. Only rooms with a doubtful report are asked (second-look.ts). */
async function outboxes(env: Env): Promise<Answer> {
  const { games: byGame, players = NO_BACKLOG } = await directoryStub(env).census();
  const games = Object.values(byGame);
  const parked = games.reduce((sum, game) => sum + game.parked, 0);
  const waiting = games.reduce((sum, game) => sum + game.outbox, 0);
  return { state: parked === 0 ? "ok" : "failing", waiting, parked, playersWaiting: players.waiting };
}
