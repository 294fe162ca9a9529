import { beforeAll, describe, expect, test } from "vitest";
import { lottery } from "../../../rooms/lottery/index.ts";
import type { DrawRecord } from "../../../rooms/lottery/types.ts";
import type { RoundRecord } from "../../../rooms/host/ports.ts";
import { NotARecord, verify } from "../../../rooms/verify.ts";
import { lotteryHabit, QUICK_LOTTERY } from "./habits.ts";
import { play, Room } from "./play.ts";
import { filing, runTool } from "./tool.ts";

/** Draws of a lottery checked from their public records, as they are played and as a house might wish them. */

const file = filing();
let draws: readonly RoundRecord[] = [];

beforeAll(() => {
  draws = [
    ...play(lottery, QUICK_LOTTERY, 1, 250, lotteryHabit),
    ...play(
      lottery,
      { ...QUICK_LOTTERY, weighting: "flat", capPerPlayer: 3, prizeShare: 10_000 },
      2,
      120,
      lotteryHabit,
    ),
    ...play(lottery, { ...QUICK_LOTTERY, players: 8, minPlayers: 1, prizeShare: 7 }, 3, 60, lotteryHabit),
  ];
});

const told = ({ outcome }: RoundRecord): DrawRecord => outcome as unknown as DrawRecord;
const drawn = (where: (outcome: DrawRecord) => boolean = () => true): RoundRecord => {
  const found = draws.find((one) => !one.void && where(told(one)));
  if (found === undefined) throw new Error("no such draw was played");
  return found;
};
const wrongOf = (record: unknown): string[] =>
  verify(record).steps.flatMap(({ id, ok, says }) => (ok === false ? [`${id}: ${says}`] : []));

describe("430 draws, played by a script", () => {
  test("had everything in them that a draw can have", () => {
    const met = {
      "void, started": draws.filter((one) => one.void && told(one).root !== null).length,
      "void, gathering": draws.filter((one) => one.void && told(one).root === null).length,
      "drawn with words of several": draws.filter((one) => !one.void && one.proof.entropy.length > 1).length,
      "drawn without words": draws.filter((one) => !one.void && one.proof.entropy.length === 0).length,
      "of more tickets than a player may have": draws.filter((one) => told(one).tickets.some((t) => t.stakes > 1))
        .length,
      "with somebody over the cap": draws.filter((one) => told(one).weight < told(one).stakes).length,
      "carried into": draws.filter((one) => !one.void && told(one).carriedIn > 0).length,
      "with tickets of no weight": draws.filter((one) => told(one).tickets.some(({ weight }) => weight === 0)).length,
      "of one player": draws.filter((one) => new Set(told(one).tickets.map(({ player }) => player)).size === 1).length,
    };
    for (const [what, n] of Object.entries(met)) expect(n, what).toBeGreaterThan(4);
  });

  test("[L6] are verified, every one, by `verify FILE`", async () => {
    const { code, out, err } = await runTool("verify.ts", [file({ rounds: draws, next: null })]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.trim().split("\n").at(-1)).toMatch(/^430 rounds, \d+ of them void: 430 verified, 0 wrong$/);
  });

  test("[L6] are red with one bit of one seed flipped, and that draw alone", async () => {
    const forged = structuredClone([...draws]) as { round: number; void: boolean; proof: { seed: string } }[];
    const victim = forged.slice(100).find((one) => !one.void);
    if (victim === undefined) throw new Error("there are more");
    victim.proof.seed = victim.proof.seed.replace(/^./, (digit) => (Number.parseInt(digit, 16) ^ 1).toString(16));
    const { code, out } = await runTool("verify.ts", [file(forged)]);
    expect(code).toBe(1);
    expect(out).toContain("429 verified, 1 wrong");
    expect(out.split("\n").filter((line) => line.startsWith("WRONG"))[0]).toContain(` ${victim.round} `);
  });

  test("[L2] hand on what is left over from one to the next, through every void", () => {
    for (const [i, one] of draws.entries()) {
      const before = draws[i - 1];
      if (before === undefined || before.room !== one.room) expect(told(one).carriedIn).toBe(0);
      else expect(told(one).carriedIn).toBe(told(before).carriedOut);
    }
  });
});

