import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import type { Recount } from "../../../rooms/dice/rolls.ts";
import { Player } from "../../chaos/player.ts";
import { PHONE, type Stage } from "../../web/browser.ts";
import { serious, staysUpright } from "../../web/looks.ts";
import { scene, soon } from "../../web/scene.ts";
import { signed } from "../../web/table.ts";

/** A table of dice in a browser: rolling by hand and by key, and the page that proves every roll. */

const path = (room: string): string => `/rooms/${room.replace(":", "/")}`;

async function table(stage: Stage, config: object): Promise<string> {
  const owner = await Player.guest(stage.house().url, "dice:main");
  const { id } = await owner.api<{ id: string }>("/api/rooms", { game: "dice", config });
  return `dice:${id}`;
}

async function enter(page: Page, room: string): Promise<void> {
  await page.goto(path(room));
  await page.getByTestId("dice-roll").waitFor();
}

const number = async (page: Page, id: string): Promise<number> =>
  Number((await page.getByTestId(id).innerText()).replaceAll(/[^\d-]/g, ""));

async function recordOf(page: Page, room: string, round: number): Promise<Recount> {
  const { outcome } = await page.evaluate<{ outcome: Recount }>(
    `fetch("/api${path(room)}/rounds/${round}").then((r) => r.json())`,
  );
  return outcome;
}

scene("a table of dice", (stage) => {
  test("[D1] [D2] rolls by hand and by key are paid as the round's record says, and the page proves every one", async () => {
    const room = await table(stage(), { rolls: 3 });
    const { page } = await stage().person();
    await enter(page, room);
    const chosen = async (): Promise<string[]> =>
      Promise.all(["dice-chance", "dice-times", "dice-profit"].map((id) => page.getByTestId(id).innerText()));
    expect(await chosen()).toEqual(["49.50%", "2\u00d7", "+100"]);
    await page.getByTestId("dice-target").fill("990");
    await page.getByTestId("dice-target").press("Enter");
    expect(await chosen()).toEqual(["9.90%", "10\u00d7", "+900"]);
    await page.getByRole("radio", { name: "Over" }).check();
    expect(await page.getByTestId("dice-target").inputValue()).toBe("9009");
    expect(await chosen()).toEqual(["9.90%", "10\u00d7", "+900"]);

    await page.getByTestId("dice-roll").click();
    await soon(() => page.getByTestId("my-rolls").locator("li").count()).toBe(1);
    await page.evaluate(`document.activeElement.blur()`);
    for (const n of [2, 3]) {
      // A roll may be seen before its answer, and until then another is not sent.
      await soon(() => page.getByTestId("dice-roll").getAttribute("aria-busy")).toBe("false");
      await page.keyboard.press("Space");
      await soon(() => page.getByTestId("my-rolls").locator("li").count()).toBe(n);
    }
    const { rolls } = await recordOf(page, room, 1);
    expect(rolls.map(({ amount, side, target }) => [amount, side, target])).toEqual(
      Array.from({ length: 3 }, () => [100, "over", 9_009]),
    );
    const net = rolls.reduce((sum, { amount, payout }) => sum + payout - amount, 0);
    await soon(() => number(page, "at-hand")).toBe(100_000 + net);
    const [last] = rolls.slice(-1);
    expect(await page.getByTestId("dice-number").innerText()).toBe(String(last?.rolled).padStart(4, "0"));
    expect(await page.getByTestId("dice-outcome").innerText()).toContain(
      signed((last?.payout ?? 0) - (last?.amount ?? 0)),
    );

    await page.getByRole("tab", { name: "Fair" }).click();
    await page.getByTestId("verify-last").click();
    const verdict = page.getByTestId("verify-verdict");
    await verdict.waitFor();
    expect(await verdict.innerText()).toContain("It fits: every roll is what the seed gives");
    expect(await page.getByTestId("round-rolls").locator("tbody tr").count()).toBe(3);
    await page.getByRole("button", { name: "Show how roll 2 is drawn" }).click();
    await page.getByLabel("What the table said").fill(String(((last?.rolled ?? 0) + 1) % 10_000));
    await soon(() => verdict.getAttribute("data-ok")).toBe("false");
    await page.getByRole("button", { name: "As it was" }).click();
    await soon(() => verdict.getAttribute("data-ok")).toBe("true");
  });

  test("[D3] what the table does not take is said in one line and costs nothing; on a phone all is within reach", async () => {
    const room = await table(stage(), { minStake: 10, maxProfit: 500 });
    const { page } = await stage().person(PHONE);
    await enter(page, room);
    await page.getByTestId("dice-amount").fill("5");
    await page.getByText("The least bet here is 10.").waitFor();
    await page.getByTestId("dice-amount").fill("1000");
    await page.getByTestId("dice-roll").click();
    await soon(() => page.getByTestId("notice").innerText()).toContain("cannot pay so much on one roll");
    await soon(() => number(page, "at-hand")).toBe(100_000);
    await page.getByTestId("dice-amount").fill("50");
    await page.getByTestId("dice-roll").click();
    await page.getByTestId("dice-number").waitFor();
    await staysUpright(page, [360, 390]);
    expect(await serious(page)).toEqual([]);
  });
});
