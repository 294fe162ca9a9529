import { describe, expect, test } from "vitest";
import {
  choiceWords,
  faultsOf,
  limitsOf,
  readField,
  readForm,
  readOption,
  WHOLE_FORM,
  type Option,
} from "../../web/lobby/room-form/option.ts";

const option = (name: string, more: object): Option => {
  const words = { title: `The ${name}`, description: "About it.", "x-advanced": false };
  const read = readOption(name, { ...words, type: "integer", default: 1, ...more });
  if (read === null) throw new Error(`${name} is no field`);
  return read;
};
const stake = option("minStake", { default: 1, minimum: 1, maximum: 1_000_000 });
const open = option("openMs", { default: 15_000, minimum: 50, maximum: 600_000 });
const ceiling = option("maxX100", { default: 200, minimum: 101, maximum: 10_000 });
const rake = option("rakeBps", { default: 0, minimum: 0, maximum: 1_000 });
const wheel = option("wheel", { type: "string", default: "european", enum: ["european", "american"] });
const twice = option("twice", { type: "boolean", default: true });
/** What a field says of its limits. */
const limits = (one: Option): string => (one.kind === "whole" ? limitsOf(one) : one.kind);
const all = [stake, open, ceiling, rake, wheel, twice];

describe("the form of a new room, made from the game's schema (6.3)", () => {
  test("a field begins with the default, in the unit that its name ends with", () => {
    expect(all.map(({ start }) => start)).toEqual(["1", "15", "2", "0", "european", "true"]);
    expect(all.map(limits)).toEqual([
      "From 1 to 1,000,000.",
      "From 0.05 to 600 seconds.",
      "From 1.01\u00d7 to 100\u00d7.",
      "From 0% to 10%.",
      "choice",
      "switch",
    ]);
  });

  test("what the form cannot ask is left to the default", () => {
    const words = { title: "Games", description: "Which.", "x-advanced": false };
    expect(readOption("games", { ...words, type: "array", default: [] })).toBeNull();
    expect(readOption("name", { ...words, type: "string", default: "x" })).toBeNull();
  });

  test.each([
    [open, "2.5", 2_500],
    [open, "0.05", 50],
    [open, "600", 600_000],
    [ceiling, "1.13", 113],
    [ceiling, "2.35", 235],
    [rake, "2.5", 250],
    [stake, "12,500", 12_500],
    [stake, "1000000", 1_000_000],
  ] as const)("$name: %s is read to the last digit", (one, text, value) => {
    expect(readField(one, text)).toEqual({ value });
  });

  test.each([
    [stake, ["", "0", "-1", "1.5", "1.000", "12 50", "1e3", "1000001", "ten", "99999999999999999"]],
    [open, ["0.049", "0.0505", "600.001", "1,5", "NaN"]],
    [ceiling, ["1", "1.015", "100.01"]],
  ] as const)("$name: what its limits do not allow is told by them", (one, texts) => {
    for (const text of texts) {
      const told = (one.kind === "whole" ? one.unit.fault(text) : null) ?? limits(one);
      expect([text, readField(one, text)]).toEqual([text, { fault: told }]);
    }
  });

  test("only what differs from the defaults is asked for", () => {
    expect(readForm(all, {})).toEqual({ config: {} });
    expect(readForm(all, { minStake: "1", wheel: "american", twice: "false", openMs: "3" })).toEqual({
      config: { wheel: "american", twice: false, openMs: 3_000 },
    });
  });

  test("everything that is wrong is told at once, and nothing is asked for", () => {
    expect(readForm(all, { minStake: "0", openMs: "x", wheel: "square", twice: "false" })).toEqual({
      faults: {
        minStake: limits(stake),
        openMs: "Write a number, such as 250 or 2.50.",
        wheel: "Choose one of these.",
      },
    });
  });

  test("the server's fields are shown at theirs, and what is about several in the form's own words", () => {
    const fields = { "config.openMs": "Too big", config: "minStake is more than maxX100", game: "One of: poker" };
    expect(faultsOf(all, fields)).toMatchObject({ openMs: "Too big." });
    expect(faultsOf(all, { config: fields.config })).toEqual({
      [WHOLE_FORM]: "\u201cThe minStake\u201d is more than \u201cThe maxX100\u201d.",
    });
    expect(faultsOf(all, { game: fields.game })).toEqual({ [WHOLE_FORM]: "One of: poker." });
  });

  test("names of choices become words", () => {
    expect(["underTheGun", "off", "european"].map(choiceWords)).toEqual(["Under the gun", "Off", "European"]);
  });
});
