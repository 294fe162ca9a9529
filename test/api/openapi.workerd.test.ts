import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { app } from "../../src/app.ts";
import { REFUSALS } from "../../src/api/http/refusals.ts";
import { get, ORIGIN } from "./api.workerd.ts";

/** The OpenAPI document is whole: names, words, examples and errors for every call, and every call in it. */

type Json = Readonly<Record<string, unknown>>;
type Media = Readonly<Record<string, { readonly schema?: Json; readonly examples?: Readonly<Record<string, Json>> }>>;
type Operation = {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Json;
  }[];
  readonly requestBody?: { readonly content: Media };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Media }>>;
};
type Listed = { readonly route: string; readonly operation: Operation };

let listed: Listed[] = [];
let document: { tags: { name: string }[]; components: { schemas: Record<string, Json> } };

beforeAll(async () => {
  const { body } = await get("/api/openapi.json");
  document = body;
  listed = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
  );
});

/** The routes that something is not so of. */
const but = (holds: (one: Listed) => boolean): string[] =>
  listed.filter((one) => !holds(one)).map(({ route }) => route);

const resolved = (schema: Json): Json => {
  const { $ref } = schema;
  return typeof $ref === "string" ? (document.components.schemas[$ref.slice($ref.lastIndexOf("/") + 1)] ?? {}) : schema;
};

/** Every text and number in it has an example, a fixed value or a choice of its own, or a whole has one. */
function isExemplified(schema: Json): boolean {
  const { example, examples, properties, items, anyOf, oneOf, enum: values, const: only, type } = resolved(schema);
  if ([example, examples, values, only].some((known) => known !== undefined)) return true;
  if (typeof properties === "object" && properties !== null) return true;
  const parts = [items, ...((anyOf ?? oneOf ?? []) as Json[])].filter((part): part is Json => part !== undefined);
  if (parts.length > 0) return parts.some(isExemplified);
  return type === "object" || type === "boolean" || type === undefined;
}

const codesOf = ({ operation }: Listed): string[] =>
  Object.values(operation.responses).flatMap(({ content }) =>
    Object.keys(content?.["application/json"]?.examples ?? {}),
  );

/** What a call takes, and what it answers when it is right. */
const bodies = ({ operation }: Listed): Media[] => [
  ...(operation.requestBody === undefined ? [] : [operation.requestBody.content]),
  ...Object.entries(operation.responses).flatMap(([status, { content }]) =>
    Number(status) < 400 && content !== undefined ? [content] : [],
  ),
];

const needed = (route: string): string[] => [
  "rate_limited",
  "internal",
  "bad_settings",
  ...(route.startsWith("POST") ? ["bad_origin", "malformed_json", "not_json", "too_large"] : []),
];

