import { describe, expect, test } from "vitest";
import { chips, type PlayerId } from "../../rooms/game.ts";
import { held } from "../../rooms/kernel/state.ts";
import { roulette } from "../../rooms/roulette/index.ts";
import { BUY_IN, commandOf, GRACE_MS } from "../kit/history.ts";
import { EngineRoom } from "./model/engine-room.ts";

/** Top-ups and cash-outs, as rooms/README.md#chips tells them, through the pure engine. */

const ann = "ann" as PlayerId;
const bob = "bob" as PlayerId;

/** Betting opens with the first bet, closes after 5 s, and the round is paid 1.1 s later. */
const TABLE = {
  openMs: 5_000,
  closedMs: 100,
  spinMs: 1_000,
  settledMs: 1_000,
  maxOutside: 1e6,
  maxPlayer: 1e9,
  maxLiability: 1e9,
};

function room(): EngineRoom {
  const story = new EngineRoom(TABLE);
  story.come(ann);
  return story;
}

/** A room where ann has a purse of 200. */
function seated(): EngineRoom {
  const story = room();
  story.bet(ann, 10);
  story.paid(ann);
  story.send(ann, { type: "clear" });
  story.pass(6_000);
  expect(story.chips(ann)).toBe(BUY_IN);
  return story;
}

