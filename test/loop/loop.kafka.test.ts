import { DatabaseSync } from "node:sqlite";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { AwardCreated, StakeCreated } from "../../src/events.ts";
import { assertConserved } from "../chaos/oracle.ts";
import { skipKafka } from "../kafka/broker.ts";
import { Story, until } from "./story.ts";

/** From a bet to the winner's balance and back again, over a real Kafka between two deployments. */

const skip = skipKafka();
let story: Story;

type Letters = { readonly letters: readonly { readonly id: string; readonly code: string; readonly from: string }[] };
type Health = { readonly dependencies: { readonly kafka?: string }; readonly bridge?: readonly unknown[] };

beforeAll(async () => {
  if (!skip) story = await Story.begin();
});
afterAll(async () => story?.end());

/** What lies on a topic, poison left out. */
const eventsOn = async <T extends StakeCreated | AwardCreated>(topic: "stakes" | "awards"): Promise<T[]> =>
  (await story.records(topic)).flatMap(({ value }) => {
    try {
      return [JSON.parse(value ?? "") as T];
    } catch {
      return [];
    }
  });

/** Between every two steps on the way to Kafka and back; those within a house are killed at in test/chaos/chain.ts. */
const KILLS = [
  ["bridge.received", "casino"],
  ["bridge.written", "casino"],
  ["bridge.confirmed", "casino"],
  ["feed.stored", "lottery"],
  ["feed.sent", "lottery"],
  ["bridge.written", "lottery"],
  ["feed.stored", "casino"],
  ["feed.sent", "casino"],
] as const;

const distinct = (events: readonly { readonly id: string }[]): number => new Set(events.map(({ id }) => id)).size;

describe.skipIf(skip)("stakes and awards over Kafka", () => {
  test("[L1] [L5] [L7] a bet becomes a record, a ticket, a draw, an award on Kafka, and the winner is told at once", async () => {
    const personal = await Promise.all(story.players.map(async (player) => listen(player)));
    await story.round();
    const sum = await story.arrived();
    expect(sum.draws).toBe(1);
    const stakes = await eventsOn<StakeCreated>("stakes");
    expect(distinct(stakes)).toBe(3);
    for (const { key, value, headers } of await story.records("stakes")) {
      const event = JSON.parse(value ?? "") as StakeCreated;
      expect(key).toBe(event.payload.player);
      expect(event).toMatchObject({ type: "player.stakeCreated", version: 1, source: story.table });
      expect(Object.values(headers)).toContain(event.id);
    }
    const [award] = await eventsOn<AwardCreated>("awards");
    expect(award?.payload).toMatchObject({ lottery: "main", draw: 1, amount: Math.floor(story.staked / 10) });
    const winner = story.players.findIndex(({ id }) => id === award?.payload.player);
    const entry = personal[winner]?.find((frame) => frame.entry?.kind === "award");
    expect(entry).toMatchObject({ entry: { amount: award?.payload.amount, transfer: award?.payload.award } });
    const { total } = (await story.players[winner]?.api<{ total: number }>("/api/balance")) ?? { total: 0 };
    expect(total).toBe(100_000 + (award?.payload.amount ?? 0) + (await profitOf(winner)));
    assertConserved(sum);
    const health = (await (await fetch(`${story.casino.house.url}/api/health`)).json()) as Health;
    expect(health).toMatchObject({ status: "ok", dependencies: { kafka: "ok" } });
  });

  test("[L4] records that come twice, shuffled and read again from the start make no second ticket and no second credit", async () => {
    const before = story.sum();
    const stakes = (await story.records("stakes")).map(({ value }) => value ?? "");
    const awards = (await story.records("awards")).map(({ value }) => value ?? "");
    await story.write("stakes", [...stakes, ...stakes].toReversed());
    await story.write("awards", [...awards, ...awards].toReversed());
    await story.arrived();
    for (const side of ["casino", "lottery"] as const) {
      await story[side].house.stop();
      forgetOffsets(story[side].folder, side === "casino" ? "croupier-bridge-Feed" : "croupier-lottery-bridge-Feed");
      await story.revive(side);
    }
    await sleep(4_000); // both feeds read their topics from the start
    const after = await story.arrived();
    expect([after.draws, after.lotteryStakes, [...after.awarded]]).toEqual([
      before.draws,
      before.lotteryStakes,
      [...before.awarded],
    ]);
    assertConserved(after);
  });

  test("poison, forged awards and awards beyond the budget are put away with the reason, and the rest goes on", async () => {
    const [award] = await eventsOn<AwardCreated>("awards");
    const [stake] = await eventsOn<StakeCreated>("stakes");
    if (award === undefined || stake === undefined) throw new Error("there is one of each");
    const forge = (n: number, payload: Partial<AwardCreated["payload"]>, of: object = {}): string =>
      JSON.stringify({
        ...award,
        id: `lottery:main:f0f0f0f0:${n}`,
        payload: { ...award.payload, award: `forged-${n}`, draw: 900 + n, ...payload },
        ...of,
      });
    await story.write("awards", [
      "{",
      forge(1, { lottery: "nobodys" }),
      forge(2, { amount: 1_000_000_000 }),
      forge(3, { player: "nobody" }),
      forge(4, { amount: -5 }),
      forge(5, {}, { version: 2 }),
      // The real award's own id, and a lie behind it.
      JSON.stringify({ ...award, payload: { ...award.payload, amount: award.payload.amount + 1 } }),
    ]);
    await story.write("stakes", [
      "not JSON",
      JSON.stringify({ ...stake, id: "x:1", payload: { ...stake.payload, stake: 0.5 } }),
      JSON.stringify({ ...stake, id: "x:2", type: "player.stakeDeleted" }),
    ]);
    await story.round();
    const casino = await lettersOf("casino", 7);
    expect(casino.map(({ code }) => code).toSorted()).toEqual(
      [
        "award_conflict",
        "bad_event",
        "beyond_budget",
        "not_an_event",
        "unknown_lottery",
        "unknown_player",
        "unknown_version",
      ].toSorted(),
    );
    const lottery = await lettersOf("lottery", 3);
    expect(lottery.map(({ code }) => code).toSorted()).toEqual(["bad_event", "not_an_event", "unknown_type"]);
    const sum = await story.arrived();
    expect(sum.draws).toBe(2);
    expect(sum.sum).toBe(0);
    expect(sum.faults.filter((fault) => !fault.startsWith("a dead letter"))).toEqual([]);
  });

  test.each(KILLS)("a kill at %s of the %s loses nothing, and doubles nothing", async (step, side) => {
    const before = story.sum();
    await story[side].house.stop();
    await story.revive(side, step);
    const playing = story.round();
    await story.killStalled(side, step);
    await playing;
    const sum = await story.arrived();
    expect(sum.lotteryStakes - before.lotteryStakes).toBe(500 + 501 + 502);
    expect(sum.sum).toBe(0);
    expect(sum.faults.filter((fault) => !fault.startsWith("a dead letter"))).toEqual([]);
  });

  test.each(["casino", "lottery"] as const)("a %s that is killed with messages under way loses none", async (side) => {
    const before = story.sum().draws;
    for (let i = 0; i < 2; i++) {
      const playing = story.round();
      if (side === "casino") await playing; // its players are at its table
      await sleep(i * 400);
      await story.kill(side);
      await story.revive(side);
      await playing;
    }
    const sum = await story.arrived();
    expect(sum.draws).toBeGreaterThan(before);
    expect(sum.sum).toBe(0);
    expect(sum.faults.filter((fault) => !fault.startsWith("a dead letter"))).toEqual([]);
  });

  test("a broker that dies in the middle of batches, and whose acknowledgements are lost, costs nothing", async (context) => {
    if (!story.broker.own) context.skip("not our broker");
    const before = story.sum();
    for (const pause of [0, 120]) {
      await story.round();
      await sleep(pause);
      await story.broker.kill();
      await story.round(); // bets go on
      await story.broker.restart();
    }
    const sum = await story.arrived();
    expect(sum.lotteryStakes - before.lotteryStakes).toBe(4 * (500 + 501 + 502));
    const stakes = await eventsOn<StakeCreated>("stakes");
    const ours = stakes.filter(({ source, type }) => source === story.table && type === "player.stakeCreated");
    const sums = new Map(ours.map(({ id, payload }) => [id, payload.stake]));
    // Every stake is on Kafka, perhaps more than once, and always under one id.
    expect([...sums.values()].reduce((all, stake) => all + stake, 0)).toBeGreaterThanOrEqual(story.staked);
    expect(sum.sum).toBe(0);
    expect(await lettersOf("casino", 7)).toHaveLength(7); // none but the poison of before
    expect(await lettersOf("lottery", 3)).toHaveLength(3);
  });
});

