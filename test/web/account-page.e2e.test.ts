import type { Page, WebSocketRoute } from "playwright-core";
import { expect, test } from "vitest";
import { DESKTOP, PHONE, type Stage } from "./browser.ts";
import { serious, staysUpright } from "./looks.ts";
import { scene, soon } from "./scene.ts";
import { OPEN_FOR_LONG, Table } from "./table.ts";

const PASSWORD = "a long and quiet evening";
/** The browser says each refused request in red; these are what the tests are about. */
const WRONG_PASSWORD = /status of 401 .*@ \/api\/me\/password$/;
const NO_TICKET = /status of 403 .*\/ticket$/;
/** Of a page whose session a new password has ended. */
const OVER = /status of 401 .*@ \/api\/me\/(ticket|limits|sessions|recovery)$/;
const WRONG_CODE = /status of 4(01|22) .*@ \/api\/auth\/recover$/;
const SIGNED_OUT = /status of 401 .*@ \/api\/(me|rooms\/roulette\/\w+)\/ticket$/;
const KEPT_OUT = /status of 403 .*@ \/api\/auth\/login$/;

scene("the account page (6.4, 6.5)", (stage) => {
  test("a guest takes a name there, hides from the boards, changes the password, and ends what is open elsewhere", async () => {
    const { page } = await stage().person(DESKTOP, [WRONG_PASSWORD, OVER]);
    await page.goto("/account");
    await soon(() => page.getByTestId("guest-ends").innerText()).toMatch(/gone on \d+ \w+ \d{4}/);
    await page.getByTestId("account-signup").click();
    await signUp(page, "Ada");
    await soon(() => page.getByTestId("account-name").innerText()).toBe("Ada");
    const elsewhere = await Promise.all([1, 2, 3].map(() => loggedIn(stage(), "ada")));

    await page.getByTestId("account-hidden").check();
    await soon(async () => (await read<{ hidden: boolean }>(page, "/api/me")).hidden).toBe(true);

    await page.reload();
    const lines = page.getByTestId("sessions").getByRole("listitem");
    await soon(() => lines.count()).toBe(4);
    expect(await lines.first().innerText()).toContain("Here, since");
    await lines.getByRole("button").first().click();
    await soon(() => lines.count()).toBe(3);
    expect((await Promise.all(elsewhere.map(isOpen))).filter(Boolean)).toHaveLength(2);

    await page.getByTestId("password-open").click();
    await page.getByLabel("Password now").fill("something else");
    await page.getByLabel("New password").fill("a longer and quieter evening");
    await page.getByTestId("password-change").click();
    await page.getByText("That is not your password. It stays as it was.").waitFor();
    await page.getByLabel("Password now").fill(PASSWORD);
    await page.getByTestId("password-change").click();
    await page.getByText("Your password is changed. You are logged out everywhere else.").first().waitFor();
    await soon(() => lines.count()).toBe(1);
    expect(await Promise.all(elsewhere.map(isOpen))).toEqual([false, false, false]);

    // A lost password: the code from the account page gives another, once, and then there is a next code.
    await page.getByTestId("recovery-open").click();
    await page.getByLabel("Your password").fill("a longer and quieter evening");
    await page.getByTestId("recovery-make").click();
    const code = await page.getByTestId("recovery-code").innerText();
    await page.getByTestId("recovery-kept").click();
    const { page: other } = await stage().person(DESKTOP, [WRONG_CODE]);
    await other.goto("/account");
    await other.getByRole("button", { name: "I have a name" }).click();
    await other.getByTestId("password-lost").click();
    await other.getByLabel("Name", { exact: true }).fill("ada");
    await other.getByLabel("Recovery code").fill("that is none");
    await other.getByLabel("New password").fill("password");
    await other.getByTestId("recover-submit").click();
    await other.getByText(/Many people use that one/).waitFor();
    await other.getByLabel("New password").fill("the quietest evening of all");
    await other.getByTestId("recover-submit").click();
    await other.getByText(/is wrong/).waitFor();
    await other.getByLabel("Recovery code").fill(code);
    await other.getByTestId("recover-submit").click();
    await soon(() => other.getByTestId("recovery-code").innerText()).not.toBe(code);
    await other.getByTestId("recovery-kept").click();
    await soon(() => other.getByTestId("account-name").innerText()).toBe("Ada");
    expect(await isOpen(page)).toBe(false);
  });

  test("a page whose session is ended elsewhere looks on at its table, is no guest behind one's back, and says why", async () => {
    const { page } = await stage().person(undefined, [SIGNED_OUT]);
    await page.goto("/");
    await page.getByTestId("signup-open").click();
    await signUp(page, "Lena");
    await page.getByRole("button", { name: "Your account: Lena" }).waitFor();
    const table = await Table.open(page, await stage().room(OPEN_FOR_LONG));
    await table.bet("red", 500);
    const elsewhere = await loggedIn(stage(), "lena");
    expect((await elsewhere.request.post("/api/me/sessions/end", { data: { others: true } })).status()).toBe(204);
    await page.mouse.move(5, 5); // off the felt, which tells of what it points at
    await page.getByText("You were signed out. Log in to go on.").waitFor();
    expect(await isOpen(page)).toBe(false);
    await page.getByRole("button", { name: "Log in", exact: true }).click();
    await signIn(page, "lena");
    await soon(() => table.mine()).toEqual({ red: 500 });
  });

  test("by keyboard alone: a lower limit counts at once and at the table, a higher one waits a day and can be dropped", async () => {
    const { page } = await stage().person();
    await page.goto("/account");
    await page.getByTestId("limit-stakePerDay").focus();
    await page.keyboard.type("1,000");
    await page.getByText("Counts as soon as you save it.").waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("Saved. It counts from now on.").first().waitFor();
    expect(await limits(page)).toMatchObject({ limits: { stakePerDay: 1_000 }, pending: null });

    await page.getByTestId("limit-stakePerDay").fill("5000");
    await page.getByText("Counts a day after you save it").waitFor();
    await page.keyboard.press("Enter");
    await soon(() => page.getByTestId("limits-pending").innerText()).toContain(
      "Most I may stake in a day: 5,000 chips",
    );
    await soon(() => page.getByTestId("limit-stakePerDay").inputValue()).toBe("1000");
    expect(await limits(page)).toMatchObject({
      limits: { stakePerDay: 1_000 },
      pending: { limits: { stakePerDay: 5_000 } },
    });
    await page.getByTestId("limits-cancel").press("Enter");
    await page.getByTestId("limits-pending").waitFor({ state: "detached" });
    expect(await limits(page)).toMatchObject({ limits: { stakePerDay: 1_000 }, pending: null });

    await page.getByTestId("limit-sessionMinutes").fill("2");
    await page.keyboard.press("Enter");
    await page.getByText("From 5 to 1,440 minutes, or empty for no limit.").waitFor();

    const table = await Table.open(page, await stage().room(OPEN_FOR_LONG));
    await table.bet("red", 1_000);
    await soon(() => table.pending()).toBe(0);
    expect(await table.mine()).toEqual({ red: 1_000 });
    await table.bet("black", 500);
    await page.getByText("This is more than you let yourself stake today.").first().waitFor();
    await soon(() => table.mine()).toEqual({ red: 1_000 });
    await soon(() => table.read("at-hand")).toBe(99_000);
  });

  test("the reality check is told calmly with the true result, and from there one may play on or take a break", async () => {
    const { page } = await stage().person();
    const line = await personalLine(page);
    await page.goto("/account");
    await page.getByTestId("limits-form").waitFor();
    await soon(() => line.open()).toBe(true);
    line.say({ type: "reality", minutes: 61, staked: 12_500, net: -2_500, now: Date.now() });
    const notice = page.getByTestId("reality");
    await soon(() => notice.innerText()).toContain("for 1 hour and 1 minute. You are 2,500 chips behind.");
    expect(await notice.innerText()).toContain("\u22122,500");
    expect(await serious(page)).toEqual([]);
    await page.getByTestId("reality-on").click();
    await notice.waitFor({ state: "detached" });
    line.say({ type: "reality", minutes: 90, staked: 0, net: 0, now: Date.now() });
    await soon(() => notice.innerText()).toContain("You have not staked anything.");
    await notice.getByRole("link", { name: "Take a break" }).click();
    await page.waitForURL("**/account#break");
    await page.getByTestId("break-ask").waitFor();
  });

  test("a break logs out, makes no guest behind one's back, and a log-in says until when; being kept out is asked twice", async () => {
    const { page } = await stage().person(DESKTOP, [KEPT_OUT]);
    await page.goto("/account");
    await page.getByTestId("exclusion-ask").click();
    await page.getByTestId("break-sure").click();
    await page.getByText("Once more, to be sure").waitFor();
    await page.getByRole("button", { name: "Not now" }).click();
    expect(await limits(page)).toMatchObject({ excluded: null });

    await page.getByTestId("account-signup").click();
    await signUp(page, "Bela");
    await soon(() => page.getByTestId("account-name").innerText()).toBe("Bela");
    await page.getByLabel("A week", { exact: true }).check();
    await page.getByTestId("break-ask").click();
    await page.getByTestId("break-begin").click();
    await page.getByText(/^You take a break until .*Your chips wait for you/).waitFor();
    await page.goto("/");
    await page.getByTestId("kept-out").waitFor();
    expect((await page.request.get("/api/auth/session")).status()).toBe(401);
    await page.getByRole("button", { name: "Log in", exact: true }).click();
    await signIn(page, "bela");
    await soon(() => page.getByRole("alert").innerText()).toMatch(
      /^You keep yourself from the tables until \d+ \w+ \d{4} at/,
    );
  });

  test("a guest who is kept out stays to look on, reads until when, and cannot make it shorter", async () => {
    const { page } = await stage().person(DESKTOP, [NO_TICKET]);
    await page.goto("/account");
    await page.getByTestId("exclusion-ask").click();
    await page.getByTestId("break-sure").click();
    await page.getByTestId("break-begin").click();
    await soon(() => page.getByTestId("excluded").innerText()).toContain("You keep yourself out until");
    await page.getByTestId("break-ask").click();
    await page.getByText("Nothing would change.").waitFor();
    await page.keyboard.press("Escape");
    const table = await Table.open(page, await stage().room(OPEN_FOR_LONG));
    await soon(() => page.getByTestId("barred").innerText()).toMatch(/^You keep yourself from the tables until/);
    expect((await table.view()).players).toBe(0);
    await table.bet("red");
    await soon(() => page.getByTestId("notice").innerText()).toMatch(/^You keep yourself from the tables until/);
  });

  test.for([
    ["a desktop", DESKTOP, [1440]],
    ["a phone", PHONE, [360, 390]],
  ] as const)(
    "axe finds nothing serious on the page and its dialogs, and nothing scrolls sideways, on %s",
    async ([, how, widths]) => {
      const { page } = await stage().person({ ...how, reducedMotion: "reduce" });
      await page.goto("/account");
      await page.getByTestId("limit-lossPerDay").fill("5000");
      await page.getByTestId("limits-save").click();
      await page.getByText("of 5,000").waitFor();
      await page.getByTestId("limit-lossPerDay").fill("");
      await page.getByTestId("limit-sessionMinutes").fill("60");
      await page.getByTestId("limits-save").click();
      await page.getByTestId("limits-pending").waitFor();
      await page.getByTestId("limit-sessionMinutes").fill("1");
      await page.getByTestId("limits-save").click();
      expect(await serious(page)).toEqual([]);
      await staysUpright(page, widths);
      await page.getByTestId("exclusion-ask").click();
      await page.getByTestId("break-sure").waitFor();
      expect(await serious(page)).toEqual([]);
      await staysUpright(page, widths);
    },
  );
});

