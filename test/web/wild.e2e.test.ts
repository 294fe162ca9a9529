import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { DESKTOP } from "./browser.ts";
import { scene, soon } from "./scene.ts";
import { OPEN_FOR_LONG, QUICK, Table } from "./table.ts";

/** What the browser says of a part that is not there. */
const GONE = /status of 404 .*@ \/assets\/|Failed to fetch dynamically imported module/;

/** From now on every part that is not in the page's first lines is gone, until the function it gives is called. */
async function losePart(page: Page, house: string): Promise<() => void> {
  const shell = await (await fetch(house)).text();
  let gone = true;
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    const late = !shell.includes(new URL(route.request().url()).pathname);
    if (gone && late) await route.fulfill({ status: 404, contentType: "application/json", body: "{}" });
    else await route.continue();
  });
  return () => {
    gone = false;
  };
}

/** As Chromium's translation does it: every text in two elements of its own, also those that come later. */
const TRANSLATE = `(() => {
  const wrap = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode() !== null) texts.push(walker.currentNode);
    for (const text of texts) {
      if (text.parentElement?.closest("font, script, style, [translate=no]") != null) continue;
      if (!/[a-z]{2}/i.test(text.data)) continue;
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      inner.textContent = text.data.toUpperCase();
      outer.append(inner);
      text.replaceWith(outer);
    }
  };
  wrap(document.body);
  new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const node of addedNodes)
        if (node.isConnected) wrap(node.nodeType === Node.TEXT_NODE ? node.parentNode : node);
  }).observe(document.body, { childList: true, subtree: true });
})()`;

/** A browser that throws whenever a page looks at its stores. */
const KEEPS_NOTHING = `for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });`;

scene("a page in the wild", (stage) => {
  test("that misses a part is loaded anew by itself, tries again until the part is there, and keeps the seat", async () => {
    const { page } = await stage().person(DESKTOP, [GONE]);
    const table = await Table.open(page, await stage().room(OPEN_FOR_LONG));
    await table.bet("red", 100);
    await soon(() => table.stake()).toBe(100);
    let loads = 0;
    page.on("load", () => (loads += 1));
    const there = await losePart(page, stage().house().url);
    await page.getByRole("link", { name: "Boards" }).first().click();
    await soon(() => page.locator("#stage").innerText()).toContain("could not be loaded");
    await soon(() => loads).toBeGreaterThanOrEqual(1);
    there();
    await page
      .getByRole("heading", { name: /boards/i })
      .first()
      .waitFor({ timeout: 30_000 });
    await page.goto(table.path);
    await table.seated();
    expect(await table.stake()).toBe(100);
  });

  test("says what broke on the page where it broke, and not on the next one", async () => {
    const { page } = await stage().person(DESKTOP, [GONE]);
    await page.goto("/");
    await page.getByTestId("room-roulette:main").waitFor();
    await losePart(page, stage().house().url);
    await page.getByRole("link", { name: "Boards" }).first().click();
    await soon(() => page.locator("#stage").innerText()).toContain("could not be loaded");
    await page
      .getByRole("link", { name: /croupier/i })
      .first()
      .click();
    await page.getByTestId("room-roulette:main").waitFor();
  });

  test("that is translated lives through a round, and its numbers go on", async () => {
    const { page } = await stage().person();
    const table = await Table.open(page, await stage().room(QUICK));
    const name = (await page.getByTestId("account-open").getAttribute("aria-label"))?.split(": ")[1];
    await page.evaluate(TRANSLATE);
    await page.getByTestId("tab-players").click();
    await soon(() => page.getByText("HERE NOW").count()).toBe(1);
    // Names, the house's own among them, and seals stay what they are.
    expect(await page.locator(".people bdi").allTextContents()).toEqual([name]);
    expect(await page.locator(".header a").first().textContent()).toBe("Croupier");
    await page.getByTestId("tab-fair").click();
    await soon(() => page.getByTestId("commitment").textContent()).toMatch(/^[0-9a-f]{64}$/);
    await table.bet("red", 100);
    await soon(async () => (await table.rounds()).length).toBe(1);
    await table.bet("black", 500);
    await soon(async () => (await table.rounds()).length).toBe(2);
    await soon(() => table.stake()).toBe(0);
    expect(await page.locator("#stage").innerText()).not.toMatch(/glass fell|could not be loaded/i);
  });

  test("in a browser that keeps nothing is there, takes bets, and forgets", async () => {
    const { page } = await stage().person();
    await page.addInitScript(KEEPS_NOTHING);
    const table = await Table.open(page, await stage().room(OPEN_FOR_LONG));
    await table.bet("red", 500);
    await soon(() => table.stake()).toBe(500);
  });
});
