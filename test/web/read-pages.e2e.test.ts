import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { DESKTOP, PHONE } from "./browser.ts";
import { serious, staysUpright } from "./looks.ts";
import { scene, soon } from "./scene.ts";
import { signed, Table } from "./table.ts";

/** What was played, read back. */

scene("the pages of what was played", (stage) => {
  test("who has just played sees the round at once in their sums, among their bets with its proof, and on the board", async () => {
    const { page } = await stage().person();
    const table = await Table.open(page, "roulette:main"); // boards count the house's own tables alone
    await table.bet("red", 500);
    await soon(() => table.stake()).toBe(500);
    // Paid, as this page was told: the phase itself is over sooner than it can be watched.
    await soon(async () => (await table.rounds()).length).toBe(1);
    await soon(() => table.stake()).toBe(0);
    const me = await table.me();
    const { outcome } = await table.round(1);
    const line = outcome.players.find(({ player }) => player === me);
    const net = (line?.returned ?? 0) - (line?.staked ?? 0);
    expect(Math.abs(net)).toBe(500);

    // No waiting and no second look: the page says which round it knows of, and the answer has it.
    await page.locator('.rail a[href="/me"]').click();
    await soon(() => page.getByTestId("result").innerText()).toContain(signed(net));
    expect(await page.getByTestId("lag").getAttribute("data-behind")).toBeNull();
    expect(await page.getByTestId("lag").innerText()).toMatch(/^As of \d+(\.\d)? s ago/);
    await soon(() => page.getByTestId("chart-told").innerText()).toContain((100_000 + net).toLocaleString("en-US"));

    await page.locator('.page-nav a[href="/bets"]').click();
    const bets = page.getByTestId("bet-list").getByRole("listitem");
    await soon(() => bets.count()).toBe(1);
    expect(await bets.first().innerText()).toContain(`500 staked, ${(500 + net).toLocaleString("en-US")} back`);
    const csv = await page.request.get((await page.getByTestId("bets-csv").getAttribute("href")) ?? "");
    expect(csv.headers()["content-disposition"]).toContain("attachment");
    expect(await csv.text()).toContain(`,1,500,${500 + net},${net},`);
    await page.getByRole("radio", { name: "Crash" }).check();
    await page.getByText("No round of this game yet.").waitFor();

    await page.locator('.rail a[href="/boards"]').click();
    const own = page.getByTestId("board-top").locator("tr[data-me]");
    await soon(() => own.innerText()).toContain(signed(net));
    await page.locator('.page-nav a[href="/bets"]').click();
    await bets.first().getByRole("link").click();
    await soon(() => page.getByTestId("verify-verdict").getAttribute("data-ok")).toBe("true");
    await soon(() => page.getByTestId("bill").innerText()).toContain("500");

    // Others see the sums, and nothing else.
    const { page: stranger } = await stage().person();
    await stranger.goto(`/players/${me}`);
    await soon(() => stranger.getByTestId("result").innerText()).toContain(signed(net));
  });

  test("equal values share a place, and who is not at the top sees the places around their own", async () => {
    const { page } = await stage().person();
    await page.goto("/boards");
    await page.getByTestId("lag").waitFor();
    const { player } = (await (await page.request.get("/api/auth/session")).json()) as { player: { id: string } };
    await page.route("**/api/leaderboards/**", (route) =>
      route.fulfill({ json: boardOf(player.id, route.request().url()) }),
    );
    await page.goto("/boards?board=wagered&period=all");
    const top = page.getByTestId("board-top").locator("tbody tr");
    await soon(() => top.count()).toBe(4);
    const places = await top.locator("td:first-child").allInnerTexts();
    expect(places.map((place) => place.replace(/\s+/g, " "))).toEqual(["1", "2 shared", "2 shared", "4"]);
    const around = page.getByTestId("board-around");
    await soon(() => around.innerText()).toContain("57");
    expect(await around.locator("tr[data-me]").innerText()).toContain("you");
    expect(await page.getByRole("link", { name: "Hide yourself from the boards" }).getAttribute("href")).toBe(
      "/account",
    );
    expect(page.url()).toContain("board=wagered&period=all");
    // By keyboard: the arrows choose the next board, and the address follows.
    await page.getByRole("radio", { name: "Staked" }).focus();
    await page.keyboard.press("ArrowRight");
    await soon(() => page.url()).toContain("board=biggest-win");
  });

  test("a round that is still on its way is said to be", async () => {
    const { page } = await stage().person();
    await page.route("**/api/players/me/stats**", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), behind: true } });
    });
    await page.goto("/me");
    await soon(() => page.getByTestId("lag").innerText()).toContain("Your last round is still on its way.");
    await page.unroute("**/api/players/me/stats**");
    await page.getByRole("button", { name: "Look again" }).click();
    await soon(() => page.getByTestId("lag").getAttribute("data-behind")).toBeNull();
  });

  test.each([
    ["a wide screen", DESKTOP, []],
    ["a phone", PHONE, [360, 390]],
  ] as const)("on %s they hold together, work by keyboard, and axe finds nothing serious", async (_, how, widths) => {
    const { page } = await stage().person(how, [/status of 404 .*players\/nobody/]);
    await page.route("**/api/players/me/days**", (route) => route.fulfill({ json: MONTH }));
    for (const path of ["/me", "/bets", "/boards", "/players/nobody"]) {
      await page.goto(path);
      await page.locator(".lag, .page-empty").first().waitFor();
      if (path === "/me") await walkDays(page);
      await staysUpright(page, widths);
      expect(await serious(page), path).toEqual([]);
    }
  });
});

/** The chart is read day by day with the arrow keys, and stands as a table below. */
async function walkDays(page: Page): Promise<void> {
  const told = page.getByTestId("chart-told");
  await soon(() => told.innerText()).toContain("27 November");
  await page.getByRole("slider", { name: "Day" }).focus();
  await page.keyboard.press("ArrowLeft");
  await soon(() => told.innerText()).toContain("26 November");
  expect(await page.getByRole("slider", { name: "Day" }).getAttribute("aria-valuetext")).toContain(
    "26 November: balance",
  );
  await page.getByText("The same as a table").click();
  expect(await page.locator(".chart tbody tr").count()).toBe(MONTH.days.length);
}

const fresh = { lag: { projectedAt: 1_795_212_549_024, lagMs: 210 }, behind: false };

const MONTH = {
  days: Array.from({ length: 27 }, (_, i) => {
    const [wagered, returned] = [1_000 + i * 40, 1_000 + ((i * 7_919) % 900)];
    const day = `2026-11-${String(i + 1).padStart(2, "0")}`;
    return { day, balance: 100_000 + ((i * 7_919) % 5_000), rounds: i, wagered, returned, won: 3, biggestWin: 900 };
  }),
  ...fresh,
};

function lineOf(rank: number, id: string, value: number): object {
  return { rank, player: { id, name: `Player ${id}` }, value };
}

function boardOf(me: string, url: string): object {
  const lines = url.includes("around=me")
    ? [lineOf(56, "e", 12), lineOf(57, me, 11), lineOf(58, "f", 10)]
    : [lineOf(1, "a", 900), lineOf(2, "b", 800), lineOf(2, "c", 800), lineOf(4, "d", 700)];
  return { board: "wagered", period: "all", span: "all", lines, players: 60, ...fresh };
}
