import { describe, expect, test } from "vitest";
import type { Command } from "../../../rooms/poker/types.ts";
import { id, PokerTable } from "./table.ts";

const three = { ann: 5_000, bob: 5_000, cy: 5_000 };
const HOUR = 3_600_000;

describe("sitting down and standing up", () => {
  test("[P14] the buy-in is within the range of the table", () => {
    const table = new PokerTable();
    const sit = (buyIn: number): string => table.does("ann", { type: "sit", seat: 0, buyIn });
    expect([sit(1_999), sit(10_001), sit(2_000)]).toEqual(["buy_in_too_small", "buy_in_too_big", "ok"]);
    expect(table.spent.get(id("ann"))).toBe(2_000);
    table.sit("bob", 1, 10_000);
  });

  test("a seat is taken once, and a player sits once", () => {
    const table = new PokerTable().seat(three);
    expect(table.does("dee", { type: "sit", seat: 1, buyIn: 5_000 })).toBe("seat_taken");
    expect(table.does("ann", { type: "sit", seat: 4, buyIn: 5_000 })).toBe("already_seated");
    expect(table.does("dee", { type: "sit", seat: 7, buyIn: 5_000 })).toBe("no_such_seat");
  });

  test("who stands takes the stack home, but not in mid-hand, folded or not", () => {
    const table = new PokerTable().seat(three).deal();
    expect(table.does("ann", { type: "stand" })).toBe("in_hand");
    table.acts("ann folds");
    expect(table.does("ann", { type: "stand" })).toBe("in_hand");
    table.acts("bob folds");
    expect(table.does("ann", { type: "stand" })).toBe("ok");
    expect(table.does("bob", { type: "stand" })).toBe("ok");
    expect([table.spent.get(id("ann")), table.spent.get(id("bob"))]).toEqual([0, 50]);
    expect(table.does("ann", { type: "stand" })).toBe("not_seated");
  });

  test("[P14] top-up between hands only, up to what one may sit down with (LA 60, 100)", () => {
    const table = new PokerTable().seat(three);
    expect(table.does("ann", { type: "topUp", amount: 5_001 })).toBe("buy_in_too_big");
    expect(table.does("ann", { type: "topUp", amount: 1_000 })).toBe("ok");
    table.deal();
    expect(table.does("ann", { type: "topUp", amount: 100 })).toBe("in_hand");
    table.acts("ann folds", "bob folds");
    expect(table.does("ann", { type: "topUp", amount: 100 })).toBe("ok");
    expect(table.stack("ann")).toBe(6_100);
    expect(table.does("dee", { type: "topUp", amount: 100 })).toBe("not_seated");
  });

  test("[P14] who has folded may bring chips for the next hand (LA 60, 182)", () => {
    const table = new PokerTable().seat(three).deal();
    table.acts("ann raises 300", "bob calls", "cy raises 900", "ann folds");
    expect(table.does("bob", { type: "topUp", amount: 100 })).toBe("in_hand");
    expect(table.does("ann", { type: "topUp", amount: 5_301 })).toBe("buy_in_too_big");
    expect(table.does("ann", { type: "topUp", amount: 1_000 })).toBe("ok");
    expect(table.spent.get(id("ann"))).toBe(6_000);
    expect(table.mine("ann").ordered).toBe(1_000);
    // In front is what the hand left; and no more than one may bring in all.
    expect(table.stack("ann")).toBe(4_700);
    expect(table.does("ann", { type: "topUp", amount: 4_301 })).toBe("buy_in_too_big");
    table.acts("bob folds");
    expect([table.stack("ann"), table.mine("ann").ordered]).toEqual([5_700, 0]);
    expect(table.deal().hand.players.find(({ player }) => player === "ann")?.start).toBe(5_700);
  });

  test("[P14] chips for the next hand are there also when this one is void", () => {
    const table = new PokerTable().seat(three).deal().acts("ann folds");
    table.does("ann", { type: "topUp", amount: 1_000 });
    table.input({ type: "void", reason: "a test" });
    expect([table.stack("ann"), table.mine("ann").ordered]).toEqual([6_000, 0]);
  });

  test("[P14] who is broke sits out until they top up to what one must sit down with", () => {
    const table = new PokerTable({ minPlayers: 2 }).seat({ ann: 2_000, bob: 2_000, cy: 5_000 });
    table.deal({ ann: "AsAd", bob: "KsKd", board: "2h7d9cJs3s" });
    table.acts("ann all-in", "bob calls", "cy folds").runOut();
    expect(table.shown("bob").waiting).toBe("broke");
    table.deal();
    expect(table.shown("bob").waiting).toBe("sittingOut");
    expect(table.does("bob", { type: "sitIn" })).toBe("no_chips");
    // Nor does who cannot be dealt in post: they are told why.
    table.deal().deal().deal();
    expect(table.sitting("bob").entering).toBe(true);
    expect(table.does("bob", { type: "postBlinds" })).toBe("no_chips");
    expect(table.does("bob", { type: "topUp", amount: 1_999 })).toBe("buy_in_too_small");
    expect(table.does("bob", { type: "topUp", amount: 2_000 })).toBe("ok");
    expect(table.shown("bob").waiting).not.toBe("sittingOut");
  });

  test("[P13] who comes back within the hour brings what they left with, also when it is more than others may (LA 58)", () => {
    const table = new PokerTable({ seats: 3 }).seat({ ann: 10_000, bob: 10_000 });
    table.deal({ ann: "AsAd", bob: "KsKd", board: "2h7d9cJs3s" });
    table.acts(`${table.turn} all-in`);
    table.acts(`${table.turn} calls`).runOut();
    expect(table.does("ann", { type: "stand" })).toBe("ok");
    expect(table.mine("ann").rejoin).toEqual({ stack: 20_000, until: table.now + HOUR });
    const sit = (buyIn: number): string => table.does("ann", { type: "sit", seat: 2, buyIn });
    expect([sit(10_000), sit(19_999), sit(20_001), sit(20_000)]).toEqual([
      "rejoin_stack",
      "rejoin_stack",
      "buy_in_too_big",
      "ok",
    ]);
    expect(table.mine("ann").rejoin).toBeNull();
    table.does("ann", { type: "stand" });
    table.now = (table.now + HOUR - 1) as typeof table.now;
    expect(sit(10_000)).toBe("rejoin_stack");
    table.now = (table.now + 1) as typeof table.now;
    expect(sit(10_000)).toBe("ok");
  });

  test("[P13] who left with nothing brings what they like", () => {
    const table = new PokerTable().seat({ ann: 2_000, bob: 10_000 });
    table.deal({ bob: "AsAd", ann: "KsKd", board: "2h7d9cJs3s" });
    table.acts(`${table.turn} ${table.turn === "ann" ? "all-in" : "raises 2000"}`);
    table.acts(`${table.turn} calls`).runOut();
    expect(table.does("ann", { type: "stand" })).toBe("ok");
    expect(table.mine("ann").rejoin).toBeNull();
    expect(table.does("ann", { type: "sit", seat: 3, buyIn: 2_000 })).toBe("ok");
  });
});

