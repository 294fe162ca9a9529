import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "vite";
import { freePort, startHouse, type DevHouse } from "../chaos/dev.ts";
import { ran } from "../kit/ran.ts";

/** The package as a stranger has it: packed, installed in an empty project without the network, and used from there. */

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "croupier-package-"));
const project = join(folder, "project");
let house: DevHouse;
let packed: readonly string[] = [];

/** What is installed here stands in for the registry. */
const installedHere = (name: string): string => `file:${join(root, "node_modules", name)}`;

/** The packages that ours needs, and those that they need: whatever is not for development alone. */
function neededPackages(): Record<string, string> {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lock;
  const needed = Object.entries(lock.packages).filter(
    ([path, { dev = false, devOptional = false }]) => path !== "" && !dev && !devOptional,
  );
  const names = needed.map(([path]) => path.replace("node_modules/", ""));
  return Object.fromEntries(names.map((name) => [name, installedHere(name)]));
}
type Lock = { readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>> };

const needed = neededPackages();

/** The machine's own Node where there is one besides the project's: an older one shows more. */
function othersNode(): string {
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((part) => !part.includes("node_modules"));
  const found = path.map((part) => join(part, "node")).find((file) => versionOf(file) >= 20);
  return found ?? process.execPath;
}

function versionOf(node: string): number {
  try {
    return Number(/^v(\d+)/.exec(execFileSync(node, ["--version"], { encoding: "utf8" }))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** The program of src/client/README.md, which everybody copies. */
function programOfReadme(): string {
  const readme = readFileSync(join(root, "src/client/README.md"), "utf8");
  const [, program] = /### In your own project[\s\S]*?```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  if (program === undefined) throw new Error("the README has no program for a project of one's own");
  return program.replace("http://localhost:8787", house.url);
}

/** The examples with their imports as the comments beside these say. */
function examples(): readonly (readonly [string, string])[] {
  const from = join(root, "src/client/examples");
  const files = readdirSync(from).filter((file) => file.endsWith(".ts"));
  return files.map((file) => [
    file,
    readFileSync(join(from, file), "utf8").replaceAll(/"\.\.[^"]*";( \/\/ in your own project: (".*"))/g, "$2;"),
  ]);
}

const write = (file: string, text: string | object): void =>
  writeFileSync(join(project, file), typeof text === "string" ? text : JSON.stringify(text));

describe("the package", () => {
  beforeAll(async () => {
    mkdirSync(project);
    house = await startHouse({ persistTo: join(folder, "state"), port: await freePort() });
    const told = await ran("npm", ["pack", "--pack-destination", folder], { cwd: root });
    const [tarball] = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
    if (tarball === undefined) throw new Error(`npm pack made nothing:\n${told.said}`);
    packed = execFileSync("tar", ["-tzf", join(folder, tarball)], { encoding: "utf8" })
      .trim()
      .split("\n");
    const dependencies = { croupier: `file:${join(folder, tarball)}`, ...needed, ws: installedHere("ws") };
    write("package.json", { type: "module", dependencies });
    const options = ["--offline", "--install-links", "--ignore-scripts", "--no-audit", "--no-fund"];
    const installed = await ran("npm", ["install", ...options], { cwd: project });
    if (installed.code !== 0) throw new Error(installed.said);
    symlinkSync(join(root, "node_modules/@types"), join(project, "node_modules/@types"));
    write("main.ts", programOfReadme());
    write(
      "page.ts",
      programOfReadme()
        .replace(/^import WebSocket.*$/m, "")
        .replace(", WebSocket", ""),
    );
    for (const [file, text] of examples()) write(file, text);
  });
  afterAll(async () => {
    await house?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("it holds the built library and the papers, and nothing else", () => {
    const papers = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"].map((name) => `package/${name}`);
    expect(packed.filter((file) => !file.startsWith("package/lib/")).toSorted()).toEqual(papers);
    const library = packed.filter((file) => file.startsWith("package/lib/"));
    expect(library.filter((file) => !/^package\/lib\/(rooms|src\/client)\/.*\.(js|d\.ts)$/.test(file))).toEqual([]);
    expect(library.filter((file) => /\/(host|examples)\//.test(file))).toEqual([]);
  });

  test("a project gets four small packages with it, and nothing of the page and the server", () => {
    expect(Object.keys(needed).toSorted()).toEqual(["@noble/hashes", "event-target-polyfill", "partysocket", "zod"]);
    const { dependencies } = JSON.parse(readFileSync(join(project, "node_modules/croupier/package.json"), "utf8")) as {
      dependencies: Readonly<Record<string, string>>;
    };
    expect(Object.keys(needed)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
  });

  test.for([
    { resolution: "nodenext", module: "nodenext", lib: ["ES2023"], types: ["node"] },
    { resolution: "bundler", module: "esnext", lib: ["ES2023", "DOM", "DOM.Iterable"], types: ["node"] },
  ])("its types hold under $resolution, those of the libraries too", async ({ resolution, module, lib, types }) => {
    const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
    const files = ["main.ts", ...examples().map(([file]) => file)];
    const compilerOptions = { ...strict, module, moduleResolution: resolution, target: "ES2022", lib, types };
    write("tsconfig.json", { compilerOptions: { ...compilerOptions, skipLibCheck: false, outDir: "built" }, files });
    expect(await ran(join(root, "node_modules/.bin/tsc"), ["-p", project])).toEqual({ code: 0, said: "" });
  });

  test("in a Node without a WebSocket a bet is played, and its round verified", async () => {
    const node = othersNode();
    const { code, said } = await ran(node, ["--no-experimental-websocket", "built/main.js"], { cwd: project });
    expect(said).toMatch(/^\d+ came back, and the proof holds\n$/);
    expect(code).toBe(0);
  });

  test("a bundler makes one file of it for a browser, which plays alike", async () => {
    await build({
      root: project,
      configFile: false,
      logLevel: "error",
      build: { outDir: "page", target: "es2022", lib: { entry: "page.ts", formats: ["es"], fileName: "page" } },
    });
    const [file] = readdirSync(join(project, "page"));
    const bundle = readFileSync(join(project, "page", file ?? ""), "utf8");
    expect(bundle).not.toMatch(/^import /m);
    const { code, said } = await ran(process.execPath, [join("page", file ?? "")], { cwd: project });
    expect(said).toMatch(/^\d+ came back, and the proof holds\n$/);
    expect(code).toBe(0);
  });
});
