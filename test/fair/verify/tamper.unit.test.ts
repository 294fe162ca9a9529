import { beforeAll, describe, expect, test } from "vitest";
import { crash } from "../../../rooms/crash/index.ts";
import type { FlightRecord as Flight } from "../../../rooms/crash/types.ts";
import { lottery } from "../../../rooms/lottery/index.ts";
import type { DrawRecord as Draw } from "../../../rooms/lottery/types.ts";
import type { RoundRecord } from "../../../rooms/host/ports.ts";
import { roulette } from "../../../rooms/roulette/index.ts";
import type { SpinRecord as Spin } from "../../../rooms/roulette/types.ts";
import { NotARecord, verify } from "../../../rooms/verify.ts";
import { exactHolder, exactWeights } from "../../games/lottery/exact.ts";
import { crashHabit, lotteryHabit, QUICK_CRASH, QUICK_LOTTERY, QUICK_ROULETTE, rouletteHabit } from "./habits.ts";
import { play } from "./play.ts";
import { filing, runTool } from "./tool.ts";

/**
 * Every field of a record, one at a time, made another: the verifier must see it, or the field is on the list of those that a
 * record alone cannot show to be true, and why.
 */

const NOT_TOLD: Readonly<Record<string, readonly string[]>> = {
  crash: [
    // Known to who was there: when betting began, and when the house came to write the end down.
    "startedAt",
    "endedAt",
    // Whose bet it was. Every player knows their own.
    "outcome.bets.*.player",
    // A strategy's bet and one by hand with the same target are paid alike.
    "outcome.bets.*.by",
    // Numbers only have to go up.
    "outcome.bets.*.id",
    // What a lost bet was of, and what it aimed at beyond the end.
    "outcome.bets.lost.amount",
    "outcome.bets.lost.targetX100",
    // The target above what a hand took.
    "outcome.bets.hand.targetX100",
    // A hundredth of the curve lasts some milliseconds.
    "outcome.bets.hand.out.at",
    // Limits that the flight did not come near.
    "outcome.limits.maxProfit",
    "outcome.limits.maxX100",
  ],
  "crash, forced": [
    "startedAt",
    "endedAt",
    "outcome.bets.*.player",
    "outcome.bets.*.by",
    "outcome.bets.*.id",
    "outcome.bets.hand.targetX100",
    "outcome.bets.hand.out.at",
    // What is left below it, down to the next hundredth's profits.
    "outcome.limits.maxProfit",
    "outcome.limits.maxX100",
    // Target above the forced end.
    "outcome.bets.force.targetX100",
  ],
  "crash, void in flight": [
    "startedAt",
    "endedAt",
    "outcome.void",
    "outcome.bets.*.player",
    "outcome.bets.*.by",
    "outcome.bets.*.id",
    "outcome.bets.lost.amount",
    "outcome.bets.lost.targetX100",
    "outcome.bets.hand.targetX100",
    "outcome.bets.hand.out.at",
    "outcome.limits.maxProfit",
    "outcome.limits.maxX100",
    // Nothing was drawn that counts.
    "proof.entropy.*.player",
    "proof.entropy.*.value",
  ],
  roulette: [
    "startedAt",
    "endedAt",
    "outcome.players.*.player",
    // A French wheel has the pockets of a European one, and pays alike but at zero.
    "outcome.wheel",
    // Of a lost bet, another spot that lost.
    "outcome.players.*.bets.*.spot",
  ],
  "roulette, void": [
    "startedAt",
    "endedAt",
    "outcome.void",
    "outcome.wheel",
    "outcome.players.*.player",
    "outcome.players.*.bets.*.spot",
    "proof.entropy.*.player",
    "proof.entropy.*.value",
  ],
  // The root holds everything of every ticket.
  lottery: ["startedAt", "endedAt"],
  "lottery, void when started": [
    "startedAt",
    "endedAt",
    "outcome.void",
    // Nothing was given and nothing drawn that counts.
    "outcome.rules.prizeShare",
    "proof.entropy.*.player",
    "proof.entropy.*.value",
  ],
  "lottery, void while it gathered": [
    "startedAt",
    "endedAt",
    "outcome.void",
    "outcome.rules.prizeShare",
    // No root was published: they may still change, and the root of the draw that they go on to holds them.
    "outcome.tickets.*.id",
    "outcome.tickets.*.player",
    "outcome.tickets.*.stakes",
  ],
};

