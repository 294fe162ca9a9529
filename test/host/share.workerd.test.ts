import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Backlog } from "../../rooms/host/backlog.ts";
import { seedProof } from "../../rooms/fair/deck.ts";
import { drawFromProof } from "../../rooms/fair/draw.ts";
import { CLOSE } from "../../rooms/kernel/protocol.ts";
import { expectNo, expectYes, join, type Client, type Who } from "./room-client.workerd.ts";
import { expectConserved } from "./room-oracle.workerd.ts";
import {
  BUY_IN,
  evict,
  fire,
  holdClock,
  letClockGo,
  newPlayer,
  newRoom,
  pass,
  playOut,
  roomOf,
} from "./room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

type Table = { room: string; anna: Who; bert: Who; a: Client; b: Client; watcher: Client };

async function tableOfTwo(): Promise<Table> {
  const [room, anna, bert] = [await newRoom(), await newPlayer(), await newPlayer()];
  const [a, b] = [await join(roomOf(room), anna), await join(roomOf(room), bert)];
  const watcher = await join(roomOf(room), null);
  for (const one of [a, b, watcher]) await one.until(() => one.table?.online === 2, "both");
  return { room, anna, bert, a, b, watcher };
}

const typesOf = ({ frames }: Client): string[] => frames.map(({ type }) => type);

/** What the spy stands in front of; to be called with the object that it was called on. */
function prototypeOf(): { readonly sent: (this: Backlog, chars: number, cap: number) => "fine" | "ask" | "slow" } {
  // oxlint-disable-next-line typescript/unbound-method
  return { sent: Backlog.prototype.sent };
}

const own = ({ frames }: Client): unknown[] => frames.filter(({ type }) => type === "own" || type === "purse");

describe("what is everybody's and what is one's own", () => {
  test("[R9] everyone sees everyone's chips, summed; own bets, replies and purses go to their owner alone", async () => {
    const { room, anna, bert, a, b, watcher } = await tableOfTwo();
    expectYes(await a.bet("red", 100));
    expectYes(await a.bet("straight:17", 20));
    for (const one of [a, b, watcher]) await one.until(() => one.view?.staked === 120, "the sums");
    for (const one of [b, watcher]) {
      expect(new Set(typesOf(one))).toEqual(new Set(["welcome", "events"]));
      expect(JSON.stringify(one.frames.filter(({ type }) => type === "events").slice(1))).not.toContain(anna.id);
    }
    expectYes(await b.bet("red", 50));
    for (const one of [a, b, watcher]) {
      await one.until(() => one.view?.staked === 170, "the new sums");
      expect(one.view).toMatchObject({ totals: { red: 150, "straight:17": 20 }, players: 2 });
    }
    expect(a.seat).toMatchObject({ bets: { red: 100, "straight:17": 20 }, staked: 120 });
    expect(b.seat).toMatchObject({ bets: { red: 50 }, staked: 50 });
    expect(watcher.seat).toBeNull();
    expect(await a.ask({ type: "who", spot: "red" })).toMatchObject({
      result: {
        players: [
          { player: anna.id, amount: 100 },
          { player: bert.id, amount: 50 },
        ],
      },
    });
    await playOut(room, a);
    for (const one of [b, watcher]) await one.phase("settled");
    expect([b.view, watcher.view]).toEqual([a.view, a.view]);
    expect(a.seat?.paid).toMatchObject({ staked: 120 });
    expect(b.seat?.paid).toMatchObject({ staked: 50 });
  });

  test("two tabs of one player see the same own frames; the reply goes to the one that asked", async () => {
    const { room, anna, a } = await tableOfTwo();
    const tab = await join(roomOf(room), anna);
    expectYes(await a.bet("red", 100));
    expectYes(await tab.bet("odd", 7));
    expectYes(await a.ask({ type: "undo" }));
    await playOut(room, a);
    for (const one of [a, tab]) await one.until(() => one.seat?.paid !== null, "the pay-out");
    expect(own(tab)).toEqual(own(a));
    expect(own(a).length).toBeGreaterThan(4);
    expect(tab.seat).toEqual(a.seat);
    expect([a.replies.length, tab.replies.length]).toEqual([2, 1]);
  });

  test("a ninth tab closes the first; the player stays at the table", async () => {
    const { room, anna, a, b } = await tableOfTwo();
    const tabs: Client[] = [];
    for (let i = 0; i < 8; i += 1) tabs.push(await join(roomOf(room), anna));
    expect(await a.closed()).toBe(CLOSE.replaced);
    for (const tab of tabs) await tab.received();
    expect(tabs.map(({ closedWith }) => closedWith)).toEqual(tabs.map(() => null));
    await b.received();
    expect(b.table?.online).toBe(2);
  });

  test("a hundred chips on one spot reach the others as a few sums", async () => {
    const { a, b } = await tableOfTwo();
    const heard = b.frames.length;
    for (let i = 0; i < 70; i += 1) a.send({ type: "bet", bets: [{ spot: "red", amount: 1 }] });
    await b.until(() => b.view?.staked === 70, "the sum");
    expect(b.frames.length - heard).toBeLessThan(20);
  });
});