async function signIn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByTestId("sign-submit").click();
}

/** The recovery code is shown once, and gone when it is kept. */
async function signUp(page: Page, name: string): Promise<void> {
  await signIn(page, name);
  await page.getByTestId("recovery-kept").click();
}

/** A session of the same player, on another device. */
async function loggedIn(stage: Stage, username: string): Promise<Page> {
  const { page } = await stage.person();
  const answer = await page.request.post("/api/auth/login", { data: { username, password: PASSWORD } });
  expect(answer.status()).toBe(200);
  return page;
}

async function isOpen(page: Page): Promise<boolean> {
  return (await page.request.get("/api/auth/session")).ok();
}

async function read<T>(page: Page, path: string): Promise<T> {
  const response = await page.request.get(path);
  if (!response.ok()) throw new Error(`${path}: ${response.status()}`);
  return response.json() as Promise<T>;
}

const limits = async (page: Page): Promise<object> => read(page, "/api/me/limits");

type Line = { readonly open: () => boolean; readonly say: (frame: object) => void };

/** The personal socket, with a second voice on the house's end. */
async function personalLine(page: Page): Promise<Line> {
  let line: WebSocketRoute | null = null;
  await page.routeWebSocket(/\/api\/me\/socket/, (socket) => {
    const house = socket.connectToServer();
    socket.onMessage((message) => house.send(message));
    house.onMessage((message) => {
      socket.send(message);
      line = socket;
    });
  });
  return { open: () => line !== null, say: (frame) => line?.send(JSON.stringify(frame)) };
}
