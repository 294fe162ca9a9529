import type { OpenAPIHono } from "@hono/zod-openapi";

/** Describes a schema of the OpenAPI document as text and as an example. */

export type Document = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;
type Schemas = NonNullable<NonNullable<Document["components"]>["schemas"]>;
type SchemaOrRef = Schemas[string];
type Schema = Exclude<SchemaOrRef, { $ref: string }>;

/** One row in the table of a body: `rooms[].amount`. */
export type Field = { readonly path: string; readonly type: string; readonly needed: boolean; readonly about: string };

function isReference(schema: SchemaOrRef): schema is Exclude<SchemaOrRef, Schema> {
  return "$ref" in schema && typeof schema.$ref === "string";
}

function resolve(document: Document, schema: SchemaOrRef): Schema {
  if (!isReference(schema)) return together(document, schema);
  const name = schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
  const found = document.components?.schemas?.[name];
  return found === undefined ? {} : resolve(document, found);
}

/** Merges the parts of an `allOf`: a schema that extends another has the fields of both. */
function together(document: Document, { allOf, ...own }: Schema): Schema {
  if (allOf === undefined) return own;
  const parts = [...allOf.map((part) => resolve(document, part)), own];
  const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {})) as NonNullable<
    Schema["properties"]
  >;
  const required = [...new Set(parts.flatMap((part) => part.required ?? []))];
  const whole = Object.assign({}, ...parts) as Schema;
  return Object.keys(properties).length === 0 ? whole : { ...whole, properties, required };
}

export function typeName(document: Document, schema: SchemaOrRef): string {
  const { type, enum: values, items, anyOf, oneOf, const: only } = resolve(document, schema);
  if (only !== undefined) return JSON.stringify(only);
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(" | ");
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return choices.map((choice) => typeName(document, choice)).join(" | ");
  if (type === "array" && items !== undefined) return `${typeName(document, items)}[]`;
  if (type === undefined) return "any";
  return typeof type === "string" ? type : type.join(" | ");
}

/** Every field below a schema, in order. */
export function fieldsOf(document: Document, schema: SchemaOrRef, prefix = ""): Field[] {
  const { properties, required = [], items } = resolve(document, schema);
  if (properties === undefined) return items === undefined ? [] : fieldsOf(document, items, `${prefix}[]`);
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    const about = property.description ?? resolve(document, property).description ?? "";
    const needed = required.includes(name);
    return [{ path, type: typeName(document, property), needed, about }, ...fieldsOf(document, property, path)];
  });
}

/** A value that matches the schema, built from the examples in it. */
export function exampleOf(document: Document, schema: SchemaOrRef): unknown {
  const {
    example,
    examples,
    enum: values,
    const: only,
    type,
    items,
    properties,
    default: fallback,
  } = resolve(document, schema);
  const known = example ?? examples?.[0] ?? only ?? values?.[0] ?? fallback;
  if (known !== undefined) return known;
  if (properties !== undefined) {
    return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, exampleOf(document, one)]));
  }
  const first = Array.isArray(type) ? type[0] : type;
  switch (first) {
    case "array":
      return items === undefined ? [] : [exampleOf(document, items)];
    case "string":
      return "…";
    case "integer":
    case "number":
      return 0;
    case "boolean":
      return false;
    case "null":
      return null;
    case "object":
    case undefined:
      return {};
    default:
      first satisfies never;
      return null;
  }
}
