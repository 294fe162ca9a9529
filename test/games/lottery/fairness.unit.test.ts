import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { climb, pathOf } from "../../../rooms/fair/merkle.ts";
import { drawLabel, leafOf, startsOf, ticketRoot, ticketTree } from "../../../rooms/lottery/tickets.ts";
import type { Ticket } from "../../../rooms/lottery/types.ts";
import { chiSquare, P, pOf } from "../../kit/chi-square.ts";
import { Random } from "../../kit/random.ts";
import { ann, bob, cy, dee, Driver, eve, playerId } from "./driver.ts";
import { exactClimb, exactHolder, exactLeaves, exactNumber, exactPath, exactRoot } from "./exact.ts";
import { LotteryRoom } from "./room.ts";

const THREE = { players: 3, minPlayers: 2, timeLimitMs: 60_000, drawMs: 5_000, capPerPlayer: 1_000, prizeShare: 5_000 };

/** Draws of the same tickets, with seeds as good as chance; how often each ticket won. */
function wins(config: object, stakes: readonly (readonly [typeof ann, number])[], draws: number): number[] {
  const room = new LotteryRoom({ ...THREE, drawMs: 100, ...config }, { seed: 63 });
  const counts = stakes.map(() => 0);
  for (let i = 0; i < draws; i++) {
    room.batch(stakes.map(([player, stake]) => room.message(player, stake)));
    room.step();
    const { ticket } = room.state.history[0] ?? { ticket: -1 };
    counts[ticket] = (counts[ticket] ?? 0) + 1;
  }
  expect(room.published).toHaveLength(draws);
  return counts;
}

describe("words for a draw", () => {
  test("[L6] are taken once its root is out and until it is drawn, one a player; before and after they are refused", () => {
    const room = new LotteryRoom(THREE);
    const say = (player: typeof ann): string | undefined =>
      room.codeOf(room.send(player, { type: "entropy", value: `of ${player}` }));
    for (const player of [ann, bob, cy]) room.come(player);
    expect(say(ann)).toBe("entropy_frozen");
    room.deliver(ann);
    room.deliver(bob);
    expect(say(ann)).toBe("entropy_frozen");
    room.deliver(cy);
    expect([say(ann), say(bob), say(ann)]).toEqual(["ok", "ok", "entropy_given"]);
    room.deliver(dee);
    expect(say(cy), "also while tickets of the next one come").toBe("ok");
    room.step();
    expect(say(ann)).toBe("entropy_frozen");
    const [round] = room.finished;
    expect(round?.entropy.map(({ player }) => player)).toEqual([ann, bob, cy]);
  });

  test("[L6] a room never has words in its journal before the root of their draw", () => {
    const room = new LotteryRoom(THREE);
    room.come(ann);
    const random = new Random(61);
    for (let i = 0; i < 400; i++) {
      room.batch([
        { at: room.now, token: "", input: room.read(ann, { type: "entropy", value: random.hex(4) }) },
        room.message(random.pick([ann, bob, cy, dee, eve])),
        { at: room.now, token: "", input: room.read(ann, { type: "entropy", value: random.hex(4) }) },
      ]);
      room.pass(random.int(2_000));
    }
    let open: string | null = null;
    let words = 0;
    for (const one of room.journal) {
      const type = one.type === "game" ? (one.event as { type: string }).type : one.type;
      if (type === "started") open = type;
      if (type === "drawn" || type === "voided") open = null;
      if (type !== "room.entropy") continue;
      expect(open).toBe("started");
      words += 1;
    }
    expect(words).toBeGreaterThan(30);
    expect(words).toBe(
      room.finished.reduce((sum, { entropy }) => sum + entropy.length, room.kernel.round.entropy.length),
    );
  });

  test("[L6] decide: the same tickets and seed give other numbers for other words", () => {
    const numbers = new Set(
      Array.from({ length: 30 }, (_, i) => {
        const room = new LotteryRoom(THREE);
        room.come(ann);
        for (const player of [ann, bob, cy]) room.deliver(player, 300);
        room.send(ann, { type: "entropy", value: `word ${i}` });
        room.step();
        return room.state.history[0]?.number;
      }),
    );
    expect(numbers.size).toBeGreaterThan(25);
  });
});