describe("[7] the OpenAPI document", () => {
  test("is OpenAPI 3.1 and has every route of the app", () => {
    const routes = app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(\{[^}]*\})?/g, "{$1}").replace(/(.)\/$/, "$1")}`);
    const documented = new Set(listed.map(({ route }) => route));
    // The document itself, and the page of it.
    const aside = new Set(["GET /api/openapi.json", "GET /docs"]);
    expect([...new Set(routes)].filter((route) => !documented.has(route) && !aside.has(route))).toEqual([]);
    expect(documented.size).toBeGreaterThan(50);
  });

  test("gives every call a name of its own, words and a group that is described", () => {
    expect(but(({ operation }) => /^[a-z][A-Za-z]{3,40}$/.test(operation.operationId ?? ""))).toEqual([]);
    expect(new Set(listed.map(({ operation }) => operation.operationId)).size).toBe(listed.length);
    expect(but(({ operation }) => (operation.summary ?? "").length > 5)).toEqual([]);
    const groups = new Set(document.tags.map(({ name }) => name));
    expect(but(({ operation }) => operation.tags?.length === 1 && groups.has(operation.tags[0] ?? ""))).toEqual([]);
  });

  test("has every parameter with its type, and those of a path are required", () => {
    expect(
      but(({ route, operation }) =>
        [...route.matchAll(/\{(\w+)\}/g)].every(([, name]) =>
          (operation.parameters ?? []).some((one) => one.in === "path" && one.name === name && one.required === true),
        ),
      ),
    ).toEqual([]);
    expect(
      but(({ operation }) =>
        (operation.parameters ?? []).every(({ schema }) => typeof resolved(schema)["type"] === "string"),
      ),
    ).toEqual([]);
  });

  test("has an example of every body and of every answer", () => {
    expect(
      but((one) =>
        bodies(one).every((media) => Object.values(media).every(({ schema = {} }) => isExemplified(schema))),
      ),
    ).toEqual([]);
  });

  test("tells the errors that any call may meet on its way to its route", () => {
    expect(but((one) => needed(one.route).every((code) => codesOf(one).includes(code)))).toEqual([]);
    const keyed = listed.filter(({ operation }) =>
      operation.parameters?.some(({ name }) => name === "idempotency-key"),
    );
    // What gives a token or a recovery code keeps no answer: under a key it only does its work once.
    const [giving, players] = [
      /^POST \/api\/(auth\/(guest|register|refresh)|me\/recovery)$/,
      /^POST \/api\/(balance|rooms|me(?!\/recovery))/,
    ].map((some) => listed.filter(({ route }) => some.test(route)));
    const routesOf = (some: typeof keyed = []): string[] => some.map(({ route }) => route).sort();
    expect(routesOf(keyed)).toEqual([...routesOf(giving), ...routesOf(players)].sort());
    for (const one of players ?? []) {
      expect(codesOf(one)).toEqual(
        expect.arrayContaining(["invalid_request", "idempotency_conflict", "idempotency_busy", "too_many_keys"]),
      );
    }
  });

  test("has each error at its own status, and every error somewhere", () => {
    for (const { operation } of listed) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        for (const code of Object.keys(content?.["application/json"]?.examples ?? {})) {
          expect([code, REFUSALS[code as keyof typeof REFUSALS][0]]).toEqual([code, Number(status)]);
        }
      }
    }
    const told = new Set(listed.flatMap(codesOf));
    // Of addresses that are none: no call of the document gives them.
    const nowhere = new Set(["not_found", "method_not_allowed"]);
    expect(Object.keys(REFUSALS).filter((code) => !told.has(code) && !nowhere.has(code))).toEqual([]);
  });
});

const docsFor = async (address: string): Promise<Response> =>
  app.request("/docs", { headers: { "cf-connecting-ip": address } }, { ...env, LIMIT_API_PER_MIN: 1 });

describe("[7] /docs", () => {
  test("counts in its reader's limit as any other request, and is the same each time", async () => {
    const [one, other, again] = [
      await docsFor("203.0.113.99"),
      await docsFor("203.0.113.98"),
      await docsFor("203.0.113.99"),
    ];
    expect([one.status, other.status, again.status]).toEqual([200, 200, 429]);
    expect(await other.text()).toBe(await one.text());
  });

  test("has the fields of what extends something else, and how many a page may have", async () => {
    const page = await (await SELF.fetch(`${ORIGIN}/docs`)).text();
    const article = page.slice(page.indexOf('id="post-api-auth-register"'), page.indexOf('id="post-api-auth-login"'));
    for (const field of ["token", "player.username", "recoveryCode"])
      expect(article).toContain(`<td><code>${field}</code></td>`);
    expect(page).toContain("How many on a page: 1 to 200, 50 by default.");
    expect(page).toContain("How many days back, today included: 1 to 366, 30 by default.");
  });

  test("has every call with who gets in, links both documents, and needs nothing from elsewhere", async () => {
    const response = await SELF.fetch(`${ORIGIN}/docs`);
    const page = await response.text();
    for (const { route } of listed) {
      const [method = "", path = ""] = route.split(" ");
      expect(page).toContain(`<span class="method">${method}</span> ${path}</h3>`);
    }
    for (const word of [
      "Needs an operator&#39;s key.",
      'href="/api/openapi.json"',
      'href="/api/asyncapi.json"',
      "text/csv",
    ]) {
      expect(page).toContain(word);
    }
    expect(page).not.toMatch(/<script|<link|<img|\b(src|href)="(https?:)?\/\//);
  });
});