describe("who does not read", () => {
  test("is closed once too much has been sent to them; who answers the checks stays", async () => {
    const { a, b, watcher } = await tableOfTwo();
    const { sent } = prototypeOf();
    vi.spyOn(Backlog.prototype, "sent").mockImplementation(function small(this: Backlog, chars) {
      return sent.call(this, chars, 2_000);
    });
    b.silent = true;
    for (let i = 0; i < 30 && b.closedWith === null; i += 1) {
      expectYes(await a.bet("red", 1));
      await watcher.until(() => watcher.view?.staked === i + 1, "the sum");
    }
    expect(await b.closed()).toBe(CLOSE.slow);
    expect(b.frames.map(({ type }) => type)).toContain("check");
    expect(watcher.frames.map(({ type }) => type)).toContain("check");
    expect([a.closedWith, watcher.closedWith]).toEqual([null, null]);
    await a.until(() => a.table?.online === 1, "the parting");
  });
});

describe("who is here", () => {
  test("comes and goes by the first and the last tab, and is known by name", async () => {
    const { room, anna, a, b, watcher } = await tableOfTwo();
    const tab = await join(roomOf(room), anna);
    a.close();
    await b.received();
    expect(b.table).toMatchObject({ online: 2, players: [{ player: anna.id, name: anna.name }, {}] });
    tab.close();
    for (const one of [b, watcher]) await one.until(() => one.table?.online === 1, "the parting");
    expect(b.table?.players.map(({ player }) => player)).not.toContain(anna.id);
    await join(roomOf(room), anna);
    await b.until(() => b.table?.online === 2, "the return");
  });

  test("is gone for good after the grace, and the chips are home", async () => {
    const { room, anna, a, b } = await tableOfTwo();
    expectYes(await a.bet("red", 100));
    expectYes(await a.ask({ type: "undo" }));
    a.close();
    await b.until(() => b.table?.online === 1, "the parting");
    expect(await roomOf(room).holdings(anna.id)).toMatchObject({ purse: BUY_IN, held: 0 });
    await fire(room); // the empty round's clock runs out before the grace does
    pass(60_000);
    await b.bet("black", 1); // and any input finds the grace over
    expect(await roomOf(room).holdings(anna.id)).toMatchObject({ purse: 0, held: 0 });
    await expectConserved();
  });
});

describe("the chat", () => {
  test("reaches everybody once, as it was written, and is still there after a sleep", async () => {
    const { room, anna, bert, a, b, watcher } = await tableOfTwo();
    const text = "<b>Good luck</b> & “все” 🎲";
    expectYes(await a.ask({ type: "chat", text, id: "words:1" }));
    expectYes(await a.ask({ type: "chat", text, id: "words:1" }));
    expectYes(await b.ask({ type: "chat", text: "  a\u0000\u0007\nb\u202e  " }));
    const lines = [
      { player: anna.id, name: anna.name, text, at: Date.now() },
      { player: bert.id, name: bert.name, text: "a b", at: Date.now() },
    ];
    for (const one of [a, b, watcher]) {
      await one.until(() => one.table?.chat.length === 2, "the lines");
      expect(one.table?.chat).toEqual(lines);
    }
    await evict(room);
    expect((await roomOf(room).describe()).table.chat).toEqual(lines);
  });

  test("takes one line a second of each, and nothing that says nothing", async () => {
    const { a, b } = await tableOfTwo();
    expectNo(await a.ask({ type: "chat", text: " \n\t " }), "empty_chat");
    expectYes(await a.ask({ type: "chat", text: "one" }));
    expectNo(await a.ask({ type: "chat", text: "two" }), "chat_too_fast");
    expectYes(await b.ask({ type: "chat", text: "me too" }));
    pass(999);
    expectNo(await a.ask({ type: "chat", text: "two" }), "chat_too_fast");
    pass(1);
    expectYes(await a.ask({ type: "chat", text: "two" }));
  });
});

