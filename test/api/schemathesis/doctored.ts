/** The OpenAPI document with one fault each, to see that schemathesis is told of it. */

type Doctored = {
  readonly fault: string;
  readonly path: string;
  /** What schemathesis calls it. */
  readonly title: string;
  readonly wrong: unknown;
};

type Tree = { [key: string]: Tree };

const copyOf = (document: unknown): Tree => JSON.parse(JSON.stringify(document)) as Tree;

/** What is at these keys; throws when the document has no such place any more. */
function at(tree: Tree, ...keys: readonly string[]): Tree {
  return keys.reduce((here, key) => {
    const next = here[key];
    if (next === undefined) throw new Error(`the document has no ${keys.join(" ")}`);
    return next;
  }, tree);
}

function faulty(
  document: unknown,
  fault: string,
  path: string,
  title: string,
  spoil: (operation: Tree) => void,
): Doctored {
  const wrong = copyOf(document);
  spoil(at(wrong, "paths", path, "get"));
  return { fault, path, title, wrong };
}

export const doctored = (document: unknown): readonly Doctored[] => [
  faulty(document, "an answer of another shape", "/api/games", "Response violates schema", (operation) => {
    const media = at(operation, "responses", "200", "content", "application/json");
    Object.assign(media, { schema: { type: "array" } });
  }),
  faulty(document, "a status that is not told", "/api/balance/entries", "Undocumented status code", (operation) => {
    Reflect.deleteProperty(at(operation, "responses"), "422");
  }),
  faulty(
    document,
    "a session that is not needed",
    "/api/health",
    "API accepts requests without authentication",
    (operation) => {
      Object.assign(operation, { security: [{ operator: [] }] });
    },
  ),
];
