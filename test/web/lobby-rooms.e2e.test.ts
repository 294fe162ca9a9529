import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { Player } from "../chaos/player.ts";
import { DESKTOP, PHONE } from "./browser.ts";
import { serious, staysUpright } from "./looks.ts";
import { REST_MS } from "../../web/ui/resting.ts";
import { scene, soon } from "./scene.ts";

/** The browser says each refused request in red; these are what the tests are about. */
const BAD_CONFIG = /status of 422 .*@ \/api\/rooms$/;
const BAD_INVITE = /status of 403 .*\/join$/;
const UNKNOWN = /status of 404 .*\/rooms\/.*$/;

scene("the lobby's rooms (6.3)", (stage) => {
  test("new rooms come onto the list while one looks, and the filter shows one game's alone", async () => {
    const { page } = await stage().person();
    await page.goto("/");
    await page.getByTestId("open-table").waitFor();
    const room = await stage().room({ wheel: "french", minStake: 20 });
    await page.getByTestId(`room-${room}`).waitFor();
    expect(await page.getByTestId(`room-${room}`).innerText()).toContain("20 to 200,000");

    await game(page, "Crash").click();
    await page.getByTestId("room-crash:main").waitFor();
    await soon(() => games(page)).toEqual(["crash"]);
    await page.reload();
    await page.getByTestId("room-crash:main").waitFor();
    expect(await games(page)).toEqual(["crash"]);
    await game(page, "Lottery").click();
    await soon(() => games(page)).toEqual(["lottery"]);
    expect(await page.getByTestId("quick-seat").count()).toBe(0);
  });

  test("by keyboard alone: quick seat finds the busiest table with a free place, and sits down there", async () => {
    const { page } = await stage().person();
    const others = await Player.guest(stage().house().url, "poker:main");
    const { id } = await others.api<{ id: string }>("/api/rooms", { game: "poker", config: { seats: 3, maxBots: 0 } });
    const sitter = await Player.guest(stage().house().url, `poker:${id}`);
    await sitter.join();
    await sitter.send({ type: "sit", seat: 1, buyIn: 2_000 });
    await page.goto("/");
    await game(page, "All").focus();
    // Past roulette, crash and dice.
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
    await soon(() => game(page, "Hold\u2019em").isChecked()).toBe(true);
    await soon(() => page.locator("#quick-seat-where").innerText()).toContain("with 1 playing");
    await page.keyboard.press("Tab");
    await page.waitForTimeout(REST_MS); // it has just come to mean another table
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/rooms/poker/${id}`);
    const me = await who(page);
    const seats = async (): Promise<readonly (string | undefined)[]> => {
      const { view } = await read<{ view: { seats: ({ player: string } | null)[] } }>(page, `/api/rooms/poker/${id}`);
      return view.seats.map((seat) => seat?.player);
    };
    await soon(seats).toContain(me);
    // Once: who stands up is not put back by a reload.
    await soon(() => page.evaluate<unknown>("history.state?.usr ?? null")).toBeNull();
    sitter.close();
  });

  test("a room's form comes from its game's schema: limits are told at the field, the server's own in words, and the config is what was written", async () => {
    const { page } = await stage().person(DESKTOP, [BAD_CONFIG]);
    await page.goto("/?game=poker");
    await page.getByTestId("open-table").click();
    const option = (name: string) => page.getByTestId(`option-${name}`);
    expect(await option("actionMs").inputValue()).toBe("20"); // seconds
    await option("seats").fill("12");
    await page.getByTestId("room-make").click();
    await page.getByText("From 2 to 9.").waitFor();
    expect(await page.evaluate<string>("document.activeElement.getAttribute('data-testid')")).toBe("option-seats");

    await option("seats").fill("2");
    await option("smallBlind").fill("500");
    await page.getByTestId("room-make").click();
    await page.getByText("\u201cSmall blind\u201d is more than \u201cBig blind\u201d.").waitFor();
    await option("bigBlind").fill("1,000");
    await option("actionMs").fill("7.5");
    await option("runItTwice").uncheck();
    await page.getByText("More options").click();
    await option("straddle").getByLabel("Under the gun").check();
    await page.getByTestId("room-make").click();
    await page.waitForURL(/\/rooms\/poker\/[0-9a-z]{12}$/);
    const { config } = await read<{ config: object }>(page, `/api${new URL(page.url()).pathname}`);
    expect(config).toMatchObject({
      seats: 2,
      smallBlind: 500,
      bigBlind: 1_000,
      actionMs: 7_500,
      runItTwice: false,
      straddle: "underTheGun",
      maxBots: 5,
    });
  });

  test("a private room is on nobody's list, its link lets a friend in, a wrong one is refused kindly, and its owner finds the link again", async () => {
    const { page } = await stage().person();
    const { page: friend } = await stage().person(DESKTOP, [BAD_INVITE]);
    const { page: stranger } = await stage().person(DESKTOP, [UNKNOWN]);
    await page.goto("/?game=crash");
    await page.getByTestId("open-table").click();
    await page.getByTestId("room-private").check();
    await page.getByTestId("room-make").click();
    const link = await page.getByTestId("invite-link").inputValue();
    const { pathname } = new URL(link);
    const room = pathname.replace("/rooms/", "").replace("/", ":");

    await stranger.goto(pathname);
    await stranger.getByRole("heading", { name: "There is no such table" }).waitFor();
    await stranger.goto("/?game=crash");
    await stranger.getByTestId("room-crash:main").waitFor();
    expect(await stranger.getByTestId(`room-${room}`).count()).toBe(0);

    await friend.goto(`${link}x`);
    await friend.getByRole("heading", { name: "This invitation does not open the table" }).waitFor();
    expect(await serious(friend)).toEqual([]);
    await friend.goto(link);
    await friend.locator('[data-testid="connection"][data-state="online"]').waitFor();
    await friend.waitForURL((url) => url.pathname === pathname && url.search === "");
    await friend.goto("/?game=crash");
    await friend.getByTestId(`invite-${room}`).click();
    await friend.getByText("Whoever opened it has the invitation").waitFor();

    await page.getByTestId("room-enter").click();
    await page.waitForURL(`**${pathname}`);
    await page.goto("/?game=crash");
    await page.getByTestId(`invite-${room}`).click();
    await soon(() => page.getByTestId("invite-link").inputValue()).toBe(link);
  });

  test.for(["roulette", "crash", "poker", "lottery"])(
    "a table of %s that nobody has opened is said to be none, and no line to it is tried",
    async (game) => {
      const { page } = await stage().person(DESKTOP, [UNKNOWN]);
      await page.goto(`/rooms/${game}/nosuchtable0`);
      const ended = page.getByTestId("ended");
      await ended.getByRole("heading", { name: "There is no such table for you" }).waitFor();
      expect(await ended.getAttribute("data-why")).toBe("missing");
      await soon(() => page.getByText(/^(Reconnecting|Connecting|No answer yet)$/).count()).toBe(0);
      await ended.getByRole("link", { name: "To the tables" }).click();
      await page.getByTestId(`room-${game}:main`).waitFor();
    },
  );

  test.for([
    ["a desktop", DESKTOP, [1440]],
    ["a phone", PHONE, [360, 390]],
  ] as const)(
    "axe finds nothing serious in the lobby and its form, and nothing scrolls sideways, on %s",
    async ([, how, widths]) => {
      const { page } = await stage().person({ ...how, reducedMotion: "reduce" });
      await page.goto("/?game=roulette");
      await page.getByTestId("room-roulette:main").waitFor();
      await soon(() => page.getByTestId("quick-seat").isEnabled()).toBe(true);
      expect(await serious(page)).toEqual([]);
      await staysUpright(page, widths);
      await page.getByTestId("open-table").click();
      await page.getByTestId("room-form").waitFor();
      await page.getByText("More options").click();
      expect(await serious(page)).toEqual([]);
      await staysUpright(page, widths);
      await page.getByTestId("room-private").check();
      await page.getByTestId("room-make").click();
      await page.getByTestId("invite-link").waitFor();
      expect(await serious(page)).toEqual([]);
      await staysUpright(page, widths);
    },
  );
});

/** One of the filter's choices. */
const game = (page: Page, name: string) =>
  page.getByRole("group", { name: "Show tables of" }).getByLabel(name, { exact: true });

/** Whose rooms are on the page. */
async function games(page: Page): Promise<readonly string[]> {
  const ids = await page
    .locator('[data-testid^="room-"]')
    .evaluateAll((rooms) => rooms.map((room) => room.getAttribute("data-testid") ?? ""));
  return [...new Set(ids.map((id) => id.replace(/^room-([a-z]+):.*/, "$1")))];
}

async function read<T>(page: Page, path: string): Promise<T> {
  const response = await page.request.get(path);
  if (!response.ok()) throw new Error(`${path}: ${response.status()}`);
  return response.json() as Promise<T>;
}

async function who(page: Page): Promise<string> {
  return (await read<{ player: { id: string } }>(page, "/api/auth/session")).player.id;
}
