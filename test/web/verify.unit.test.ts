import { describe, expect, test } from "vitest";
import type { Round } from "../../rooms/fair/check.ts";
import { curveAt, elapsedTo, payoutOf } from "../../rooms/crash/curve.ts";
import { drawnBy, faultOf, flightOf, outcomeOf as flownOf } from "../../rooms/crash/due.ts";
import { commit, drawStream } from "../../rooms/fair/draw.ts";
import { returnedBy, spinOf } from "../../rooms/roulette/check.ts";
import { pocketsOf } from "../../rooms/roulette/wheel.ts";
import { verify } from "../../rooms/verify.ts";
import { mismatch, okOf, tidied } from "../../web/rounds/claim.ts";

/** What the page of a finished round shows, and what it says of a round that its visitor has changed. */

const seed = "ab".repeat(32);
const entropy = [
  { player: "p1", value: "the heron stands still" },
  { player: "p2", value: "0011223344556677" },
];
const proofOf = (room: string): Round["proof"] => ({
  scheme: "seed",
  room,
  round: 7,
  commitment: commit(seed),
  seed,
  entropy,
});
const WORDS = { result: "The draw gives another number" };

const said = (round: Round): string | null => mismatch(verify(tidied(round)), WORDS);

/** Another proof, or another outcome, of the same round. */
const changed = (round: Round, proof: Partial<Round["proof"]>, outcome: object = {}): Round => ({
  ...round,
  proof: { ...round.proof, ...proof },
  outcome: { ...Object(round.outcome), ...outcome },
});

describe("a spin", () => {
  const index = drawStream(seed, "roulette:main", 7, entropy, "spin").int(37);
  const result = pocketsOf("european")[index] ?? "";
  const bets = [{ spot: `straight:${result}`, amount: 10 }];
  const spin: Round = {
    room: "roulette:main",
    round: 7,
    startedAt: 1_000,
    endedAt: 9_000,
    void: false,
    outcome: { result, void: null, wheel: "european", players: [{ player: "p1", staked: 10, returned: 360, bets }] },
    proof: proofOf("roulette:main"),
  };

  test("as it was played fits, and the words that are shown lead to its number", () => {
    const verdict = verify(spin);
    expect(verdict).toMatchObject({ ok: true, headline: `the number is ${result}` });
    expect(mismatch(verdict, WORDS)).toBe(null);
    const { words, word, rejected, pocket } = spinOf(spin.proof, "european");
    expect(words).toHaveLength(8);
    expect({ index: word % 37, pocket, rejected }).toEqual({ index, pocket: result, rejected: 0 });
    expect(Number.parseInt(words[0] ?? "", 16)).toBe(word);
  });

  test("another secret, another seal, another number, another pay-out: each is seen, and said in the page's words", () => {
    expect(said(changed(spin, { seed: "ac".repeat(32) }))).toBe("The secret does not open the seal");
    expect(said(changed(spin, { seed: "not a secret" }))).toBe("The secret does not open the seal");
    expect(said(changed(spin, { commitment: commit("00".repeat(32)) }))).toBe("The secret does not open the seal");
    expect(said(changed(spin, { entropy: [...entropy].reverse() }))).toBe("The draw gives another number");
    expect(said(changed(spin, {}, { result: result === "1" ? "2" : "1" }))).toBe("The draw gives another number");
    const players = [{ player: "p1", staked: 10, returned: 350, bets }];
    expect(said(changed(spin, {}, { players }))).toBe("Somebody was not paid what was due");
  });

  test("is not red for capitals or spaces in what was pasted", () => {
    const pasted = changed(spin, { seed: ` ${seed.toUpperCase()}\n`, commitment: ` ${commit(seed).toUpperCase()}` });
    expect(verify(tidied(pasted)).ok).toBe(true);
  });

  test("other words, or the same in another order, give another stream", () => {
    const { words } = spinOf(spin.proof, "european");
    expect(spinOf({ ...spin.proof, entropy: [...entropy].reverse() }, "european").words).not.toEqual(words);
    const other = entropy.with(1, { player: "p2", value: "other" });
    expect(spinOf({ ...spin.proof, entropy: other }, "european").words).not.toEqual(words);
  });

  test("[R2] [R11] what bets give back is recomputed from the layout, half of an even chance at the French zero too", () => {
    const placed = [
      { spot: "straight:17", amount: 10 },
      { spot: "red", amount: 40 },
      { spot: "dozen:2", amount: 5 },
    ];
    expect(returnedBy("european", placed, "17")).toBe(375);
    expect(returnedBy("european", placed, "0")).toBe(0);
    expect(returnedBy("french", placed, "0")).toBe(20);
  });
});

describe("a flight", () => {
  const { bustX100, block, r } = drawnBy(proofOf("crash:main"));
  const startedAt = 5_000;
  const hand = startedAt + elapsedTo(110) + 3;
  const x100 = curveAt(hand - startedAt);
  const flight: Round = {
    room: "crash:main",
    round: 7,
    startedAt: 1_000,
    endedAt: startedAt + elapsedTo(bustX100),
    void: false,
    outcome: {
      bustX100,
      endX100: bustX100,
      forced: false,
      void: null,
      startedAt,
      limits: { maxProfit: 1_000_000, maxX100: 100_000_000 },
      bets: [
        {
          player: "p1",
          id: 4,
          amount: 99,
          targetX100: null,
          by: "hand",
          out: { x100, paid: payoutOf(99, x100), at: hand, by: "hand" },
        },
        { player: "p2", id: 5, amount: 50, targetX100: bustX100 + 1, by: "hand", out: null },
      ],
    },
    proof: proofOf("crash:main"),
  };

  test("as it was flown fits, and the digits that are shown lead to its bust point [C3]", () => {
    expect(bustX100).toBeGreaterThan(115);
    expect(verify(flight)).toMatchObject({ ok: true, round: 7 });
    expect(r).toBe(Number.parseInt(block.slice(0, 13), 16));
    expect(Math.max(100, Math.floor(99 / (1 - r / 2 ** 52)))).toBe(bustX100);
  });

  test("another bust point, another end: each is seen, at its own step", () => {
    const other = verify(changed(flight, {}, { bustX100: bustX100 + 1 }));
    expect(okOf(other, "result")).toBe(false);
    const shorter = verify(changed(flight, {}, { endX100: bustX100 - 1 }));
    expect([okOf(shorter, "result"), okOf(shorter, "end")]).toEqual([true, false]);
    // A field that is emptied is a bust point that nobody told.
    expect(verify(changed(flight, {}, { bustX100: null, endX100: null })).ok).toBe(false);
  });

  test("every bet has a check of its own: what is wrong with one is not held against the others [C5]", () => {
    const outcome = flownOf(flight);
    const [first, second] = outcome?.bets ?? [];
    if (outcome === null || first?.out == null || second === undefined) throw new Error("two bets were made");
    const flown = flightOf(flight, outcome, true);
    expect([faultOf(flown, first), faultOf(flown, second)]).toEqual([null, null]);
    const short = { ...first, out: { ...first.out, x100: x100 - 1, paid: payoutOf(99, x100 - 1) } };
    expect(faultOf(flown, short)).toContain("the curve was at");
    const bets = [short, second];
    expect(okOf(verify(changed(flight, {}, { bets })), "paid")).toBe(false);
    expect(faultOf(flown, second)).toBe(null);
  });
});