/** Whether a bet ended so; null: it was lost, or given back. */
const by = ({ bets }: Flight, how: string | null): boolean => bets.some(({ out }) => (out?.by ?? null) === how);

/** Somebody cashed out by hand well above 1.00. */
const high = ({ bets }: Flight): boolean => bets.some(({ out }) => out?.by === "hand" && out.x100 > 120);
const lostAim = ({ bets }: Flight): boolean => bets.some(({ out, targetX100 }) => out === null && targetX100 !== null);

/** Every other cap, and every other way to weigh, would give some ticket another weight. */
const capped = ({ rules, tickets }: Draw): boolean => {
  const weights = (cap: number, weighting: Draw["rules"]["weighting"]): string =>
    String(exactWeights({ capPerPlayer: cap, weighting }, tickets));
  const { capPerPlayer: cap, weighting } = rules;
  const others = othersOf(cap).filter((other) => Number.isSafeInteger(other) && Number(other) >= 0);
  return (
    others.every((other) => weights(Number(other), weighting) !== weights(cap, weighting)) &&
    weights(cap, "stake") !== weights(cap, "flat")
  );
};

/** Somebody's stakes are far above the cap, and whoever spoke was heard. */
const draw = (from: readonly RoundRecord[], where: (outcome: Draw) => boolean, words = 1): RoundRecord =>
  some(
    from.filter(({ outcome, proof }) => {
      const told = outcome as unknown as Draw;
      return where(told) && capped(told) && proof.entropy.length > words && told.tickets.length > 2;
    }),
  );

type Leaf = readonly (string | number)[];
const records = new Map<string, RoundRecord>();

beforeAll(() => {
  const flights = play(crash, QUICK_CRASH, 11, 300, crashHabit);
  const spins = play(roulette, QUICK_ROULETTE, 12, 200, rouletteHabit);
  const flight = (where: (outcome: Flight) => boolean): RoundRecord =>
    some(flights.filter(({ outcome, proof }) => where(outcome as unknown as Flight) && proof.entropy.length > 1));
  const spin = (isVoid: boolean): RoundRecord =>
    some(
      spins.filter(
        (one) =>
          one.void === isVoid && (one.outcome as unknown as Spin).players.length > 1 && one.proof.entropy.length > 1,
      ),
    );
  records.set(
    "crash",
    flight((one) => one.void === null && !one.forced && high(one) && by(one, "target") && lostAim(one)),
  );
  records.set(
    "crash, forced",
    flight((one) => one.forced && by(one, "hand") && by(one, "target") && by(one, "force")),
  );
  records.set(
    "crash, void in flight",
    flight((one) => one.void !== null && by(one, "hand") && by(one, "target") && by(one, null)),
  );
  records.set("roulette", spin(false));
  records.set("roulette, void", spin(true));
  const draws = play(lottery, QUICK_LOTTERY, 13, 900, lotteryHabit);
  records.set(
    "lottery",
    draw(draws, (one) => one.void === null),
  );
  records.set(
    "lottery, void when started",
    draw(draws, (one) => one.void !== null && one.root !== null),
  );
  records.set(
    "lottery, void while it gathered",
    draw(draws, (one) => one.void !== null && one.root === null, -1),
  );
});

