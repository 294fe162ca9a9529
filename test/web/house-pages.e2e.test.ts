import { expect, test } from "vitest";
import { Player } from "../chaos/player.ts";
import { DESKTOP, PHONE } from "./browser.ts";
import { serious, staysUpright } from "./looks.ts";
import { scene, soon } from "./scene.ts";
import { BRIEF, signed, Table } from "./table.ts";

/** The house about itself. */

type Checks = {
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly state: string }[];
};

scene("the pages of the house", (stage) => {
  test("health names every part with how it is, and says in plain words what it means when one is not there", async () => {
    const { page } = await stage().person(DESKTOP, [/status of 503 .*\/api\/health$/, /ERR_FAILED.*\/api\/health$/]);
    await page.goto("/health");
    const status = page.getByTestId("health-status");
    await soon(() => status.innerText()).toContain("All is well");
    for (const part of ["directory", "promotions", "dead_letters", "read_model", "outboxes"]) {
      expect(await page.getByTestId(`health-${part}`).getAttribute("data-state"), part).toBe("ok");
    }
    const told = (await (await page.request.get("/api/health")).json()) as Checks;
    const answer = (name: string, state: string): object => ({
      ...told,
      status: name === "directory" ? "down" : "failing",
      checks: told.checks.map((check) => (check.name === name ? { name, state, ms: 2_000 } : check)),
    });

    await page.route("**/api/health", (route) => route.fulfill({ json: answer("read_model", "down") }));
    await page.reload();
    await soon(() => status.innerText()).toContain("The house is open; something needs a look");
    expect(await page.getByTestId("health-read_model").innerText()).toContain("play goes on, and is counted later");
    expect(await serious(page)).toEqual([]);

    await page.unroute("**/api/health");
    await page.route("**/api/health", (route) => route.fulfill({ status: 503, json: answer("directory", "down") }));
    await page.reload();
    await soon(() => status.innerText()).toContain("The house is closed for a moment");

    await page.unroute("**/api/health");
    await page.route("**/api/health", (route) => route.abort());
    await page.reload();
    await page.getByText("cannot be read just now").waitFor();
  });

  test("a round that was really played is followed through the house, and each step is marked when it was seen", async () => {
    const { page } = await stage().person(DESKTOP, [/\/api\/players\/me\/history$/]);
    // The read model is not to be asked yet: nobody may be told that it has counted what nobody saw there.
    await page.route("**/api/players/me/history**", (route) => route.abort());
    const room = await stage().room(BRIEF);
    const table = await Table.open(page, room);
    await table.bet("red", 500);
    await soon(() => table.pending()).toBe(0);
    await page.locator('.rail a[href="/architecture"]').click();
    const state = (step: string) => () => page.getByTestId(`step-${step}`).getAttribute("data-state");
    const words = (step: string): Promise<string> => page.getByTestId(`step-${step}`).innerText();
    for (const step of ["bet", "settled", "event", "ticket"]) await soon(state(step)).toBe("seen");
    expect(await state("counted")()).toBe("waiting");
    expect(await words("bet")).toMatch(/seq \d+/);
    expect(await words("event")).toMatch(new RegExp(`${room}:[0-9a-z]+:\\d+`));
    expect(await words("event")).toMatch(new RegExp(`${room}@\\d+`));
    const me = await table.me();
    const line = (await table.round(1)).outcome.players.find(({ player }) => player === me);
    expect(await words("settled")).toContain(signed((line?.returned ?? 0) - (line?.staked ?? 0)));
    expect(await words("ticket")).toMatch(/Stake\s+500/);

    await page.unroute("**/api/players/me/history**");
    await soon(state("counted")).toBe("seen");
    expect(await page.getByTestId("trail-of").innerText()).toBe(`Round 1 of ${room}: 5 of 5 steps seen.`);

    // A step shows its way on the plan; a part of the plan says what it is. Both by keyboard.
    await page.getByTestId("step-ticket").getByRole("button").focus();
    await page.keyboard.press("Enter");
    await soon(() => page.getByTestId("plan-lottery").getAttribute("data-on")).toBe("true");
    expect(await page.getByTestId("plan-model").getAttribute("data-on")).toBeNull();
    await page.getByTestId("plan-model").focus();
    await page.keyboard.press("Enter");
    await soon(() => page.getByTestId("about").innerText()).toContain("Boards and histories are read here.");
    await page.getByTestId("step-settled").getByRole("link").click();
    await soon(() => page.getByTestId("verify-verdict").getAttribute("data-ok")).toBe("true");
  });

  test("who has played nothing watches the roulette table: every commit that comes, and the next round from its first chip", async () => {
    const { page } = await stage().person();
    await page.goto("/architecture");
    await page.getByText("Nobody has bet at the roulette table since you came.").waitFor();
    await page.getByText("The journal stands at").waitFor();
    const bob = await Player.guest(stage().house().url, "roulette:main");
    await bob.join();
    await bob.send({ type: "bet", bets: [{ spot: "black", amount: 350 }] });
    await soon(() => page.getByTestId("log").innerText()).toContain("350 from 1 player on the felt");
    await soon(() => page.getByTestId("step-bet").getAttribute("data-state")).toBe("seen");
    expect(await page.getByTestId("step-settled").getAttribute("data-state")).toBe("waiting");
    bob.close();
  });

  test.each([
    ["a wide screen", DESKTOP, []],
    ["a phone", PHONE, [360, 390]],
  ] as const)(
    "on %s the plan can be read, nothing moves for who asked for that, and axe finds nothing serious",
    async (_, how, widths) => {
      const { page } = await stage().person({ ...how, reducedMotion: "reduce" });
      for (const path of ["/architecture", "/health"]) {
        await page.goto(path);
        await page.locator(".plan .light-ok, .health-parts").first().waitFor();
        await staysUpright(page, widths);
        expect(await serious(page), path).toEqual([]);
        expect(await page.evaluate(MOVING)).toEqual([]);
      }
      await page.goto("/");
      const pages = page.getByTestId("pages");
      await pages.getByRole("link", { name: "The house" }).click();
      await page.getByTestId("plan-rooms").waitFor();
    },
  );
});

const MOVING = `document.getAnimations().filter((one) => one.playState === "running").map((one) => one.animationName ?? one.transitionProperty)`;
