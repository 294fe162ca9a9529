import { describe, expect, test } from "vitest";
import type { Command } from "../../rooms/poker/types.ts";
import { botSeats, rangeOf, usualBuyIn } from "../../web/poker/buy-in.ts";
import { atSlider, faultOf, readTo, sharesOf, sliderOf, SLIDER_MAX, stepped } from "../../web/poker/raises.ts";
import { standingOf, type Standing } from "../../web/poker/standing.ts";
import { id, PokerTable } from "../games/poker/table.ts";
import { Random } from "../kit/random.ts";

const PLAYERS = ["ann", "bob", "cy", "dee"] as const;

function standing(table: PokerTable, player: string): Standing {
  return standingOf(table.view, table.mine(player), id(player));
}

/** Everything that the bar would offer this player in words of the table. */
function offers(now: Standing): readonly Command[] {
  if (now.is === "turn") {
    const { hand, street, turn } = now;
    const shown = { hand, street, amount: turn.toCall };
    const { raise } = turn;
    const sums =
      raise === null
        ? []
        : [raise.least, raise.most, ...sharesOf(now).flatMap(({ to }) => (to === null ? [] : [to])), ...slid(raise)];
    return [
      { type: "fold", ...shown },
      turn.toCall === 0 ? { type: "check", hand, street } : { type: "call", ...shown },
      ...sums.map((to): Command => ({ type: "raise", to, ...shown })),
    ];
  }
  if (now.is !== "pre") return [];
  const { hand, street, price } = now;
  const free = price === 0 ? "check" : "call";
  return (["checkFold", free, "callAny"] as const).map((action) => ({
    type: "preAction",
    action,
    amount: price,
    hand,
    street,
  }));
}

function slid({ least, most }: { least: number; most: number }): number[] {
  return [1, 50, 100, 150, 199].map((at) => atSlider(at, least, most, 50));
}

/** Whether the table would take it, without taking it. */
function takes(table: PokerTable, player: string, command: Command): string {
  const decision = table.game.decide(table.state, { type: "command", player: id(player), command }, table.facts());
  return "refused" in decision ? decision.refused : "ok";
}