describe.each(Object.keys(NOT_TOLD))("a record of %s", (kind) => {
  test("is verified as it is", () => {
    expect(verify(recordOf(kind)).ok).toBe(true);
  });

  test("with any field made another is red, but for those that it alone cannot show to be true", () => {
    const record = recordOf(kind);
    const unseen = new Set<string>();
    let told = 0;
    for (const leaf of leavesOf(record)) {
      const green = othersOf(at(record, leaf)).filter((value) => isGreen(withLeaf(record, leaf, value)));
      if (green.length === 0) told += 1;
      else unseen.add(nameOf(record, leaf));
    }
    expect(told).toBeGreaterThan(15);
    const listed = NOT_TOLD[kind] ?? [];
    const covered = (name: string): boolean => listed.includes(name) || listed.includes(starred(name));
    expect([...unseen].filter((name) => !covered(name))).toEqual([]);
    // Nothing is on the list that the verifier does see.
    expect(listed.filter((name) => ![...unseen].some((one) => one === name || starred(one) === name))).toEqual([]);
  });

  test("is red with a bet or a player's words left out, doubled or in another order, wherever that changes anything", () => {
    const record = recordOf(kind);
    const { entropy } = record.proof;
    // A lottery takes no words while it gathers.
    if (!kind.endsWith("gathered")) {
      expect(entropy.length).toBeGreaterThan(1);
      const drawn = kind.includes("void") ? [] : [entropy.slice(1), [...entropy].reverse()];
      for (const words of [...drawn, [...entropy, ...entropy.slice(0, 1)]]) {
        expect(isGreen(withLeaf(record, ["proof", "entropy"], words))).toBe(false);
      }
    }
    const list = kind.startsWith("crash") ? "bets" : kind.startsWith("lottery") ? "tickets" : "players";
    const all = at(record, ["outcome", list]) as unknown[];
    expect(isGreen(withLeaf(record, ["outcome", list], [...all, all[0]]))).toBe(false);
    // What has no root yet has no order that would count.
    if (!kind.startsWith("roulette") && !kind.endsWith("gathered")) {
      expect(isGreen(withLeaf(record, ["outcome", list], [...all].reverse()))).toBe(false);
    }
  });
});

/** Each by the name of what a house would gain by it. */
const LIES: readonly (readonly [what: string, kind: string, lie: (record: Mutable) => void])[] = [
  ["a bust point one hundredth lower", "crash", ({ outcome }) => (outcome.bustX100 -= 1)],
  ["the flight ended earlier than it bust", "crash", ({ outcome }) => (outcome.endX100 -= 1)],
  ["an end by force that nothing forced", "crash", ({ outcome }) => (outcome.forced = true)],
  [
    "an end by force where it is said to have bust",
    "crash, forced",
    ({ outcome }) => Object.assign(outcome, { forced: false, bustX100: outcome.endX100 }),
  ],
  ["a met target that was not paid", "crash", ({ outcome }) => (betBy(outcome, "target").out = null)],
  ["a target paid a chip less", "crash", ({ outcome }) => (outBy(outcome, "target").paid -= 1)],
  [
    "a hand given a hundredth less, and paid so",
    "crash",
    ({ outcome }) => {
      const bet = betBy(outcome, "hand");
      const x100 = outBy(outcome, "hand").x100 - 1;
      Object.assign(bet.out ?? {}, { x100, paid: Math.floor((bet.amount * x100) / 100) });
    },
  ],
  ["a hand received a second later", "crash", ({ outcome }) => (outBy(outcome, "hand").at += 1_000)],
  [
    "a hand paid after the end",
    "crash",
    ({ outcome, endedAt }) => {
      const bet = outcome.bets.find(({ out }) => out === null) ?? betBy(outcome, "hand");
      bet.out = { x100: 100_000, paid: bet.amount * 1_000, at: endedAt, by: "hand" };
      bet.targetX100 = null;
    },
  ],
  [
    "everybody in the air was not paid at a forced end",
    "crash, forced",
    ({ outcome }) => (betBy(outcome, "force").out = null),
  ],
  ["a smaller exposure limit than was kept to", "crash, forced", ({ outcome }) => (outcome.limits.maxProfit -= 1_000)],
  ["a larger one than ended the flight", "crash, forced", ({ outcome }) => (outcome.limits.maxProfit += 10_000)],
  ["a lost round called void", "crash", (record) => voided(record)],
  ["a flight called off when it was over", "crash, void in flight", (record) => (record.endedAt += 3_600_000)],
  ["a void round that is not marked so", "crash, void in flight", (record) => (record.void = false)],
  ["another number", "roulette", ({ outcome }) => (outcome.result = outcome.result === "7" ? "8" : "7")],
  ["a bet moved to another spot", "roulette", ({ outcome }) => (winning(outcome).spot = "straight:99")],
  ["a lost spin called void", "roulette", (record) => Object.assign(record, { void: true })],
  ["a number that another ticket holds, and that one paid", "lottery", ({ outcome }) => won(outcome, 0)],
  [
    "the award to a friend of the house",
    "lottery",
    ({ outcome }) => Object.assign(outcome.award ?? {}, { player: "a friend" }),
  ],
  ["a prize of a unit less, carried on to nobody", "lottery", ({ outcome }) => prized(outcome, -1)],
  [
    "a ticket of the house's own, slipped in when the words were known",
    "lottery",
    ({ outcome }) => {
      const own = { id: "house", player: "a friend", stake: 1, weight: 1, stakes: 1 };
      Object.assign(outcome, {
        tickets: [...outcome.tickets, own],
        stakes: outcome.stakes + 1,
        weight: outcome.weight + 1,
      });
    },
  ],
  [
    "a player's ticket left out, and the sums with it",
    "lottery",
    ({ outcome }) => {
      const [first, ...tickets] = outcome.tickets;
      const { stake = 0, weight = 0 } = first ?? {};
      Object.assign(outcome, { tickets, stakes: outcome.stakes - stake, weight: outcome.weight - weight });
    },
  ],
  ["a higher cap for who is over it", "lottery", ({ outcome }) => (outcome.rules.capPerPlayer *= 2)],
  [
    "a drawn lottery called void, and what was left over carried on",
    "lottery",
    (record) => {
      record.void = true;
      Object.assign(record.outcome, { void: "a test", award: null, number: null, ticket: null, prize: 0 });
    },
  ],
  ["other tickets in what went on", "lottery, void when started", ({ outcome }) => (other(outcome).id += "x")],
  ["what was carried lost in a void draw", "lottery, void when started", ({ outcome }) => (outcome.carriedOut += 1)],
];

