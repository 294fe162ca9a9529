import { html } from "hono/html";
import { style } from "./style.ts";
import { ROOM_REFUSALS } from "../../../rooms/kit/room-words.ts";
import type { RefusalWords } from "../../../rooms/kit/words.ts";
import { entries } from "../../../rooms/games.ts";
import { exampleOf, fieldsOf, typeName, type Document, type Field } from "./schema.ts";

/** /docs: the OpenAPI document as one HTML page for people, without scripts or external resources. */

type Html = ReturnType<typeof html>;
type PathItem = NonNullable<Document["paths"]>[string];
type Operation = NonNullable<PathItem["get"]>;
type Listed = { readonly method: string; readonly path: string; readonly operation: Operation };
type Content = NonNullable<Exclude<NonNullable<Operation["requestBody"]>, { $ref: string }>["content"]>;

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

function operationsOf(document: Document): Listed[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }];
    }),
  );
}

const anchor = ({ method, path }: Listed): string => `${method}${path}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");

/** Text in which parts in backticks become `<code>`. */
const words = (text: string): Html[] =>
  text.split(/`([^`]*)`/).map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));

const paragraphs = (text: string): Html[] => text.split("\n\n").map((one) => html`<p>${words(one)}</p>`);

const code = (value: unknown, label: string): Html =>
  html`<pre tabindex="0" role="group" aria-label="${label}"><code>${JSON.stringify(value, null, 2)}</code></pre>`;

const fieldRow = ({ path, type, needed, about }: Field): Html =>
  html`<tr>
    <td><code>${path}</code></td>
    <td>${type}${needed ? "" : html`<span class="note"> optional</span>`}</td>
    <td>${words(about)}</td>
  </tr>`;

function fieldTable(title: string, fields: readonly Field[]): Html {
  if (fields.length === 0) return html``;
  return html`<div class="wide" tabindex="0" role="group" aria-label="${title}">
    <table>
      <thead>
        <tr>
          <th scope="col">${title}</th>
          <th scope="col">Type</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        ${fields.map(fieldRow)}
      </tbody>
    </table>
  </div>`;
}

function parameters(document: Document, operation: Operation): Field[] {
  return (operation.parameters ?? []).flatMap((parameter) => {
    if ("$ref" in parameter || parameter.schema === undefined) return [];
    const type = typeName(document, parameter.schema);
    const about =
      parameter.description ?? ("description" in parameter.schema ? parameter.schema.description : undefined);
    return [{ path: parameter.name, type, needed: parameter.required === true, about: about ?? "" }];
  });
}

/** Answers that are not JSON: CSV, TOML, text. */
function texts(content: Content): Html {
  const told = Object.entries(content).map(([type, { schema = {} }]) => {
    const example = "example" in schema ? String(schema.example) : "";
    return html`<p class="note">${type}</p>
      <pre tabindex="0" role="group" aria-label="${type}: example"><code>${example}</code></pre>`;
  });
  return html`${told}`;
}

function body(document: Document, title: string, content: Content | undefined): Html {
  const schema = content?.["application/json"]?.schema;
  if (schema === undefined) return texts(content ?? {});
  return html`${fieldTable(title, fieldsOf(document, schema))} ${code(exampleOf(document, schema), `${title}: example`)}`;
}

function responses(document: Document, operation: Operation): Html[] {
  return Object.entries(operation.responses ?? {}).map(([status, response]) => {
    if ("$ref" in response) return html``;
    const content: Content | undefined = response.content;
    if (Number(status) < 400) {
      return html`<h4>${status} · ${response.description}</h4>
        ${body(document, "Answer", content)}`;
    }
    const codes = Object.entries(content?.["application/json"]?.examples ?? {});
    return html`<details>
      <summary><span class="bad">${status}</span> <span class="note">${response.description}</span></summary>
      ${codes.map(([name, example]) => html`${code("value" in example ? example.value : {}, `${name}: example`)}`)}
    </details>`;
  });
}

function access({ security }: Operation): string {
  if (security === undefined || security.length === 0) return "Open to all.";
  if (security.some((one) => "operator" in one)) return "Needs an operator's key.";
  const optional = security.some((one) => Object.keys(one).length === 0);
  return optional ? "Open to all; a session says who is asking." : "Needs a session.";
}

function article(document: Document, listed: Listed): Html {
  const { method, path, operation } = listed;
  const request = operation.requestBody;
  return html`<article id="${anchor(listed)}" aria-labelledby="${anchor(listed)}-name">
    <h3 id="${anchor(listed)}-name"><span class="method">${method}</span> ${path}</h3>
    <p>${operation.summary}. <span class="note">${access(operation)}</span></p>
    ${paragraphs(operation.description ?? "")} ${fieldTable("Parameter", parameters(document, operation))}
    ${request === undefined || "$ref" in request ? "" : body(document, "Body", request.content)}
    ${responses(document, operation)}
  </article>`;
}

const refusalTable = (title: string, refusals: RefusalWords): Html =>
  html`<div class="wide" tabindex="0" role="group" aria-label="${title}">
    <table>
      <thead>
        <tr>
          <th scope="col">${title}</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        ${Object.entries(refusals).map(
          ([name, about]) =>
            html`<tr>
              <td><code>${name}</code></td>
              <td>${words(about)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

/** The values of `code` in a `reply` on a room's socket. */
const commandRefusals = (): Html =>
  html`<section aria-labelledby="group-refusals">
    <h2 id="group-refusals">Refused commands</h2>
    <p class="note">The <code>code</code> of a room's <code>reply</code>. There may be further ones.</p>
    ${refusalTable("Any room", ROOM_REFUSALS)}
    ${[...entries].map(
      ([
        game,
        {
          words: { refusals },
        },
      ]) => (Object.keys(refusals).length === 0 ? "" : refusalTable(game, refusals)),
    )}
  </section>`;

export function docsPage(document: Document): Html {
  const operations = operationsOf(document);
  const groups = (document.tags ?? []).map(({ name, description = "" }) => ({
    name,
    description,
    listed: operations.filter(({ operation }) => operation.tags?.includes(name)),
  }));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${document.info.title} API</title>
        ${style}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the calls</a>
        <div class="page">
          <nav aria-label="Calls">
            ${groups.map(
              ({ name, listed }) =>
                html`<strong>${name}</strong>
                  <ul>
                    ${listed.map(
                      (one) =>
                        html`<li>
                          <a href="#${anchor(one)}"
                            ><span class="method">${one.method}</span> <span>${one.path.replace("/api", "")}</span></a
                          >
                        </li>`,
                    )}
                  </ul>`,
            )}
            <strong>sockets</strong>
            <ul>
              <li><a href="#group-refusals">Refused commands</a></li>
            </ul>
          </nav>
          <main id="content">
            <h1>${document.info.title} API</h1>
            ${paragraphs(document.info.description ?? "")}
            <p>
              The same as data: <a href="/api/openapi.json">OpenAPI 3.1</a>. The sockets' frames and the topics' events:
              <a href="/api/asyncapi.json">AsyncAPI 3.0</a>.
            </p>
            ${groups.map(
              ({ name, description, listed }) =>
                html`<section aria-labelledby="group-${name}">
                  <h2 id="group-${name}">${name}</h2>
                  <p class="note">${description}</p>
                  ${listed.map((one) => article(document, one))}
                </section>`,
            )}
            ${commandRefusals()}
          </main>
        </div>
      </body>
    </html>`;
}
