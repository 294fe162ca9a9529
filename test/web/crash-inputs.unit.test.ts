import { expect, test } from "vitest";
import { command, config } from "../../rooms/crash/types.ts";
import { readAmount, readTarget, stepAmount, targetText } from "../../web/crash/inputs.ts";
import { readPlan } from "../../web/crash/plan.ts";

const lobby = config.parse({ minStake: 10, maxStake: 50_000 });
const plan = (fields: Readonly<Record<string, string>>): ReturnType<typeof readPlan> => {
  const all: Readonly<Record<string, string>> = { amount: "50", target: "2", ...fields };
  return readPlan((name) => all[name] ?? "", lobby);
};

test("an amount is read as people write it, and held against the lobby's limits", () => {
  expect(readAmount("50", lobby)).toEqual({ value: 50, fault: null });
  expect(readAmount(" 12,500 ", lobby)).toEqual({ value: 12_500, fault: null });
  expect(readAmount("50 000", lobby)).toEqual({ value: 50_000, fault: null });
  expect(readAmount("1.000", lobby)).toEqual({ value: null, fault: "Write 1000 or 1." });
  for (const text of ["", "abc", "1.5", "12 50", "-50", "1e3", "NaN", "0x10", "9".repeat(20)]) {
    expect(readAmount(text, lobby).value).toBeNull();
  }
  expect(readAmount("9", lobby).fault).toContain("10");
  expect(readAmount("50,001", lobby).fault).toContain("50,000");
});

test("[C4] a target is read in hundredths, with an × as well, and nothing means by hand", () => {
  expect(readTarget("2.35", lobby)).toEqual({ value: 235, fault: null });
  expect(readTarget("2,35", lobby)).toEqual({ value: null, fault: "Write 2.35 or 235." });
  expect(readTarget("2.35\u00d7", lobby)).toEqual({ value: 235, fault: null });
  expect(readTarget("10 x", lobby)).toEqual({ value: 1_000, fault: null });
  expect(readTarget("1.01", lobby)).toEqual({ value: 101, fault: null });
  expect(readTarget("  ", lobby)).toEqual({ value: null, fault: null });
  for (const text of ["1", "1.00", "0", "0.5", "-2", "1.001", "2.355", "two", "1e3", "Infinity", "1.2.3", "99999999"]) {
    const read = readTarget(text, lobby);
    expect([text, read.value]).toEqual([text, null]);
    expect(read.fault).not.toBeNull();
  }
});

test("what the target field shows is read back as the same target", () => {
  for (const x100 of [101, 110, 200, 235, 1_549, 100_000_000]) {
    expect(readTarget(targetText(x100), lobby).value).toBe(x100);
  }
  expect(readTarget(targetText(null), lobby)).toEqual({ value: null, fault: null });
});

test("a step goes to the next round amount and never out of the limits", () => {
  expect(stepAmount(50, 1, lobby)).toBe(100);
  expect(stepAmount(55, 1, lobby)).toBe(100);
  expect(stepAmount(55, -1, lobby)).toBe(50);
  expect(stepAmount(10, -1, lobby)).toBe(10);
  expect(stepAmount(50_000, 1, lobby)).toBe(50_000);
  expect(stepAmount(3, -1, lobby)).toBe(10);
  for (let amount = 10; amount < 50_000; amount = stepAmount(amount, 1, lobby)) {
    expect(stepAmount(amount, 1, lobby)).toBeGreaterThan(amount);
  }
});

test("[C10] a plan is read into the very command that the lobby takes, and each faulty field is named", () => {
  expect(plan({})).toEqual({ type: "strategy", amount: 50, autoCashout: 2 });
  const whole = plan({
    onWinHow: "base",
    onWin: "3",
    onLossHow: "times",
    onLoss: "2.5",
    rounds: "20",
    stopLoss: "1,000",
    stopWin: "500",
  });
  expect(whole).toEqual({
    type: "strategy",
    amount: 50,
    autoCashout: 2,
    onLoss: 2.5,
    rounds: 20,
    stopLoss: 1_000,
    stopWin: 500,
  });
  expect(command.parse(whole)).toEqual(whole);
  expect(plan({ amount: "1" })).toContain("least bet");
  expect(plan({ target: "" })).toContain("target");
  expect(plan({ target: "1" })).toContain("Out at");
  expect(plan({ onLossHow: "times", onLoss: "2.555" })).toContain("After a loss");
  expect(plan({ onWinHow: "times", onWin: "" })).toContain("After a win");
  expect(plan({ rounds: "0" })).toContain("Flights");
  expect(plan({ rounds: "10001" })).toContain("Flights");
  expect(plan({ stopLoss: "-5" })).toContain("Lose no more than");
});