describe("what a house might gain by", () => {
  test.each(LIES)("%s: is seen (%s)", (_what, kind, lie) => {
    const forged = structuredClone(recordOf(kind)) as unknown as Mutable;
    lie(forged);
    const verdict = verify(forged);
    expect(verdict.ok).toBe(false);
    expect(verdict.steps.filter(({ ok }) => ok === false).length).toBeGreaterThan(0);
  });

  test("nothing for a cash-out below a forced end is seen at what was paid, and at nothing else [C8]", () => {
    const forged = structuredClone(recordOf("crash, forced"));
    for (const { out } of (forged.outcome as unknown as Flight).bets) {
      if (out?.by === "hand") Object.assign(out, { paid: 0 });
    }
    expect(verify(forged).steps.flatMap(({ id, ok }) => (ok === false ? [id] : []))).toEqual(["paid"]);
  });

  test("any of it ends the tool with 1, and it says which step does not fit", async () => {
    const file = filing();
    const forged = LIES.map(([, kind, lie]) => {
      const record = structuredClone(recordOf(kind)) as unknown as Mutable;
      lie(record);
      return record;
    });
    const { code, out } = await runTool("verify.ts", ["--json", file(forged)]);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { verified: boolean; steps?: { ok: boolean | null }[] });
    expect(code).toBe(1);
    const rounds = lines.filter((line) => line.steps !== undefined);
    expect(rounds).toHaveLength(LIES.length);
    expect(rounds.every(({ verified, steps }) => !verified && steps?.some(({ ok }) => ok === false))).toBe(true);
    const one = await runTool("verify.ts", [file(forged[0])]);
    expect(one.code).toBe(1);
    expect(one.out).toContain("NOT VERIFIED");
    expect(one.out).toContain("The bust point  [WRONG]");
  });
});

// ---- leaves ----

type Mutable = {
  void: boolean;
  endedAt: number;
  outcome: {
    bustX100: number;
    endX100: number;
    forced: boolean;
    result: string;
    limits: { maxProfit: number };
    bets: MutableBet[];
    players: { bets: { spot: string }[] }[];
    rules: { capPerPlayer: number };
    tickets: MutableTicket[];
    stakes: number;
    weight: number;
    carriedIn: number;
    carriedOut: number;
    prize: number;
    number: number | null;
    ticket: number | null;
    award: { player: string; amount: number } | null;
  };
};
type MutableTicket = { id: string; player: string; stake: number; weight: number; stakes: number };
type MutableOut = { x100: number; paid: number; at: number; by: string };
type MutableBet = { amount: number; targetX100: number | null; out: MutableOut | null };

