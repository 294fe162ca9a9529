import { describe, expect, test } from "vitest";
import {
  CARDS,
  cardsOfSeed,
  commitDecks,
  commitmentOf,
  DECKS,
  deckSeed,
  opens,
  pickOf,
  PlayedDeck,
  rootOf,
} from "../../rooms/fair/deck.ts";

const SECRET = "5a".repeat(32);
const ROOM = "poker:main";
const words = [
  { player: "ann", value: "a cold night" },
  { player: "bob", value: "tea" },
];
const { hash, roots } = commitDecks(SECRET, ROOM, 7);
const pick = pickOf(hash, ROOM, 7, words);
const deck = new PlayedDeck(SECRET, ROOM, 7, pick);
const all = Array.from({ length: CARDS }, (_, position) => deck.card(position));
const root = roots[pick.deck] ?? "";

describe("the commitment", () => {
  test("is the hash of eight roots, each of a deck that holds every card once", () => {
    expect(roots).toHaveLength(DECKS);
    expect(new Set(roots).size).toBe(DECKS);
    expect(commitmentOf(roots)).toBe(hash);
    for (let k = 0; k < DECKS; k++) {
      const seed = deckSeed(SECRET, ROOM, 7, k);
      expect(rootOf(seed)).toBe(roots[k]);
      expect([...cardsOfSeed(seed)].sort((a, b) => a - b)).toEqual(Array.from({ length: CARDS }, (_, card) => card));
    }
  });

  test("is another one for another room, round or secret", () => {
    const others = [
      commitDecks(SECRET, "poker:two", 7),
      commitDecks(SECRET, ROOM, 8),
      commitDecks("5b".repeat(32), ROOM, 7),
    ];
    expect(new Set([hash, ...others.map((other) => other.hash)]).size).toBe(4);
  });

  test("a secret that is not 32 bytes is refused", () => {
    expect(() => commitDecks("5a", ROOM, 7)).toThrow(/32 bytes/);
  });
});

describe("the words", () => {
  test("pick the deck and permute it, in public: the same words the same hand, other words another", () => {
    expect(pickOf(hash, ROOM, 7, words)).toEqual(pick);
    expect(pickOf(hash, ROOM, 7, words.toReversed())).not.toEqual(pick);
    expect(pickOf(hash, ROOM, 7, [])).not.toEqual(pick);
    expect([...pick.order].sort((a, b) => a - b)).toEqual(Array.from({ length: CARDS }, (_, leaf) => leaf));
  });

  test("pick each deck as often as another, so a house that prepared one is caught seven times in eight", () => {
    const counts = Array.from({ length: DECKS }, () => 0);
    const n = 4_000;
    for (let i = 0; i < n; i++) {
      const { deck: k } = pickOf(hash, ROOM, 7, [{ player: "ann", value: String(i) }]);
      counts[k] = (counts[k] ?? 0) + 1;
    }
    const chi = counts.reduce((sum, count) => sum + (count - n / DECKS) ** 2 / (n / DECKS), 0);
    expect(chi).toBeLessThan(24.3); // 7 degrees of freedom, p = 0.001
  });
});

describe("a card", () => {
  test("is dealt once, and its opening leads to the root of the deck that is played", () => {
    expect(new Set(all.map(({ card }) => card)).size).toBe(CARDS);
    for (const dealt of all) expect(opens(dealt, root, pick)).toBe(true);
  });

  test("cannot be passed off as another, at another position, with another salt or path, or from another deck", () => {
    const [dealt, next] = all;
    if (dealt === undefined || next === undefined) throw new Error("no cards");
    const { opening } = dealt;
    const [first = "", ...rest] = opening.path;
    const flipped = `${first.slice(0, -1)}${first.endsWith("0") ? "1" : "0"}`;
    const forged = [
      { ...dealt, card: next.card },
      { ...dealt, opening: { ...opening, position: 1 } },
      { ...dealt, opening: { ...opening, position: CARDS } },
      { ...dealt, opening: { ...opening, salt: "00".repeat(16) } },
      { ...dealt, opening: { ...opening, salt: opening.salt.slice(2) } },
      { ...dealt, opening: { ...opening, path: [flipped, ...rest] } },
      { ...dealt, opening: { ...opening, path: rest } },
      { ...dealt, opening: { ...opening, path: [...opening.path, first] } },
      { ...dealt, opening: { ...opening, path: ["zz".repeat(32), ...rest] } },
    ];
    for (const forgery of forged) expect(opens(forgery, root, pick)).toBe(false);
    const other = roots[(pick.deck + 1) % DECKS] ?? "";
    expect(opens(dealt, other, pick)).toBe(false);
  });

  test("a position that no deck has is refused", () => {
    for (const position of [-1, CARDS, 0.5]) expect(() => deck.card(position)).toThrow(/position/);
  });

  test("no two salts are the same, so a closed card cannot be guessed from its neighbours' paths", () => {
    expect(new Set(all.map(({ opening }) => opening.salt)).size).toBe(CARDS);
  });
});
