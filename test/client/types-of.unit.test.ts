import { expect, test } from "vitest";
import { typesOf } from "../../src/cli/client-types/types-of.ts";

/** The types of the calls, made from the document. */

const content = (schema: object): object => ({ content: { "application/json": { schema } } });
const make = (operation: object, components: object = {}): string =>
  typesOf({ paths: { "/api/things/{id}": { post: operation } }, components } as Parameters<typeof typesOf>[0]);

test("a call is a line with its path, its query, its body and its answer", () => {
  const types = make({
    summary: "Make a thing",
    parameters: [
      { in: "path", name: "id", required: true, schema: { type: "string" } },
      { in: "query", name: "limit", schema: { type: "integer" } },
      { in: "header", name: "idempotency-key", schema: { type: "string" } },
    ],
    requestBody: { required: true, ...content({ type: "object", properties: { a: { type: "boolean" } } }) },
    responses: { 201: content({ $ref: "#/components/schemas/Thing" }), 404: {} },
  });
  expect(types).toContain("/** Make a thing */");
  expect(types).toContain(
    '"POST /api/things/{id}": { readonly path: { readonly id: string }; readonly query?: { readonly limit?: number }; readonly body: { readonly a?: boolean }; readonly answer: Thing };',
  );
});

test.each([
  [{ type: ["string", "null"] }, "string | null"],
  [{ enum: ["a", "b"] }, '"a" | "b"'],
  [{ const: "seed" }, '"seed"'],
  [{ type: "array", items: { anyOf: [{ type: "string" }, { type: "number" }] } }, "readonly (string | number)[]"],
  [{ type: "object", additionalProperties: { type: "integer" } }, "Readonly<Record<string, number>>"],
  [{ anyOf: [{ type: "string" }, { type: "null" }], "x-client-type": "unknown" }, "unknown"],
  [{ type: "object", properties: { "a-b": {} }, required: ["a-b"] }, '{ readonly "a-b": unknown }'],
  [{ allOf: [{ $ref: "#/c/A" }, { $ref: "#/c/B" }] }, "(A) & (B)"],
])("%j is %s", (schema, type) => {
  expect(make({ responses: {} }, { schemas: { It: schema } })).toContain(`export type It = ${type};`);
});

test("a call without a body is answered with nothing, one in text with a string, and a socket is no call", () => {
  expect(make({ responses: { 204: {} } })).toContain("readonly answer: undefined");
  expect(make({ responses: { 200: { content: { "text/csv": {} } } } })).toContain("readonly answer: string");
  expect(make({ responses: { 101: {} } })).not.toContain("POST");
});