describe("the commitment", () => {
  test("[L6] of a draw is durable before its first ticket, and opened by the seed when it is over", () => {
    const room = new LotteryRoom(THREE);
    const shown = new Map(room.kernel.commitments.map(({ round, hash }) => [round, hash]));
    expect([...shown.keys()]).toEqual([1, 2]);
    for (let draw = 1; draw <= 5; draw++) {
      for (const player of [ann, bob, cy]) room.deliver(player);
      expect(room.state.started).not.toBeNull();
      expect(room.kernel.commitments[0]).toMatchObject({ round: draw, hash: shown.get(draw) });
      room.step();
      const seed = room.finished.at(-1)?.seed ?? "";
      expect(createHash("sha256").update(Buffer.from(seed, "hex")).digest("hex")).toBe(shown.get(draw));
      for (const { round, hash } of room.kernel.commitments) shown.set(round, hash);
    }
  });

  test("[L6] nothing is drawn in the batch that commits to it: such a batch throws, and is judged in pieces", () => {
    const room = new LotteryRoom({ ...THREE, players: 1, minPlayers: 1, drawMs: 100 });
    const at = (ms: number): ReturnType<LotteryRoom["message"]> => ({
      ...room.message(ann),
      at: (room.now + ms) as typeof room.now,
    });
    const inputs = [0, 1_000, 2_000].map(at);
    room.now = (room.now + 3_000) as typeof room.now;
    expect(() => room.batch(inputs)).toThrow("no commitment that was durable before this batch");
    expect(room.finished).toEqual([]);
    for (const one of inputs) room.batch([one]);
    room.pass(100);
    room.pass(100);
    expect(room.finished.map(({ n }) => n)).toEqual([1, 2, 3]);
  });

  test("[L6] the root is in what is drawn: other tickets give another number, for the same seed and words", () => {
    const one = new Driver(THREE);
    one.stakes(ann, bob, cy);
    one.draw();
    expect(one.label).toBe(drawLabel(one.view().history[0]?.root ?? ""));
    const [seed, room, round] = ["5e".repeat(32), "lottery:main", 1] as const;
    const numbers = [10, 11].map((stake) => {
      const root = exactRoot([{ id: "a", player: "ann", stake, weight: 10, stakes: 1 }]);
      return exactNumber({ seed, room, round, entropy: [], root }, 2n ** 40n);
    });
    expect(numbers[0]).not.toBe(numbers[1]);
  });
});

describe("the tree of tickets", () => {
  const random = new Random(62);
  const some = (n: number): Ticket[] =>
    Array.from({ length: n }, (_, i) => ({
      id: `event-${random.hex(3)}-${i}`,
      player: random.pick([ann, bob, cy, playerId("zoë"), playerId("🎲")]),
      stake: random.between(1, 500),
      weight: random.int(300),
      stakes: random.between(1, 3),
    }));
  const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 16, 21, 33, 70];

  test("[L6] is that of RFC 9162 over a leaf for each ticket, whoever computes it", () => {
    for (const n of SIZES) {
      const tickets = some(n);
      expect(ticketRoot(tickets)).toBe(exactRoot(tickets));
    }
  });

  test("[L6] every ticket's path climbs to the root from its own place, and from no other; no other ticket's does", () => {
    for (const n of SIZES) {
      const tickets = some(n);
      const starts = startsOf(tickets);
      const tree = ticketTree(tickets);
      const root = ticketRoot(tickets);
      const data = exactLeaves(tickets);
      for (const [place, ticket] of tickets.entries()) {
        const leaf = leafOf(ticket, place, starts[place] ?? 0);
        const path = pathOf(tree, place);
        expect(path).toEqual(exactPath(place, data));
        expect(climb(leaf, place, n, path)).toBe(root);
        expect(exactClimb(Buffer.from(leaf), place, n, path)).toBe(root);
        for (const [other, stranger] of tickets.entries()) {
          if (other === place) continue;
          expect(climb(leafOf(stranger, other, starts[other] ?? 0), place, n, path)).not.toBe(root);
          expect(climb(leaf, other, n, path)).not.toBe(root);
        }
      }
    }
  });

  test("[L6] has another root when anything of a ticket is another: its place, numbers, weight, player, stake or event", () => {
    const tickets = some(9);
    const root = ticketRoot(tickets);
    const [first, second, ...rest] = tickets as [Ticket, Ticket, ...Ticket[]];
    const others: Ticket[][] = [
      [second, first, ...rest],
      [first, ...rest],
      [first, first, second, ...rest],
      [...tickets, first],
      [{ ...first, weight: first.weight + 1 }, second, ...rest],
      [{ ...first, weight: first.weight + 1 }, { ...second, weight: second.weight - 1 }, ...rest],
      [{ ...first, stake: first.stake + 1 }, second, ...rest],
      [{ ...first, stakes: first.stakes + 1 }, second, ...rest],
      [{ ...first, player: playerId(`${first.player}x`) }, second, ...rest],
      [{ ...first, id: `${first.id}x` }, second, ...rest],
      [{ ...first, player: playerId(`${first.player}1`), id: first.id.slice(1) }, second, ...rest],
    ];
    const roots = others.map(ticketRoot);
    expect(roots).not.toContain(root);
    expect(new Set(roots).size).toBe(others.length);
  });
});