const full = (): PokerTable => new PokerTable({ seats: 3, maxBots: 3 }).seat(three);

describe("the waiting list", () => {
  test("is for a table without a free seat", () => {
    const table = full();
    expect(table.does("dee", { type: "queue", on: true })).toBe("ok");
    expect(table.does("dee", { type: "queue", on: true })).toBe("already_queued");
    expect(table.does("ann", { type: "queue", on: true })).toBe("already_seated");
    expect(table.does("dee", { type: "queue", on: false })).toBe("ok");
    expect(table.does("dee", { type: "queue", on: false })).toBe("not_queued");
    table.does("ann", { type: "stand" });
    expect(table.does("dee", { type: "queue", on: true })).toBe("seat_free");
  });

  test("the first has the seat that gets free offered for a while; then the next; nobody takes it before them", () => {
    const table = full();
    for (const name of ["dee", "eve"]) table.does(name, { type: "queue", on: true });
    table.does("ann", { type: "stand" });
    const sit = (name: string): string => table.does(name, { type: "sit", seat: 0, buyIn: 5_000 });
    expect([sit("eve"), sit("fay"), table.does("bob", { type: "addBot", seat: 0 })]).toEqual([
      "seat_reserved",
      "seat_reserved",
      "seat_reserved",
    ]);
    table.pause();
    table.pass(20_000);
    expect(table.view.queue).toEqual(["eve"]);
    table.resume();
    expect([sit("dee"), sit("eve")]).toEqual(["seat_reserved", "ok"]);
    expect(table.view.queue).toEqual([]);
  });

  test("who loses the connection loses the place in it", () => {
    const table = full();
    for (const name of ["dee", "eve"]) table.does(name, { type: "queue", on: true });
    table.goes("dee");
    expect(table.view.queue).toEqual(["eve"]);
  });
});

