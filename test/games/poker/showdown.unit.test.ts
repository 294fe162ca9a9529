import { describe, expect, test } from "vitest";
import { PokerTable } from "./table.ts";

const DRY = "2h7d9cJs3s";

describe("pots and the end of a hand", () => {
  test("[P7] the uncalled bet goes back, and is not counted as a stake", () => {
    const table = new PokerTable().seat({ ann: 5_000, bob: 5_000, cy: 5_000 }).deal();
    table.acts("ann raises 3000", "bob folds", "cy folds");
    expect(table.stack("ann")).toBe(5_150);
    const published = table.sent.filter(({ text }) => text.includes("player.stakeCreated"));
    expect(published.map(({ text }) => JSON.parse(text).payload.stake).sort((a, b) => a - b)).toEqual(
      [100, 100, 50].sort((a, b) => a - b),
    );
  });

  test("[P7] three all-ins make a main pot and side pots, each with its own winner", () => {
    const table = new PokerTable({ minBuyInBigBlinds: 1 }).seat({ ann: 400, bob: 1_000, cy: 3_000, dee: 3_000 });
    table.deal({ ann: "AsAd", bob: "KsKd", cy: "QsQd", dee: "5c4c", board: DRY });
    table.acts("dee calls", "ann all-in", "bob all-in", "cy all-in", "dee folds");
    expect(table.turn).toBeNull();
    table.runOut();
    expect(["ann", "bob", "cy", "dee"].map((name) => table.stack(name))).toEqual([1_300, 1_200, 2_000, 2_900]);
    expect(table.shownHand.awards?.map(({ wins }) => wins)).toEqual([
      [{ seat: 1, chips: 1_200 }],
      [{ seat: 0, chips: 1_300 }],
    ]);
  });

  test("[P8] the odd chip goes to the first winner left of the button (TR 73)", () => {
    const table = new PokerTable({ smallBlind: 24, ante: 1 }).seat({ ann: 5_000, bob: 5_000, cy: 5_000 });
    table.deal({ ann: "AsKd", bob: "7h2c", cy: "AdKs", board: "QhJdTc3s3d" });
    table.acts("ann calls", "bob folds").end();
    expect([table.stack("cy"), table.stack("ann")]).toEqual([4_899 + 114, 4_899 + 113]);
  });

  test("[P6] when nobody can bet any more the hands are face up, the board runs out card by card", () => {
    const table = new PokerTable({ runOutMs: 1_000 }).seat({ ann: 2_000, bob: 2_000, cy: 5_000 });
    table.deal({ ann: "AsAd", cy: "KsKd", board: DRY });
    table.acts("ann all-in", "bob folds");
    expect(table.shown("ann").cards).toBe("hidden");
    table.acts("cy calls");
    expect(table.turn).toBeNull();
    expect(table.shown("ann").cards).toEqual([51, 49]);
    expect(table.shown("cy").cards).toHaveLength(2);
    expect(table.shown("bob").cards).toBe("folded");
    expect(table.act("cy raises 3000")).toBe("not_your_turn");
    const lengths = [0, 1, 2].map(() => {
      table.pass(1_000);
      return table.shownHand.board.length;
    });
    expect(lengths).toEqual([3, 4, 5]);
    expect(table.stack("ann")).toBe(4_050);
  });

  test("[P9] the last aggressor shows first; a beaten hand is not shown, and opened by nobody", () => {
    const table = new PokerTable().seat({ ann: 5_000, bob: 5_000, cy: 5_000 });
    table.deal({ ann: "AsAd", bob: "KsKd", cy: "QsQd", board: DRY });
    table.acts("ann calls", "bob calls", "cy checks");
    for (const street of ["flop", "turn"]) {
      expect(table.shownHand.street).toBe(street);
      table.acts("bob checks", "cy checks", "ann checks");
    }
    table.acts("bob checks", "cy raises 200", "ann calls", "bob calls");
    // cy bet: queens are shown, then aces beat them, then kings need not.
    expect(table.shown("cy").cards).toHaveLength(2);
    expect(table.shown("ann").cards).toHaveLength(2);
    expect(table.shown("bob").cards).toBe("hidden");
    expect(table.view.openings).toHaveLength(5 + 4);
    expect(table.shownHand.awards?.[0]).toMatchObject({ with: "pair", wins: [{ seat: 0, chips: 900 }] });
  });

  test("[P9] without a bet on the river the first left of the button shows first", () => {
    const table = new PokerTable().seat({ ann: 5_000, bob: 5_000, cy: 5_000 });
    table.deal({ ann: "AsAd", bob: "4s4d", cy: "QsQd", board: DRY });
    table.acts("ann raises 300", "bob calls", "cy calls").end();
    expect(["bob", "cy", "ann"].map((name) => typeof table.shown(name).cards)).toEqual(["object", "object", "object"]);
    table.deal({ ann: "4s4d", bob: "AsAd", cy: "QsQd", board: DRY });
    table.acts("bob calls", "cy calls", "ann checks").end();
    // cy first, then ann need not, then bob wins.
    expect(table.posts).toBe("bob cy ann: cy ann bob");
    expect(["cy", "ann", "bob"].map((name) => typeof table.shown(name).cards)).toEqual(["object", "string", "object"]);
  });

  test("[P9] with somebody all-in everybody's hand is face up, also losers, also on the river (TR 70)", () => {
    const table = new PokerTable().seat({ ann: 5_000, bob: 5_000, cy: 5_000 });
    table.deal({ ann: "AsAd", bob: "KsKd", cy: "QsQd", board: DRY });
    table.acts("ann calls", "bob calls", "cy checks");
    for (const _ of ["flop", "turn"]) table.acts("bob checks", "cy checks", "ann checks");
    table.acts("bob checks", "cy folds", "ann raises 4900", "bob calls");
    expect(table.shown("ann").cards).toHaveLength(2);
    expect(table.shown("bob").cards).toHaveLength(2);
    expect(table.shown("cy").cards).toBe("folded");
  });

  test("[P9] the last player left wins without showing, and may show afterwards", () => {
    const table = new PokerTable().seat({ ann: 5_000, bob: 5_000, cy: 5_000 }).deal({ ann: "AsAd" });
    expect(table.does("ann", { type: "show" })).toBe("hand_is_on");
    table.acts("ann raises 300", "bob folds", "cy folds");
    expect(table.shown("ann").cards).toBe("hidden");
    expect(table.view.openings).toEqual([]);
    expect(table.does("ann", { type: "muck" })).toBe("ok");
    expect(table.does("bob", { type: "show" })).toBe("folded");
    expect(table.does("eve", { type: "show" })).toBe("no_hand");
    expect(table.does("ann", { type: "show", hand: 0 })).toBe("old_hand");
    expect(table.does("ann", { type: "show" })).toBe("ok");
    expect(table.shown("ann").cards).toEqual([51, 49]);
    expect(table.view.openings).toHaveLength(2);
    expect(table.does("ann", { type: "show" })).toBe("already_shown");
    table.fire();
    expect(table.does("ann", { type: "show" })).toBe("no_hand");
    expect(
      table
        .record(null)
        .players.map(({ cards }) => cards?.length ?? 0)
        .filter((n) => n > 0),
    ).toEqual([2]);
  });

  test("[P9] who plays the board has shown both cards (TR 75)", () => {
    const table = new PokerTable().seat({ ann: 5_000, bob: 5_000, cy: 5_000 });
    table.deal({ ann: "2s3d", bob: "2d3c", cy: "4c2c", board: "AhKhQhJhTh" });
    table.acts("ann calls", "bob calls", "cy checks").end();
    expect(["ann", "bob", "cy"].map((name) => typeof table.shown(name).cards)).toEqual(["object", "object", "object"]);
    expect(["ann", "bob", "cy"].map((name) => table.stack(name))).toEqual([5_000, 5_000, 5_000]);
  });
});