describe("who wins", () => {
  test("[L2] [L6] follows the weights: chi-square of 4,000 draws of five tickets", () => {
    const stakes = [
      [ann, 50],
      [ann, 10],
      [bob, 200],
      [bob, 500],
      [cy, 40],
    ] as const;
    const weights = [50, 10, 200, 100, 40];
    const counts = wins({ capPerPlayer: 300 }, stakes, 4_000);
    const p = pOf(chiSquare(counts, weights), 4);
    expect(p, `p = ${p}`).toBeGreaterThan(P.min);
    expect(p, `p = ${p}`).toBeLessThan(P.max);
    expect(pOf(chiSquare(counts, [1, 1, 1, 1, 1]), 4), "and nothing else").toBeLessThan(1e-12);
    expect(pOf(chiSquare(counts, [50, 10, 200, 500, 40]), 4)).toBeLessThan(1e-12);
  });

  test("[L2] [L6] in a flat draw every stake wins as often, whatever it was of", () => {
    const stakes = [
      [ann, 1],
      [ann, 900],
      [bob, 7],
      [cy, 50],
    ] as const;
    const counts = wins({ weighting: "flat" }, stakes, 3_000);
    const p = pOf(chiSquare(counts), 3);
    expect(p, `p = ${p}`).toBeGreaterThan(P.min);
    expect(p, `p = ${p}`).toBeLessThan(P.max);
  });

  test("[L6] is found again by a stranger, from the record alone", () => {
    const room = new LotteryRoom(THREE);
    room.come(ann);
    const random = new Random(64);
    while (room.finished.length < 40) {
      room.deliver(random.pick([ann, bob, cy, dee, eve]), random.between(1, 400));
      if (random.chance(0.3)) room.send(ann, { type: "entropy", value: random.hex(5) });
      room.pass(random.int(1_500));
    }
    for (const round of room.finished) {
      const { proof, outcome } = room.record(round);
      const { tickets, root, number, ticket } = outcome as unknown as {
        tickets: Ticket[];
        root: string;
        number: number;
        ticket: number;
      };
      if (proof.scheme !== "seed") throw new Error("a seed's proof");
      const weights = tickets.map(({ weight }) => BigInt(weight));
      const weight = weights.reduce((sum, one) => sum + one, 0n);
      expect(BigInt(number)).toBe(exactNumber({ ...proof, root }, weight));
      expect(ticket).toBe(exactHolder(weights, BigInt(number)));
    }
  });
});

describe("what is told before the draw", () => {
  test("[L6] the root, the sums and the commitment, and neither the number nor the seed", () => {
    const room = new LotteryRoom(THREE);
    for (const player of [ann, bob, cy]) room.deliver(player, 321);
    const { started } = room.state;
    const seen = JSON.stringify(room.kernel.state);
    expect(seen).toContain(started?.root);
    expect(seen).not.toContain(room.seedOf(1));
    const number = exactNumber(
      { seed: room.seedOf(1), room: room.kernel.room, round: 1, entropy: [], root: started?.root ?? "" },
      BigInt(started?.weight ?? 0),
    );
    room.step();
    expect(BigInt(room.state.history[0]?.number ?? -1)).toBe(number);
  });
});
