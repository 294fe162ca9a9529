import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { DESKTOP, PHONE } from "./browser.ts";
import { serious, staysUpright } from "./looks.ts";
import { scene, soon } from "./scene.ts";
import { BRIEF, OPEN_FOR_LONG, QUICK, Table } from "./table.ts";

scene("every screen and every pair of eyes", (stage) => {
  test("on a phone the bet controls work by tap, the sheet opens and closes, and nothing scrolls sideways at 360 and 390 pixels", async () => {
    const { page } = await stage().person(PHONE);
    await page.goto("/");
    await page.getByTestId("room-roulette:main").waitFor();
    await staysUpright(page, [360, 390]);

    const table = await Table.open(page, await stage().room(OPEN_FOR_LONG));
    await staysUpright(page, [360, 390]);
    await page.getByTestId("chip-500").tap();
    await table.spot("split:17-20").tap();
    await table.spot("red").tap();
    await table.spot("red").tap();
    await soon(() => table.pending()).toBe(0);
    expect(await table.mine()).toEqual({ "split:17-20": 500, red: 1_000 });
    await page.getByTestId("undo").tap();
    await soon(() => table.mine()).toEqual({ "split:17-20": 500, red: 500 });
    await page.getByTestId("double").tap();
    await soon(() => table.mine()).toEqual({ "split:17-20": 1_000, red: 1_000 });
    await soon(() => table.read("at-hand")).toBe(98_000);

    await page.getByTestId("tab-bets").tap();
    const sheet = page.locator("dialog[open]");
    await soon(() => sheet.innerText()).toContain("Split 17 and 20");
    await staysUpright(page, [360, 390]);
    await sheet.getByRole("button", { name: "Close" }).tap();
    await sheet.waitFor({ state: "hidden" });
    await page.getByTestId("track").tap();
    await page.getByTestId("call-voisins").waitFor();
    await staysUpright(page, [360, 390]);
    await page.getByTestId("track").tap();
    await page.getByTestId("clear").tap();
    await soon(() => table.mine()).toEqual({});
  });

  test("who asked for less motion sees the result at once and a wheel that stands still; others see it turn", async () => {
    const room = await stage().room({ ...QUICK, spinMs: 5_000 });
    const { page: calm } = await stage().person({ ...DESKTOP, reducedMotion: "reduce" });
    const { page: lively } = await stage().person();
    const still = await Table.open(calm, room);
    const moving = await Table.open(lively, room);
    await still.bet("low", 50);
    await Promise.all([still.reach("spinning"), moving.reach("spinning")]);
    const result = await still.result();
    expect(await still.phase()).toBe("spinning");
    expect(await lively.getByTestId("result").count()).toBe(0);

    expect(await wheel(lively)).not.toBe(await wheel(lively));
    expect(await wheel(calm)).toBe(await wheel(calm));
    expect(await calm.evaluate(MOVING)).toEqual([]);
    await still.reach("settled");
    expect(await moving.result()).toBe(result);
    expect(await still.result()).toBe(result);
    expect(await calm.evaluate(MOVING)).toEqual([]);
  });

  test.for([
    ["a desktop", DESKTOP, [1440]],
    ["a phone", PHONE, [360, 390]],
  ] as const)("axe finds nothing serious on any page, and none scrolls sideways, on %s", async ([, how, widths]) => {
    // Colours are judged as they come to rest.
    const { page } = await stage().person({ ...how, reducedMotion: "reduce" });
    const looksRight = async (): Promise<void> => {
      expect(await serious(page)).toEqual([]);
      await staysUpright(page, widths);
    };
    await page.goto("/");
    await page.getByTestId("room-roulette:main").waitFor();
    await looksRight();

    const table = await Table.open(page, await stage().room({ ...BRIEF, openMs: 6_000, settledMs: 60_000 }));
    await table.spot("red").click();
    await table.spot("straight:7").click();
    await soon(() => table.pending()).toBe(0);
    expect(await serious(page)).toEqual([]);
    await table.reach("settled");
    await page.getByTestId("outcome").waitFor();
    await looksRight();

    await page.getByTestId("account-open").click();
    await page.getByTestId("signup-open-sheet").click();
    await page.getByTestId("sign-submit").waitFor();
    await looksRight();
    await page.keyboard.press("Escape");

    await page.goto(`${table.path}/rounds/1`);
    await page.getByTestId("verify-verdict").waitFor();
    await looksRight();
    await page.goto("/docs");
    await looksRight();
  });
});

/** A picture of the wheel as it is right now. */
async function wheel(page: Page): Promise<string> {
  return (await page.locator("[data-wheel]").screenshot()).toString("base64");
}

/** What moves for longer than an eye can see. */
const MOVING = `document.getAnimations()
  .filter(({ playState, effect }) => playState === "running" && effect.getComputedTiming().duration > 20)
  .map(({ animationName }) => animationName)`;