describe("the act bar", () => {
  test("offers nothing that the table would refuse, to nobody, in 120 random hands [P2] [P3] [P15]", () => {
    const random = new Random(41);
    let seen = 0;
    for (let game = 0; game < 30; game++) {
      const stacks = Object.fromEntries(PLAYERS.map((name) => [name, random.between(150, 6_000)]));
      const table = new PokerTable({ minBuyInBigBlinds: 1, ante: random.pick([0, 10]), straddle: "underTheGun" });
      table.seat(stacks);
      for (let n = 0; n < 4 && table.view.seats.filter((seat) => (seat?.stack ?? 0) > 0).length > 1; n++) {
        table.deal();
        for (let i = 0; table.hand.end === null && i < 80; i++) {
          for (const player of PLAYERS) {
            const now = standing(table, player);
            for (const command of offers(now)) {
              seen += 1;
              expect([command, takes(table, player, command)]).toEqual([command, "ok"]);
            }
            expect(now.is === "turn").toBe(table.view.seats[table.view.hand?.turn?.seat ?? -1]?.player === player);
          }
          const actor = PLAYERS.find((player) => standing(table, player).is === "turn");
          if (actor === undefined) {
            table.fire();
            continue;
          }
          const choices = offers(standing(table, actor));
          // Folding always would end each hand before it has begun.
          const chosen = random.chance(0.8) ? random.pick(choices.slice(1)) : choices[0];
          if (chosen !== undefined) expect(table.does(actor, chosen)).toBe("ok");
        }
      }
    }
    expect(seen).toBeGreaterThan(2_000);
  });

  test("says of each player what they can do: fold, be all-in, show, sit in, bring chips [P9] [P13]", () => {
    const table = new PokerTable().seat({ ann: 2_000, bob: 2_000, cy: 9_000 });
    expect(standing(table, "ann")).toEqual({ is: "ready", others: 2 });
    expect(standing(table, "zoe")).toEqual({ is: "up", free: 3, line: null, waiting: 0 });
    expect(standingOf(table.view, null, null)).toEqual({ is: "watching" });
    table.deal({ ann: "AsAh", bob: "KsKh", cy: "2c7d", board: "3c 4c 8d 9d Js" });
    const first = PLAYERS.find((player) => standing(table, player).is === "turn");
    expect(first).toBe("ann");
    table.acts("ann all-in", "bob calls");
    expect(standing(table, "ann").is).toBe("allIn");
    table.acts("cy folds");
    expect(standing(table, "cy").is).toBe("folded");
    table.runOut();
    expect(standing(table, "bob").is).toBe("broke");
    expect(standing(table, "cy")).toMatchObject({ is: "over", canShow: false });
    expect(standing(table, "ann")).toMatchObject({ is: "over", canShow: false });
    expect(takes(table, "cy", { type: "show", hand: table.shownHand.hand })).toBe("folded");
    table.does("cy", { type: "sitOut" });
    table.pass(100);
    expect(standing(table, "cy").is).toBe("out");
    expect(standing(table, "bob").is).toBe("broke");
  });

  test("offers the button to a newcomer wherever, and only where, the table sells it (LA 154)", () => {
    const offered = new Set<boolean>();
    for (const seat of [2, 3, 5, 6, 8]) {
      const table = new PokerTable({ seats: 9 });
      for (const [name, at] of Object.entries({ ann: 0, bob: 1, cy: 4, dee: 7 })) table.sit(name, at, 9_000);
      table.deal().end();
      table.sit("eve", seat, 5_000);
      for (let hand = 0; hand < 4; hand++) {
        const now = standing(table, "eve");
        if (now.is !== "newcomer") break;
        offered.add(now.mayBuyButton);
        expect(now.mayBuyButton).toBe(takes(table, "eve", { type: "buyButton" }) === "ok");
        table.deal().end();
      }
    }
    expect(offered).toEqual(new Set([true, false]));
  });

  test("between two streets nobody who can still bet is told that the rest is up to the cards", () => {
    const table = new PokerTable().seat({ ann: 2_000, bob: 2_000, cy: 9_000 }).deal();
    /** As it is drawn for a moment, after the last act of a street and before its card. */
    const between = (player: string): string => {
      const { hand } = table.view;
      if (hand === null) throw new Error("no hand");
      return standingOf({ ...table.view, hand: { ...hand, turn: null } }, table.mine(player), id(player)).is;
    };
    expect(["ann", "bob", "cy"].map(between)).toEqual(["between", "between", "between"]);
    table.acts("ann all-in", "bob calls");
    // The one with chips left has nobody to bet against.
    expect(["ann", "bob", "cy"].map(between)).toEqual(["allIn", "allIn", "allIn"]);
  });

  test("who won without a showdown may show, and is told so until they have [P9]", () => {
    const table = new PokerTable().seat({ ann: 2_000, bob: 2_000 });
    table.deal().end();
    const winner = table.view.seats.find((seat) => seat?.cards === "hidden")?.player ?? "";
    const show = { type: "show", hand: table.shownHand.hand } as const;
    expect(standing(table, winner)).toMatchObject({ is: "over", canShow: true });
    expect(table.does(winner, show)).toBe("ok");
    expect(standing(table, winner)).toMatchObject({ is: "over", canShow: false });
    expect(takes(table, winner, show)).toBe("already_shown");
  });
});

