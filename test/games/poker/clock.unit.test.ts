import { describe, expect, test } from "vitest";
import { PokerTable } from "./table.ts";

const three = { ann: 5_000, bob: 5_000, cy: 5_000 };
const CLOCK = { actionMs: 10_000, timeBankMs: 4_000, graceMs: 6_000, runOutMs: 500, awayMs: 60_000 };
const dealt = (more: object = {}): PokerTable => new PokerTable({ ...CLOCK, ...more }).seat(three).deal();

describe("the clock", () => {
  test("[P12] runs for the configured time, then the time bank; then it folds where there is something to pay", () => {
    const table = dealt();
    const { now } = table;
    expect(table.shownHand.turn).toMatchObject({ seat: 0, actBy: now + 10_000, bankBy: now + 14_000 });
    table.pass(13_999);
    expect(table.turn).toBe("ann");
    table.pass(1);
    expect(table.turn).toBe("bob");
    expect(table.shown("ann")).toMatchObject({ cards: "folded", last: { type: "fold" } });
    expect(table.mine("ann").bankMs).toBe(0);
  });

  test("[P12] and checks where it is free", () => {
    const table = dealt().acts("ann calls", "bob calls").pass(14_000);
    expect(table.shown("cy").cards).toBe("hidden");
    expect(table.shownHand.street).toBe("flop");
  });

  test("[P12] what is used of the bank is gone, and some comes back with every hand", () => {
    const table = dealt();
    table.now = (table.now + 12_500) as typeof table.now;
    table.acts("ann calls");
    expect(table.mine("ann").bankMs).toBe(1_500);
    table.deal();
    expect(table.mine("ann").bankMs).toBe(1_700);
  });

  test("[P12] who has lost the connection has one short clock, keeps the time bank, and is out after the hand", () => {
    const table = dealt({ lineMs: 3_000 });
    table.pass(2_000).goes("ann");
    expect(table.shown("ann").away).toBe(true);
    expect(table.shownHand.turn).toMatchObject({ actBy: table.now + 3_000, bankBy: table.now + 3_000 });
    table.pass(2_999);
    expect(table.turn).toBe("ann");
    table.pass(1);
    expect(table.turn).toBe("bob");
    expect(table.shown("ann")).toMatchObject({ cards: "folded", waiting: "sittingOut" });
    expect(table.mine("ann").bankMs).toBe(4_000);
    table.comes("ann");
    expect(table.deal().hand.players.map(({ player }) => player)).toEqual(["bob", "cy"]);
    expect(table.does("ann", { type: "sitIn" })).toBe("ok");
    expect(table.shown("ann").waiting).not.toBe("sittingOut");
  });

  test("[P12] it counts from when the turn comes to who is away, and the others wait for it once in a hand", () => {
    const table = dealt({ lineMs: 3_000 });
    table.goes("cy");
    table.acts("ann calls", "bob calls");
    table.pass(2_999);
    expect(table.turn).toBe("cy");
    table.pass(1);
    expect(table.shownHand.street).toBe("flop");
    table.acts("bob checks").pass(1_000);
    expect(table.turn).toBe("ann");
    table.acts("ann checks", "bob checks").pass(1_000);
    table.acts("ann checks", "bob checks").pass(1_000);
    table.acts("ann checks");
    expect(table.hand.end).not.toBeNull();
  });

  test("[P12] who is back in the same turn has the time that was left, and the grace time besides", () => {
    const table = dealt({ lineMs: 3_000 });
    const { now } = table;
    table.pass(2_000).goes("ann");
    table.pass(2_000).comes("ann");
    expect(table.shownHand.turn).toMatchObject({ actBy: now + 16_000, bankBy: now + 20_000 });
    table.pass(15_999);
    expect(table.turn).toBe("ann");
    // Coming and going never makes it longer than that.
    table.goes("ann");
    table.pass(1);
    expect(table.turn).toBe("bob");
    table.acts("bob folds");
    // The next turn has no grace any more.
    table.comes("ann");
    table.does("ann", { type: "sitIn" });
    table.deal();
    expect((table.shownHand.turn?.actBy ?? 0) - table.now).toBe(10_000);
  });

  test("[P12] a table that was made before this was a setting has it all the same", () => {
    const table = dealt();
    const { lineMs: _, outMs: __, ...config } = table.state.config;
    table.state = { ...table.state, config: config as typeof table.state.config };
    const away = table.game.evolve(table.state, {
      type: "flagged",
      seat: 0,
      why: "presence",
      set: { awaySince: table.now },
    });
    expect(table.game.view(away).hand?.turn?.bankBy).toBe(table.now + 8_000);
  });

  test("[P12] three time-outs in a row sit out at the hand's end; an act between them counts anew", () => {
    const table = dealt({ timeBankMs: 0 });
    const timesOut = (): void => {
      for (let i = 0; table.turn !== "ann" && i < 5; i++) table.acts(`${table.turn} calls`);
      table.pass(10_000);
    };
    const raisesToAnn = (): void => {
      while (table.turn !== "ann") table.acts(`${table.turn} raises ${table.shownHand.turn?.raise?.least ?? 0}`);
    };
    timesOut();
    table.deal();
    raisesToAnn();
    table.acts("ann folds");
    for (let n = 1; n <= 3; n++) {
      table.end().deal();
      raisesToAnn();
      table.pass(10_000);
      expect(table.sitting("ann")).toMatchObject({ strikes: n, out: false });
    }
    table.deal();
    expect(table.shown("ann").waiting).toBe("sittingOut");
    expect(table.hand.players.map(({ player }) => player)).not.toContain("ann");
  });

  test("[P12] without a connection and without cards the seat is given free after a while, its chips go home", () => {
    const table = new PokerTable(CLOCK).seat({ ann: 3_000 });
    table.goes("ann");
    table.pass(59_999);
    expect(table.view.seats[0]).not.toBeNull();
    table.pass(1);
    expect(table.view.seats[0]).toBeNull();
    expect(table.spent.get("ann" as never)).toBe(0);
  });

  test("[P12] several whose time is up leave together, and a clock that was late gives nobody less time", () => {
    const table = new PokerTable({ ...CLOCK, minPlayers: 3 }).seat({ ann: 3_000 });
    table.now = (table.now + 5) as typeof table.now;
    table.goes("ann");
    table.sit("bob", 1, 3_000);
    table.goes("bob");
    table.now = (table.now + 1_000_000) as typeof table.now;
    expect(table.fire()).toBe(true);
    expect(table.view.seats.every((seat) => seat === null)).toBe(true);
    const late = dealt();
    const [due] = late.game.deadlines(late.state);
    late.now = ((due?.at ?? 0) + 3_600_000) as typeof late.now;
    late.fire(due);
    expect((late.shownHand.turn?.actBy ?? 0) - late.now).toBe(10_000);
  });

  test("a deadline fired early, late a second time, or under another name changes nothing", () => {
    const table = dealt();
    const [due] = table.game.deadlines(table.state);
    const before = JSON.stringify(table.state);
    expect(table.input({ type: "deadline", name: "act", at: due?.at ?? table.now })).toBe("ok");
    expect(table.input({ type: "deadline", name: "deal", at: table.now })).toBe("ok");
    expect(JSON.stringify(table.state)).toBe(before);
  });
});

