import { createExecutionContext, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { newPlayerId } from "../../../src/api/auth/random.ts";
import type { AwardCreated } from "../../../src/events.ts";
import { BridgeEntrypoint } from "../../../src/bridge-entry.ts";
import { directoryStub, playerStub, promotionsStub } from "../../../src/objects/stubs.ts";
import { connect, newGuest, post } from "../../api/api.workerd.ts";
import {
  awardOf,
  budgetOf,
  consume,
  drawOut,
  emptied,
  giveBudget,
  ledgerOf,
  letters,
  recordOf,
  silence,
  SMALL,
  stakeOf,
  stateOf,
} from "./world.workerd.ts";
import { expectConserved } from "../../host/room-oracle.workerd.ts";
import { eventually, holdClock, kill, letClockGo, newPlayer, query } from "../../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

const house = (): BridgeEntrypoint => new BridgeEntrypoint(createExecutionContext(), env);

/** What the last letter says of this event. */
const letterOf = async (event: AwardCreated): Promise<string | undefined> =>
  (await letters()).find(({ id }) => id === event.id)?.code;

describe("an award", () => {
  test("[L4] is credited once, however often, in whatever order and at whatever moment it comes", async () => {
    await giveBudget(100_000);
    const [anna, bert] = [await newPlayer(), await newPlayer()];
    const awards = [awardOf(anna.id, 100), awardOf(bert.id, 30), awardOf(anna.id, 7)];
    await Promise.all([consume("awards", [...awards, ...awards]), consume("awards", awards.toReversed())]);
    await kill();
    expect((await consume("awards", [awards[2], awards[0], awards[1], awards[0]])).acked).toHaveLength(4);
    expect(await ledgerOf(anna.id)).toHaveLength(2);
    expect((await ledgerOf(anna.id)).map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual([7, 100]);
    expect(await ledgerOf(bert.id)).toEqual([
      { kind: "award", amount: 30, room: "lottery:small", transfer: awards[1]?.payload.award },
    ]);
    for (const award of awards) expect(await letterOf(award)).toBeUndefined();
    await expectConserved();
  });

  test("[L4] whose event comes under another id is still the same award", async () => {
    await giveBudget(10_000);
    const anna = await newPlayer();
    const award = awardOf(anna.id, 50);
    await consume("awards", [award, { ...award, id: "lottery:small:bb00bb00:9" }]);
    expect(await ledgerOf(anna.id)).toHaveLength(1);
  });

  test("under a known id with another body is a conflict, and pays nobody", async () => {
    await giveBudget(10_000);
    const [anna, bert] = [await newPlayer(), await newPlayer()];
    const award = awardOf(anna.id, 50);
    const more: AwardCreated = { ...award, id: `${award.id}1`, payload: { ...award.payload, amount: 51 } };
    const other: AwardCreated = { ...award, id: `${award.id}2`, payload: { ...award.payload, player: bert.id } };
    await consume("awards", [award, more, other]);
    expect([await letterOf(more), await letterOf(other)]).toEqual(["award_conflict", "award_conflict"]);
    expect([await ledgerOf(anna.id), await ledgerOf(bert.id)]).toMatchObject([[{ amount: 50 }], []]);
  });

  test("of a lottery that nobody configured is put away, and so is one beyond the budget; the rest of the batch is paid", async () => {
    const before = await budgetOf("small");
    await giveBudget(5_000); // a tenth of it is small's
    const left = (await budgetOf("small")).accrued - before.spent;
    const anna = await newPlayer();
    const forged = awardOf(anna.id, 1, { lottery: "forged" });
    const greedy = awardOf(anna.id, left + 1);
    const fits = awardOf(anna.id, left);
    const late = awardOf(anna.id, 1);
    expect((await consume("awards", [forged, greedy, fits, late])).acked).toHaveLength(4);
    expect([await letterOf(forged), await letterOf(greedy), await letterOf(fits), await letterOf(late)]).toEqual([
      "unknown_lottery",
      "beyond_budget",
      undefined,
      "beyond_budget",
    ]);
    expect(await ledgerOf(anna.id)).toMatchObject([{ amount: left }]);
    expect(await budgetOf("small")).toMatchObject({ spent: before.spent + left });
    // Stakes that come later make room for it: it is not lost.
    await giveBudget(10);
    await consume("awards", [late]);
    expect(await ledgerOf(anna.id)).toHaveLength(2);
    await expectConserved();
  });

  test("[L4] two at a time never pass the budget together", async () => {
    await giveBudget(1_000);
    const { accrued, spent } = await budgetOf("small");
    const anna = await newPlayer();
    const many = Array.from({ length: 20 }, () => awardOf(anna.id, accrued - spent));
    await Promise.all(many.map((award) => consume("awards", [award])));
    expect(await ledgerOf(anna.id)).toHaveLength(1);
    expect(await budgetOf("small")).toMatchObject({ accrued, spent: accrued });
  });

  test("to a player whom there is not is put away, and its lottery may give that to others", async () => {
    await giveBudget(10_000);
    const before = await budgetOf("small");
    const nobody = awardOf(newPlayerId(), 500);
    const nonsense = awardOf("nobody", 500);
    await consume("awards", [nobody, nonsense, nobody]);
    expect([await letterOf(nobody), await letterOf(nonsense)]).toEqual(["unknown_player", "unknown_player"]);
    expect(await budgetOf("small")).toEqual(before);
  });

  test("that is malformed is put away by what is wrong with it", async () => {
    const anna = await newPlayer();
    const award = awardOf(anna.id, 500);
    const bodies = [
      { ...award, id: "a1", version: 2 },
      { ...award, id: "a2", payload: { ...award.payload, amount: -500 } },
      { ...award, id: "a3", payload: { ...award.payload, amount: 0.5 } },
      { ...award, id: "a4", payload: { ...award.payload, proof: undefined } },
      { ...award, id: "a5", type: "player.stakeCreated" },
      "award!",
    ];
    expect((await consume("awards", bodies)).acked).toHaveLength(6);
    const codes = new Map((await letters()).map(({ id, code }) => [id, code]));
    expect(["a1", "a2", "a3", "a4", "a5"].map((id) => codes.get(id))).toEqual([
      "unknown_version",
      "bad_event",
      "bad_event",
      "bad_event",
      "unknown_type",
    ]);
    expect(await ledgerOf(anna.id)).toEqual([]);
  });

  test.each([
    ["the budget's object", () => env.PROMOTIONS],
    ["the player's object", () => env.PLAYER],
  ])("waits while %s does not answer, and is paid once it does", async (_, which) => {
    await giveBudget(10_000);
    const anna = await newPlayer();
    const award = awardOf(anna.id, 60);
    silence(which());
    expect(await consume("awards", [award], 3)).toEqual({ acked: [], again: [[0, 4]] });
    vi.restoreAllMocks();
    expect((await consume("awards", [award])).acked).toEqual([0]);
    expect(await ledgerOf(anna.id)).toMatchObject([{ amount: 60 }]);
  });

  test("that was approved, and credited, by who died right behind it, is finished by the next delivery", async () => {
    await giveBudget(10_000);
    const anna = await newPlayer();
    const [first, second] = [awardOf(anna.id, 60), awardOf(anna.id, 70)];
    // Dead after the approval.
    await promotionsStub(env).approve({ ...first.payload, player: anna.id });
    // Dead after the credit.
    await promotionsStub(env).approve({ ...second.payload, player: anna.id });
    await playerStub(env, anna.id).award({ id: second.payload.award, lottery: "small", amount: 70 });
    await kill();
    const { spent } = await budgetOf("small");
    expect((await consume("awards", [first, second])).acked).toEqual([0, 1]);
    expect((await ledgerOf(anna.id)).map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual([60, 70]);
    expect((await budgetOf("small")).spent).toBe(spent);
  });

  test("[L7] is told at once on the winner's personal socket, and again in its welcome", async () => {
    await giveBudget(100_000);
    const guest = await newGuest();
    const open = async (): Promise<Awaited<ReturnType<typeof connect>>> => {
      const { body } = await post("/api/me/ticket", { token: guest.token });
      return connect(`/api/me/socket?ticket=${body.ticket}`);
    };
    const socket = await open();
    expect(await socket.next("welcome")).toMatchObject({ awards: [] });
    const award = awardOf(guest.id, 77);
    await consume("awards", [award, award]);
    expect(await socket.next("balance")).toMatchObject({
      available: 100_077,
      entry: { kind: "award", amount: 77, room: "lottery:small", transfer: award.payload.award },
    });
    const later = await open();
    expect(await later.next("welcome")).toMatchObject({
      awards: [{ id: award.payload.award, lottery: "small", amount: 77 }],
    });
  });
});

describe("a lottery's budget", () => {
  test("is its share of all stakes, told again and out of order, exact over many small sums", async () => {
    const before = await runInDurableObject(promotionsStub(env), (_, { storage }) =>
      storage.sql.exec<{ accrued: number; rest: number }>("SELECT accrued, rest FROM lottery WHERE id = 'small'").one(),
    );
    let staked = 0;
    const sums: number[] = [];
    for (let i = 1; i <= 200; i += 1) sums.push((staked += (i * 7) % 13));
    for (const sum of sums) await promotionsStub(env).accrue("poker:exact", sum);
    for (const sum of sums.toReversed()) await promotionsStub(env).accrue("poker:exact", sum);
    const exact = BigInt(staked) * 1_000n + BigInt(before.rest);
    expect((await budgetOf("small")).accrued).toBe(before.accrued + Number(exact / 10_000n));
    // Of another game it is no share at all.
    const crashers = await budgetOf("crashers");
    await promotionsStub(env).accrue("poker:exact", staked + 1_000_000);
    expect(await budgetOf("crashers")).toEqual(crashers);
  });
});

describe("the whole way", () => {
  test("[L5] from stakes to the winner's ledger by the real queues, with every chip accounted for", async () => {
    await emptied();
    await giveBudget(40_000);
    const [anna, bert] = [await newPlayer(), await newPlayer()];
    const { round } = await stateOf(SMALL);
    await env.STAKES.sendBatch([stakeOf(anna.id, 9_000), stakeOf(bert.id, 8_000)].map((body) => ({ body })));
    await eventually(async () => expect((await stateOf(SMALL)).started).not.toBeNull());
    await drawOut(SMALL);
    const { outcome } = await recordOf(SMALL, round);
    expect(outcome.award).toMatchObject({ amount: 1_700 });
    const winner = outcome.award?.player ?? "";
    await eventually(async () => expect(await ledgerOf(winner)).toMatchObject([{ kind: "award", amount: 1_700 }]));
    // Confirmed to the lottery's outbox, which may forget it.
    await eventually(async () => expect(await query(SMALL, "SELECT n FROM outbox WHERE topic = 'awards'")).toEqual([]));
    const sums = await expectConserved();
    expect(0 - sums.promotions).toBe(2 * 100_000 + 1_700);
  });
});

describe("what the bridge may ask of the house", () => {
  test("which events had no effect here yet", async () => {
    await giveBudget(10_000);
    const anna = await newPlayer();
    const [paid, poison, open] = [awardOf(anna.id, 5), awardOf("nobody", 5), awardOf(anna.id, 6)];
    await consume("awards", [paid, poison]);
    const ids = [paid, poison, open].map(({ id }) => id);
    expect(await house().unsettled("awards", ids)).toEqual([open.id]);
    const [taken, other] = [stakeOf(anna.id, 5), stakeOf(anna.id, 6)];
    const ours = { ...taken, payload: { ...taken.payload, game: "crash", room: "crash:main" }, source: "crash:main" };
    await consume("stakes", [taken, ours]);
    expect(await house().unsettled("stakes", [taken.id, ours.id, other.id])).toEqual([other.id]);
  });

  test("to put dead letters away, once by their ids", async () => {
    const letter = {
      id: "kafka:lottery.v1.award:0:17",
      from: "kafka:lottery.v1.award",
      topic: "awards",
      code: "not_an_event",
      reason: "a test",
      body: "garbage",
      at: 5,
    } as const;
    await house().park([letter]);
    await house().park([letter]);
    expect((await letters()).filter(({ id }) => id === letter.id)).toMatchObject([letter]);
    expect(await house().unsettled("awards", [letter.id])).toEqual([]);
  });

  test("to say how it goes", async () => {
    const report = {
      topic: "stakes",
      direction: "to-kafka",
      state: "failing",
      error: "refused",
      records: 5,
      lag: null,
      at: 7,
    } as const;
    await house().report(report);
    await house().report({ ...report, state: "ok", error: null, at: 8 });
    const kept = await runInDurableObject(env.DIRECTORY.get(env.DIRECTORY.idFromName("main")), (_, { storage }) =>
      storage.sql.exec<{ body: string }>("SELECT body FROM bridge").toArray(),
    );
    expect(kept.map(({ body }): unknown => JSON.parse(body))).toEqual([{ ...report, state: "ok", error: null, at: 8 }]);
    expect(await directoryStub(env).bridges()).toEqual([]); // in here nothing goes by Kafka
  });

  test("to confirm events to rooms that there are, and to nobody else", async () => {
    await house().confirm("stakes", ["roulette:nowhere:3f2a91bc:1", "", "x", "roulette:main:zz:1", "snakes:main:3f:1"]);
    expect(await directoryStub(env).find("roulette:nowhere", null)).toBeNull();
  });
});
