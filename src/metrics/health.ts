import { directoryStub, deadLettersStub, promotionsStub } from "../objects/stubs.ts";
import { settingsOf, type Env } from "../env.ts";
import type { BridgeReport } from "../bridge-port.ts";
import { lagOf, NO_BACKLOG } from "./census.ts";
import { readModelOf } from "../stats/index.ts";

/** What the house stands on, asked all at once: each part by a call that needs its disk. Nothing here says why a part is down. */

/** A part that has not answered by then is down. */
export const WAIT_MS = 2_000;

/** `failing`: it answers, and something in it needs an operator. `down`: it does not answer. */
export type State = "ok" | "failing" | "down";

export const CHECKS = ["directory", "promotions", "dead_letters", "read_model", "outboxes", "kafka"] as const;

/** `ms`: how long it took to answer. What else is known of the part, where there is something. */
export type Check = Facts & { readonly name: (typeof CHECKS)[number]; readonly state: State; readonly ms: number };

export type Facts = {
  /** dead_letters: messages that wait for an operator. */
  readonly letters?: number;
  /** outboxes: packs of events that no consumer has confirmed yet, and those that were given up on, of all rooms together. */
  readonly waiting?: number;
  readonly parked?: number;
  /** outboxes: news of players that have waited to be confirmed for longer than a few seconds. */
  readonly playersWaiting?: number;
  /** read_model: when something was last projected (null: never), and how old the oldest result is that is not yet; 0: none is. */
  readonly projectedAt?: number | null;
  readonly lagMs?: number;
};

export type Health = {
  readonly status: State;
  readonly checks: readonly Check[];
  /** Null: stakes do not go by Kafka. */
  readonly bridge: readonly BridgeReport[] | null;
};

/** Never rejects. `down` when what every request needs is; `failing` when anything else is not well. */
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

/** As the rooms and players last reported: none of them is woken for this. */
async function outboxes(env: Env): Promise<Answer> {
  const { games: byGame, players = NO_BACKLOG } = await directoryStub(env).census();
  const games = Object.values(byGame);
  const parked = games.reduce((sum, game) => sum + game.parked, 0);
  const waiting = games.reduce((sum, game) => sum + game.outbox, 0);
  return { state: parked === 0 ? "ok" : "failing", waiting, parked, playersWaiting: players.waiting };
}
