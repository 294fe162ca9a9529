import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cardsOf } from "../../rooms/poker/cards.ts";
import { commitDecks, openedSeeds, pickOf, PlayedDeck } from "../../rooms/fair/deck.ts";
import { houseName } from "../../web/poker/house-names.ts";
import { WORDS } from "../../web/poker/refusals.ts";
import { resultLine, resultWords, seatsThen } from "../../web/poker/results.ts";
import { liesIn, sealsOf } from "../../web/poker/seals.ts";
import { folds, stepsBetween } from "../../web/poker/trail.ts";
import { cardNames, holdingName } from "../../web/poker/words.ts";
import { PokerTable } from "../games/poker/table.ts";

const names = (player: string): string => (player === "ann" ? "You" : player);

const told = (own: string, board: string): string | null => holdingName(cardsOf(own), cardsOf(board));

describe("what is said of cards", () => {
  test("a hand is told by the ranks that decide it", () => {
    expect(told("AsKs", "")).toBe("ace king suited");
    expect(told("6c6d", "")).toBe("pair of sixes");
    expect(told("2c9d", "")).toBe("nine two");
    expect(told("2c9d", "As Kd 4h")).toBe("ace high");
    expect(told("6c9d", "6s Kd 4h")).toBe("pair of sixes");
    expect(told("6cKc", "6s Kd 4h")).toBe("two pair, kings and sixes");
    expect(told("6c6d", "6s Kd 4h")).toBe("three sixes");
    expect(told("Ac2d", "3s 4d 5h")).toBe("straight to the five");
    expect(told("9cTc", "Js Qd Kh 2c")).toBe("straight to the king");
    expect(told("Ac2c", "9c 4c 5c")).toBe("flush, ace high");
    expect(told("6c6d", "6s Kd Kh")).toBe("sixes full of kings");
    expect(told("6c6d", "6s 6h Kh")).toBe("four sixes");
    expect(told("9cTc", "Jc Qc Kc")).toBe("straight flush to the king");
    expect(told("AcTc", "Jc Qc Kc")).toBe("royal flush");
    expect(told("", "Jc Qc Kc")).toBe(null);
    expect(cardNames(cardsOf("As Td 2c"))).toBe("ace of spades, ten of diamonds and two of clubs");
  });

  test("house players at one table have different names, and people have none of theirs", () => {
    for (const n of [0, 1, 7, 40]) {
      const names = Array.from({ length: 9 }, (_, seat) => houseName(`bot:${seat}:${n + seat}`));
      expect(new Set(names).size).toBe(9);
    }
    expect(houseName("6f1c2d8e")).toBe(null);
  });

  test("the result says who won how much with what, and is short on the felt when many did", () => {
    const table = new PokerTable().seat({ ann: 2_000, bob: 4_000, cy: 9_000 });
    table.deal({ ann: "AsAh", bob: "KsKh", cy: "QsQh", board: "3c 4c 8d 9d Js" });
    table.acts("ann all-in", "bob all-in", "cy calls").runOut();
    expect(resultWords(table.view, names)).toBe(
      "You win 6,000 with a pair of aces. bob wins 4,000 with a pair of kings.",
    );
    expect(resultLine(table.view, names)).toBe("You 6,000, bob 4,000.");
    const quick = new PokerTable().seat({ ann: 2_000, bob: 4_000 });
    quick.deal();
    quick.end();
    expect(resultLine(quick.view, names)).toMatch(/^(You win|bob wins) 100\.$/);
  });

  test("the result keeps its winner's name when the winner stands up, and calls nobody else by it", () => {
    const table = new PokerTable().seat({ ann: 2_000, bob: 4_000, cy: 9_000 });
    table.deal({ ann: "AsAh", bob: "KsKh", cy: "QsQh", board: "3c 4c 8d 9d Js" });
    table.acts("ann all-in", "bob folds", "cy calls").runOut();
    const { view: then } = table;
    const line = resultLine(then, names);
    expect(line).toBe("You win 4,050 with a pair of aces.");
    table.does("ann", { type: "stand" });
    expect(table.view.seats.filter((seat) => seat !== null)).toHaveLength(2);
    expect(resultLine(table.view, names)).toBe("Somebody who has left wins 4,050 with a pair.");
    expect(resultLine({ ...table.view, seats: seatsThen(then.seats, table.view.seats) }, names)).toBe(line);
  });
});