describe("one draw", () => {
  test("[L6] is explained step by step: the tickets, what they weigh, the prize, the number, the winner", async () => {
    const one = drawn(({ carriedIn, tickets }) => carriedIn > 0 && tickets.length > 4);
    const { root, number, weight, award, ticket, prize } = told(one);
    const { code, out, err } = await runTool("verify.ts", [file(one)]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const title of [
      "The seed opens the commitment",
      "The tickets are those whose root was published",
      "What each ticket weighs",
      "What it was drawn for",
      "The number",
      "The winner",
    ]) {
      expect(out).toContain(`${title}  [ok]`);
    }
    const unwrapped = out.replaceAll(/\s+/g, "");
    for (const value of [root, `${number}of${weight}`, award?.player, `ticket${ticket}won${prize}`, one.proof.seed]) {
      expect(unwrapped).toContain(value);
    }
    expect(out).toContain("VERIFIED");
    expect(out.split("\n").every((line) => line.length <= 130)).toBe(true);
  });

  test("that is void says so, and what became of its tickets", async () => {
    const one = draws.find((record) => record.void && told(record).root !== null);
    const { code, out } = await runTool("verify.ts", [file(one)]);
    expect(code).toBe(0);
    expect(out).toContain("void. VERIFIED");
    expect(out).toContain("its tickets went on to the next draw");
  });

  test("that a fault ended is verified as far as it goes: the seed is shown", () => {
    const room = new Room(lottery, {}, 5);
    room.pass(10);
    room.deliver({ player: "ann", game: "crash", room: "crash:main", round: 1, stake: 5 });
    room.pass(1_000);
    room.fault();
    room.pass(0);
    const [record] = room.records;
    expect(record).toMatchObject({ void: true, outcome: null });
    expect(verify(record)).toMatchObject({ ok: true, headline: "ended by a fault" });
    expect(verify({ ...record, void: false }).ok).toBe(false);
  });

  test("is held against the commitment that a player saw", async () => {
    const one = drawn();
    const good = await runTool("verify.ts", ["--expect-commitment", one.proof.commitment, file(one)]);
    expect(good.code).toBe(0);
    const bad = await runTool("verify.ts", ["--expect-commitment", one.proof.seed, file(one)]);
    expect(bad.code).toBe(1);
  });
});

describe("what is told of the wrong step", () => {
  const forged = (lie: (outcome: Mutable) => void, record = drawn(({ tickets }) => tickets.length > 3)): unknown => {
    const copy = structuredClone(record) as unknown as { outcome: Mutable };
    lie(copy.outcome);
    return copy;
  };
  type Mutable = { -readonly [Key in keyof DrawRecord]: DrawRecord[Key] } & {
    tickets: { id: string; player: string; stake: number; weight: number; stakes: number }[];
  };

  test("[L6] a seed that does not open the commitment draws no number that would count", () => {
    const one = drawn();
    const { steps } = verify({ ...one, proof: { ...one.proof, seed: "00".repeat(32) } });
    expect(steps.some(({ id }) => id === "draw")).toBe(false);
  });

  test("[L6] the same tickets in another order are not those that were closed", () => {
    expect(wrongOf(forged((outcome) => outcome.tickets.reverse())).join()).toMatch(/^root: .*another root/);
  });

  test("[L4] a stake in two tickets is named as such", () => {
    const twice = forged(({ tickets }) => tickets.splice(1, 1, { ...tickets[1], id: tickets[0]?.id ?? "" } as never));
    expect(wrongOf(twice).join()).toContain("a stake is in two tickets");
  });

  test("[L6] a name that is no text is none: it would have the leaf of another name", () => {
    const [one, other] = ["\ud800", "\ufffd"];
    expect(Buffer.from(one, "utf8")).toEqual(Buffer.from(other, "utf8"));
    expect(wrongOf(forged(({ tickets }) => Object.assign(tickets[0] ?? {}, { id: one }))).join()).toContain("no text");
  });

  test("[L2] a ticket over its player's cap, a prize that is not due, a rest that is lost: each in its step", () => {
    expect(wrongOf(forged((outcome) => (outcome.weight += 1)))[0]).toMatch(/^weights: .*is named/);
    expect(wrongOf(forged((outcome) => (outcome.carriedOut = 0)))).toEqual([
      expect.stringMatching(/^prize: .*left over/),
    ]);
    expect(wrongOf(forged((outcome) => (outcome.number = null))).map((words) => words.split(":")[0])).toEqual([
      "draw",
      "winner",
    ]);
    const friend = { player: "a friend", amount: 1, status: "played_out" } as never;
    expect(wrongOf(forged((outcome) => (outcome.award = friend))).join()).toContain("went to another player");
  });

  test("what is not a record of a draw is refused, and nothing is said of whether it is true", () => {
    const one = drawn();
    const bad = [
      5,
      {},
      { ...told(one), rules: { ...told(one).rules, weighting: "heavy" } },
      { ...told(one), tickets: [{}] },
      { ...told(one), number: -1 },
      { ...told(one), award: { player: "ann", amount: 1, status: "owed" } },
    ];
    for (const outcome of bad) expect(() => verify({ ...one, outcome })).toThrow(NotARecord);
  });
});