describe("sitting out", () => {
  test("[P13] now: not dealt in from the next hand on", () => {
    const table = dealt();
    expect(table.does("ann", { type: "sitOut", when: "now" })).toBe("ok");
    expect(table.turn).toBe("ann");
    table.deal();
    expect(table.hand.players.map(({ player }) => player)).toEqual(["bob", "cy"].sort());
  });

  test("[P13] with the next big blind: dealt in until then", () => {
    const table = dealt();
    table.does("bob", { type: "sitOut", when: "nextBigBlind" });
    expect(table.posts).toBe("ann bob cy: bob cy ann");
    expect(table.deal().posts).toBe("bob cy ann: cy ann bob");
    table.deal();
    expect(table.hand.players.map(({ player }) => player)).not.toContain("bob");
    expect(table.shown("bob").waiting).toBe("sittingOut");
    expect(table.mine("bob").sitsOutNext).toBe(false);
  });

  test("[P13] back before a blind has passed nothing is owed", () => {
    const table = dealt();
    table.does("bob", { type: "sitOut" });
    table.does("bob", { type: "sitIn" });
    expect(table.deal().posts).toBe("bob cy ann: cy ann bob");
  });

  test("[P13] the seat is given free after so many orbits, and the chips go home", () => {
    const table = new PokerTable({ ...CLOCK, orbitsOut: 2 }).seat({ ...three, dee: 5_000 }).deal();
    table.end().does("dee", { type: "sitOut" });
    for (let hands = 0; hands < 3; hands++) table.deal();
    expect(table.sitting("dee").orbits).toBe(1);
    for (let hands = 0; hands < 3; hands++) table.deal();
    expect(table.view.seats[3]).toBeNull();
    expect(table.spent.get("dee" as never)).toBe(0);
  });
});

