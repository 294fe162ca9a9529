import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { scene, soon } from "./scene.ts";
import { OPEN_FOR_LONG, Table } from "./table.ts";

const PASSWORD = "a long and quiet evening";
/** The browser says each refused request in red; these two are what the tests are about. */
const WRONG_PASSWORD = /status of 401 .*@ \/api\/auth\/login$/;
const NAME_TAKEN = /status of 409 .*@ \/api\/auth\/register$/;

scene("a name of one's own", (stage) => {
  test("signing up keeps a guest's balance and seat, log-out and log-in come back to them, and a wrong password says so", async () => {
    const { page } = await stage().person(undefined, [WRONG_PASSWORD]);
    const table = await Table.open(page, await stage().room(OPEN_FOR_LONG));
    const guest = await table.me();
    await page.getByTestId("account-open").click();
    await page.getByTestId("faucet").click();
    await soon(() => table.read("balance")).toBe(110_000);
    await page.keyboard.press("Escape");
    await table.bet("even", 500);
    await soon(() => table.read("at-hand")).toBe(109_500);

    await page.getByTestId("signup-open").click();
    await fill(page, "Vera", PASSWORD);
    expect(await page.getByTestId("recovery-code").innerText()).toMatch(/^(\w{5}-){4}\w{5}$/);
    // Shown this once: nothing but its own button takes it away.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.mouse.click(5, 5);
    expect(await page.locator("dialog[open]").getByLabel("Close").count()).toBe(0);
    expect(await page.getByTestId("recovery-code").isVisible()).toBe(true);
    await page.getByTestId("recovery-kept").click();
    await page.locator("dialog[open]").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Your account: Vera" }).waitFor();
    expect(await table.me()).toBe(guest);
    await soon(() => table.mine()).toEqual({ even: 500 });
    await soon(() => table.read("at-hand")).toBe(109_500);

    await page.getByTestId("account-open").click();
    await page.getByRole("button", { name: "Log out", exact: true }).click();
    await page.getByText("2,000 chips of yours are in play.").waitFor();
    await page.getByTestId("log-out-sure").click();
    await page.getByText("You are watching.").first().waitFor();
    await soon(() => table.mine()).toEqual({});
    await soon(() => table.others()).toEqual({ even: 500 }); // the chips stay where they lie
    await soon(() => page.getByTestId("balance").innerText()).toBe("\u2013");

    await page.getByRole("button", { name: "Log in", exact: true }).click();
    await fill(page, "vera", "something else");
    await soon(() => page.getByRole("alert").innerText()).toBe("Name and password do not match.");
    await fill(page, "vera", PASSWORD);
    await page.locator("dialog[open]").waitFor({ state: "hidden" });
    expect(await table.me()).toBe(guest);
    await soon(() => table.mine()).toEqual({ even: 500 });
    await soon(() => table.read("at-hand")).toBe(109_500);
    await soon(() => table.read("in-play")).toBe(2_000);
    expect(await table.money()).toMatchObject({ total: 110_000 });

    // The session is the browser's: a fresh page is still Vera.
    await page.reload();
    await page.getByRole("button", { name: "Your account: Vera" }).waitFor();
    await soon(() => table.mine()).toEqual({ even: 500 });
  });

  test("a name that somebody has is refused in words, and the guest stays a guest", async () => {
    const first = await stage().person();
    await first.page.goto("/");
    await first.page.getByTestId("signup-open").click();
    await first.page.getByText("3 to 20 characters").waitFor();
    await fill(first.page, "Oskar", PASSWORD);
    await first.page.getByTestId("recovery-kept").click();
    await first.page.getByRole("button", { name: "Your account: Oskar" }).waitFor();

    const { page } = await stage().person(undefined, [NAME_TAKEN]);
    await page.goto("/");
    await page.getByTestId("signup-open").click();
    await fill(page, "OSKAR", PASSWORD);
    await soon(() => page.getByRole("alert").innerText()).toBe("Somebody has that name. Another one?");
    await page.keyboard.press("Escape");
    await page.getByTestId("signup-open").waitFor();
    await soon(() => page.getByTestId("balance").innerText()).toBe("100,000");
  });
});

async function fill(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByTestId("sign-submit").click();
}