describe("amounts to raise to", () => {
  const now = { bet: 0, pot: 900, turn: { toCall: 300, raise: { least: 600, most: 5_000 } } };

  test("a share of the pot is of the pot as it is after the call", () => {
    expect(sharesOf(now).map(({ to }) => to)).toEqual([700, 900, 1_100, 1_500]);
    // In front already: a raise is to so much in all.
    expect(sharesOf({ ...now, bet: 100 }).at(-1)?.to).toBe(1_600);
  });

  test("a share that is no legal raise is not offered; all-in has a button of its own", () => {
    const short = { ...now, turn: { toCall: 300, raise: { least: 1_000, most: 1_500 } } };
    expect(sharesOf(short).map(({ to }) => to)).toEqual([null, null, 1_100, null]);
    expect(sharesOf({ ...now, turn: { toCall: 300, raise: null } }).every(({ to }) => to === null)).toBe(true);
  });

  test("the slider reaches both ends exactly, never leaves them, and never goes back", () => {
    const random = new Random(7);
    for (let n = 0; n < 400; n++) {
      const least = random.between(1, 50_000);
      const most = least + random.int(900_000_000);
      const unit = random.between(1, 5_000);
      expect(atSlider(0, least, most, unit)).toBe(least);
      expect(atSlider(SLIDER_MAX, least, most, unit)).toBe(most);
      let before = least;
      for (let at = 0; at <= SLIDER_MAX; at++) {
        const to = atSlider(at, least, most, unit);
        expect(to).toBeGreaterThanOrEqual(before);
        expect(to).toBeLessThanOrEqual(most);
        before = to;
      }
      expect(sliderOf(least, least, most)).toBe(most === least ? SLIDER_MAX : 0);
      expect(sliderOf(most, least, most)).toBe(SLIDER_MAX);
    }
  });

  test("what is written is read as whole chips, or not at all", () => {
    expect(["1,250", " 300 ", "1'000"].map(readTo)).toEqual([1_250, 300, 1_000]);
    expect(["", "1.5", "-3", "abc", "1e5", "9".repeat(16)].map(readTo)).toEqual([null, null, null, null, null, null]);
    expect([599, 600, 5_000, 5_001, null].map((to) => faultOf(to, 600, 5_000))).toEqual([
      "low",
      null,
      null,
      "high",
      "none",
    ]);
    expect(stepped(4_950, 1, 100, 600, 5_000)).toBe(5_000);
    expect(stepped(650, -1, 100, 600, 5_000)).toBe(600);
  });
});

describe("sitting down", () => {
  const config = { minBuyInBigBlinds: 20, maxBuyInBigBlinds: 100, bigBlind: 100 };

  test("brings all one may, at most half of what one has, and never less than the least [P14]", () => {
    const range = rangeOf(config, null, 0);
    expect(range).toEqual({ least: 2_000, most: 10_000 });
    expect([100_000, 20_000, 9_990, 4_000, 2_000, 1_999].map((balance) => usualBuyIn(range, balance, 100))).toEqual([
      10_000,
      10_000,
      4_900,
      2_000,
      2_000,
      null,
    ]);
  });

  test("who left not long ago brings what they left with, and nobody else does [P13]", () => {
    const table = new PokerTable().seat({ ann: 3_000, bob: 2_000 });
    table.does("ann", { type: "stand" });
    const { rejoin } = table.mine("ann");
    expect(rangeOf(table.view.config, rejoin, table.now)).toEqual({ least: 3_000, most: 10_000 });
    expect(table.does("ann", { type: "sit", seat: 4, buyIn: 2_999 })).toBe("rejoin_stack");
    expect(table.does("ann", { type: "sit", seat: 4, buyIn: 3_000 })).toBe("ok");
    expect(rangeOf(table.view.config, rejoin, rejoin?.until ?? 0).least).toBe(2_000);
  });

  test("a lone visitor gets two house players, one with company gets none, and a table that wants more gets more [P19] [P20]", () => {
    for (const seats of [2, 3, 6, 9]) {
      for (let own = 0; own < seats; own++) {
        const table = new PokerTable({ seats, maxBots: 8 });
        const bots = botSeats(table.view, own);
        expect(bots).toHaveLength(Math.min(2, seats - 1));
        expect(new Set([own, ...bots]).size).toBe(bots.length + 1);
        table.sit("ann", own, 2_000);
        for (const seat of bots) expect(table.does("ann", { type: "addBot", seat })).toBe("ok");
        expect(botSeats(table.view, own)).toEqual([]);
        table.deal();
      }
    }
    const company = new PokerTable().seat({ ann: 2_000, bob: 2_000 });
    expect(botSeats(company.view, 0)).toEqual([]);
    const full = new PokerTable({ minPlayers: 5, maxBots: 3 }).seat({ ann: 2_000 });
    expect(botSeats(full.view, 0)).toHaveLength(3);
  });
});