describe("a seat whose player sits out", () => {
  test("[P13] is given free in time, also when no hand is dealt, and its chips go home (LA 73)", () => {
    const table = new PokerTable({ ...CLOCK, outMs: 30_000 }).seat({ ann: 3_000 });
    table.does("ann", { type: "sitOut" });
    expect(table.mine("ann").keptUntil).toBe(table.now + 30_000);
    table.pass(29_999);
    table.does("ann", { type: "sitIn" });
    expect(table.mine("ann").keptUntil).toBeNull();
    table.pass(100_000);
    table.does("ann", { type: "sitOut" });
    table.pass(29_999);
    expect(table.view.seats[0]).not.toBeNull();
    table.pass(1);
    expect(table.view.seats[0]).toBeNull();
    expect(table.spent.get("ann" as never)).toBe(0);
  });

  test("[P13] is offered to who waits for one, also when its player has lost everything (LA 73)", () => {
    const table = new PokerTable({ seats: 2 }).seat({ ann: 2_000, bob: 2_000 });
    table.deal({ ann: "AsAh", bob: "2c7d", board: "AcKdQd3h4s" });
    table.acts(`${table.turn} all-in`);
    table.acts(`${table.turn} calls`).runOut();
    table.fire();
    expect(table.shown("bob")).toMatchObject({ stack: 0, waiting: "sittingOut" });
    table.does("cy", { type: "queue", on: true });
    table.pass(120_000);
    expect(table.view.seats[1]).toBeNull();
    expect(table.state.offer?.player).toBe("cy");
  });

  test("[P13] is kept for two minutes alone while somebody waits and the table is full, however many sit out (LA 73)", () => {
    const table = new PokerTable({ seats: 3 }).seat({ ann: 2_000, bob: 2_000, cat: 2_000 });
    for (const name of ["ann", "bob", "cat"]) table.does(name, { type: "sitOut" });
    const since = table.now;
    table.pass(60_000);
    expect(table.mine("ann").keptUntil).toBe(since + 900_000);
    table.does("dee", { type: "queue", on: true });
    expect(table.mine("ann").keptUntil).toBe(since + 120_000);
    table.does("cat", { type: "sitIn" });
    table.pass(59_999);
    expect(table.view.seats).not.toContain(null);
    table.pass(1);
    expect(table.state.offer?.player).toBe("dee");
    expect(table.view.seats[2]?.player).toBe("cat");
  });

  test("[P13] that a version before left without a clock has it from the next event on", () => {
    const table = new PokerTable({ ...CLOCK, outMs: 30_000 }).seat({ ann: 3_000 });
    table.does("ann", { type: "sitOut" });
    const seats = table.state.seats.map((one) => {
      if (one === null) return null;
      const { outSince: _, ...rest } = one;
      return rest;
    });
    const decision = table.game.decide(
      { ...table.state, seats },
      { type: "command", player: "bob" as never, command: { type: "sit", seat: 1, buyIn: 3_000 } },
      table.facts(),
    );
    expect("events" in decision && decision.events).toContainEqual({
      type: "flagged",
      seat: 0,
      why: "round",
      set: { outSince: table.now },
    });
  });
});

