import { describe, expect, expectTypeOf, test } from "vitest";
import { botAct } from "../../../rooms/poker/bot.ts";
import { cardText, DECK } from "../../../rooms/poker/cards.ts";
import { poker } from "../../../rooms/poker/index.ts";
import type { Seat, SeatNo, View } from "../../../rooms/poker/types.ts";
import { Random } from "../../kit/random.ts";
import { id, PokerTable, type Cards } from "./table.ts";

/** House players. [P20] */

const lone = (config: object = {}): PokerTable => {
  const table = new PokerTable({ dealMs: 1_500, pauseMs: 3_500, ...config });
  table.sit("ann", 0, 5_000);
  return table;
};

/** When the house player acts that has these cards. */
const thinks = (bot: string): { at: number; now: number } => {
  const table = lone();
  table.does("ann", { type: "addBot", seat: 1 });
  table.deal({ "bot:1:1": bot });
  for (; table.turn === "ann";) table.acts("ann calls");
  const [due] = table.game.deadlines(table.state);
  return { at: due?.at ?? 0, now: table.now };
};

/** What a house player is told whom a player of a table with this config calls. */
const calls = (config: object): string => {
  const table = new PokerTable(config);
  table.sit("ann", 0, table.view.config.minBuyInBigBlinds * table.view.config.bigBlind);
  return table.does("ann", { type: "addBot", seat: 1 });
};

/** Two cards for everybody who sits, and a board. */
function anyCards(random: Random, { view }: PokerTable): Cards {
  const rest = DECK.map(cardText);
  const draw = (n: number): string => Array.from({ length: n }, () => rest.splice(random.int(rest.length), 1)).join("");
  const holes = view.seats.flatMap((seat) => (seat === null ? [] : [[seat.player, draw(2)] as const]));
  return { ...Object.fromEntries(holes), board: draw(5) };
}