describe("a top-up", () => {
  test("is the buy-in, journaled under an id of the room's before the wallet hears of it, and the bet waits", () => {
    const story = room();
    const id = story.bet(ann, 10);
    expect(story.last.map(({ type }) => type)).toEqual(["room.transfer"]);
    expect(story.open(ann)).toEqual({
      id: "roulette:story:ann:1",
      room: "roulette:story",
      kind: "topup",
      amount: BUY_IN,
      min: 10,
      covers: 10,
      flow: { staked: 0, returned: 0 },
    });
    expect(story.codeOf(id)).toBeUndefined();
    expect(story.held(ann)).toBe(0);
    story.paid(ann);
    expect(story.codeOf(id)).toBe("ok");
    expect([story.chips(ann), story.held(ann)]).toEqual([BUY_IN - 10, 10]);
  });

  test("is what is missing when that is more than the buy-in", () => {
    const story = seated();
    story.bet(ann, 1_000);
    expect(story.open(ann)).toMatchObject({ kind: "topup", amount: 800, min: 800 });
  });

  test("may bring less than was asked, and the bet is made when that covers it", () => {
    const story = room();
    const id = story.bet(ann, 10);
    story.paid(ann, 12);
    expect(story.codeOf(id)).toBe("ok");
    expect(story.chips(ann)).toBe(2);
  });

  test("is not asked for while the purse covers the stake", () => {
    const story = seated();
    expect(story.codeOf(story.bet(ann, BUY_IN))).toBe("ok");
    expect(story.transfers).toHaveLength(1);
  });

  test("holds back all that the player sends, in order, and nothing of anybody else", () => {
    const story = room();
    story.come(bob);
    const bet = story.bet(ann, 10);
    const chat = story.send(ann, { type: "chat", text: "first" });
    const more = story.bet(ann, 20, "black");
    const undo = story.send(ann, { type: "undo" });
    const hello = story.send(bob, { type: "chat", text: "hello" });
    expect([bet, chat, more, undo].map((id) => story.codeOf(id))).toEqual([undefined, undefined, undefined, undefined]);
    expect(story.codeOf(hello)).toBe("ok");
    expect(story.waiting(ann)).toBe(4);
    story.paid(ann);
    expect([bet, chat, more, undo].map((id) => story.codeOf(id))).toEqual(["ok", "ok", "ok", "ok"]);
    const seqs = [bet, chat, more, undo].map((id) => story.answers.get(id)).map((a) => (a?.ok === true ? a.seq : 0));
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(roulette.sight.seat(story.kernel.state as never, ann).bets).toEqual({ red: 10 });
  });

  test("lets 32 commands wait, and the next is refused busy", () => {
    const story = room();
    const ids = Array.from({ length: 34 }, () => story.bet(ann, 5));
    expect(story.waiting(ann)).toBe(32);
    expect(ids.map((id) => story.codeOf(id)).slice(31)).toEqual([undefined, "busy", "busy"]);
    story.paid(ann, 200);
    expect(ids.filter((id) => story.codeOf(id) === "ok")).toHaveLength(32);
    expect(story.held(ann)).toBe(160);
  });

  test("that the wallet refuses refuses the bet, and is not asked again for as much", () => {
    const story = room();
    const ids = [story.bet(ann, 50), story.bet(ann, 60), story.bet(ann, 50)];
    story.refused(ann);
    expect(ids.map((id) => story.codeOf(id))).toEqual([
      "insufficient_funds",
      "insufficient_funds",
      "insufficient_funds",
    ]);
    expect(story.transfers).toHaveLength(1);
    expect(story.held(ann)).toBe(0);
  });

  test("that the wallet refuses is asked for anew by what needs less, and the order stays", () => {
    const story = room();
    const large = story.bet(ann, 50);
    const small = story.bet(ann, 20);
    const behind = story.send(ann, { type: "chat", text: "behind" });
    story.refused(ann);
    expect([large, small, behind].map((id) => story.codeOf(id))).toEqual(["insufficient_funds", undefined, undefined]);
    expect(story.open(ann)).toMatchObject({ id: "roulette:story:ann:2", min: 20 });
    story.paid(ann, 20);
    expect([small, behind].map((id) => story.codeOf(id))).toEqual(["ok", "ok"]);
  });

  test("credits once, however often it is answered", () => {
    const story = room();
    story.bet(ann, 10);
    const { id } = story.open(ann);
    story.paid(ann);
    story.input({ type: "answer", player: ann, id, answer: { ok: true, amount: chips(200), balance: chips(5_000) } });
    expect(story.last).toEqual([]);
    expect(story.chips(ann) + story.held(ann)).toBe(BUY_IN);
  });

  test("that comes after the close refuses the bet, and the chips stay in the purse", () => {
    const story = room();
    story.come(bob);
    story.bet(bob, 10);
    story.paid(bob);
    const id = story.bet(ann, 10);
    story.pass(5_000);
    story.paid(ann);
    expect(story.codeOf(id)).toBe("bets_closed");
    expect([story.chips(ann), story.held(ann)]).toEqual([BUY_IN, 0]);
  });

  test("is waited for by one command under one id: sent again it has one effect, and the last to ask is answered", () => {
    const story = room();
    const id = story.bet(ann, 10);
    story.send(ann, { type: "bet", bets: [{ spot: "red", amount: 10 }] }, id, "the second window");
    story.send(ann, { type: "bet", bets: [{ spot: "red", amount: 11 }] }, id, "another body");
    expect(story.codeOf("another body")).toBe("id_conflict");
    expect(story.waiting(ann)).toBe(1);
    story.paid(ann);
    expect(story.codeOf("the second window")).toBe("ok");
    expect(story.codeOf(id)).toBeUndefined();
    expect(story.held(ann)).toBe(10);
  });

  test("of a player who is gone by then goes home", () => {
    const story = room();
    const id = story.bet(ann, 10);
    story.send(ann, { type: "leave" });
    story.go(ann);
    story.pass(GRACE_MS);
    story.paid(ann);
    expect(story.codeOf(id)).toBe("ok"); // it was sent before they left, and nothing had closed
    story.pass(10_000);
    expect(story.open(ann)).toMatchObject({ kind: "cashout" });
    story.paid(ann);
    expect(story.kernel.purses.has(ann)).toBe(false);
    expect(story.journal.at(-1)).toEqual({ type: "room.left", player: ann });
  });

  test("brings nothing into play that was lost with the room: the chips wait in the purse, and go home when nobody comes", () => {
    const story = room();
    story.bet(ann, 10);
    story.go(ann);
    const woken = new EngineRoom(TABLE); // what waited was in memory only
    woken.kernel = story.kernel;
    woken.now = story.now;
    woken.paid(ann);
    expect([woken.chips(ann), woken.held(ann)]).toEqual([BUY_IN, 0]);
    woken.pass(GRACE_MS);
    expect(woken.open(ann)).toMatchObject({ kind: "cashout", amount: BUY_IN });
  });

  test("is credited without the commands that wait for it when one of them cannot be judged", () => {
    const story = room();
    const id = story.bet(ann, 10);
    const answer = { ok: true, amount: chips(200), balance: chips(1) } as const;
    story.input({ type: "answer", player: ann, id: story.open(ann).id, answer, alone: true });
    expect(story.codeOf(id)).toBe("internal");
    expect([story.chips(ann), story.held(ann), story.waiting(ann)]).toEqual([BUY_IN, 0, 0]);
  });

  test("is made ahead for what the server will repeat, once a round, so a dry wallet is not asked for ever", () => {
    const story = room();
    story.bet(ann, 150, "straight:1");
    story.paid(ann, 150);
    story.send(ann, { type: "autoRepeat", rounds: 5 });
    const asked = (): number => story.transfers.length;
    const before = asked();
    story.pass(5_100);
    expect(asked()).toBe(before); // the wallet was asked in this round already
    story.pass(1_000);
    expect(story.chips(ann)).toBe(0); // the seeds are fixed, and 1 did not come up
    expect(asked()).toBe(before + 1); // another round, and betting is not open yet
    story.refused(ann);
    story.pass(500);
    expect(asked()).toBe(before + 1);
    story.pass(500);
    expect(roulette.sight.seat(story.kernel.state as never, ann).auto).toBeNull();
  });
});