describe("what is said of refusals", () => {
  /** Where the table's own sentence holds a number that the page's words would lose. */
  const NUMBERED = [
    "price_changed",
    "raise_too_low",
    "raise_too_high",
    "buy_in_too_small",
    "buy_in_too_big",
    "rejoin_stack",
    "too_many_bots",
    "above_house_stakes",
    "house_budget_spent",
  ];
  /** Of inputs that no player sends. */
  const NOT_TOLD = ["unknown_input", "unknown_message", "result_known"];

  test("every code of the table has words, or a sentence with a number in it", () => {
    const folder = join(import.meta.dirname, "../../rooms/poker");
    const code = /refused: "([a-z_]+)"/g;
    const codes = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), "utf8").matchAll(code)].map((found) => found[1] ?? ""),
    );
    expect(codes.length).toBeGreaterThan(20);
    const known = new Set([...Object.keys(WORDS), ...NUMBERED, ...NOT_TOLD]);
    expect([...new Set(codes)].filter((one) => !known.has(one))).toEqual([]);
  });
});

describe("the way from one view to the next", () => {
  test("is told step by step and forgotten; a view that did not come by steps has none", () => {
    const table = new PokerTable().seat({ ann: 2_000, bob: 2_000, cy: 2_000 });
    const before = table.view;
    let view = before;
    let state = table.state;
    const from = table.journal.length;
    table.deal().acts("ann calls", "bob calls", "cy checks");
    for (const event of table.journal.slice(from)) {
      const shown = table.game.show(state, event);
      state = table.game.evolve(state, event);
      if (shown !== null) view = folds.deltas.fold(view, shown);
    }
    expect(view).toEqual(table.view);
    const steps = stepsBetween(before, view) ?? [];
    expect(steps.map(({ shown }) => shown.did.type).filter((type) => type !== "other")).toEqual([
      "dealt",
      "acted",
      "acted",
      "acted",
      "street",
    ]);
    expect(steps.at(-1)?.view).toBe(view);
    expect(stepsBetween(before, view)).toBe(null);
    expect(stepsBetween(view, view)).toEqual([]);
    expect(stepsBetween(before, structuredClone(view))).toBe(null);
  });
});

describe("the decks, checked while the hand is on", () => {
  const SECRET = "7".repeat(64);
  const ROOM = "poker:test";
  const { hash, roots } = commitDecks(SECRET, ROOM, 3);
  const pick = pickOf(hash, ROOM, 3, []);
  const deck = new PlayedDeck(SECRET, ROOM, 3, pick);
  const commitment = { round: 3, hash, roots };
  const opened = { round: 3, deck: pick.deck, seeds: openedSeeds(SECRET, ROOM, 3, pick.deck) };
  const shown = [deck.card(0), deck.card(6), deck.card(51)];

  test("what is as it was sealed is found so: the fingerprint, seven decks, every card shown", () => {
    const seals = sealsOf(commitment, opened, shown);
    expect(seals.sealed).toBe(true);
    expect(seals.played).toBe(pick.deck);
    expect(seals.decks.filter((ok) => ok === true)).toHaveLength(7);
    expect(seals.cards).toEqual(shown.map(({ card }) => ({ card, ok: true })));
    expect(sealsOf(commitment, null, []).decks.every((ok) => ok === null)).toBe(true);
    // Of another hand.
    expect(sealsOf(commitment, { ...opened, round: 2 }, shown).played).toBe(null);
  });

  test("another root, seed, card, salt or path is found out", () => {
    const other = "0".repeat(64);
    expect(sealsOf({ ...commitment, roots: roots.with(2, other) }, opened, shown).sealed).toBe(false);
    const at = pick.deck === 0 ? 1 : 0;
    expect(sealsOf(commitment, { ...opened, seeds: opened.seeds.with(at, other) }, shown).decks[at]).toBe(false);
    expect(sealsOf(commitment, { ...opened, seeds: opened.seeds.with(at, null) }, shown).decks[at]).toBe(false);
    const [first] = shown;
    if (first === undefined) throw new Error("no card");
    const root = roots[pick.deck] ?? "";
    expect(liesIn(first, root)).toBe(true);
    expect(liesIn({ ...first, card: (first.card + 1) % 52 }, root)).toBe(false);
    expect(liesIn({ ...first, opening: { ...first.opening, salt: "0".repeat(32) } }, root)).toBe(false);
    expect(liesIn({ ...first, opening: { ...first.opening, path: first.opening.path.with(0, other) } }, root)).toBe(
      false,
    );
    expect(liesIn(first, roots[at] ?? "")).toBe(false);
  });
});