describe("pre-actions", () => {
  test("[P15] check/fold folds to a bet, and checks when it is free", () => {
    const table = dealt();
    expect(table.does("bob", { type: "preAction", action: "checkFold" })).toBe("ok");
    expect(table.mine("bob").preAction).toEqual({ action: "checkFold", price: 50 });
    expect(table.does("cy", { type: "preAction", action: "checkFold" })).toBe("ok");
    table.acts("ann calls");
    expect(table.shown("bob").cards).toBe("folded");
    expect(table.shownHand.street).toBe("flop");
    expect(table.mine("cy").preAction).toBeNull();
    expect(table.hand.log).toContainEqual({ type: "act", player: 1, act: { type: "check" }, to: 100, by: "preAction" });
  });

  test("[P15] check is dropped when somebody bets", () => {
    const table = dealt();
    table.does("cy", { type: "preAction", action: "check" });
    table.acts("ann raises 300", "bob folds");
    expect(table.turn).toBe("cy");
    expect(table.mine("cy").preAction).toBeNull();
  });

  test("[P15] call n is refused for another price, and dropped when the price changes", () => {
    const table = dealt();
    expect(table.does("bob", { type: "preAction", action: "call", amount: 100 })).toBe("price_changed");
    expect(table.does("bob", { type: "preAction", action: "call" })).toBe("price_changed");
    expect(table.does("bob", { type: "preAction", action: "check" })).toBe("price_changed");
    expect(table.does("bob", { type: "preAction", action: "call", amount: 50 })).toBe("ok");
    table.acts("ann raises 250");
    expect(table.turn).toBe("bob");
    expect(table.mine("bob").preAction).toBeNull();
    expect(table.does("cy", { type: "preAction", action: "call", amount: 150 })).toBe("ok");
    table.acts("bob calls");
    expect(table.shownHand.street).toBe("flop");
  });

  test("[P15] call any pays whatever it comes to, once", () => {
    const table = dealt();
    table.does("cy", { type: "preAction", action: "callAny" });
    table.acts("ann raises 300", "bob raises 900");
    expect(table.shown("cy")).toMatchObject({ bet: 900, last: { type: "call" } });
    table.acts("ann raises 1500", "bob calls");
    expect(table.turn).toBe("cy");
  });

  test("[P15] it is taken back, forgotten with the street, and has its place before the turn alone", () => {
    const table = dealt();
    expect(table.does("ann", { type: "preAction", action: "checkFold" })).toBe("your_turn");
    table.does("bob", { type: "preAction", action: "checkFold" });
    table.does("bob", { type: "preAction", action: null });
    table.acts("ann calls");
    expect(table.turn).toBe("bob");
    table.acts("bob calls");
    table.does("ann", { type: "preAction", action: "callAny" });
    table.acts("cy checks");
    expect(table.shownHand.street).toBe("flop");
    expect(table.mine("ann").preAction).toBeNull();
    table.acts("bob checks", "cy checks");
    expect(table.turn).toBe("ann");
    table.acts("ann checks");
    expect(table.does("ann", { type: "preAction", action: "check", hand: 99 })).toBe("old_hand");
    table.end();
    expect(table.does("ann", { type: "preAction", action: "check" })).toBe("no_hand");
  });

  test("[P15] [P17] nobody else is told", () => {
    const table = dealt();
    const before = table.sent.length;
    table.does("bob", { type: "preAction", action: "callAny" });
    expect(table.sent.slice(before).map(({ to }) => to)).toEqual(["bob"]);
  });
});

