import { describe, expect, test } from "vitest";
import { BadSettings, settingsOf, type Env } from "../../src/env.ts";

const read = (settings: object) => settingsOf({ AUTH_SECRET: "x".repeat(32), ...settings } as Env);
const URL = "https://eu1-heron.upstash.io";

describe("where the read model is", () => {
  test("is D1 where nothing is said, and Upstash where its URL and its token are", () => {
    expect(read({}).UPSTASH_REDIS_REST_URL).toBe("");
    expect(read({ UPSTASH_REDIS_REST_URL: "", UPSTASH_REDIS_REST_TOKEN: "" }).UPSTASH_REDIS_REST_URL).toBe("");
    const upstash = { UPSTASH_REDIS_REST_URL: URL, UPSTASH_REDIS_REST_TOKEN: "secret" };
    expect(read(upstash)).toMatchObject(upstash);
  });

  test.each([
    [{ UPSTASH_REDIS_REST_URL: URL }, /UPSTASH_REDIS_REST_TOKEN/],
    [{ UPSTASH_REDIS_REST_TOKEN: "secret-42" }, /UPSTASH_REDIS_REST_URL/],
    [{ UPSTASH_REDIS_REST_URL: "secret-42", UPSTASH_REDIS_REST_TOKEN: "secret-42" }, /UPSTASH_REDIS_REST_URL/],
  ])("one without the other, or no URL, is refused by name, and no value is told", (settings, name) => {
    let said = "";
    try {
      read(settings);
    } catch (error) {
      expect(error).toBeInstanceOf(BadSettings);
      said = String(error);
    }
    expect(said).toMatch(name);
    expect(said).not.toContain("secret-42");
  });
});