describe("a cash-out", () => {
  test("leaves with the player, in one commit, when nothing of theirs is held", () => {
    const story = seated();
    const id = story.send(ann, { type: "leave" });
    expect(story.codeOf(id)).toBe("ok");
    expect(story.last.map(({ type }) => type)).toEqual(["room.leaving", "room.transfer"]);
    expect(story.open(ann)).toMatchObject({ kind: "cashout", amount: BUY_IN, min: BUY_IN });
    expect(story.chips(ann)).toBe(0);
  });

  test("waits for the bets on the felt, and goes in the commit that pays them", () => {
    const story = seated();
    story.bet(ann, 50);
    story.send(ann, { type: "leave" });
    expect(story.transfers).toHaveLength(1);
    story.pass(5_000);
    expect(story.transfers).toHaveLength(1);
    story.pass(1_100);
    const types = story.last.map((event) =>
      event.type === "game" ? (event.event as { type: string }).type : event.type,
    );
    expect(types).toContain("settled");
    expect(types).toContain("room.transfer");
    const returned = story.open(ann).amount - (BUY_IN - 50);
    expect([0, 100]).toContain(returned);
    expect(story.chips(ann)).toBe(0);
  });

  test("is called off by coming back to bet", () => {
    const story = seated();
    story.bet(ann, 50);
    story.send(ann, { type: "leave" });
    expect(story.kernel.leaving.has(ann)).toBe(true);
    story.bet(ann, 20);
    expect(story.kernel.leaving.has(ann)).toBe(false);
  });

  test("of an empty purse is none: the player may watch, and is gone when the socket is", () => {
    const story = room();
    const id = story.send(ann, { type: "leave" });
    expect(story.codeOf(id)).toBe("ok");
    expect(story.transfers).toHaveLength(0);
    story.go(ann);
    expect(story.journal.at(-1)).toEqual({ type: "room.left", player: ann });
    expect([story.kernel.leaving.size, story.kernel.presence.size, story.kernel.away.size]).toEqual([0, 0, 0]);
  });

  test("comes when a player has been gone past the grace, not before, and not when they are back in time", () => {
    const story = seated();
    story.go(ann);
    story.pass(GRACE_MS - 1);
    story.come(ann);
    story.pass(10 * GRACE_MS);
    expect(story.transfers).toHaveLength(1);
    story.go(ann);
    story.pass(GRACE_MS - 1);
    expect(story.transfers).toHaveLength(1);
    story.pass(1);
    expect(story.open(ann)).toMatchObject({ kind: "cashout", amount: BUY_IN });
    story.paid(ann);
    expect(story.last.map(({ type }) => type)).toEqual(["room.transferred", "room.left"]);
    expect(story.kernel.presence.has(ann)).toBe(false);
  });

  test("that the wallet does not take brings the chips back, and is tried anew while the player is gone", () => {
    const story = seated();
    story.send(ann, { type: "leave" });
    story.input({
      type: "answer",
      player: ann,
      id: story.open(ann).id,
      answer: { ok: false, code: "unknown_player", balance: chips(0) },
    });
    expect(story.open(ann)).toMatchObject({ kind: "cashout", amount: BUY_IN });
    expect(story.transfers).toHaveLength(3);
  });

  test("is finished before the next top-up begins: a bet meanwhile waits for its answer", () => {
    const story = seated();
    story.send(ann, { type: "leave" });
    const id = story.bet(ann, 10);
    expect(story.codeOf(id)).toBeUndefined();
    expect(story.transfers).toHaveLength(2);
    story.paid(ann);
    expect(story.open(ann)).toMatchObject({ kind: "topup", min: 10 });
    story.paid(ann);
    expect(story.codeOf(id)).toBe("ok");
  });
});

