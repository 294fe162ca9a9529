import { describe, expect, test } from "vitest";
import { commit } from "../../rooms/fair/draw.ts";
import { gameOf } from "../../rooms/games.ts";
import { namedDelta, namedProof, namedTable, namedView } from "../../rooms/kit/names.ts";
import { readFrame } from "../../rooms/kernel/inbound.ts";
import { emptyTable, foldTable } from "../../rooms/kernel/table.ts";
import { verify } from "../../rooms/verify.ts";

/** Names that have changed on the wire: both are given, either is taken, and two that differ are refused. */

const game = gameOf("roulette:main");
if (game === undefined) throw new Error("there is no roulette");
const read = (frame: object): unknown => readFrame(JSON.stringify({ id: "test:1", ...frame }), game)[0 as never];

describe("a command's client seed", () => {
  const bet = { type: "bet", bets: [{ spot: "red", amount: 5 }] };

  test("is read by its new name and by its old one, and is the same command", () => {
    const [now, before] = [read({ ...bet, clientSeed: "seven" }), read({ ...bet, entropy: "seven" })];
    expect(now).toMatchObject({ kind: "command", input: { clientSeed: "seven", command: { command: bet } } });
    expect(before).toEqual(now);
  });

  test("may be given twice alike, and is refused when the two differ", () => {
    expect(read({ ...bet, clientSeed: "seven", entropy: "seven" })).toEqual(read({ ...bet, clientSeed: "seven" }));
    expect(read({ ...bet, clientSeed: "seven", entropy: "eight" })).toMatchObject({
      kind: "refused",
      id: "test:1",
      code: "names_differ",
    });
  });

  test("is refused by either name when it is no text of 1 to 64", () => {
    for (const name of ["clientSeed", "entropy"])
      for (const value of ["", "x".repeat(65), 7, null, "\ud800"])
        expect(read({ ...bet, [name]: value })).toMatchObject({ kind: "refused", code: "invalid_entropy" });
  });

  test("alone is one command by two names", () => {
    const now = read({ type: "clientSeed", value: "seven" });
    expect(now).toMatchObject({ input: { command: { to: "room", command: { type: "clientSeed", value: "seven" } } } });
    expect(read({ type: "entropy", value: "seven" })).toEqual(now);
  });
});

describe("an option with a new name", () => {
  const poker = gameOf("poker:main")?.config;
  const lottery = gameOf("lottery:main")?.config;

  test("is read by either name", () => {
    expect(poker?.parse({ rakeBps: 500, rakeCap: 300 })).toEqual(poker?.parse({ rakeX10000: 500, rakeCap: 300 }));
    expect(lottery?.parse({ prizeBps: 250 })).toEqual(lottery?.parse({ prizeShare: 250 }));
    expect(lottery?.parse({ prizeBps: 250, prizeShare: 250 })).toMatchObject({ prizeShare: 250 });
  });

  test("is refused when both are given and differ, and by the limits that it has", () => {
    for (const config of [
      { rakeBps: 500, rakeX10000: 400, rakeCap: 300 },
      { rakeBps: 1_001, rakeCap: 300 },
    ])
      expect(poker?.safeParse(config).success).toBe(false);
  });

  test("is in a view and in a record beside the old one, and nowhere else", () => {
    expect(namedView({ config: { rakeX10000: 500, seats: 6 }, hand: null })).toEqual({
      config: { rakeX10000: 500, rakeBps: 500, seats: 6 },
      hand: null,
    });
    expect(namedView({ rules: { prizeShare: 100 }, prize: 7 })).toMatchObject({ rules: { prizeBps: 100 } });
    const other = { config: { seats: 6 } };
    expect([namedView(other), namedView(null)]).toEqual([other, null]);
  });
});

describe("a proof", () => {
  const seed = "ab".repeat(32);
  const proof = {
    scheme: "seed" as const,
    room: "roulette:main",
    round: 4,
    commitment: commit(seed),
    seed,
    entropy: [{ player: "ann", value: "seven" }],
  };
  const outcome = { result: null, void: "stopped", wheel: "european", players: [] };
  const record = { room: proof.room, round: 4, startedAt: 1, endedAt: 2, void: true, outcome, proof };

  test("goes out with the server seed, its hash and the client seeds beside the old names", () => {
    expect(namedProof(proof)).toEqual({
      ...proof,
      serverSeedHash: proof.commitment,
      serverSeed: seed,
      clientSeeds: proof.entropy,
    });
    const hand = { scheme: "deck" as const, commitment: proof.commitment, entropy: [] };
    expect(namedProof(hand)).toEqual({ ...hand, clientSeeds: [] });
  });

  test("is verified by old names, by both, and by new ones alone", () => {
    const { commitment: serverSeedHash, seed: serverSeed, entropy: clientSeeds, ...rest } = proof;
    const renamed = { ...rest, serverSeedHash, serverSeed, clientSeeds };
    for (const one of [proof, namedProof(proof), renamed])
      expect(verify({ ...record, proof: one })).toEqual(verify(record));
    expect(verify(record).ok).toBe(true);
  });

  test("that says one thing by one name and another by the other does not hold", () => {
    const { ok, steps } = verify({ ...record, proof: { ...namedProof(proof), serverSeed: "cd".repeat(32) } });
    expect(ok).toBe(false);
    expect(steps.find(({ id }) => id === "names")?.says).toContain("serverSeed");
  });
});

test("a round's start and its end have both names in their frames, and the client's table has what the welcome would", () => {
  const hash = "ef".repeat(32);
  const steps = [
    { type: "room.committed", round: 1, hash },
    { type: "room.committed", round: 2, hash, roots: [hash] },
    { type: "room.revealed", round: 1, seed: hash },
  ] as const;
  const inside = steps.reduce(foldTable, emptyTable);
  expect(steps.map(namedDelta).reduce(foldTable, emptyTable)).toEqual(namedTable(inside));
  expect(namedTable(inside)).toMatchObject({
    commitments: [{ round: 2, hash, roots: [hash] }],
    revealed: { seed: hash, serverSeed: hash },
  });
  expect(steps.map(namedDelta)).toMatchObject([{ serverSeedHash: hash }, { hash }, { serverSeed: hash }]);
});
