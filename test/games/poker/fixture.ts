import assert from "node:assert/strict";
import * as z from "zod/mini";
import { CARDS, opens, pickOf, type DealtCard, type Proof } from "../../../rooms/fair/deck.ts";
import type { Json, PlayerId } from "../../../rooms/game.ts";
import type { Event } from "../../../rooms/poker/events.ts";
import type { State } from "../../../rooms/poker/state.ts";
import { legal } from "../../../rooms/poker/street.ts";
import type { Random } from "../../kit/random.ts";
import type { Frame, Fixture } from "../fixtures.ts";
import { PokerOracle } from "./oracle.ts";

const QUICK = {
  smallBlind: 1,
  bigBlind: 2,
  minBuyInBigBlinds: 10,
  maxBuyInBigBlinds: 60,
  actionMs: 500,
  timeBankMs: 400,
  graceMs: 300,
  runOutMs: 100,
  pauseMs: 400,
  dealMs: 300,
  awayMs: 2_000,
  lineMs: 200,
  outMs: 60_000,
};

export const pokerFixture: Fixture<State, Event> = {
  configs: [
    { ...QUICK, seats: 4, maxBots: 2, orbitsOut: 1, rejoinMs: 5_000 },
    // Everything that a table may have besides.
    { ...QUICK, seats: 9, ante: 1, smallBlind: 2, bigBlind: 3, straddle: "underTheGun", rakeX10000: 500, rakeCap: 4 },
    // Short stacks, who are soon all-in.
    {
      ...QUICK,
      seats: 3,
      minPlayers: 3,
      minBuyInBigBlinds: 1,
      maxBuyInBigBlinds: 12,
      straddle: "button",
      rakeX10000: 1_000,
      rakeCap: 50,
    },
  ],
  command,
  malformed,
  message: () => null,
  oracle: (config) => new PokerOracle(config),
  idle: ({ hand }) => hand === null || hand.end !== null,
  verify,
};

// ---- what players do ----

function command(random: Random, state: State, player: PlayerId): Frame {
  const seat = state.seats.findIndex((sitting) => sitting?.player === player);
  if (seat < 0) return arriving(random, state);
  const place = state.hand?.players.findIndex((one) => one.player === player) ?? -1;
  if (place >= 0 && state.hand?.betting.turn === place && random.chance(0.9)) return acting(random, state, place);
  return seated(random, state, seat);
}

function arriving(random: Random, { config, seats, round }: State): Frame {
  const free = seats.flatMap((sitting, seat) => (sitting === null ? [seat] : []));
  const seat = random.chance(0.95) ? (random.pick(free) ?? 0) : random.int(9);
  switch (random.weighted({ sit: 70, queue: 10, addBot: 10, removeBot: 3, act: 7 })) {
    case "sit":
      return { type: "sit", seat, buyIn: buyIn(random, config), ...(random.chance(0.5) ? { posts: true } : {}) };
    case "queue":
      return { type: "queue", on: random.chance(0.8) };
    case "addBot":
      return { type: "addBot", seat };
    case "removeBot":
      return { type: "removeBot", seat: random.int(9) };
    case "act":
    default: {
      const type = random.pick(["fold", "check", "call", "show", "muck", "stand"]);
      return type === "stand" ? { type } : { type, hand: round };
    }
  }
}

function buyIn(random: Random, { bigBlind, minBuyInBigBlinds, maxBuyInBigBlinds }: State["config"]): number {
  const [least, most] = [minBuyInBigBlinds * bigBlind, maxBuyInBigBlinds * bigBlind];
  return random.chance(0.05)
    ? random.pick([1, least - 1, most + 1, 2 ** 53 - 1])
    : random.pick([least, most, random.between(least, most)]);
}

function acting(random: Random, { hand, round }: State, place: number): Frame {
  const may = hand === null ? null : legal(hand.betting, place);
  const wanted = random.chance(0.5) ? { hand: random.chance(0.95) ? round : round - 1 } : {};
  if (may === null) return { type: "fold", ...wanted };
  switch (random.weighted({ fold: 12, call: 50, raise: 25, allIn: 10, wrong: 3 })) {
    case "fold":
      return { type: "fold", ...wanted };
    case "raise": {
      if (may.raise === null) return { type: "call", ...wanted };
      const { least, most } = may.raise;
      const to = random.chance(0.5) ? least : random.between(least, Math.min(most, 4 * least));
      return { type: "raise", to, ...wanted };
    }
    case "allIn":
      return { type: "raise", to: may.raise?.most ?? 10, ...wanted };
    case "wrong":
      return { type: "raise", to: random.pick([1, (may.raise?.least ?? 9) - 1, (may.raise?.most ?? 9) + 1]) || 1 };
    case "call":
    default:
      return { type: may.toCall === 0 ? "check" : "call", ...wanted };
  }
}