function faulted(): EngineRoom {
  const story = seated();
  story.bet(ann, 50, "straight:1");
  story.send(ann, { type: "autoRepeat", rounds: 9 });
  story.pass(5_100); // spinning: the game wants chips for the next round
  story.input({ type: "fault", reason: "a test" });
  return story;
}

describe("a faulted table", () => {
  test("gives every stake of the open round back, reveals the seed and holds nothing any more", () => {
    const story = faulted();
    expect(story.chips(ann)).toBe(BUY_IN);
    expect(held(roulette, story.kernel, ann)).toBe(0);
    expect(story.kernel.house).toBe(0);
    expect(story.last.map(({ type }) => type)).toEqual(["room.faulted", "room.revealed"]);
    expect(story.kernel.table.status).toBe("faulted");
  });

  test("takes no command but leave, and everyone can leave, also one whose bets it was to repeat", () => {
    const story = faulted();
    expect(story.codeOf(story.bet(ann, 10))).toBe("faulted");
    expect(story.codeOf(story.send(ann, { type: "undo" }))).toBe("faulted");
    expect(story.codeOf(story.send(ann, { type: "chat", text: "what now?" }))).toBe("faulted");
    expect(story.codeOf(story.send(ann, { type: "leave" }))).toBe("ok");
    expect(story.open(ann)).toMatchObject({ kind: "cashout", amount: BUY_IN });
  });

  test("refuses what was waiting for chips, and credits them when they come", () => {
    const story = room();
    const id = story.bet(ann, 10);
    story.input({ type: "fault", reason: "a test" });
    expect(story.codeOf(id)).toBe("faulted");
    story.paid(ann);
    expect(story.chips(ann)).toBe(BUY_IN);
  });

  test("faults once", () => {
    const story = faulted();
    story.input({ type: "fault", reason: "again" });
    expect(story.last).toEqual([]);
  });
});

test("only a player's own command may stake more than the purse: from anything else it is a bug, and nothing is changed", () => {
  const story = seated();
  const greedy = {
    ...roulette,
    rules: {
      ...roulette.rules,
      decide: () => ({
        events: [{ type: "placed", player: ann, bets: [{ spot: "red", amount: 999 }], by: "auto" }] as never,
      }),
    },
  };
  const other = new EngineRoom(TABLE, greedy);
  other.kernel = story.kernel;
  other.now = story.now;
  expect(() => other.input({ type: "order", order: { type: "pause" } })).toThrow("more than the purse holds");
  expect(other.kernel).toBe(story.kernel);
  const own = commandOf(roulette, ann, { id: "sess:1", type: "undo" });
  expect(other.input(own).events.map(({ type }) => type)).toEqual(["room.transfer"]);
});