describe("house players and who waits", () => {
  test("[P20] who waits gets a house player's seat at the end of the hand", () => {
    const table = new PokerTable({ seats: 3, maxBots: 2 });
    table.sit("ann", 0, 5_000);
    for (const seat of [1, 2]) table.does("ann", { type: "addBot", seat });
    table.deal();
    for (const name of ["dee", "eve"]) expect(table.does(name, { type: "queue", on: true })).toBe("ok");
    expect(table.view.seats.filter((seat) => seat?.bot === true)).toHaveLength(2);
    // Who has shown stays to be seen until the hand is put away.
    table.end();
    table.does("fay", { type: "queue", on: true });
    table.does("fay", { type: "queue", on: false });
    expect(table.view.seats.filter((seat) => seat?.bot === true)).toHaveLength(2);
    table.fire();
    expect(table.view.seats.map((seat) => seat?.player ?? null)).toEqual(["ann", null, expect.stringMatching(/^bot:/)]);
    expect(table.does("fay", { type: "sit", seat: 1, buyIn: 5_000 })).toBe("seat_reserved");
    // And the next one the other seat, as soon as the first is taken.
    expect(table.does("dee", { type: "sit", seat: 1, buyIn: 5_000, posts: true })).toBe("ok");
    expect(table.view.seats[2]).toBeNull();
    table.sit("eve", 2, 5_000);
    expect(table.deal().hand.players).toHaveLength(3);
  });

  test("[P20] house players who are called while a game is on are dealt in with the next hand", () => {
    const table = new PokerTable({ seats: 6 }).seat(three).deal().deal();
    table.does("ann", { type: "addBot", seat: 4 });
    table.deal();
    expect(table.hand.players.some(({ bot }) => bot)).toBe(true);
    expect(table.hand.log).toContainEqual(expect.objectContaining({ type: "post", live: 100, what: "missed blinds" }));
  });

  test("[P11] who sits down and posts in one is dealt in with the next hand, in any seat", () => {
    for (const seat of [3, 4, 5]) {
      const table = new PokerTable({ seats: 6 }).seat(three).deal();
      expect(table.does("dee", { type: "sit", seat, buyIn: 5_000, posts: true })).toBe("ok");
      expect(table.mine("dee").posts).toBe(true);
      expect(table.deal().hand.players.map(({ player }) => player)).toContain("dee");
    }
    // Where no game is on there is nothing to post.
    const table = new PokerTable({ seats: 6 });
    table.does("dee", { type: "sit", seat: 0, buyIn: 5_000, posts: true });
    expect(table.mine("dee").posts).toBe(false);
  });
});

describe("what bad input gets", () => {
  const BAD: readonly (readonly [string, string, Command, string])[] = [
    ["acting out of turn", "bob", { type: "call" }, "not_your_turn"],
    ["a raise below the minimum", "ann", { type: "raise", to: 199 }, "raise_too_low"],
    ["a raise above the stack", "ann", { type: "raise", to: 5_001 }, "raise_too_high"],
    ["a check where there is something to pay", "ann", { type: "check" }, "price_changed"],
    ["a seat that is taken", "dee", { type: "sit", seat: 1, buyIn: 5_000 }, "seat_taken"],
    ["too little to sit with", "dee", { type: "sit", seat: 3, buyIn: 1 }, "buy_in_too_small"],
    ["too much to sit with", "dee", { type: "sit", seat: 3, buyIn: 10_001 }, "buy_in_too_big"],
    ["sitting twice", "ann", { type: "sit", seat: 3, buyIn: 5_000 }, "already_seated"],
    ["standing in mid-hand", "ann", { type: "stand" }, "in_hand"],
    ["topping up in a hand", "ann", { type: "topUp", amount: 100 }, "in_hand"],
    ["a pre-action whose price changed", "bob", { type: "preAction", action: "call", amount: 100 }, "price_changed"],
    ["a command of an old hand", "ann", { type: "fold", hand: 1 }, "old_hand"],
    ["a command of a hand to come", "ann", { type: "fold", hand: 5 }, "old_hand"],
    ["a call of less than there is to call", "ann", { type: "call", amount: 99 }, "price_changed"],
    ["a call that was meant to cost nothing", "ann", { type: "call", amount: 0, hand: 4 }, "price_changed"],
    ["a fold that was meant for another price", "ann", { type: "fold", amount: 0 }, "price_changed"],
    ["a raise that was meant for another price", "ann", { type: "raise", to: 300, amount: 0 }, "price_changed"],
    ["an act of another street", "ann", { type: "call", amount: 100, street: "flop" }, "old_street"],
    ["a pre-action of another street", "bob", { type: "preAction", action: "callAny", street: "river" }, "old_street"],
    ["an act without a seat", "dee", { type: "fold" }, "no_hand"],
    ["a bot that is none", "ann", { type: "removeBot", seat: 0 }, "no_bot"],
    ["a bot in a seat that is taken", "ann", { type: "addBot", seat: 0 }, "seat_taken"],
    ["a bot in no seat", "ann", { type: "addBot", seat: 8 }, "no_such_seat"],
    ["a bot called without a seat", "dee", { type: "addBot", seat: 3 }, "not_seated"],
    ["sitting out without a seat", "dee", { type: "sitOut" }, "not_seated"],
  ];

  test.each(BAD)("%s, by %s: its own code, and nothing changed", (_, player, command, code) => {
    const table = new PokerTable().seat(three).deal().deal().deal().deal();
    expect([table.turn, table.state.round]).toEqual(["ann", 4]);
    const before = JSON.stringify(table.state);
    const events = table.journal.length;
    expect(table.does(player, command)).toBe(code);
    expect(JSON.stringify(table.state)).toBe(before);
    expect(table.journal).toHaveLength(events);
  });

  test("what names the price and the street that are on is done", () => {
    const table = new PokerTable().seat(three).deal();
    const preflop = { street: "preflop", hand: 1 } as const;
    const first = table.turn ?? "";
    expect(table.does(first, { type: "raise", to: 300, amount: 100, ...preflop })).toBe("ok");
    const second = table.turn ?? "";
    const price = 300 - (table.shown(second)?.bet ?? 0);
    // What it was before the raise is what a finger that came too late had seen.
    expect(table.does(second, { type: "call", amount: price - 200, ...preflop })).toBe("price_changed");
    expect(table.does(second, { type: "call", amount: price, ...preflop })).toBe("ok");
  });

  test("the codes of acts that a raise has closed, of a call of nothing, and of folded hands", () => {
    const table = new PokerTable({ minBuyInBigBlinds: 1 }).seat({ ann: 5_000, bob: 350, cy: 5_000 }).deal();
    table.acts("ann raises 300", "bob all-in");
    expect(table.does("bob", { type: "preAction", action: "callAny" })).toBe("nothing_to_decide");
    table.acts("cy calls");
    expect(table.act("ann raises 1000")).toBe("cannot_raise");
    table.acts("ann calls");
    expect(table.act("cy calls")).toBe("nothing_to_call");
    table.acts("cy folds");
    expect(table.act("cy checks")).toBe("no_hand");
    expect(table.turn).toBeNull();
    expect(table.does("ann", { type: "preAction", action: "checkFold" })).toBe("nothing_to_decide");
  });
});

