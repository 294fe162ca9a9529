import { describe, expect, test } from "vitest";
import { operatorKeys } from "../../src/api/auth/roles.ts";

const KEY = "k".repeat(31);
const read = (text: string) => operatorKeys.safeParse(text);

describe("OPERATOR_KEYS", () => {
  test("is name:role:key, and a key alone is the operator `operator` with the role admin", () => {
    expect(read(`anna:viewer:${KEY}1, Bert_2:floor:${KEY}2,${KEY}3,${KEY}4`).data).toEqual([
      { name: "anna", role: "viewer", key: `${KEY}1` },
      { name: "Bert_2", role: "floor", key: `${KEY}2` },
      { name: "operator", role: "admin", key: `${KEY}3` },
      { name: "operator", role: "admin", key: `${KEY}4` },
    ]);
    expect(read("").data).toEqual([]);
  });

  test.each([
    ["a short key", `anna:viewer:${KEY}`],
    ["a short key alone", KEY],
    ["a role that there is not", `anna:owner:${KEY}1`],
    ["a role misspelt, which is not taken for an admin's key", `anna:suport:${KEY}1`],
    ["no role", `anna:${KEY}1`],
    ["no name", `:viewer:${KEY}1`],
    ["a name of 41", `${"a".repeat(41)}:viewer:${KEY}1`],
    ["a name with a space", `anna b:viewer:${KEY}1`],
    ["a key with a space", `anna:viewer:${KEY} 1`],
    ["one name twice", `anna:viewer:${KEY}1,Anna:admin:${KEY}2`],
    ["one key twice", `anna:viewer:${KEY}1,bert:admin:${KEY}1`],
    ["one key alone twice", `${KEY}1,${KEY}1`],
  ])("refuses %s, and says why without the key", (_, text) => {
    const { success, error } = read(text);
    expect(success).toBe(false);
    expect(error?.issues[0]?.message).toMatch(/^(each is name:role:key|two operators have the same)/);
    expect(JSON.stringify(error?.issues)).not.toContain(KEY);
  });
});
