import { readFileSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { typesOf, type Document } from "./client-types/types-of.ts";

/**
 * `npm run client:types`: writes src/client/routes.gen.ts, the types of every call, from the app's OpenAPI document. With
 * `--check`: writes nothing, and exits with code 1 when that file is out of date.
 */

const file = new URL("../client/routes.gen.ts", import.meta.url);

/** The app is loaded only to read its document and serves nothing, so the platform's modules may be empty stubs. */
const EMPTY = `data:text/javascript,${encodeURIComponent(
  ["DurableObject", "WorkerEntrypoint", "RpcTarget"].map((name) => `export class ${name} {}`).join(";"),
)};export const env = {}`;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith("cloudflare:") ? { url: EMPTY, shortCircuit: true } : next(specifier, context),
});

/** Imports by URL, so that the platform's types do not enter the TypeScript project of the tools. */
const load = async <T>(path: string): Promise<T> => (await import(new URL(path, import.meta.url).href)) as T;

const { app } = await load<{ app: { getOpenAPI31Document(about: object): Document } }>("../app.ts");
const { DOCUMENT } = await load<{ DOCUMENT: object }>("../api/docs/document.ts");
const types = typesOf(app.getOpenAPI31Document(DOCUMENT));

if (!process.argv.includes("--check")) writeFileSync(file, types);
else if (readFileSync(file, "utf8") !== types) {
  console.error("src/client/routes.gen.ts is not of this API any more: run `npm run client:types`.");
  process.exitCode = 1;
}