describe("house players", () => {
  test("[P20] decide from what a person in that seat would be shown, by type", () => {
    expectTypeOf(botAct).parameters.toEqualTypeOf<[View, Seat, SeatNo]>();
    expectTypeOf<ReturnType<(typeof poker)["sight"]["view"]>>().toEqualTypeOf<View>();
    expectTypeOf<ReturnType<(typeof poker)["sight"]["seat"]>>().toEqualTypeOf<Seat>();
  });

  test("[P20] a lone visitor who adds them is dealt in within five seconds", () => {
    for (const minPlayers of [2, 3]) {
      const table = lone({ minPlayers });
      const start = table.now;
      for (let seat = 1; seat < minPlayers; seat++) table.does("ann", { type: "addBot", seat });
      table.deal();
      expect(table.now - start).toBeLessThanOrEqual(5_000);
      expect(table.mine("ann").cards).toHaveLength(2);
    }
  });

  test("[P20] are marked as such to all, and are no more than the table takes", () => {
    const table = lone({ maxBots: 2 });
    table.does("ann", { type: "addBot", seat: 2 });
    expect(table.does("ann", { type: "addBot", seat: 3 })).toBe("ok");
    expect(table.does("ann", { type: "addBot", seat: 4 })).toBe("too_many_bots");
    expect(table.view.seats.map((seat) => seat?.bot ?? null)).toEqual([false, null, true, true, null, null]);
    expect(table.view.seats[2]?.player).toMatch(/^bot:/);
    expect(poker.bank.onTable(table.state, id(table.view.seats[2]?.player ?? ""))).toBe(0);
    expect(table.does("ann", { type: "removeBot", seat: 3 })).toBe("ok");
    expect(table.view.seats[3]).toBeNull();
  });

  test("[P20] never stall and never do what is not allowed: 200 hands, each act within its clock", () => {
    const table = lone({ seats: 6, maxBots: 5, minBuyInBigBlinds: 1 });
    for (let seat = 1; seat < 6; seat++) table.does("ann", { type: "addBot", seat });
    let acts = 0;
    const kinds = new Set<string>();
    const random = new Random(20);
    for (let hand = 0; hand < 200; hand++) {
      if (table.stack("ann") < 200 && table.state.phase.name !== "playing") {
        table.does("ann", { type: "topUp", amount: 5_000 });
      }
      for (let seat = 1; seat < 6; seat++) table.does("ann", { type: "addBot", seat });
      if (table.shown("ann").waiting === "sittingOut") {
        table.does("ann", { type: "topUp", amount: 5_000 });
        table.does("ann", { type: "sitIn" });
      }
      table.deal(anyCards(random, table));
      for (let i = 0; table.hand.end === null; i++) {
        expect(i).toBeLessThan(300);
        const { turn } = table.shownHand;
        if (table.turn === "ann") table.acts(turn?.toCall === 0 ? "ann checks" : "ann folds");
        else {
          const before = table.now;
          table.fire();
          expect(table.now - before).toBeLessThanOrEqual(table.view.config.actionMs);
          acts += turn === null || turn === undefined ? 0 : 1;
        }
      }
      for (const line of table.hand.log) if (line.type === "act" && line.by === "clock") throw new Error("timed out");
      for (const line of table.hand.log) if (line.type === "act") kinds.add(line.act.type);
    }
    expect(acts).toBeGreaterThan(500);
    expect([...kinds].sort()).toEqual(["bet", "call", "check", "fold", "raise"]);
  });

  test("[P20] think for a moment that does not depend on their cards", () => {
    const strong = thinks("AsAd");
    expect(thinks("7h2c")).toEqual(strong);
    expect(strong.at - strong.now).toBeGreaterThanOrEqual(700);
  });

  test("[P20] play with the house's chips: what they win and lose is the house's, and no stake of theirs is published", () => {
    const table = lone();
    table.does("ann", { type: "addBot", seat: 1 });
    table.deal({ ann: "AsAd", "bot:1:1": "KsKd", board: "2h7d9cJs3s" });
    while (table.hand.end === null) {
      if (table.turn === "ann") table.acts(table.shownHand.turn?.toCall === 0 ? "ann checks" : "ann calls");
      else table.fire();
    }
    expect(table.house).toBe(5_000 - table.stack("ann"));
    const published = table.sent.filter(({ text }) => text.includes("stakeCreated") || text.includes("handFinished"));
    expect(published.length).toBe(2);
    expect(published.some(({ text }) => text.includes("bot:"))).toBe(false);
  });

  test("[P20] leave with the last person, and when they are broke", () => {
    const table = lone();
    for (const seat of [1, 2]) table.does("ann", { type: "addBot", seat });
    table.deal().end();
    expect(table.does("ann", { type: "stand" })).toBe("ok");
    expect(table.view.seats.every((seat) => seat === null)).toBe(true);
    const gone = lone({ awayMs: 1_000 });
    gone.does("ann", { type: "addBot", seat: 1 });
    gone.goes("ann");
    gone.pass(600_000);
    expect(gone.view.seats.every((seat) => seat === null)).toBe(true);
    expect(gone.game.deadlines(gone.state)).toEqual([]);
  });

  test("[P20] do not play by themselves", () => {
    const table = lone();
    for (const seat of [1, 2]) table.does("ann", { type: "addBot", seat });
    table.does("ann", { type: "sitOut" });
    table.pass(600_000);
    expect(table.journal.some(({ type }) => type === "dealt")).toBe(false);
  });

  test("[P20] who comes to a table of house players waits for no blind, and is in the first hand", () => {
    const table = lone();
    for (const seat of [1, 2]) table.does("ann", { type: "addBot", seat });
    table.does("ann", { type: "sitOut" });
    table.sit("bob", 4, 5_000);
    expect(table.deal().hand.players).toHaveLength(3);
    expect(table.mine("bob").cards).toHaveLength(2);
  });

  test("[P20] are not left to play a hand of their own while the only person waits for the big blind", () => {
    const table = lone();
    for (const seat of [1, 2]) table.does("ann", { type: "addBot", seat });
    table.deal();
    table.sit("bob", 4, 5_000);
    expect(table.shown("bob").waiting).toBe("newcomer");
    table.end().does("ann", { type: "stand" });
    table.deal();
    expect(table.hand.players.map(({ player }) => player)).toContain("bob");
  });

  test("[P20] come and go by who sits alone", () => {
    const table = lone();
    expect(table.does("stranger", { type: "addBot", seat: 1 })).toBe("not_seated");
    table.does("ann", { type: "addBot", seat: 1 });
    expect(table.does("stranger", { type: "removeBot", seat: 1 })).toBe("not_seated");
    expect(table.does("ann", { type: "removeBot", seat: 1 })).toBe("ok");
  });

  test("[P20] sit at the house's stakes alone, whatever a table's own config says", () => {
    const huge = { smallBlind: 1, bigBlind: 1_000_000_000, minBuyInBigBlinds: 1, maxBuyInBigBlinds: 10_000 };
    for (const config of [
      huge,
      { bigBlind: 1_001 },
      { maxBuyInBigBlinds: 1_001 },
      { ante: 1 },
      { straddle: "button" as const },
    ])
      expect(calls(config)).toBe("above_house_stakes");
    for (const config of [{ bigBlind: 1_000 }, { maxBuyInBigBlinds: 1_000 }]) expect(calls(config)).toBe("ok");
    expect(new PokerTable(huge).view.house).toBeNull();
    expect(poker.config.safeParse({ botBudget: 1_000_001 }).success).toBe(false);
  });

  test("[P20] bring no more in a day than the house gives to the table, which everybody sees, and what they take home is there again", () => {
    const table = lone({ botBudget: 25_000 });
    const brings = (seat: number): number | string => {
      const answer = table.does("ann", { type: "addBot", seat });
      return answer === "ok" ? (table.view.seats[seat]?.stack ?? 0) : answer;
    };
    expect([1, 2, 3, 4].map(brings)).toEqual([10_000, 10_000, 5_000, "house_budget_spent"]);
    expect(table.view.house).toEqual({ budget: 25_000, day: 0, brought: 25_000 });
    table.does("ann", { type: "removeBot", seat: 1 });
    expect([table.view.house?.brought, brings(1)]).toEqual([15_000, 10_000]);
    table.now = (table.now + 86_400_000) as typeof table.now;
    expect([brings(4), table.view.house]).toEqual([10_000, { budget: 25_000, day: 1, brought: 10_000 }]);
  });

  test("[P20] a table from before there was a budget has the usual one, and counts from what comes next", () => {
    const table = lone();
    table.does("ann", { type: "addBot", seat: 1 });
    const {
      lent: _,
      config: { botBudget: __, ...config },
      ...state
    } = table.state;
    const old: typeof table.state = JSON.parse(JSON.stringify({ ...state, config }));
    expect(poker.sight.view(old).house).toEqual({ budget: 200_000, day: 0, brought: 0 });
    const next = poker.rules.evolve(old, { type: "stood", seat: 1, at: table.now });
    expect(poker.sight.view(next).house?.brought).toBe(0);
  });

  test("are not sent away in mid-hand", () => {
    const table = lone();
    table.does("ann", { type: "addBot", seat: 1 });
    table.deal();
    expect(table.does("ann", { type: "removeBot", seat: 1 })).toBe("in_hand");
  });
});
