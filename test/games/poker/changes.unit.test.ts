import { describe, expect, test } from "vitest";
import { PokerTable } from "./table.ts";

/** Button and blinds when people come and go: what a table for two becomes, and what buying the button does to the others. */

/** ann in seat 0 has the small blind and the button, bob in seat 3 the big blind. */
function headsUp(): PokerTable {
  const table = new PokerTable({ rejoinMs: 0 });
  table.sit("ann", 0, 5_000);
  table.sit("bob", 3, 5_000);
  table.deal().deal();
  expect(table.posts).toBe("ann ann bob: bob ann");
  return table;
}

/** By name, in the order in which they act on the flop; everybody calls. */
function flopOrder(table: PokerTable): string {
  while (table.shownHand.street === "preflop")
    table.acts(`${table.turn} ${table.shownHand.turn?.toCall === 0 ? "checks" : "calls"}`);
  const order: (string | null)[] = [];
  while (table.shownHand.street === "flop") {
    order.push(table.turn);
    table.acts(`${table.turn} checks`);
  }
  return order.join(" ");
}

describe("a table for two that changes", () => {
  test("[P10] two sit down and the opponent leaves: the dealer is not the big blind, who is not last after the flop (LA 151)", () => {
    const table = headsUp();
    table.sit("cy", 1, 5_000);
    table.sit("dee", 2, 5_000);
    table.end().does("bob", { type: "stand" });
    // ann is due. The small blind was bob's, so it is dead, and the button is on its right.
    expect(table.deal().posts).toBe("dee - ann: ann cy dee");
    expect(flopOrder(table)).toBe("ann cy dee");
    expect(table.deal().posts).toBe("- ann cy: ann cy dee");
    expect(table.deal().posts).toBe("ann cy dee: cy dee ann");
  });

  test("[P10] the small blind is before the big one after the flop, also when the old dealer has left", () => {
    const table = headsUp();
    table.sit("cy", 1, 5_000);
    table.sit("dee", 2, 5_000);
    for (const name of ["cy", "dee"]) table.does(name, { type: "postBlinds" });
    table.end().does("ann", { type: "stand" });
    expect(table.deal().posts).toBe("dee bob cy: bob cy dee");
    expect(flopOrder(table)).toBe("bob cy dee");
  });

  test("[P11] who posts beside the dealer is dealt in with the next hand, and has the button", () => {
    const table = headsUp();
    table.sit("cy", 1, 5_000);
    expect(table.does("cy", { type: "postBlinds" })).toBe("ok");
    expect(table.deal().posts).toBe("cy bob ann: bob ann cy");
    expect(table.deal().posts).toBe("bob ann cy: ann cy bob");
    expect(table.deal().posts).toBe("ann cy bob: cy bob ann");
  });

  test("[P10] nobody has the big blind twice, from two to three (LA 153)", () => {
    const table = new PokerTable();
    table.sit("ann", 0, 5_000);
    table.sit("bob", 2, 5_000);
    table.deal();
    table.sit("cy", 3, 5_000);
    const big = (): string => table.posts.split(/[ :]+/)[2] ?? "";
    const had = [big(), ...Array.from({ length: 4 }, () => (table.deal(), big()))];
    expect(had).toEqual(["ann", "bob", "cy", "ann", "bob"]);
  });
});

/** bob has had the big blind, eve sits between ann, who gets the button, and him. */
function between(): PokerTable {
  const table = new PokerTable({ seats: 6, rejoinMs: 0 });
  for (const [name, seat] of [
    ["ann", 0],
    ["bob", 2],
    ["cy", 4],
  ] as const)
    table.sit(name, seat, 5_000);
  while (!table.deal().posts.startsWith("cy ann bob"));
  table.sit("eve", 1, 5_000);
  expect(table.does("eve", { type: "buyButton" })).toBe("ok");
  return table;
}

describe("buying the button", () => {
  test("[P11] the others' blinds wait for a hand, then the button is where it was bought (LA 154)", () => {
    const table = between();
    expect(table.deal().posts).toBe("ann - eve: eve bob cy ann");
    expect(table.deal().posts).toBe("eve bob cy: bob cy ann eve");
  });

  test("[P11] when the others leave, who bought it has not the big blind again", () => {
    const table = between().deal().end();
    for (const name of ["ann", "cy"]) table.does(name, { type: "stand" });
    expect(table.deal().posts).toBe("eve eve bob: bob eve");
  });

  test("[P11] nor the button and the big blind at once, when somebody else has come", () => {
    const table = between().deal();
    table.sit("fay", 5, 5_000);
    table.does("fay", { type: "sitOut" });
    table.end();
    for (const name of ["ann", "cy"]) table.does(name, { type: "stand" });
    table.sit("gus", 3, 5_000);
    table.does("gus", { type: "postBlinds" });
    table.does("gus", { type: "sitOut" });
    table.does("fay", { type: "sitIn" });
    table.does("fay", { type: "postBlinds" });
    const [button, , big] = table.deal().posts.split(/[ :]+/);
    expect(big).toBe("fay");
    expect(button).not.toBe("fay");
  });

  test("[P11] it cannot be bought among two: the big blind comes to whose turn it is, and the wish is forgotten", () => {
    const table = headsUp().end();
    table.sit("cy", 1, 5_000);
    expect(table.does("cy", { type: "buyButton" })).toBe("ok");
    table.does("ann", { type: "stand" });
    expect(table.deal().posts).toBe("bob bob cy: cy bob");
    expect(table.hand.log.some((line) => line.type === "post" && line.dead > 0)).toBe(false);
    expect(table.state.seats.every((one) => one?.buys !== true)).toBe(true);
  });
});
