import { describe, expect, test } from "vitest";
import { BadSettings, firstConfigOf, settingsOf, type Env } from "../../src/env.ts";

const AUTH_SECRET = "a secret for tests alone, long enough";
const read = (settings: Record<string, unknown>): ReturnType<typeof settingsOf> =>
  settingsOf({ AUTH_SECRET, ...settings } as unknown as Env);

const refusal = (settings: Record<string, unknown>): string => {
  try {
    read(settings);
  } catch (error) {
    if (error instanceof BadSettings) return error.message;
    throw error;
  }
  return "";
};

describe("settings", () => {
  test("have a default for everything but the secret: a lottery in the house, and no operators", () => {
    const { ROLE, LOTTERY, LOTTERIES, OPERATOR_KEYS } = read({});
    expect([ROLE, LOTTERY, OPERATOR_KEYS]).toEqual(["casino", "embedded", []]);
    expect([...LOTTERIES]).toMatchObject([
      ["main", { players: 5, minPlayers: 2, weighting: "stake", prizeShare: 100 }],
    ]);
    expect(refusal({ AUTH_SECRET: "short" })).toContain("AUTH_SECRET");
  });

  test("take lotteries as JSON text or as a table, each read by the game's own schema", () => {
    for (const LOTTERIES of [{ late: { players: 20 } }, '{"late":{"players":20}}']) {
      const settings = read({ LOTTERIES });
      expect([...settings.LOTTERIES]).toMatchObject([["late", { players: 20, minPlayers: 2 }]]);
      expect(firstConfigOf(settings, "lottery:late")).toMatchObject({ players: 20 });
      expect(firstConfigOf(settings, "poker:main")).toEqual({ minPlayers: 3, botBudget: 200_000 });
    }
    expect(read({ LOTTERIES: "" }).LOTTERIES.has("main")).toBe(true);
    expect(read({ LOTTERIES: {} }).LOTTERIES.size).toBe(0);
  });

  test.each([
    ["not JSON", { LOTTERIES: "{" }, "LOTTERIES"],
    ["an id that is none", { LOTTERIES: { "a b": {} } }, "LOTTERIES"],
    ["a prize of more than all", { LOTTERIES: { main: { prizeShare: 10_001 } } }, "LOTTERIES"],
    ["a minimum above the threshold", { LOTTERIES: { main: { players: 2, minPlayers: 3 } } }, "LOTTERIES"],
    ["a mode that is none", { LOTTERY: "pigeon" }, "LOTTERY"],
    ["a short operator's key", { OPERATOR_KEYS: "short" }, "OPERATOR_KEYS"],
    ["a deployment of lotteries without Kafka", { ROLE: "lottery" }, "LOTTERY"],
    ["a deployment of no lotteries", { ROLE: "lottery", LOTTERY: "kafka", LOTTERIES: {} }, "LOTTERIES"],
  ])("that cannot be meant are refused by name, and never told: %s", (_, settings, name) => {
    const words = refusal(settings);
    expect(words).toContain(name);
    for (const value of ["pigeon", "short", AUTH_SECRET]) expect(words).not.toContain(value);
  });

  test("that contradict each other are told with the reason", () => {
    expect(refusal({ ROLE: "lottery" })).toContain("ROLE=lottery needs LOTTERY=kafka");
    expect(refusal({ ROLE: "lottery", LOTTERY: "kafka" })).toBe("");
  });
});