describe("rake", () => {
  const raked = { rakeX10000: 500, rakeCap: 30 };

  test("[P16] no flop, no drop", () => {
    const table = new PokerTable(raked).seat({ ann: 5_000, bob: 5_000, cy: 5_000 }).deal();
    table.acts("ann raises 3000", "bob folds", "cy folds");
    expect(table.house).toBe(0);
  });

  test("[P16] its part of each pot, up to the cap of a hand", () => {
    const table = new PokerTable(raked).seat({ ann: 5_000, bob: 5_000, cy: 5_000 });
    table.deal({ ann: "AsAd", bob: "KsKd", board: DRY });
    table.acts("ann calls", "bob calls", "cy folds").end();
    expect(table.house).toBe(15);
    expect(table.stack("ann")).toBe(5_185);
    table.deal({ board: DRY }).acts("bob raises 1000", "cy calls", "ann calls").end();
    expect(table.house).toBe(45);
  });

  test("[P16] a split pot is raked before it is split", () => {
    const table = new PokerTable(raked).seat({ ann: 5_000, bob: 5_000 });
    table.deal({ ann: "AsKd", bob: "AdKs", board: "QhJdTc3s3d" });
    table.acts(`${table.turn} calls`).end();
    expect(table.house).toBe(10);
    expect([table.stack("ann"), table.stack("bob")]).toEqual([4_995, 4_995]);
  });

  test("[P16] is off by default", () => {
    expect(new PokerTable().view.config).toMatchObject({ rakeX10000: 0, rakeCap: 0, straddle: "off", ante: 0 });
  });
});