describe("the players' words for the draw", () => {
  test("count once a round, in their order, until betting closes, and the proof draws the same with them", async () => {
    const { room, anna, bert, a, b, watcher } = await tableOfTwo();
    const commitments = watcher.table?.commitments ?? [];
    expect(commitments.map(({ round }) => round)).toEqual([1, 2]);
    expectYes(await b.ask({ type: "entropy", value: "from bert" }));
    expectNo(await b.ask({ type: "entropy", value: "more of it" }), "entropy_given");
    expectYes(await a.ask({ type: "bet", bets: [{ spot: "red", amount: 5 }], entropy: "from anna" }));
    expectYes(await a.ask({ type: "bet", bets: [{ spot: "red", amount: 5 }], entropy: "ignored" }));
    await playOut(room, a, "closed");
    const late = await join(roomOf(room), await newPlayer());
    expectNo(await late.ask({ type: "entropy", value: "too late" }), "entropy_frozen");
    await playOut(room, a);
    const record = await roomOf(room).readRound(1, null);
    if (record === null) throw new Error("no record");
    expect(record.proof).toMatchObject({
      commitment: commitments[0]?.hash,
      entropy: [
        { player: bert.id, value: "from bert" },
        { player: anna.id, value: "from anna" },
      ],
    });
    expect(a.view?.history).toEqual([String(drawFromProof(seedProof(record.proof), "spin").int(37))]);
    await watcher.until(() => watcher.table?.revealed?.round === 1, "the seed");
    expect(watcher.table?.revealed?.seed).toBe(seedProof(record.proof).seed);
    await fire(room);
    await late.phase("waiting");
    expectYes(await late.ask({ type: "entropy", value: "for the next" }));
  });
});

describe("the operator", () => {
  test("pauses: the open round ends, no bet is taken, everyone is told; and resumes", async () => {
    const { room, a, b, watcher } = await tableOfTwo();
    expectYes(await a.bet("red", 10));
    expect(await roomOf(room).operate({ type: "pause" })).toEqual({ ok: true });
    for (const one of [a, b, watcher]) await one.until(() => one.table?.status === "paused", "the notice");
    expectNo(await b.bet("red", 10), "paused");
    await playOut(room, a);
    await evict(room);
    await fire(room);
    await a.phase("waiting");
    expectNo(await a.bet("red", 10), "paused");
    expect(await roomOf(room).operate({ type: "resume" })).toEqual({ ok: true });
    await b.until(() => b.table?.status === "running", "the other notice");
    expectYes(await b.bet("red", 10));
    await expectConserved();
  });

  test("voids: every stake is back, the seed is shown, and no stake leaves; without stakes there is no round", async () => {
    const { room, anna, bert, a, b } = await tableOfTwo();
    const order = { type: "void", reason: "The wheel is bent." } as const;
    expect(await roomOf(room).operate(order)).toMatchObject({ ok: false, code: "no_round" });
    expectYes(await a.bet("red", 100));
    expectYes(await b.bet("split:17-20", 60));
    const [commitment] = a.table?.commitments ?? [];
    await playOut(room, a, "closed");
    expect(await roomOf(room).operate(order)).toEqual({ ok: true });
    await a.until(() => a.view?.round === 2, "the next round");
    for (const { id } of [anna, bert])
      expect(await roomOf(room).holdings(id)).toMatchObject({ purse: BUY_IN, held: 0 });
    const record = await roomOf(room).readRound(1, null);
    expect(record).toMatchObject({ void: true, outcome: { result: null, void: order.reason } });
    expect(record?.proof.commitment).toBe(commitment?.hash);
    expect(() => record !== null && drawFromProof(seedProof(record.proof), "spin")).not.toThrow();
    expect(await expectConserved()).toMatchObject({ purses: 2 * BUY_IN, house: 0 });
    expect(a.view?.history).toEqual([]);
    expectYes(await b.bet("red", 10));
  });
});
