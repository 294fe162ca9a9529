import { readFileSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { typesOf, type Document } from "./client-types/types-of.ts";

/**
 * `npm run client:types`: writes src/client/routes.gen.ts, the types of every call, from the app's own OpenAPI document. With
 * `--check`: exit code 1 when that file is not what would be written.
 */

const file = new URL("../client/routes.gen.ts", import.meta.url);

/** The app is loaded to read its document and serves nothing: what it imports of the platform may be empty. */
const EMPTY = `data:text/javascript,${encodeURIComponent(
  ["DurableObject", "WorkerEntrypoint", "RpcTarget"].map((name) => `export class ${name} {}`).join(";"),
)};export const env = {}`;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith("cloudflare:") ? { url: EMPTY, shortCircuit: true } : next(specifier, context),
});

/** By address, so that the types of the platform stay out of the tools' project. */
const load = async <T>(path: string): Promise<T> => (await import(new URL(path, import.meta.url).href)) as T;

const { app } = await load<{ app: { getOpenAPI31Document(about: object): Document } }>("../app.ts");
const { DOCUMENT } = await load<{ DOCUMENT: object }>("../api/docs/document.ts");
const types = typesOf(app.getOpenAPI31Document(DOCUMENT));

if (!process.argv.includes("--check")) writeFileSync(file, types);
else if (readFileSync(file, "utf8") !== types) {
  console.error("src/client/routes.gen.ts is not of this API any more: run `npm run client:types`.");
  process.exitCode = 1;
}
