import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { scene, soon } from "./scene.ts";
import { OPEN_FOR_LONG, Table } from "./table.ts";

const PASSWORD = "a long and quiet evening";
const SIGNED_OUT = /status of 401 .*@ \/api\/(auth\/session|me\/ticket|rooms\/roulette\/\w+\/ticket)$/;

async function sign(page: Page, how: "Sign up" | "Log in", name: string): Promise<void> {
  await page.getByRole("button", { name: how, exact: true }).first().click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByTestId("sign-submit").click();
  if (how === "Sign up") await page.getByTestId("recovery-kept").click();
  await isHere(page, name);
}

const isHere = async (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name: `Your account: ${name}` }).waitFor();

/** Every state that the connection is shown in from now on: one may pass within a tenth of a second. */
async function connectionStates(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(`window.states = [];
    const node = document.querySelector('[data-testid="connection"]');
    new MutationObserver(() => window.states.push(node.dataset.state)).observe(node, { attributeFilter: ["data-state"] });`);
  return () => page.evaluate<string[]>("window.states");
}

scene("the windows of one browser", (stage) => {
  test("they agree on who is here; a session that ends is said in all of them, also after a reload, and makes no guest of somebody", async () => {
    const { page, context } = await stage().person(undefined, [SIGNED_OUT]);
    const table = await Table.open(page, await stage().room(OPEN_FOR_LONG));
    const guest = await table.me();
    const other = await context.newPage();
    await other.goto("/");
    await sign(other, "Sign up", "Nora");
    await isHere(page, "Nora");
    expect(await table.me()).toBe(guest);

    // Somebody else logs in there: here, too, they are at once who they are, and what is bet is theirs.
    const { page: elsewhere } = await stage().person();
    await elsewhere.goto("/");
    await sign(elsewhere, "Sign up", "Piet");
    await other.getByTestId("account-open").click();
    await other.getByRole("button", { name: "Log out", exact: true }).click();
    await page.getByTestId("kept-out").waitFor();
    await sign(other, "Log in", "Piet");
    await isHere(page, "Piet");
    await table.seated();
    await table.bet("red", 100);
    await soon(() => table.pending()).toBe(0);
    expect((await table.money()).total).toBe(100_000);
    await soon(() => other.getByTestId("in-play").innerText()).toBe("2,000");

    // Ended on another device, at the table and without a bet of this session's.
    expect((await elsewhere.request.post("/api/me/sessions/end", { data: { others: true } })).status()).toBe(204);
    for (const one of [page, other]) {
      await one.getByText("You were signed out. Log in to go on.").waitFor();
      await one.reload();
      await one.getByText("You were signed out. Log in to go on.").waitFor();
      expect((await one.request.get("/api/auth/session")).status()).toBe(401);
    }
    await sign(page, "Log in", "Piet");
    await isHere(other, "Piet");

    // A new guest is made by a press, and by nothing else.
    await soon(() => page.getByTestId("in-play").innerText()).toBe("2,000");
    await page.getByTestId("account-open").click();
    await page.getByRole("button", { name: "Log out", exact: true }).click();
    await page.getByTestId("log-out-sure").click();
    await page.getByTestId("begin-anew").click();
    await soon(() => page.getByTestId("balance").innerText()).toBe("100,000");
    await soon(() => other.getByTestId("balance").innerText()).toBe("100,000");
    expect(await table.me()).not.toBe(guest);
  }, 240_000);

  test("who was put out for being one too many says so and stays out until asked", async () => {
    const { page } = await stage().person();
    let opened = 0;
    page.on("websocket", (socket) => (opened += socket.url().includes("/api/me/socket") ? 1 : 0));
    await page.goto("/");
    const connection = (state: string) => page.locator(`[data-testid="connection"][data-state="${state}"]`).waitFor();
    await connection("online");
    await soon(() => opened).toBe(1);
    await page.waitForTimeout(1_000); // it is the oldest one, and greeted
    const others = Array.from({ length: 10 }, async () => {
      const { ticket } = (await (await page.request.post("/api/me/ticket")).json()) as { ticket: string };
      return new WebSocket(`${stage().house().url.replace("http", "ws")}/api/me/socket?ticket=${ticket}`);
    });
    await connection("resting");
    await page.waitForTimeout(4_000);
    expect(opened).toBe(1);
    await page.getByTestId("use-here").click();
    await connection("online");
    await page.getByTestId("put-out").waitFor({ state: "detached" });
    expect(opened).toBe(2);
    for (const socket of await Promise.all(others)) socket.close();
  });

  test("a line that goes silent is said when an answer is overdue, and the personal one is found dead as well", async () => {
    const { page } = await stage().person();
    const deaf = new Set<string>();
    await page.routeWebSocket(/\/socket/, (socket) => {
      const which = socket.url().includes("/api/me/") ? "me" : "room";
      const house = socket.connectToServer();
      const dead = deaf.has(which);
      socket.onMessage((message) => deaf.has(which) || house.send(message));
      house.onMessage((message) => deaf.has(which) || socket.send(message));
      if (dead) deaf.delete(which);
    });
    const table = await Table.open(page, await stage().room(OPEN_FOR_LONG));
    await table.bet("red", 100);
    await soon(() => table.pending()).toBe(0);
    const states = await connectionStates(page);
    deaf.add("room");
    await table.bet("black");
    await soon(() => page.getByTestId("notice").innerText()).toContain("has not answered yet");
    await soon(() => states()).toEqual(expect.arrayContaining(["slow", "lost", "online"]));
    await soon(() => table.pending()).toBe(0);
    expect(await table.mine()).toEqual({ red: 100, black: 100 });

    const later = await connectionStates(page);
    deaf.add("me");
    // A quiet line is asked after 8 to 12 seconds, and has four more to answer.
    await soon(() => later(), 60_000).toContain("lost");
    await page.request.post("/api/balance/faucet");
    await page.locator('[data-testid="connection"][data-state="online"]').waitFor();
    await soon(() => table.read("balance")).toBe(108_000);
  }, 240_000);
});
