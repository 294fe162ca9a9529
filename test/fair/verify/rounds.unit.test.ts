import { beforeAll, describe, expect, test } from "vitest";
import { curveAt, elapsedTo } from "../../../rooms/crash/curve.ts";
import { crash } from "../../../rooms/crash/index.ts";
import type { FlightRecord } from "../../../rooms/crash/types.ts";
import type { RoundRecord } from "../../../rooms/host/ports.ts";
import { roulette } from "../../../rooms/roulette/index.ts";
import { verify } from "../../../rooms/verify.ts";
import { crashHabit, crowdHabit, QUICK_CRASH, QUICK_ROULETTE, rouletteHabit } from "./habits.ts";
import { play, Room } from "./play.ts";
import { filing, runTool } from "./tool.ts";

/** What is played is verified: by the tool, from a file, round by round. */

const file = filing();
let flights: readonly RoundRecord[] = [];
let spins: readonly RoundRecord[] = [];

beforeAll(() => {
  flights = [
    ...play(crash, QUICK_CRASH, 1, 940, crashHabit),
    ...play(crash, { bettingMs: 500, pauseMs: 100 }, 2, 60, crowdHabit),
  ];
  spins = ["european", "french", "american"].flatMap((wheel, i) =>
    play(roulette, { ...QUICK_ROULETTE, wheel }, 21 + i, 100, rouletteHabit),
  );
});

const outcomes = (): readonly FlightRecord[] => flights.map(({ outcome }) => outcome as unknown as FlightRecord);

describe("1,000 flights and 300 spins, played by a script", () => {
  test("had everything in them that a round can have", () => {
    const bets = outcomes().flatMap((outcome) => outcome.bets.map((bet) => ({ ...bet, outcome })));
    const met = {
      "by hand": bets.filter(({ out }) => out?.by === "hand").length,
      "by hand below a target": bets.filter(({ out, targetX100 }) => out?.by === "hand" && targetX100 !== null).length,
      "by a target": bets.filter(({ out }) => out?.by === "target").length,
      "by a hand that was capped, in a crowd": bets.filter(
        ({ out, outcome }) => out?.by === "target" && out.at !== (outcome.startedAt ?? 0) + elapsedTo(out.x100),
      ).length,
      "by force": bets.filter(({ out }) => out?.by === "force").length,
      "by a strategy": bets.filter(({ by }) => by === "strategy").length,
      lost: bets.filter(({ out, outcome }) => out === null && outcome.void === null).length,
      "forced ends": outcomes().filter(({ forced }) => forced).length,
      "force points that moved": flights.filter((one) => JSON.stringify(verify(one)).includes("moved up")).length,
      "busts at 1.00": outcomes().filter(({ bustX100 }) => bustX100 === 100).length,
      "void before the flight": outcomes().filter((one) => one.void !== null && one.startedAt === null).length,
      "void in flight, with bets that stay paid": outcomes().filter(
        ({ void: reason, bets: some }) => reason !== null && some.some(({ out }) => out !== null),
      ).length,
      "void in a crowd, in flight": outcomes().filter(
        (one) => one.void !== null && one.bets.length > 60 && one.bets.some(({ out }) => out?.by === "target"),
      ).length,
      "words of several players": flights.filter(({ proof }) => proof.entropy.length > 2).length,
      "void spins": spins.filter((one) => one.void).length,
      "late alarms": flights.filter(
        ({ endedAt, void: isVoid, outcome }) =>
          !isVoid &&
          curveAt(endedAt - Number((outcome as unknown as FlightRecord).startedAt)) >
            2 * Number((outcome as unknown as FlightRecord).endX100),
      ).length,
    };
    for (const [what, n] of Object.entries(met)) expect(n, what).toBeGreaterThan(4);
  });

  test("are verified, every one, by `verify FILE`", async () => {
    const { code, out, err } = await runTool("verify.ts", [file({ rounds: [...flights, ...spins], next: null })]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const lines = out.trim().split("\n");
    expect(lines.filter((line) => line.startsWith("ok "))).toHaveLength(1_300);
    expect(lines.at(-1)).toMatch(/^1300 rounds, \d+ of them void: 1300 verified, 0 wrong$/);
  });

  test("are red with one bit of one seed flipped, and that round alone", async () => {
    const forged = structuredClone([...flights, ...spins]) as { proof: { seed: string } }[];
    const victim = forged[617];
    if (victim === undefined) throw new Error("there are more");
    victim.proof.seed = flipped(victim.proof.seed, 77);
    const { code, out } = await runTool("verify.ts", [file(forged)]);
    expect(code).toBe(1);
    const wrong = out.split("\n").filter((line) => line.startsWith("WRONG"));
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toContain(`${flights[617]?.room} ${flights[617]?.round} `);
    expect(out).toContain("1299 verified, 1 wrong");
  });
});

test("any flipped bit of the seed or the commitment is seen", () => {
  const [flight] = flights;
  if (flight === undefined) throw new Error("none was played");
  for (let bit = 0; bit < 256; bit++) {
    const { proof } = flight;
    expect(verify({ ...flight, proof: { ...proof, seed: flipped(proof.seed, bit) } }).ok).toBe(false);
    expect(verify({ ...flight, proof: { ...proof, commitment: flipped(proof.commitment, bit) } }).ok).toBe(false);
  }
});

test("a round that a fault ended is verified as far as it goes: the seed is shown", () => {
  for (const [game, body] of [
    [crash, { type: "bet", amount: 5 }],
    [roulette, { type: "bet", bets: [{ spot: "red", amount: 4 }] }],
  ] as const) {
    const room = new Room(game, {}, 5);
    room.pass(10);
    room.send("ann", body);
    room.pass(1_000);
    room.fault();
    room.pass(0);
    const [record] = room.records;
    expect(record).toMatchObject({ void: true, outcome: null });
    expect(verify(record)).toMatchObject({ ok: true, headline: "ended by a fault" });
    expect(verify({ ...record, void: false }).ok).toBe(false);
  }
});

/** With one bit of it another. */
function flipped(hex: string, bit: number): string {
  const bytes = Buffer.from(hex, "hex");
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString("hex");
}