describe("the operator", () => {
  test("a void hand gives stacks back as they were, and it is dealt again with the same blinds", () => {
    const table = dealt();
    const { posts } = table;
    table.acts("ann raises 400", "bob calls");
    expect(table.input({ type: "void", reason: "spilled coffee" })).toBe("ok");
    expect(["ann", "bob", "cy"].map((name) => table.stack(name))).toEqual([5_000, 5_000, 5_000]);
    expect(table.view).toMatchObject({ round: 2, hand: null, openings: [] });
    expect(table.record(null)).toMatchObject({ hand: 1, void: "spilled coffee", players: [{}, {}, {}] });
    expect(table.record(null).players.every(({ cards, start, end }) => cards === null && start === end)).toBe(true);
    expect(table.deal().posts).toBe(posts);
  });

  test("a hand that is over counts: its void is refused result_known while it is shown, and no_round when it is put away", () => {
    const table = dealt().end();
    expect(table.input({ type: "void", reason: "too late" })).toBe("result_known");
    table.pause();
    table.fire();
    expect(table.view).toMatchObject({ round: 2, hand: null });
    expect(table.input({ type: "void", reason: "too late" })).toBe("no_round");
  });

  test("a hand whose cards are face up counts: its void is refused result_known, and it is paid as the cards fall", () => {
    const table = new PokerTable(CLOCK).seat(three);
    table.deal({ ann: "As Ah", cy: "7c 2d", board: "Kd Qs 9h 8c 4s" });
    table.acts("ann all-in", "bob folds");
    table.acts("cy calls");
    for (let cards = 0; table.hand.end === null; cards += 1) {
      const before = table.journal.length;
      expect([cards, table.input({ type: "void", reason: "not liked" })]).toEqual([cards, "result_known"]);
      expect(table.journal).toHaveLength(before);
      table.fire();
    }
    expect(["ann", "bob", "cy"].map((name) => table.stack(name))).toEqual([10_050, 4_950, 0]);
    table.fire();
    expect(table.record(null)).toMatchObject({ hand: 1, void: null });
  });

  test("until nobody can bet any more nothing is known: an all-in that waits for its answer may still be called off", () => {
    const table = dealt().acts("ann all-in", "bob folds");
    expect(table.input({ type: "void", reason: "a test" })).toBe("ok");
    expect(["ann", "bob", "cy"].map((name) => table.stack(name))).toEqual([5_000, 5_000, 5_000]);
  });

  test("what was posted to come back is owed again after a void hand", () => {
    const table = new PokerTable()
      .seat({ ...three, dee: 5_000 })
      .deal()
      .end();
    table.does("dee", { type: "sitOut" });
    table.deal().end();
    table.does("dee", { type: "sitIn" });
    table.does("dee", { type: "postBlinds" });
    table.deal();
    expect(table.mine("dee").owes).toEqual({ small: false, big: false });
    table.input({ type: "void", reason: "a test" });
    expect(table.mine("dee")).toMatchObject({ owes: { small: true, big: true }, posts: true });
    expect(table.deal().stack("dee")).toBe(4_850);
  });

  test("a pause lets the hand end and deals no other; a resume deals on", () => {
    const table = dealt();
    table.pause();
    table.acts("ann calls", "bob calls").end();
    table.pass(100_000);
    expect(table.view.phase.name).toBe("waiting");
    expect(table.does("dee", { type: "sit", seat: 4, buyIn: 5_000 })).toBe("paused");
    expect(table.does("ann", { type: "topUp", amount: 100 })).toBe("paused");
    expect(table.does("ann", { type: "addBot", seat: 4 })).toBe("paused");
    table.resume();
    expect(table.view.phase.name).toBe("starting");
    table.pause();
    expect(table.view.phase.name).toBe("waiting");
    expect(table.does("ann", { type: "stand" })).toBe("ok");
  });
});
