import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Producer, stringSerializers } from "@platformatic/kafka";
import { TOPICS } from "../../src/events.ts";
import { freePort, OPEN_LIMITS, startHouse, type DevHouse } from "../chaos/dev.ts";
import { audit, type Audit } from "../chaos/oracle.ts";
import { Player } from "../chaos/player.ts";
import { brokerOrGiven, clientOptions, readTopic, type Broker, type Read } from "../kafka/broker.ts";

/**
 * The whole story on a real Kafka: a casino and its bridge, a deployment of lotteries and its bridge, each a process of its own as
 * `npm run dev` starts it, and players at a table.
 */

export const OPERATOR_KEY = "an-operator-of-the-loop-s-own-tests-01";

/** A tenth of the stakes is the prize; three players, or two when time is up, make a draw. */
const LOTTERY = { players: 3, minPlayers: 2, timeLimitMs: 5_000, drawMs: 500, prizeShare: 1_000 };
const SETTINGS = {
  ...OPEN_LIMITS,
  LOTTERIES: JSON.stringify({ main: LOTTERY }),
  OUTBOX_RESEND_S: 2,
  OPERATOR_KEYS: OPERATOR_KEY,
};
const TABLE = {
  openMs: 1_500,
  closedMs: 100,
  spinMs: 200,
  settledMs: 200,
  maxOutside: 1e9,
  maxPlayer: 1e9,
  maxLiability: 1e12,
};

export const STAKE = 500;

type Side = { readonly folder: string; readonly port: number; house: DevHouse };

export class Story {
  readonly broker: Broker;
  readonly casino: Side;
  readonly lottery: Side;
  readonly table: string;
  readonly players: readonly Player[];
  /** What the players staked so far, as they were told. */
  staked = 0;

  private constructor(broker: Broker, casino: Side, lottery: Side, table: string, players: readonly Player[]) {
    this.broker = broker;
    this.casino = casino;
    this.lottery = lottery;
    this.table = table;
    this.players = players;
  }

  static async begin({
    log = () => {},
    players: seats = 3,
  }: { readonly log?: (line: string) => void; readonly players?: number } = {}): Promise<Story> {
    const broker = await brokerOrGiven({ log });
    const sides = await Promise.all(
      (["casino", "lottery"] as const).map(async (role) => {
        const folder = mkdtempSync(join(tmpdir(), `croupier-${role}-`));
        const port = await freePort();
        return { folder, port, house: await start(role, broker, folder, port) };
      }),
    );
    const [casino, lottery] = sides;
    if (casino === undefined || lottery === undefined) throw new Error("both sides are there");
    const founder = await Player.guest(casino.house.url, "roulette:main");
    const { id } = await founder.api<{ id: string }>("/api/rooms", { game: "roulette", config: TABLE });
    const table = `roulette:${id}`;
    const players: Player[] = [];
    for (let i = 0; i < seats; i++) {
      const player = await Player.guest(casino.house.url, table);
      await player.join();
      players.push(player);
    }
    return new Story(broker, casino, lottery, table, players);
  }

  /** Everybody bets once, in one round, and the round is played out. */
  async round(): Promise<void> {
    const replies = await Promise.all(
      this.players.map((player, i) => player.send({ type: "bet", bets: [{ spot: "red", amount: STAKE + i }] })),
    );
    for (const [i, reply] of replies.entries()) {
      if (!reply.ok) throw new Error(`refused ${reply.code}: ${reply.message}`);
      this.staked += STAKE + i;
    }
    await this.settled();
  }

  /** The round that is on is over. */
  async settled(): Promise<void> {
    await until(
      async () => this.players[0]?.phase === "settled" || this.players[0]?.phase === "waiting",
      "the end of the round",
      30_000,
    );
    await until(async () => this.players[0]?.phase === "waiting", "the next round", 10_000);
  }

  kill(side: "casino" | "lottery"): Promise<void> {
    return this[side].house.kill();
  }

  /** `stallAt`: the step of its bridge, or of itself, at which it will stand still. */
  async revive(side: "casino" | "lottery", stallAt = ""): Promise<void> {
    const { folder, port } = this[side];
    this[side].house = await start(side, this.broker, folder, port, stallAt);
  }

  /** Killed as soon as it stands still at the step it was revived for, and started again on the same files. */
  async killStalled(side: "casino" | "lottery", step: string): Promise<void> {
    await until(async () => this[side].house.log().includes(`stalled at ${step}`), `${step} of the ${side}`, 40_000);
    await this.kill(side);
    await this.revive(side);
  }

  /** From all files of both sides. */
  sum(): Audit {
    return audit(this.casino.folder, this.lottery.folder);
  }

  /** Until every stake is a ticket, every draw that can be is over, and every award is in a ledger. */
  async arrived(withinMs = 60_000): Promise<Audit> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const sum = this.sum();
      const rest = sum.underWay + sum.inFlight;
      const tickets = sum.lotteryStakes === this.staked;
      if (rest === 0 && !sum.drawing && tickets && sum.unpaid === 0) return sum;
      if (Date.now() > deadline) {
        const { totals: _, awarded: __, ...told } = sum;
        throw new Error(
          `not everything arrived in ${withinMs} ms: ${JSON.stringify({ ...told, staked: this.staked })}\n${this.logs()}`,
        );
      }
      await sleep(500);
    }
  }

  logs(): string {
    return `--- the casino said\n${this.casino.house.log().slice(-3_000)}\n--- the lottery said\n${this.lottery.house.log().slice(-3_000)}`;
  }

  records(topic: "stakes" | "awards"): Promise<readonly Read[]> {
    return readTopic(this.broker.brokers, TOPICS[topic].kafka);
  }

  /** Writes records as anybody with the right to could. */
  async write(topic: "stakes" | "awards", values: readonly string[]): Promise<void> {
    const producer = new Producer({
      ...clientOptions(this.broker.brokers, 10_000),
      retries: 5,
      serializers: stringSerializers,
    });
    try {
      const messages = values.map((value, i) => ({ topic: TOPICS[topic].kafka, key: `key${i}`, value }));
      await producer.send({ acks: -1, messages });
    } finally {
      await producer.close();
    }
  }

  async operator<T>(side: "casino" | "lottery", path: string): Promise<T> {
    const answer = await fetch(`${this[side].house.url}/api/operator${path}`, {
      headers: { authorization: `Bearer ${OPERATOR_KEY}` },
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json<T>();
  }

  async end(): Promise<void> {
    for (const player of this.players) player.close();
    for (const { house, folder } of [this.casino, this.lottery]) {
      await house.stop().catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    }
    await this.broker.remove();
  }
}

function start(
  role: "casino" | "lottery",
  broker: Broker,
  persistTo: string,
  port: number,
  stallAt = "",
): Promise<DevHouse> {
  return startHouse({
    persistTo,
    port,
    settings: stallAt === "" ? SETTINGS : { ...SETTINGS, STALL_AT: stallAt },
    kafka: broker.brokers,
    bridge: stallAt === "" ? { FEED_IDLE_MAX_S: 2 } : { FEED_IDLE_MAX_S: 2, STALL_AT: stallAt },
    lottery: role === "lottery",
  });
}

export async function until(holds: () => Promise<boolean>, what: string, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what} did not come in ${withinMs} ms`);
    await sleep(50);
  }
}
