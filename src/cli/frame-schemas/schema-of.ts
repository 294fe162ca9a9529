import type { Checker, Symbol, Type } from "typescript/unstable/sync";
import { SymbolFlags, TypeFlags } from "typescript/unstable/sync";
import { newOptionName } from "../../../rooms/kit/names.ts";

/**
 * Converts a TypeScript type of JSON data to JSON Schema (draft 7), with doc comments as descriptions. All numbers that the
 * server sends are integers. Objects are open, so that clients generated from the schemas accept fields added later.
 */

export type Schema = { readonly [key: string]: unknown };

const is = (type: Type, flags: TypeFlags): boolean => (type.flags & flags) !== 0;

/** A branded number or string (`Chips`, `PlayerId`) is a plain one in JSON: brands exist in TypeScript only. */
function branded(types: readonly Type[]): Schema | null {
  if (types.some((type) => is(type, TypeFlags.Number))) return { type: "integer" };
  return types.some((type) => is(type, TypeFlags.String)) ? { type: "string" } : null;
}

function described(checker: Checker, symbol: Symbol, schema: Schema): Schema {
  const description = checker.getDocumentationCommentOfSymbol(symbol).trim().replaceAll(/\s+/g, " ");
  if (description === "") return schema;
  return { ...schema, description, ...(description.startsWith("Deprecated:") ? { deprecated: true } : {}) };
}

function objectOf(checker: Checker, type: Type, above: readonly number[]): Schema {
  const properties = checker.getPropertiesOfType(type);
  const [index] = checker.getIndexInfosOfType(type);
  const entries = properties.map((property) => {
    const of = checker.getTypeOfSymbol(property);
    if (of === undefined) throw new Error(`no type for ${property.name}`);
    return [property.name, described(checker, property, schemaOf(checker, of, above))] as [
      name: string,
      schema: Schema,
    ];
  });
  const known = new Set(properties.map(({ name }) => name));
  for (const [i, [name, schema]] of entries.entries()) {
    const renamed = newOptionName(name);
    if (renamed === undefined || !known.has(renamed)) continue;
    entries[i] = [name, { ...schema, description: `The old name of \`${renamed}\`.`, deprecated: true }];
  }
  const required = properties.filter(({ flags }) => (flags & SymbolFlags.Optional) === 0).map(({ name }) => name);
  return {
    type: "object",
    ...(entries.length === 0 ? {} : { properties: Object.fromEntries(entries) }),
    ...(required.length === 0 ? {} : { required }),
    ...(index === undefined ? {} : { additionalProperties: schemaOf(checker, index.valueType, above) }),
  };
}

function unionOf(checker: Checker, types: readonly Type[], above: readonly number[]): Schema {
  // JSON has no undefined: such a field may be left out.
  const given = types.filter((type) => !is(type, TypeFlags.Undefined));
  const literals = given.filter((type) => type.isLiteralType());
  if (literals.length === given.length && given.every((type) => type.isBooleanLiteralType())) {
    return literals.length === 2 ? { type: "boolean" } : { const: literals[0]?.value };
  }
  const booleans = given.filter((type) => type.isBooleanLiteralType());
  const words = literals.filter((type) => !type.isBooleanLiteralType()).map(({ value }) => value);
  const rest = given.filter((type) => !type.isLiteralType());
  const choices: Schema[] = [
    ...(words.length === 0 ? [] : [words.length === 1 ? { const: words[0] } : { enum: words }]),
    ...(booleans.length === 2 ? [{ type: "boolean" }] : booleans.map(({ value }) => ({ const: value }))),
    ...rest.map((type) => schemaOf(checker, type, above)),
  ];
  const [only] = choices;
  return choices.length === 1 && only !== undefined ? only : { anyOf: inOrder(choices) };
}

/** Sorts by text. The compiler's order of union members depends on other files, and would make the output unstable. */
export function inOrder(schemas: readonly Schema[]): readonly Schema[] {
  const byText = schemas.map((schema) => [JSON.stringify(schema), schema] as const);
  return byText.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, schema]) => schema);
}

/** A recursive type (`Json`) becomes any JSON. Throws for types that JSON cannot represent. */
export function schemaOf(checker: Checker, type: Type, above: readonly number[] = []): Schema {
  if (above.includes(type.id) || is(type, TypeFlags.Unknown)) return {};
  const here = [...above, type.id];
  if (is(type, TypeFlags.Null)) return { type: "null" };
  if (is(type, TypeFlags.String)) return { type: "string" };
  if (is(type, TypeFlags.Number)) return { type: "integer" };
  if (type.isLiteralType()) return { const: type.value };
  if (type.isUnionType()) return unionOf(checker, type.getTypes(), here);
  if (type.isIntersectionType()) return branded(type.getTypes()) ?? objectOf(checker, type, here);
  if (checker.isTupleType(type) && type.isTypeReference()) {
    const items = checker.getTypeArguments(type).map((one) => schemaOf(checker, one, here));
    return { type: "array", items, minItems: items.length, maxItems: items.length };
  }
  if (checker.isArrayType(type) && type.isTypeReference()) {
    const [of] = checker.getTypeArguments(type);
    return { type: "array", items: of === undefined ? {} : schemaOf(checker, of, here) };
  }
  if (type.isObjectType()) return objectOf(checker, type, here);
  throw new Error(`not JSON: ${checker.typeToString(type)}`);
}
