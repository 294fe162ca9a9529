import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { Player } from "../chaos/player.ts";
import { PHONE } from "./browser.ts";
import { serious, staysUpright } from "./looks.ts";
import { REST_MS } from "../../web/ui/resting.ts";
import { scene, soon } from "./scene.ts";
import { OPEN_FOR_LONG } from "./table.ts";

const ADMIN = "an-admin-key-for-tests-alone-000004";
const VIEWER = "a-viewer-key-for-tests-alone-00001";
const WRONG_KEY = /status of 401 .*@ \/api\/operator\/me$/;
const NO_ROUND = /status of 409 .*\/void$/;

scene(
  "the operators' desk",
  (stage) => {
    test("opens for a key, pauses and voids a room, pays a player, and shows it all in the audit log", async () => {
      const { page, context } = await stage().person(undefined, [WRONG_KEY, NO_ROUND]);
      const room = await stage().room(OPEN_FOR_LONG);
      const player = await Player.guest(stage().house().url, room);
      await player.join();
      await page.goto("/operator");
      expect(await serious(page)).toEqual([]);
      await open(page, "x".repeat(40));
      await soon(() => page.getByRole("alert").innerText()).toBe("That key opens nothing here.");
      await page.waitForTimeout(REST_MS); // of two quick clicks at one place the second does nothing
      await open(page, ADMIN);
      await soon(() => page.getByTestId("operator-me").innerText()).toBe("At the desk: ada, admin");

      const line = page.getByTestId(`operator-room-${room}`);
      await line.getByRole("button", { name: "Pause" }).click();
      await line.getByRole("button", { name: "Resume" }).waitFor();
      expect(await tableOf(player, room)).toMatchObject({ status: "paused" });
      await line.getByRole("button", { name: "Resume" }).click();
      await line.getByRole("button", { name: "Pause" }).waitFor();
      await voidRound(page, line, "Nothing is on");
      await soon(() => page.locator("dialog[open] [role=alert]").innerText()).toBe("No round with bets is open.");
      await page.getByRole("button", { name: "Let it go on" }).click();
      expect(await serious(page)).toEqual([]);

      expect(await player.send({ type: "bet", bets: [{ spot: "red", amount: 700 }] })).toMatchObject({ ok: true });
      await line.getByRole("link").click();
      const sheet = page.getByTestId("operator-room");
      await soon(() => sheet.innerText()).toContain("\n700\n");
      await voidRound(page, sheet, "A stuck wheel");
      await soon(() => page.getByTestId("journal").innerText()).toContain("A stuck wheel");
      expect(await player.api("/api/balance")).toMatchObject({ total: 100_000, rooms: [{ room, amount: 2_000 }] });

      await page.getByRole("link", { name: "Players" }).click();
      await page.getByTestId("player-name").fill(player.id);
      await page.getByRole("button", { name: "Find" }).click();
      await page.getByTestId("transfer-amount").fill("5000");
      await page.getByTestId("transfer-reason").fill("For the stuck wheel");
      await page.getByTestId("transfer-submit").click();
      await soon(() => page.getByTestId("transfer-done").innerText()).toBe("Done: 103,000 in the wallet.");
      await page.getByTestId("note-text").fill("Was kind about the wheel");
      await page.getByRole("button", { name: "Note it" }).click();
      await soon(() => page.getByTestId("player-notes").innerText()).toContain("Was kind about the wheel\nada, ");
      await soon(() => page.getByTestId("player-available").innerText()).toBe("103,000");
      expect(await player.api("/api/balance")).toMatchObject({ available: 103_000, total: 105_000 });
      expect(await serious(page)).toEqual([]);

      await page.getByRole("link", { name: "Audit log" }).click();
      await soon(() => page.getByTestId("audit").innerText()).toContain('"reason":"For the stuck wheel"');
      const said = await page.getByTestId("audit").innerText();
      for (const words of ['"reason":"A stuck wheel"', "no_round 409", "No key of ours"]) expect(said).toContain(words);
      expect(said).not.toContain(ADMIN);

      // The key is this tab's alone, and nobody became a guest on the way.
      expect(await context.cookies()).toEqual([]);
      expect(await page.evaluate("JSON.stringify(localStorage)")).not.toContain(ADMIN);
      await page.getByRole("button", { name: "Leave the desk" }).click();
      await page.getByTestId("operator-key").waitFor();
      expect(await page.evaluate("sessionStorage.length")).toBe(0);
      player.close();
    });

    test("gives a viewer nothing to press, sends a dead letter again, and stays upright on a phone", async () => {
      const { page } = await stage().person(PHONE);
      await page.route("**/api/operator/dead-letters**", (route) =>
        route.fulfill({
          json: route.request().method() === "GET" ? LETTERS : { id: "a:1", outcome: "done", reason: null },
        }),
      );
      await page.goto("/operator");
      await open(page, VIEWER);
      await page.getByTestId("operator-room-roulette:main").waitFor();
      expect(await page.getByRole("button", { name: "Pause" }).count()).toBe(0);
      await staysUpright(page, [360, 390]);
      await page.getByRole("button", { name: "Leave the desk" }).tap();

      await open(page, ADMIN);
      await page.getByTestId("operator-room-roulette:main").getByRole("link").tap();
      await page.getByTestId("journal").waitFor({ state: "attached" });
      await staysUpright(page, [360, 390]);
      expect(await serious(page)).toEqual([]);
      await page.getByRole("link", { name: "Dead letters" }).tap();
      const letters = page.getByTestId("letters");
      await soon(() => letters.innerText()).toContain("There is no such player.");
      await letters.getByText("The message").tap();
      await staysUpright(page, [360, 390]);
      expect(await serious(page)).toEqual([]);
      const sent = page.waitForRequest((request) => request.method() === "POST");
      await letters.getByRole("button", { name: "Send again" }).tap();
      expect((await sent).postDataJSON()).toEqual({ id: LETTERS.letters[0]?.id });
      await page.getByRole("link", { name: "Audit log" }).tap();
      await page.getByTestId("audit").locator("li").first().waitFor();
      await staysUpright(page, [360, 390]);
      expect(await serious(page)).toEqual([]);
    });
  },
  { OPERATOR_KEYS: `ada:admin:${ADMIN},vera:viewer:${VIEWER}` },
);

const LETTERS = {
  open: 1,
  replayed: 0,
  next: null,
  letters: [
    {
      n: 1,
      id: "roulette:main:3f2a91bc:12",
      from: "stakes",
      topic: "stakes",
      code: "unknown_player",
      reason: "There is no such player.",
      body: { id: "roulette:main:3f2a91bc:12", payload: { player: "7k2m9qx4c0v8h1ztr3fw", stake: 500 } },
      at: 1_795_212_549_024,
      replayedAt: null,
      outcome: null,
    },
  ],
};

async function open(page: Page, key: string): Promise<void> {
  await page.getByTestId("operator-key").fill(key);
  await page.getByRole("button", { name: "Open the desk" }).click();
}

async function voidRound(page: Page, within: ReturnType<Page["locator"]>, reason: string): Promise<void> {
  await within.getByRole("button", { name: "Void" }).first().click();
  await page.locator("dialog[open] input[name=reason]").fill(reason);
  await page.getByTestId("void-confirm").click();
}

async function tableOf(player: Player, room: string): Promise<{ status: string }> {
  const { table } = await player.api<{ table: { status: string } }>(`/api/rooms/${room.replace(":", "/")}`);
  return table;
}
