import { beforeAll, describe, expect, test } from "vitest";
import { api, expectRefused, get, newGuest, newUser, post, type Answer, type Guest } from "./api.workerd.ts";
import { KEYS } from "./operator-world.workerd.ts";

/** Whatever is sent and not known is refused by its name: a misspelled wish is not one that nobody had. */

type Json = Readonly<Record<string, unknown>>;
type Operation = {
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly schema: Json } } };
};

let anna: Guest;
let calls: { method: string; path: string; operation: Operation }[] = [];
let components: Readonly<Record<string, Json>> = {};
beforeAll(async () => {
  anna = await newUser();
  const { body } = await get("/api/openapi.json");
  components = body.components.schemas;
  calls = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
});

const PLACES: Readonly<Record<string, string>> = { game: "roulette", id: "main", n: "1", place: "0", board: "profit" };
const at = (path: string): string => path.replaceAll(/\{(\w+)\}/g, (_, name: string) => PLACES[name] ?? "x");
const tokenFor = ({ security = [] }: Operation): string =>
  security.some((one) => "operator" in one) ? KEYS.admin : anna.token;

function fieldsOf(answer: Answer): Readonly<Record<string, string>> {
  expectRefused(answer, 422, "invalid_request");
  return answer.body.error.fields;
}

/** Paths of objects within that take more than they name. */
function open(schema: Json, path: string): string[] {
  const { $ref, type, properties, additionalProperties, items, anyOf, oneOf, allOf } = schema;
  if (typeof $ref === "string") return open(components[$ref.slice($ref.lastIndexOf("/") + 1)] ?? {}, path);
  const parts = [items, anyOf, oneOf, allOf].flat().filter((part) => part !== undefined) as Json[];
  const within = Object.entries((properties ?? {}) as Record<string, Json>);
  return [
    ...(type === "object" && additionalProperties !== false ? [path] : []),
    ...within.flatMap(([name, one]) => open(one, `${path}.${name}`)),
    ...parts.flatMap((part) => open(part, path)),
  ];
}

describe("what is not known", () => {
  test("in the query of any call is refused by its name", async () => {
    expect(calls.length).toBeGreaterThan(40);
    for (const { method, path, operation } of calls) {
      const call = { token: tokenFor(operation), ...(method === "GET" ? {} : { body: {} }) };
      const answer = await api(method, `${at(path)}?bogus=1`, call);
      const named: string[] = answer.status === 422 ? Object.keys(answer.body.error.fields as object) : [];
      expect([method, path, named.includes("bogus")], JSON.stringify(answer.body)).toEqual([method, path, true]);
    }
  });

  test("and close to what is known is asked about", async () => {
    expect(fieldsOf(await get("/api/leaderboards/profit?periode=week"))).toEqual({
      periode: "There is no `periode` here. Did you mean `period`?",
    });
    const config = await post("/api/rooms", {
      token: anna.token,
      body: { game: "crash", config: { betingMs: 1_000 } },
    });
    expect(fieldsOf(config)).toEqual({
      "config.betingMs": "There is no `betingMs` here. Did you mean `bettingMs`?",
    });
    expect(fieldsOf(await post("/api/rooms", { token: anna.token, body: { game: "crash", privat: true } }))).toEqual({
      privat: "There is no `privat` here. Did you mean `private`?",
    });
    expect(
      fieldsOf(await post("/api/me/sessions/end", { token: anna.token, body: { others: true, other: 1 } })),
    ).toEqual({ other: "There is no `other` here. Did you mean `others`?" });
  });

  test("of more than twenty names is told of the first twenty, each in its own words, and how many more there are", async () => {
    const names = Array.from({ length: 500 }, (_, i) => `no${i} There is no \`x\``);
    const body = { game: "crash", ...Object.fromEntries(names.map((name) => [name, 1])) };
    const fields = fieldsOf(await post("/api/rooms", { token: anna.token, body }));
    expect(Object.keys(fields)).toEqual([...names.slice(0, 20), "body"]);
    for (const name of names.slice(0, 20)) expect(fields[name]).toBe(`There is no \`${name}\` here.`);
    expect(fields.body).toBe("And 480 more.");
  });

  test("of several shapes is told by what is missing, and a game that there is not by the games that there are", async () => {
    for (const body of [{}, { id: "nosuch" }]) {
      const told = fieldsOf(await post("/api/me/sessions/end", { token: anna.token, body }));
      expect(told).toEqual(
        "id" in body ? { id: "no session has such an id" } : { body: "Needs one of these: `id`, `others`." },
      );
    }
    const replayed = await post("/api/operator/dead-letters/replay", { token: KEYS.admin, body: {} });
    expect(fieldsOf(replayed)["body"]).toMatch(/^Needs one of these: `id`/);
    expect(fieldsOf(await get("/api/rooms?game=bingo"))["game"]).toContain("roulette");
  });

  test("is nobody's name: an operator who looks for a guest's finds nobody", async () => {
    const { username } = await newGuest();
    const answer = await get(`/api/operator/players?name=${encodeURIComponent(username)}`, { token: KEYS.viewer });
    expectRefused(answer, 404, "unknown_player");
  });

  test("in a body where none is taken is refused; an empty one is none", async () => {
    const faucet = await post("/api/balance/faucet", { token: anna.token, body: { amount: 5 } });
    expect(fieldsOf(faucet)).toEqual({ amount: "This call takes no fields." });
    expect(fieldsOf(await post("/api/auth/guest", { body: { username: "ann" } }))).toHaveProperty("username");
    expect(fieldsOf(await post("/api/me/ticket", { token: anna.token, body: [] }))).toHaveProperty("body");
    expectRefused(await post("/api/me/ticket", { token: anna.token, body: "{" }), 400, "malformed_json");
    expect((await post("/api/me/ticket", { token: anna.token, body: {} })).status).toBe(200);
    expect((await post("/api/me/ticket", { token: anna.token })).status).toBe(200);
  });

  test("no body in the OpenAPI document takes; a room's config is told in full by /api/games", async () => {
    const loose = calls.flatMap(({ method, path, operation }) => {
      const schema = operation.requestBody?.content["application/json"].schema;
      return schema === undefined ? [] : open(schema, `${method} ${path}`);
    });
    expect(loose).toEqual(["POST /api/rooms.config"]);
    const { games } = (await get("/api/games")).body;
    for (const { config } of games) expect(config.additionalProperties).toBe(false);
  });

  test("no command in the AsyncAPI document takes", async () => {
    const { channels, components: parts } = (await get("/api/asyncapi.json")).body;
    const commands = Object.entries(parts.messages as Record<string, { payload: Json }>).filter(
      ([name]) => name.endsWith("_command") || name === "seen",
    );
    expect(commands.length).toBe(Object.keys(channels).filter((key) => key.endsWith("Room")).length + 2);
    expect(commands.flatMap(([name, { payload }]) => open(payload, name))).toEqual([]);
  });

  test("options of a room that do not go together are refused at one of them", async () => {
    const body = { game: "roulette", config: { minStake: 60_000 } };
    expect(fieldsOf(await post("/api/rooms", { token: anna.token, body }))).toHaveProperty(["config.minStake"]);
  });
});