const seated = (config: object = {}): PokerTable => new PokerTable(config).seat({ ann: 2_001, bob: 2_001, cy: 5_000 });

describe("run it twice", () => {
  const cards = { ann: "AsAd", cy: "KsKd", board: "2h7d9cJs3s", board2: "KhKc4d5d6c" };

  test("[P16] when all who are left agree: each board for half of every pot, odd chips with the first (LA 215)", () => {
    const table = seated();
    table.does("ann", { type: "runItTwice", on: true });
    table.does("cy", { type: "runItTwice", on: true });
    table.deal(cards).acts("ann all-in", "bob folds", "cy calls").runOut();
    expect(table.shownHand.board).toHaveLength(5);
    expect(table.shownHand.board2).toHaveLength(5);
    expect(new Set([...table.shownHand.board, ...(table.shownHand.board2 ?? [])]).size).toBe(10);
    // 4,052 in the pot: aces have the first board, kings the second.
    expect(table.stack("ann")).toBe(2_026);
    expect(table.stack("cy")).toBe(5_000 - 2_001 + 2_026);
    expect(table.view.openings).toHaveLength(10 + 4);
  });

  test("[P16] the first board is dealt to its end, then the second, street by street (LA 215, 219)", () => {
    const table = seated();
    for (const name of ["ann", "bob", "cy"]) table.does(name, { type: "runItTwice", on: true });
    table.deal(cards).acts("ann all-in", "bob folds", "cy calls");
    const boards: string[] = [];
    while (table.hand.end === null) {
      table.fire();
      const { board, board2 } = table.shownHand;
      boards.push(`${board.length} ${board2?.length}`);
    }
    expect(boards).toEqual(["3 0", "4 0", "5 0", "5 3", "5 4", "5 5"]);
    const streets = table.sent.flatMap(({ text }) => {
      const { did } = JSON.parse(text) as { did?: { type: string; street: string; board: number } };
      return did?.type === "street" ? [`${did.street} ${did.board}`] : [];
    });
    expect(streets).toEqual(["flop 1", "turn 1", "river 1", "flop 2", "turn 2", "river 2"]);
  });

  test("[P16] a hand whose boards were begun side by side, by the version before, is dealt on to its end", () => {
    const table = seated();
    for (const name of ["ann", "bob", "cy"]) table.does(name, { type: "runItTwice", on: true });
    table.deal().acts("ann all-in", "bob folds", "cy calls");
    for (const board of [1, 2] as const) {
      const from = 6 + table.hand.board.length;
      const dealt = [0, 1, 2].map((i) => table.card(table.state.round, from + i));
      table.state = table.game.evolve(table.state, { type: "street", board, cards: dealt, at: table.now });
    }
    const rest: number[] = [];
    while (table.state.hand?.end === null) {
      const [due] = table.game.deadlines(table.state);
      if (due === undefined) throw new Error("nothing is due");
      table.now = due.at;
      const decision = table.game.decide(table.state, { type: "deadline", ...due }, table.facts());
      for (const event of "refused" in decision ? [] : decision.events) {
        if (event.type === "street") rest.push(event.board, ...event.cards.map(({ opening }) => opening.position));
        table.state = table.game.evolve(table.state, event);
      }
    }
    expect(rest).toEqual([1, 12, 1, 13, 2, 14, 2, 15]);
  });

  test("[P16] from the turn on, both boards have the flop that was there", () => {
    const table = seated();
    for (const name of ["ann", "bob", "cy"]) table.does(name, { type: "runItTwice", on: true });
    table.deal({ ...cards, board2: "KhKc" }).acts("ann calls", "bob calls", "cy checks", "bob checks", "cy checks");
    table.acts("ann all-in", "bob folds", "cy calls").runOut();
    const { board, board2 } = table.shownHand;
    expect(board2?.slice(0, 3)).toEqual(board.slice(0, 3));
    expect(board2?.slice(3)).not.toEqual(board.slice(3));
    expect(table.view.openings).toHaveLength(7 + 4);
    expect(table.shownHand.awards?.map(({ board: which }) => which).toSorted((a, b) => a - b)).toEqual([1, 2]);
  });

  test("[P16] once when one of them does not, or the table does not", () => {
    const table = seated();
    table.does("ann", { type: "runItTwice", on: true });
    table.does("bob", { type: "runItTwice", on: true });
    table.deal(cards).acts("ann all-in", "bob folds", "cy calls").runOut();
    expect(table.shownHand.board2).toBeNull();
    expect(seated({ runItTwice: false }).does("ann", { type: "runItTwice", on: true })).toBe("no_run_it_twice");
  });
});
