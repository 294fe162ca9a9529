import { describe, expect, test } from "vitest";
import { PokerTable } from "./table.ts";

const four = { ann: 5_000, bob: 5_000, cy: 5_000, dee: 5_000 };
const three = { ann: 5_000, bob: 5_000, cy: 5_000 };

describe("button and blinds", () => {
  test("[P1] go round: button, small blind, big blind, and every player deals once a round", () => {
    const table = new PokerTable().seat(four);
    const seen = Array.from({ length: 5 }, () => table.deal().posts);
    expect(seen).toEqual([
      "ann bob cy: bob cy dee ann",
      "bob cy dee: cy dee ann bob",
      "cy dee ann: dee ann bob cy",
      "dee ann bob: ann bob cy dee",
      "ann bob cy: bob cy dee ann",
    ]);
    expect(table.turn).toBe("dee");
  });

  test("[P1] heads-up the small blind is the button, acts first before the flop and last after (TR 87, LA 153)", () => {
    const table = new PokerTable().seat({ ann: 5_000, bob: 5_000 }).deal();
    const first = table.posts;
    const [button = "", , big = ""] = first.slice(0, first.indexOf(":")).split(" ");
    expect(first).toBe(`${button} ${button} ${big}: ${big} ${button}`);
    expect(table.turn).toBe(button);
    table.acts(`${button} calls`, `${big} checks`);
    expect(table.turn).toBe(big);
    expect(table.deal().posts).toBe(`${big} ${big} ${button}: ${button} ${big}`);
  });

  test("[P1] the last card goes to the button, also heads-up (TR 87)", () => {
    const table = new PokerTable().seat({ ann: 5_000, bob: 5_000 }).deal();
    expect(table.hand.players.map(({ cards }) => cards.map(({ opening }) => opening.position))).toEqual([
      [0, 2],
      [1, 3],
    ]);
    expect(table.hand.players[1]?.seat).toBe(table.hand.blinds.button);
  });

  test.each([
    ["ann", "bob", "cy"],
    ["bob", "cy", "ann"],
    ["cy", "bob", "ann"],
  ])("[P10] from three to two, when %s leaves, nobody has the big blind twice in a row (LA 153)", (gone, ...others) => {
    for (let before = 1; before <= 3; before++) {
      const table = new PokerTable().seat(three);
      let big = "";
      for (let i = 0; i < before; i++) big = table.deal().posts.slice(0, -1).split(/[ :]+/)[2] ?? "";
      table.end();
      expect(table.does(gone, { type: "stand" })).toBe("ok");
      for (let i = 0; i < 4; i++) {
        const now = table.deal().posts.split(/[ :]+/);
        expect(others).toContain(now[2]);
        expect(now[2]).not.toBe(big);
        expect(now[0]).toBe(now[1]);
        big = now[2] ?? "";
      }
    }
  });

  test("[P10] the small blind leaves: the button stands at the empty seat, and the same player is last to act twice (LA 151)", () => {
    const table = new PokerTable().seat(four).deal();
    expect(table.posts).toBe("ann bob cy: bob cy dee ann");
    table.end();
    table.does("bob", { type: "stand" });
    expect(table.deal().posts).toBe("- cy dee: cy dee ann");
    expect(table.deal().posts).toBe("cy dee ann: dee ann cy");
  });

  test("[P10] the big blind leaves: the small blind is dead for a hand, then the button (LA 151)", () => {
    const table = new PokerTable().seat(four).deal().end();
    table.does("cy", { type: "stand" });
    expect(table.deal().posts).toBe("bob - dee: dee ann bob");
    expect(table.hand.log.filter((line) => line.type === "post")).toHaveLength(1);
    expect(table.deal().posts).toBe("- dee ann: dee ann bob");
    expect(table.deal().posts).toBe("dee ann bob: ann bob dee");
  });

  test("[P10] both blinds leave: the button does not move forward to anybody for two hands (LA 151)", () => {
    const table = new PokerTable()
      .seat({ ...four, eve: 5_000 })
      .deal()
      .end();
    table.does("bob", { type: "stand" });
    table.does("cy", { type: "stand" });
    expect(table.deal().posts).toBe("- - dee: dee eve ann");
    expect(table.deal().posts).toBe("- dee eve: dee eve ann");
    expect(table.deal().posts).toBe("dee eve ann: eve ann dee");
  });

  test("[P10] who busts in the big blind leaves it dead, and nobody skips or doubles one", () => {
    const table = new PokerTable({ minBuyInBigBlinds: 1 }).seat({ ...four, cy: 100 });
    table.deal({ ann: "AsAd", cy: "7h2c", board: "AhKd9c5s3d" });
    table.acts("dee folds", "ann calls", "bob folds").runOut();
    expect(table.stack("cy")).toBe(0);
    expect(table.deal().posts).toBe("bob - dee: dee ann bob");
    expect(table.shown("cy").waiting).toBe("sittingOut");
  });

  test("[P10] over 300 hands with people coming, going and sitting out everybody has as many big blinds as rounds", () => {
    // The oracle holds the big blind of every deal against the next player due.
    const names = ["ann", "bob", "cy", "dee", "eve", "fay"];
    const table = new PokerTable({ minPlayers: 2, orbitsOut: 100, rejoinMs: 0 }).seat({ ann: 5_000, bob: 5_000 });
    let seed = 7;
    const random = (n: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % n;
    for (let hands = 0; hands < 300; hands++) {
      const name = names[random(6)] ?? "ann";
      const seated = table.state.seats.filter((one) => one !== null && !one.out).length;
      const seat = table.state.seats.findIndex((one) => one?.player === name);
      if (seat < 0) table.does(name, { type: "sit", seat: random(6), buyIn: 5_000 });
      else if (seated > 3 && random(3) === 0) table.does(name, { type: "sitOut" });
      else if (seated > 3 && random(4) === 0) table.does(name, { type: "stand" });
      else table.does(name, { type: (["sitIn", "sitIn", "postBlinds", "buyButton"] as const)[random(4)] ?? "sitIn" });
      table.deal().end();
    }
    expect(table.journal.filter(({ type }) => type === "dealt").length).toBeGreaterThanOrEqual(300);
  });
});

describe("antes, short blinds and straddles", () => {
  test("[P1] everybody dealt in posts the ante, dead in the pot", () => {
    const table = new PokerTable({ ante: 10 }).seat(three).deal();
    expect(table.shownHand.pots).toEqual([{ chips: 30, seats: [1, 2, 0] }]);
    expect(["ann", "bob", "cy"].map((name) => table.shown(name).bet)).toEqual([0, 50, 100]);
    expect(table.shownHand.turn?.toCall).toBe(100);
  });

  test("a big blind who is all-in for less still sets the full price; the short blind plays for its part (LA 150)", () => {
    const table = new PokerTable({ minBuyInBigBlinds: 1 }).seat({ ...three, cy: 160 });
    table.deal().acts("ann calls", "bob calls", "cy raises 160", "ann folds", "bob folds");
    table.does("cy", { type: "stand" });
    table.pass(200);
    const short = new PokerTable({ minBuyInBigBlinds: 1, ante: 60 }).seat({ ...three, cy: 100 });
    short.deal({ cy: "AsAd", ann: "KsKd", bob: "QsQd", board: "2h3h7c8c9d" });
    expect(short.shown("cy")).toMatchObject({ stack: 0, bet: 40, last: { type: "post", allIn: true } });
    expect(short.shownHand.turn).toMatchObject({ toCall: 100, raise: { least: 200 } });
    short.acts("ann calls", "bob calls");
    expect(short.turn).toBe("bob");
    short.end();
    // 100 of each for cy, 60 of the others beyond it for ann's kings.
    expect(["ann", "bob", "cy"].map((name) => short.stack(name))).toEqual([5_000 - 160 + 120, 5_000 - 160, 300]);
  });

  test("heads-up nobody pays more than a short big blind has (LA 150)", () => {
    const table = new PokerTable({ minBuyInBigBlinds: 1, ante: 70 }).seat({ ann: 5_000, bob: 100 });
    table.deal();
    if (table.hand.players[0]?.player !== "bob") {
      table.end().deal();
    }
    const { bet } = table.shown("bob");
    expect(bet).toBeLessThan(50);
    expect(table.turn).toBeNull();
    table.runOut();
    expect(table.stack("ann") + table.stack("bob")).toBe(5_100);
  });

  test.each([
    [4, 400],
    [3, 300],
  ])(
    "[P16] a straddle is twice the big blind, acts last before the flop; least raise %i big blinds (LA 161)",
    (n, least) => {
      const table = new PokerTable({ straddle: "underTheGun", straddleRaiseBigBlinds: n }).seat(four);
      expect(table.does("dee", { type: "straddle", on: true })).toBe("ok");
      table.deal();
      expect(table.shown("dee")).toMatchObject({ bet: 200, last: { type: "straddle" } });
      expect(table.turn).toBe("ann");
      expect(table.shownHand.turn).toMatchObject({ toCall: 200, raise: { least } });
      table.acts("ann calls", "bob folds", "cy calls");
      expect(table.turn).toBe("dee");
      expect(table.shownHand.turn).toMatchObject({ toCall: 0, raise: { least } });
      table.acts("dee checks");
      expect(table.shownHand.turn?.raise?.least).toBe(100);
    },
  );

  test("[P16] from the button it begins left of it, and the button is last (LA 161)", () => {
    const table = new PokerTable({ straddle: "button" }).seat(four);
    table.does("ann", { type: "straddle", on: true });
    table.deal();
    expect(table.posts).toBe("ann bob cy: bob cy dee ann");
    expect(table.turn).toBe("bob");
    table.acts("bob calls", "cy folds", "dee calls");
    expect(table.turn).toBe("ann");
    table.deal();
    expect(table.shown("ann").bet).toBe(0);
  });

  test("[P16] a table without straddle refuses it", () => {
    const table = new PokerTable().seat(three);
    expect(table.does("ann", { type: "straddle", on: true })).toBe("no_straddle");
  });
});

const playing = (): PokerTable => new PokerTable({ seats: 9 }).seat(four).deal().end();

describe("newcomers and missed blinds", () => {
  test("[P11] who comes while a game is on waits for the big blind", () => {
    const table = playing();
    table.sit("eve", 6, 5_000);
    expect(table.shown("eve").waiting).toBe("newcomer");
    // Big blinds so far: cy. Next dee, then eve.
    expect(table.deal().posts).toBe("bob cy dee: cy dee ann bob");
    expect(table.deal().posts).toBe("cy dee eve: dee eve ann bob cy");
    expect(table.shown("eve")).toMatchObject({ waiting: null, bet: 100 });
  });

  test("[P11] also who comes in mid-hand", () => {
    const table = playing().deal();
    table.sit("eve", 6, 5_000);
    expect(table.shown("eve").waiting).toBe("newcomer");
    expect(table.game.summary(table.state).note).toMatchObject({ ready: 5 });
    expect(table.deal().posts).toBe("cy dee eve: dee eve ann bob cy");
  });

  test("[P11] or posts the big blind, live, and plays at once", () => {
    const table = playing();
    table.sit("eve", 6, 5_000);
    expect(table.does("eve", { type: "postBlinds" })).toBe("ok");
    table.deal();
    expect(table.posts).toBe("bob cy dee: cy dee eve ann bob");
    expect(table.shown("eve")).toMatchObject({ bet: 100, stack: 4_900 });
    expect(table.turn).toBe("eve");
    expect(table.shownHand.turn).toMatchObject({ toCall: 0, raise: { least: 200 } });
  });

  test("[P11] between button and small blind one posts and is passed by the button, or buys it (LA 154)", () => {
    const seats = { ann: 0, bob: 1, cy: 3, dee: 4 };
    const between = (): PokerTable => {
      const table = new PokerTable({ seats: 6 });
      for (const [name, seat] of Object.entries(seats)) table.sit(name, seat, 5_000);
      table.deal().end(); // ann bob cy
      table.sit("eve", 2, 5_000);
      return table;
    };
    const waits = between();
    expect(waits.deal().posts).toBe("bob cy dee: cy dee ann bob");
    const posts = between();
    posts.does("eve", { type: "postBlinds" });
    expect(posts.deal().posts).toBe("bob cy dee: eve cy dee ann bob");
    expect(posts.shown("eve")).toMatchObject({ bet: 100, stack: 4_900 });
    expect(posts.deal().posts).toBe("cy dee ann: dee ann bob eve cy");
    const buys = between();
    expect(buys.mine("eve").mayBuyButton).toBe(true);
    expect(buys.does("eve", { type: "buyButton" })).toBe("ok");
    // Both blinds are eve's, the small one dead, and everybody else's wait for a hand.
    expect(buys.deal().posts).toBe("bob - eve: eve cy dee ann bob");
    expect(buys.shown("eve")).toMatchObject({ bet: 100, stack: 4_850 });
    expect(buys.shownHand.pots).toEqual([{ chips: 50, seats: [2, 3, 4, 0, 1] }]);
    expect(buys.turn).toBe("cy");
    expect(buys.deal().posts).toBe("eve cy dee: cy dee ann bob eve");
    expect(buys.deal().posts).toBe("cy dee ann: dee ann bob eve cy");
  });

  test("[P11] elsewhere there is no button to buy", () => {
    const table = playing();
    table.sit("eve", 6, 5_000);
    expect(table.mine("eve").mayBuyButton).toBe(false);
    expect(table.mine("ann").mayBuyButton).toBe(false);
    expect(table.does("eve", { type: "buyButton" })).toBe("no_button_to_buy");
    expect(table.does("ann", { type: "buyButton" })).toBe("nothing_owed");
    expect(table.does("ann", { type: "postBlinds" })).toBe("nothing_owed");
  });

  test("[P11] who sat out for both blinds posts both to come back, the small one dead; or waits for the big one", () => {
    const table = playing();
    table.does("dee", { type: "sitOut" });
    expect(table.deal().posts).toBe("bob cy ann: cy ann bob");
    expect(table.mine("dee").owes).toEqual({ small: true, big: true });
    table.does("dee", { type: "sitIn" });
    expect(table.deal().posts).toBe("cy ann bob: ann bob cy");
    expect(table.shown("dee").waiting).toBe("newcomer");
    table.does("dee", { type: "postBlinds" });
    // In the seat of the button's right-hand neighbour: anywhere but between the blinds.
    table.deal();
    expect(table.hand.players.map(({ player }) => player)).toContain("dee");
    expect(table.shown("dee")).toMatchObject({ bet: 100, stack: 4_850 });
    expect(table.shownHand.pots[0]?.chips).toBe(50);
    expect(table.mine("dee").owes).toEqual({ small: false, big: false });
  });

  test("[P11] who had the big blind and sits out for the small one owes that, dead", () => {
    const table = playing();
    table.does("cy", { type: "sitOut" });
    expect(table.deal().posts).toBe("bob - dee: dee ann bob");
    expect(table.mine("cy").owes).toEqual({ small: true, big: false });
    table.does("cy", { type: "sitIn" });
    table.does("cy", { type: "postBlinds" });
    // At once, also with the button: it is the last to act.
    expect(table.deal().posts).toBe("cy dee ann: dee ann bob cy");
    expect(table.shown("cy")).toMatchObject({ bet: 0, stack: 5_050 - 50 });
    expect(table.shownHand.pots).toEqual([{ chips: 50, seats: [3, 0, 1, 2] }]);
    expect(table.deal().posts).toBe("dee ann bob: ann bob cy dee");
  });

  test("[P11] a dead blind is nobody's bet: it never comes back, and the main pot has it", () => {
    const table = playing();
    table.does("dee", { type: "sitOut" });
    table.deal();
    table.does("dee", { type: "sitIn" });
    table.does("dee", { type: "postBlinds" });
    table.deal();
    expect(table.posts).toBe("cy ann bob: dee ann bob cy");
    const before = table.stack("bob") + 100;
    table.acts("cy folds", "dee folds", "ann folds");
    // dee's big blind and the dead small one, and ann's.
    expect(table.stack("bob")).toBe(before + 100 + 50 + 50);
  });

  test("[P11] or come back as the straddle under the gun (LA 156)", () => {
    const table = new PokerTable({ straddle: "underTheGun" }).seat(four).deal().end();
    table.does("dee", { type: "sitOut" });
    table.deal().deal(); // ann, then bob have the big blind
    table.does("dee", { type: "sitIn" });
    table.does("dee", { type: "straddle", on: true });
    table.deal(); // cy has it: dee is under the gun
    expect(table.posts).toBe("ann bob cy: bob cy dee ann");
    expect(table.shown("dee")).toMatchObject({ bet: 200, last: { type: "straddle" } });
  });
});
