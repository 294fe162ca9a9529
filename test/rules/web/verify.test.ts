import { expect, test } from "vitest";
import { commit, drawStream } from "../../../rooms/fair.ts";
import { pocketsOf } from "../../../rooms/roulette/wheel.ts";
import { returnedBy, verify, type Claim } from "../../../web/rounds/verify.ts";

const seed = "ab".repeat(32);
const entropy = [
  { player: "p1", value: "the heron stands still" },
  { player: "p2", value: "0011223344556677" },
];
const index = drawStream(seed, "roulette:main", 7, entropy, "spin").int(37);
const claim: Claim = {
  room: "roulette:main",
  round: 7,
  wheel: "european",
  commitment: commit(seed),
  seed,
  entropy,
  result: pocketsOf("european")[index] ?? null,
};

test("a round as it was played fits, and the words that are shown lead to its number", () => {
  const steps = verify(claim);
  expect(steps).toMatchObject({ opens: true, agrees: true, index, pocket: claim.result });
  expect((steps.word ?? 0) % 37).toBe(index);
  expect(steps.words).toHaveLength(8);
});

test("another secret, another seal, another number: each is seen", () => {
  expect(verify({ ...claim, seed: "ac".repeat(32) }).opens).toBe(false);
  expect(verify({ ...claim, commitment: commit("00".repeat(32)) }).opens).toBe(false);
  expect(verify({ ...claim, result: claim.result === "1" ? "2" : "1" }).agrees).toBe(false);
  expect(verify({ ...claim, seed: "not a secret" })).toMatchObject({ fingerprint: null, opens: false, agrees: false });
});

test("other words, or the same in another order, give another stream", () => {
  const [first, second] = entropy;
  if (first === undefined || second === undefined) throw new Error("two are needed");
  const { words } = verify(claim);
  expect(verify({ ...claim, entropy: [second, first] }).words).not.toEqual(words);
  expect(verify({ ...claim, entropy: [first, { ...second, value: "other" }] }).words).not.toEqual(words);
});

test("[R2] [R11] what bets give back is recomputed from the layout, half of an even chance at the French zero too", () => {
  const bets = [
    { spot: "straight:17", amount: 10 },
    { spot: "red", amount: 40 },
    { spot: "dozen:2", amount: 5 },
  ];
  expect(returnedBy("european", bets, "17")).toBe(375);
  expect(returnedBy("european", bets, "0")).toBe(0);
  expect(returnedBy("french", bets, "0")).toBe(20);
});
