import type { PlayerId } from "../../rooms/game.ts";
import { DAY_MS, type Change, type Facts, type Persona, type Result } from "../../src/stats/model.ts";
import { Random } from "../kit/random.ts";

/** Seeded facts for the read model: few players, few rooms and round amounts, so that much of it is equal to something else. */

const player = (id: string): PlayerId => id as PlayerId;

/** `ghost` never plays and gets chips, `mask` is but a persona, `whale` plays with sums that only 53 bits hold. */
export const [ANN, BOB, CY] = [player("ann"), player("bob"), player("cy")];
export const PLAYERS = [ANN, BOB, CY, ...["constructor", "dee", "eve", "whale"].map(player)];
export const GHOST = player("ghost");
export const MASK = player("mask");
export const STRANGER = player("a stranger");
export const EVERYBODY = [...PLAYERS, GHOST, MASK, STRANGER];

export const ROOMS = ["crash:main", "poker:main", "poker:main-2", "roulette:a", "roulette:main"];
export const GAMES = ["crash", "poker", "roulette"];

/** A Thursday afternoon; Monday was the 23rd. */
export const NOW = Date.UTC(2026, 10, 26, 15, 30);

export function result(of: Partial<Result> & { player: PlayerId }): Result {
  const room = of.room ?? "roulette:main";
  return { round: 1, at: NOW, staked: 100, returned: 0, ...of, room, game: room.split(":")[0] ?? "" };
}

export const facts = (of: Partial<Facts>): Facts => ({ results: [], changes: [], personas: [], ...of });

/** Facts of the twelve days until `NOW`: about six times `rounds` results, in no order. */
export function world(seed: number, rounds = 40): Facts {
  const random = new Random(seed);
  const results: Result[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const room = random.pick(ROOMS) ?? "crash:main";
    // On the hour: many rounds at one time, some of them at midnight.
    const apart = !room.endsWith(":main") || undefined;
    const at = random.chance(0.3) ? NOW - random.int(3) : Math.floor(NOW / 3_600_000 - random.int(290)) * 3_600_000;
    for (const player of PLAYERS)
      if (random.chance(0.8))
        results.push(
          result({ player, room, round, at, ...(apart ? { apart } : {}), ...amounts(random, player, rounds) }),
        );
  }
  const changes = [...PLAYERS, GHOST].flatMap((player): Change[] =>
    Array.from({ length: random.int(6) }, (_, i) => ({
      player,
      entry: i * 7 + 1,
      kind: random.pick(["grant", "faucet", "award"] as const),
      amount: random.between(-3, 9) * 100,
      at: NOW - random.int(12 * DAY_MS),
    })),
  );
  const personas = [...PLAYERS, MASK]
    .filter((player) => player !== "dee")
    .flatMap((player): Persona[] =>
      Array.from({ length: random.between(1, 3) }, (_, i) => ({
        player,
        name: `${player} the ${["first", "sécond ♠ \"'", "3"][i]}`,
        hidden: random.chance(0.3),
        version: i * 3 + 1,
      })),
    );
  return facts({ results, changes, personas });
}

function amounts(random: Random, player: PlayerId, rounds: number): { staked: number; returned: number } {
  if (player !== "whale") return { staked: random.between(1, 3) * 100, returned: random.int(5) * 100 };
  // All of it together stays below 2^53.
  const much = 2 ** 51 / 2 ** Math.ceil(Math.log2(rounds));
  return { staked: much + random.int(9), returned: random.pick([0, much + 1, 2 * much + 3]) };
}

/** The same facts in another order, in up to `batches` batches; with `twice`, most of them more than once. */
export function dealt(all: Facts, random: Random, batches: number, twice = false): Facts[] {
  const piles = Array.from({ length: batches }, () => ({
    results: [] as Result[],
    changes: [] as Change[],
    personas: [] as Persona[],
  }));
  const deal = <T>(items: readonly T[], pile: (of: (typeof piles)[number]) => T[]): void => {
    for (const item of shuffled(twice ? [...items, ...items] : items, random)) {
      const of = piles[random.int(batches)];
      if (of) pile(of).push(item);
    }
  };
  deal(all.results, ({ results }) => results);
  deal(all.changes, ({ changes }) => changes);
  deal(all.personas, ({ personas }) => personas);
  return piles;
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const keyed = items.map((item) => ({ item, key: random.int(2 ** 30) }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}
