import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isNavigation, pageAt, PAGES } from "../../src/api/pages.ts";

/** The paths of the router's own table, with the pages of all games as one. */
function routed(): Set<string> {
  const source = readFileSync(fileURLToPath(import.meta.resolve("../../web/app.tsx")), "utf8");
  const paths = [...source.matchAll(/path=(?:"|\{`)([^"`]+)/g)].map(([, path = ""]) => `/${path}`);
  return new Set(["/", ...paths.filter((path) => path !== "/*").map((path) => path.replace("${name}", ":game"))]);
}

const asked = (headers: Readonly<Record<string, string>>, path = "/boards", method = "GET"): boolean =>
  isNavigation(method, path, (name) => headers[name]);

describe("The pages that the Worker knows", () => {
  test("are those that the page's router knows", () => {
    expect(new Set(PAGES.filter((page) => page !== "/operator"))).toEqual(routed());
  });

  test.each([
    ["/", {}],
    ["/boards", {}],
    ["/boards/", {}],
    ["/operator/rooms/crash/main", {}],
    ["/rooms/crash/main", { game: "crash", id: "main" }],
    ["/rooms/crash/main/rounds/7", { game: "crash", id: "main", round: "7" }],
  ])("%s is one", (path, found) => expect(pageAt(path)).toEqual(found));

  test.each(["/nowhere", "/rooms", "/rooms/crash", "/rooms/crash/main/rounds", "/boards/x", "/index.php"])(
    "%s is none",
    (path) => expect(pageAt(path)).toBeNull(),
  );
});

describe("A navigation", () => {
  test("is what a browser says is one, or what asks for a page by hand", () => {
    expect(asked({ "sec-fetch-mode": "navigate", accept: "text/html" })).toBe(true);
    expect(asked({ "sec-fetch-mode": "navigate" }, "/old/page.html")).toBe(true);
    expect(asked({ accept: "text/html,*/*;q=0.8" })).toBe(true);
    expect(asked({ accept: "*/*" })).toBe(true);
    expect(asked({}, "/boards", "HEAD")).toBe(true);
  });

  test("is no script, style, picture, call or address of the API's", () => {
    expect(asked({ "sec-fetch-mode": "cors", accept: "*/*" })).toBe(false);
    expect(asked({ accept: "application/json" })).toBe(false);
    expect(asked({}, "/boards", "POST")).toBe(false);
    for (const path of ["/assets/page-0.js", "/assets/", "/api/nowhere", "/API/rooms", "/docs/x", "/metrics/x"])
      expect(asked({ "sec-fetch-mode": "navigate" }, path), path).toBe(false);
    expect(asked({}, "/page.js")).toBe(false);
  });
});
