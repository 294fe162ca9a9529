import type { Page } from "playwright-core";
import { test } from "vitest";
import { lobby, Lobby } from "./lobby.ts";
import { pokerRoom, QUICK, Ring } from "./ring.ts";
import { scene, soon } from "./scene.ts";
import { OPEN_FOR_LONG, Table, type Money } from "./table.ts";

type Shown = { readonly balance: string; readonly inPlay: string };

const amount = (sum: number): string => sum.toLocaleString("en-US");

/** What the header of this page shows. */
async function shown(page: Page): Promise<Shown> {
  const [balance, inPlay] = await Promise.all(["balance", "in-play"].map((id) => page.getByTestId(id).innerText()));
  return { balance: balance ?? "", inPlay: inPlay ?? "" };
}

/** What the house says. */
async function owned(page: Page): Promise<Shown> {
  const money = (await (await page.request.get("/api/balance")).json()) as Money;
  return { balance: amount(money.available), inPlay: amount(money.inPlay) };
}

/** To another page as a link leads there, without loading the window anew. */
async function walk(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, "", ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent("popstate"))`,
  );
}

scene("the header's money", (stage) => {
  test("with chips at three games every window's header is what the balance says, from any page to any other", async () => {
    const { page, context } = await stage().person();
    const roulette = await stage().room(OPEN_FOR_LONG);
    const crash = await lobby(stage(), { bettingMs: 120_000 });
    const table = await Table.open(page, roulette);
    await table.bet("red", 500);
    await soon(() => owned(page)).toEqual({ balance: "98,000", inPlay: "2,000" });
    await soon(() => shown(page)).toEqual({ balance: "98,000", inPlay: "2,000" });

    // A second window of the same visitor plays poker, a third only looks on.
    const other = await context.newPage();
    const ring = await Ring.open(other, await pokerRoom(stage(), QUICK));
    await ring.sit(2, 4_000);
    const idle = await context.newPage();
    await idle.goto("/boards");
    const windows = [page, other, idle];
    const agree = async (sums: Shown): Promise<void> => {
      await soon(() => owned(page)).toEqual(sums);
      for (const one of windows) await soon(() => shown(one)).toEqual(sums);
    };
    await agree({ balance: "94,000", inPlay: "6,000" });

    await walk(page, `/rooms/${crash.replace(":", "/")}`);
    const flight = await Lobby.at(page, crash);
    await flight.fill("a", 300, "");
    await flight.press("a");
    await soon(() => flight.does("a")).toBe("cancel");
    // The roulette table was left with a bet on it: its purse goes home when that is settled.
    await agree({ balance: "92,000", inPlay: "8,000" });

    const pages = ["/", table.path, flight.path, "/account", "/me"];
    for (const from of pages) {
      for (const to of pages.filter((path) => path !== from)) {
        await walk(page, from);
        await page.waitForTimeout(150);
        await walk(page, to);
        await agree(await owned(page));
      }
    }
    for (const path of ["/bets", "/boards", "/health", "/architecture", ring.path]) {
      await walk(page, path);
      await agree(await owned(page));
    }
    // Loaded anew.
    await page.reload();
    await agree({ balance: "92,000", inPlay: "8,000" });
  }, 240_000);
});
