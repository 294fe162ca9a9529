import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { API, SymbolFlags } from "typescript/unstable/sync";
import { inOrder, schemaOf } from "./frame-schemas/schema-of.ts";

/**
 * `npm run frames:schemas`: writes src/api/docs/frames.gen.ts, the JSON Schema of every frame that the server sends, from its
 * types (src/api/docs/frame-types.ts). With `--check`: writes nothing, and exits with code 1 when that file is out of date.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const source = fileURLToPath(new URL("../api/docs/frame-types.ts", import.meta.url));
const target = new URL("../api/docs/frames.gen.ts", import.meta.url);

function generate(): string {
  const api = new API({ cwd: root });
  try {
    const project = api.updateSnapshot({ openProjects: [`${root}tsconfig.json`] }).getProjects()[0];
    if (project === undefined) throw new Error("no tsconfig.json");
    const { checker, program } = project;
    const file = program.getSourceFile(source);
    if (file === undefined) throw new Error(`${source} is not of tsconfig.json`);
    const membersOf = (name: string) => {
      const symbol = checker.resolveName(name, SymbolFlags.TypeAlias, file);
      if (symbol === undefined) throw new Error(`${source} has no ${name}`);
      const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
      return members
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map((member) => {
          const type = checker.getTypeOfSymbol(member);
          if (type === undefined) throw new Error(`no type for ${member.name}`);
          return { name: member.name, type };
        });
    };
    const sockets = membersOf("Frames").map(({ name, type }) => {
      if (!type.isUnionType()) throw new Error(`${name} has one frame only`);
      const frames = inOrder(type.getTypes().map((frame) => schemaOf(checker, frame)));
      return `  ${name}: [\n${frames.map((frame) => `    ${JSON.stringify(frame)},\n`).join("")}  ],\n`;
    });
    const outcomes = membersOf("Outcomes").map(
      ({ name, type }) => `  ${name}: ${JSON.stringify(schemaOf(checker, type))},\n`,
    );
    return `// Written by \`npm run frames:schemas\`; not by hand.

/** Every frame that the house sends, as JSON Schema, by socket: a game's rooms, or \`me\`. */
export const FRAMES: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {\n${sockets.join("")}};

/** A finished round as each game tells it, by game. */
export const OUTCOMES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {\n${outcomes.join("")}};\n`;
  } finally {
    api.close();
  }
}

const text = generate();
if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
  console.error("src/api/docs/frames.gen.ts is not of these types any more: run `npm run frames:schemas`.");
  process.exitCode = 1;
}
