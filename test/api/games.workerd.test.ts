import { describe, expect, test } from "vitest";
import { games } from "../../rooms/games.ts";
import { namedConfig, newOptionName } from "../../rooms/kit/names.ts";
import { get, newGuest, post } from "./api.workerd.ts";

type Option = {
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
};
type Told = { game: string; title: string; house: boolean; config: { properties: Record<string, Option> } };

const told = async (): Promise<readonly Told[]> => (await get("/api/games")).body.games;

describe("the games, as a form needs them (6.3)", () => {
  test("every game of the registry is told, and which are the house's own", async () => {
    const list = await told();
    expect(list.map(({ game }) => game)).toEqual([...games.keys()]);
    expect(list.filter(({ house }) => house).map(({ game }) => game)).toEqual(["lottery"]);
    expect(list.every(({ title }) => title.length > 0)).toBe(true);
  });

  test.each([...games])(
    "%s: every option of its config has words, and the default that a room is made with",
    async (name, rules) => {
      const found = (await told()).find(({ game }) => game === name);
      const options = Object.entries(found?.config.properties ?? {});
      const defaults = Object.fromEntries(options.map(([option, one]) => [option, one.default]));
      expect(defaults).toEqual(namedConfig(rules.config.parse({})));
      for (const [, { title, description }] of options) {
        expect(title).toMatch(/^[A-Z]/);
        expect(description).toMatch(/\.$/);
      }
    },
  );

  test.each([...games])("%s: a number is taken at its limits, and refused one step beyond", async (name, rules) => {
    const found = (await told()).find(({ game }) => game === name);
    const numbers = Object.entries(found?.config.properties ?? {}).filter(([, { type }]) => type === "integer");
    expect(numbers.length).toBeGreaterThan(2);
    for (const [option, { minimum, maximum }] of numbers) {
      if (minimum === undefined || maximum === undefined) throw new Error(`${option} has no limits`);
      // Of a schema with rules between options, only what is said of this one counts.
      const faults = (value: number): number =>
        (rules.config.safeParse({ [option]: value }).error?.issues ?? []).filter(
          ({ path: [name], code }) => [name, newOptionName(String(name))].includes(option) && code !== "custom",
        ).length;
      expect([option, ...[minimum, maximum, minimum - 1, maximum + 1].map(faults)]).toEqual([option, 0, 0, 1, 1]);
    }
  });

  test("a room is made with what was read there", async () => {
    const { token } = await newGuest();
    for (const { game, house, config } of await told()) {
      const defaults = Object.fromEntries(Object.entries(config.properties).map(([name, one]) => [name, one.default]));
      const { status, body } = await post("/api/rooms", { token, body: { game, config: defaults } });
      expect([game, status]).toEqual([game, house ? 422 : 201]);
      if (!house) expect((await get(`/api/rooms/${game}/${body.id}`)).body.config).toEqual(defaults);
    }
  });
});