function recordOf(kind: string): RoundRecord {
  const record = records.get(kind);
  if (record === undefined) throw new Error(`no record of ${kind}`);
  return record;
}

function some<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined) throw new Error("no such round was played: take another seed");
  return first;
}

function betBy({ bets }: Mutable["outcome"], by: string): MutableBet {
  return some(bets.filter(({ out }) => out?.by === by).sort((a, b) => (b.out?.x100 ?? 0) - (a.out?.x100 ?? 0)));
}

function outBy(outcome: Mutable["outcome"], by: string): MutableOut {
  const { out } = betBy(outcome, by);
  if (out === null) throw new Error("it is out");
  return out;
}

function winning({ players }: Mutable["outcome"]): { spot: string } {
  return some(players.flatMap(({ bets }) => bets));
}

/** A whole unit of the prize, into or out of what is carried on. */
function prized(outcome: Mutable["outcome"], units: number): void {
  outcome.prize += units;
  outcome.carriedOut -= 10_000 * units;
  if (outcome.award !== null) outcome.award.amount += units;
}

function other(outcome: Mutable["outcome"]): MutableTicket {
  return some(outcome.tickets);
}

/** The whole record says so: this ticket's number was drawn, and its player paid. */
function won(outcome: Mutable["outcome"], ticket: number): void {
  const weights = outcome.tickets.map(({ weight }) => BigInt(weight));
  const number = ticket === outcome.ticket ? Number(weights[0]) : 0;
  const place = exactHolder(weights, BigInt(number));
  const player = outcome.tickets[place]?.player ?? "";
  Object.assign(outcome, { number, ticket: place, award: { ...outcome.award, player } });
}

function voided(record: Mutable): void {
  record.void = true;
  Object.assign(record.outcome, { void: "a test", bustX100: null, endX100: null });
  for (const bet of record.outcome.bets) if (bet.out?.by !== "hand") bet.out = null;
}

function isGreen(record: unknown): boolean {
  try {
    return verify(record).ok;
  } catch (error) {
    if (error instanceof NotARecord) return false;
    throw error;
  }
}

function leavesOf(value: unknown, path: Leaf = []): Leaf[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function at(value: unknown, [key, ...rest]: Leaf): unknown {
  return key === undefined ? value : at((value as Record<string | number, unknown>)[key], rest);
}

function withLeaf(value: unknown, [key, ...rest]: Leaf, leaf: unknown): unknown {
  if (key === undefined) return leaf;
  const inner = withLeaf((value as Record<string | number, unknown>)[key], rest, leaf);
  if (Array.isArray(value)) return value.with(Number(key), inner);
  return { ...(value as object), [key]: inner };
}

/** What a field might say instead. */
function othersOf(value: unknown): readonly unknown[] {
  if (typeof value === "number") {
    return [value + 1, value - 1, value ^ 4, 2 * value, 0 - value, value + 0.5].filter((other) => other !== value);
  }
  if (typeof value === "boolean") return [!value];
  if (value === null) return [0, 101, "x", { x100: 101, paid: 1, at: 1, by: "hand" }];
  const text = typeof value === "string" ? value : "";
  const words = ["hand", "target", "force", "strategy", "european", "french", "american", "red", "straight:17"];
  const last = String.fromCharCode(text.charCodeAt(text.length - 1) ^ 1);
  return [text.slice(0, -1) + last, `${text}x`, text.slice(1), "", ...words].filter((other) => other !== text);
}

/** A field's name for people: of a bet, by how it ended. */
function nameOf(record: RoundRecord, leaf: Leaf): string {
  return leaf
    .map((key, i) => {
      if (typeof key === "string") return key;
      if (leaf[i - 1] !== "bets" || i !== 2) return "*";
      const { out } = at(record, leaf.slice(0, 3)) as { out: { by: string } | null };
      return out === null ? "lost" : out.by;
    })
    .join(".");
}

function starred(name: string): string {
  return name.replace(/^outcome\.bets\.[a-z]+/, "outcome.bets.*");
}
