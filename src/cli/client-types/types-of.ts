/** Generates TypeScript from an OpenAPI 3.1 document: one line for each call, with its input and its answer. Pure. */

/** The subset of JSON Schema that our document uses; a schema with other keywords becomes `unknown`. */
type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly description?: string;
  readonly deprecated?: boolean;
  /** Overrides the generated type, for schemas that a reader must tell apart by something outside them. */
  readonly "x-client-type"?: string;
};
type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
type Parameter = { readonly in: string; readonly name: string; readonly required?: boolean; readonly schema?: Schema };
type Operation = {
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content?: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};
export type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
};

const HEAD = "// Made by `npm run client:types` from the OpenAPI document: not to be written by hand.";

export function typesOf({ paths, components }: Document): string {
  const named = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema)};`,
  );
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => routeOf(method, path, operation)),
  );
  return [HEAD, ...named, `export type Routes = {\n${routes.join("\n")}\n};`].join("\n\n") + "\n";
}

/** Empty for a route without a 2xx response, such as a socket: it is not a call. */
function routeOf(
  method: string,
  path: string,
  { summary, parameters = [], requestBody, responses }: Operation,
): string[] {
  const good = Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1];
  if (good === undefined) return [];
  const parts = [
    ...part(
      "path",
      parameters.filter((one) => one.in === "path").map((one) => ({ ...one, required: true })),
    ),
    ...part(
      "query",
      parameters.filter((one) => one.in === "query"),
    ),
    ...(requestBody === undefined
      ? []
      : [`readonly body${requestBody.required === true ? "" : "?"}: ${contentOf(requestBody.content)}`]),
    `readonly answer: ${contentOf(good.content)}`,
  ];
  const words = summary === undefined ? [] : [`  /** ${summary.replaceAll("*/", "* /")} */`];
  return [...words, `  readonly "${method.toUpperCase()} ${path}": { ${parts.join("; ")} };`];
}

function part(name: string, parameters: readonly Parameter[]): string[] {
  if (parameters.length === 0) return [];
  const needed = parameters.some(({ required }) => required === true);
  const fields = parameters.map(
    (one) =>
      `readonly ${keyOf(one.name)}${one.required === true ? "" : "?"}: ${typeOf(one.schema ?? { type: "string" })}`,
  );
  return [`readonly ${name}${needed ? "" : "?"}: { ${fields.join("; ")} }`];
}

function contentOf(content: Content | undefined): string {
  if (content === undefined) return "undefined";
  const json = content["application/json"];
  return json === undefined ? "string" : typeOf(json.schema ?? {});
}

function typeOf(schema: Schema): string {
  const { $ref, anyOf, oneOf, allOf, type } = schema;
  if (schema["x-client-type"] !== undefined) return schema["x-client-type"];
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf("/") + 1);
  if (schema.enum !== undefined) return unionOf(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (anyOf !== undefined || oneOf !== undefined) return unionOf([...(anyOf ?? []), ...(oneOf ?? [])].map(typeOf));
  if (allOf !== undefined) return allOf.map((one) => `(${typeOf(one)})`).join(" & ");
  if (typeof type === "object") return unionOf(type.map((one) => typeOf({ ...schema, type: one })));
  switch (type) {
    case "string":
    case "boolean":
    case "null":
      return type;
    case "integer":
    case "number":
      return "number";
    case "array":
      return arrayOf(schema);
    case "object":
      return objectOf(schema);
    default:
      return "unknown";
  }
}

const unionOf = (types: readonly string[]): string => [...new Set(types)].join(" | ");

function arrayOf({ items, prefixItems }: Schema): string {
  if (prefixItems !== undefined) return `readonly [${prefixItems.map(typeOf).join(", ")}]`;
  return `readonly (${typeOf(items ?? {})})[]`;
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) =>
      `${warningOf(schema)}readonly ${keyOf(name)}${required.includes(name) ? "" : "?"}: ${typeOf(schema)}`,
  );
  if (fields.length > 0) return `{ ${fields.join("; ")} }`;
  const rest = typeof additionalProperties === "object" ? typeOf(additionalProperties) : "unknown";
  return `Readonly<Record<string, ${rest}>>`;
}

const warningOf = ({ deprecated, description = "" }: Schema): string =>
  deprecated === true ? `/** @deprecated ${description} */ ` : "";

const keyOf = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