describe("when a hand starts", () => {
  test("[P19] when enough are ready, not before", () => {
    const table = new PokerTable({ minPlayers: 3 }).seat({ ann: 5_000, bob: 5_000 });
    table.pass(60_000);
    expect(table.view.phase.name).toBe("waiting");
    table.sit("cy", 4, 5_000);
    expect(table.view.phase).toEqual({ name: "starting", dealAt: table.now + 100 });
    table.does("ann", { type: "sitOut" });
    expect(table.view.phase.name).toBe("waiting");
    table.does("ann", { type: "sitIn" });
    expect(table.deal().hand.players).toHaveLength(3);
  });

  test("[P19] two who are left of a game go on, also where it takes three to begin one", () => {
    const table = new PokerTable({ minPlayers: 3 }).seat(three).deal().end();
    table.does("cy", { type: "stand" });
    expect(table.deal().posts).toBe("bob bob ann: ann bob");
    // A newcomer finds a game that is on; and when one of the two leaves, it has to begin anew.
    table.sit("dee", 4, 5_000);
    expect(table.shown("dee").waiting).toBe("newcomer");
    table.end().does("bob", { type: "stand" });
    table.pass(60_000);
    expect(table.view.phase.name).toBe("waiting");
    table.sit("eve", 1, 5_000);
    expect(table.deal().hand.players).toHaveLength(3);
  });

  test("[P19] by default two are enough", () => {
    const table = new PokerTable().seat({ ann: 5_000 });
    table.pass(60_000);
    expect(table.view.phase.name).toBe("waiting");
    table.sit("bob", 3, 5_000);
    expect(table.deal().hand.players).toHaveLength(2);
  });

  test("[P17] its words are taken until the cards come, and no card leaves the deck before it is due", () => {
    const table = new PokerTable().seat(three);
    expect(table.game.frozen(table.state)).toBe(false);
    expect(table.asked).toEqual([]);
    table.deal();
    expect(table.game.frozen(table.state)).toBe(true);
    const asked = (): number => Math.max(...table.asked.map(({ position }) => position)) + 1;
    expect(asked()).toBe(6);
    table.acts("ann calls", "bob calls", "cy checks");
    expect(asked()).toBe(9);
    table.end();
    expect(asked()).toBe(11);
    table.deal().acts("bob folds", "cy folds");
    expect(table.asked.filter(({ round }) => round === 2)).toHaveLength(6);
    table.fire();
    expect(table.game.frozen(table.state)).toBe(false);
  });
});
