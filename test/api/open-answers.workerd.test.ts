import Ajv from "ajv";
import { expect, test } from "vitest";
import { get } from "./api.workerd.ts";

/** What the house sends may have more in it one day: whoever reads it by the documents of today must not break on that. */

type Json = Readonly<Record<string, unknown>>;
type Media = { readonly content?: Readonly<Record<string, { readonly schema?: Json }>> };

/** The schemas that lie within one, and the names of their places. */
function parts(schema: Json): [string, Json][] {
  const { properties = {}, items, additionalProperties, anyOf, oneOf, allOf } = schema;
  const lists = [items, additionalProperties, anyOf, oneOf, allOf].flat();
  const within = lists.filter((one): one is Json => typeof one === "object" && one !== null);
  return [
    ...Object.entries(properties as Readonly<Record<string, Json>>),
    ...within.map((one) => ["", one] as [string, Json]),
  ];
}

/** Paths of objects that take nothing but what they name. */
const closed = (schema: Json, path: string): string[] => [
  ...(schema["additionalProperties"] === false ? [path] : []),
  ...parts(schema).flatMap(([name, one]) => closed(one, `${path}.${name}`)),
];

test("no answer in the OpenAPI document is closed", async () => {
  const { paths, components } = (await get("/api/openapi.json")).body;
  const answers = Object.entries(paths as Readonly<Record<string, Json>>).flatMap(([path, item]) =>
    Object.values(item as Readonly<Record<string, { responses: Readonly<Record<string, Media>> }>>).flatMap(
      ({ responses }) =>
        Object.values(responses).flatMap(({ content = {} }) =>
          Object.values(content).flatMap(({ schema = {} }) => closed(schema, path)),
        ),
    ),
  );
  expect(answers).toEqual([]);
  const named = Object.entries(components.schemas as Readonly<Record<string, Json>>);
  expect(named.length).toBeGreaterThan(10);
  expect(named.flatMap(([name, schema]) => closed(schema, name))).toEqual([]);
});

test("no frame that the house sends and no event is closed in the AsyncAPI document; what a socket takes is", async () => {
  const { operations, components } = (await get("/api/asyncapi.json")).body;
  const messages = components.messages as Readonly<Record<string, { payload: Json }>>;
  const found = { sends: [] as string[], takes: 0 };
  for (const [name, one] of Object.entries(
    operations as Readonly<Record<string, { action: string; messages: { $ref: string }[] }>>,
  )) {
    for (const { $ref } of one.messages) {
      const message = $ref.slice($ref.lastIndexOf("/") + 1);
      const shut = closed(messages[message]?.payload ?? {}, message);
      if (one.action === "receive" && name !== "receiveAwards") found.takes += shut.length;
      else found.sends.push(...shut);
    }
  }
  expect(found.sends).toEqual([]);
  expect(found.takes).toBeGreaterThan(20);
});

test("a frame and an event with a field more than today's are good by today's schemas", async () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const { messages } = (await get("/api/asyncapi.json")).body.components;
  const purse = ajv.compile(messages["roulette_purse"].payload);
  const frame = { type: "purse", chips: 5, balance: 7 };
  expect([purse(frame), purse({ ...frame, more: 1 }), purse({ ...frame, chips: "5" })]).toEqual([true, true, false]);
  const award = ajv.compile((await get("/api/schemas/lotteryAwardCreated")).body);
  const body = messages["lotteryAwardCreated"].payload;
  expect(award({})).toBe(false);
  expect(body.properties.payload.additionalProperties).toBeUndefined();
});