async function lettersOf(side: "casino" | "lottery", atLeast: number): Promise<Letters["letters"]> {
  let found: Letters["letters"] = [];
  await until(
    async () => {
      ({ letters: found } = await story.operator<Letters>(side, "/dead-letters?limit=200"));
      return found.length >= atLeast;
    },
    `${atLeast} dead letters of the ${side}`,
    30_000,
  );
  return found;
}

/** As if somebody had set the feed's offsets back to the start. */
function forgetOffsets(folder: string, feed: string): void {
  const where = join(folder, "v3/do", feed);
  const files = readdirSync(where).filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite");
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const db = new DatabaseSync(join(where, file));
    db.exec("DELETE FROM offsets");
    db.close();
  }
}

type Personal = { readonly type: string; readonly entry?: { kind: string; amount: number; transfer: string | null } };

/** What comes on a player's personal socket. */
async function listen(player: Story["players"][number]): Promise<readonly Personal[]> {
  const frames: Personal[] = [];
  const { ticket } = await player.api<{ ticket: string }>("/api/me/ticket", {});
  const socket = new WebSocket(`${story.casino.house.url.replace("http", "ws")}/api/me/socket?ticket=${ticket}`);
  socket.on("message", (data: Buffer) => frames.push(JSON.parse(data.toString()) as Personal));
  socket.on("error", () => {});
  await new Promise<void>((resolve) => socket.once("open", () => resolve()));
  return frames;
}

/** What a player won or lost at the table so far. */
async function profitOf(i: number): Promise<number> {
  const player = story.players[i];
  const path = `/api/rooms/${story.table.replace(":", "/")}/rounds?limit=50`;
  const { rounds } = (await player?.api<{
    rounds: { outcome: { players: { player: string; staked: number; returned: number }[] } }[];
  }>(path)) ?? { rounds: [] };
  return rounds
    .flatMap(({ outcome }) => outcome.players)
    .filter((line) => line.player === player?.id)
    .reduce((sum, { staked, returned }) => sum + returned - staked, 0);
}