function seated(random: Random, state: State, seat: number): Frame {
  const { hand, round, config } = state;
  const price = hand?.betting.price ?? 0;
  const kind = random.weighted({
    preAction: 20,
    topUp: 12,
    sitOut: 8,
    sitIn: 20,
    stand: 5,
    posts: 8,
    buys: 5,
    straddle: 6,
    twice: 10,
    show: 8,
    muck: 2,
    act: 5,
    bots: 20,
    queue: 1,
  });
  switch (kind) {
    case "preAction": {
      const action = random.pick(["checkFold", "check", "call", "callAny", null]);
      return { type: "preAction", action, ...(random.chance(0.6) ? { amount: price } : {}), hand: round };
    }
    case "topUp":
      return { type: "topUp", amount: buyIn(random, config) };
    case "sitOut":
      return { type: "sitOut", ...(random.chance(0.5) ? { when: "nextBigBlind" } : {}) };
    case "posts":
      return { type: "postBlinds" };
    case "buys":
      return { type: "buyButton" };
    case "straddle":
      return { type: "straddle", on: random.chance(0.7) };
    case "twice":
      return { type: "runItTwice", on: random.chance(0.9) };
    case "act":
      return { type: random.pick(["fold", "check", "call"]) };
    case "bots":
      return { type: random.pick(["addBot", "addBot", "addBot", "removeBot"]), seat: random.int(config.seats) };
    case "queue":
      return { type: "queue", on: true };
    case "sitIn":
      return state.seats[seat]?.stack === 0 && random.chance(0.5)
        ? { type: "topUp", amount: buyIn(random, config) }
        : { type: "sitIn" };
    default:
      return { type: kind };
  }
}

function malformed(random: Random): Frame {
  const wrong = random.pick([-1, 0, 1.5, 2 ** 53, "10", null, {}, [5], true]);
  return random.pick<Frame>([
    { type: "sit", seat: -1, buyIn: 40 },
    { type: "sit", seat: 9, buyIn: 40 },
    { type: "sit", seat: 1, buyIn: wrong },
    { type: "sit", buyIn: 40 },
    { type: "topUp", amount: wrong },
    { type: "raise", to: wrong },
    { type: "raise" },
    { type: "fold", hand: "1" },
    { type: "check", hand: 1.5 },
    { type: "preAction", action: "raise" },
    { type: "preAction" },
    { type: "preAction", action: "call", amount: -1 },
    { type: "sitOut", when: "tomorrow" },
    { type: "straddle" },
    { type: "runItTwice", on: "yes" },
    { type: "queue", on: 1 },
    { type: "addBot", seat: "0" },
    { type: "removeBot" },
    { type: "deal" },
    { type: "won", end: {}, shows: [], nextAt: 0 },
    { type: "acted", player: 0, act: { type: "fold" }, to: 0, by: "player", at: 0 },
  ]);
}

// ---- a finished hand from its proof ----

const opened = z.object({
  card: z.int(),
  opening: z.object({ position: z.int(), salt: z.string(), path: z.array(z.string()) }),
});
const recounted = z.object({
  players: z.array(z.object({ cards: z.nullable(z.array(opened)), shown: z.boolean() })),
  board: z.array(opened),
  board2: z.nullable(z.array(opened)),
});

/** Every card that is told lies in the deck that the words have picked, where the deal has got to. [P17] */
function verify(proof: Proof, outcome: Json): void {
  assert.equal(proof.scheme, "deck", "a hand is dealt from committed decks");
  if (proof.scheme !== "deck" || outcome === null) return;
  const { commitment, room, round, entropy, roots, deck } = proof;
  assert.ok(deck !== null, "cards come from a deck that was picked");
  const pick = pickOf(commitment, room, round, entropy);
  const root = roots[deck] ?? "";
  const { players, board, board2 } = recounted.parse(outcome);
  const told: DealtCard[] = [];
  for (const [place, { cards }] of players.entries()) {
    for (const [n, card] of (cards ?? []).entries()) {
      assert.equal(card.opening.position, n * players.length + place, "one card to each, and another to each");
      told.push(card);
    }
  }
  const second = (board2 ?? []).filter((card) => board.every((one) => one.opening.position !== card.opening.position));
  const middle = [...board, ...second].sort((a, b) => a.opening.position - b.opening.position);
  for (const [i, card] of middle.entries()) {
    assert.equal(card.opening.position, 2 * players.length + i, "the board comes from where the deal has got to");
    told.push(card);
  }
  for (const card of told) assert.ok(opens(card, root, pick), "a shown card opens to the root of the deck in play");
  assert.equal(new Set(told.map(({ card }) => card)).size, told.length, "no card is there twice");
  assert.ok(
    told.every(({ card }) => card >= 0 && card < CARDS),
    "and each is a card",
  );
}
