import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { DESKTOP, PHONE, type Stage } from "../../web/browser.ts";
import { LotteryHall, Staker } from "../../web/lottery.ts";
import { serious, staysUpright } from "../../web/looks.ts";
import { REST_MS } from "../../../web/ui/resting.ts";
import { scene, soon } from "../../web/scene.ts";
import { BRIEF, Table, type Money } from "../../web/table.ts";

/** Two players start a draw of `main`; `late` is never started, so that time is up in it again and again. */
const LOTTERIES = JSON.stringify({
  main: { players: 2, timeLimitMs: 600_000, drawMs: 10_000 },
  late: { players: 1_000, minPlayers: 1_000, timeLimitMs: 2_000 },
});
/** All that counts for one player, so that another's small stake wins against it once in a hundred. */
const CAP = 10_000;
const LONG_MS = 240_000;

scene(
  "the lottery",
  (stage) => {
    test(
      "[L1] [L7] a stake makes a ticket with its odds, the draw takes words, the winner is told at another table, the loser sees who it was",
      async () => {
        const room = await stage().room(BRIEF);
        const people = await Promise.all([stage().person(), stage().person()]);
        const halls: LotteryHall[] = [];
        for (const { page } of people) {
          const hall = await LotteryHall.open(await page.context().newPage());
          await listen(hall.page);
          halls.push(hall);
        }
        for (const [i, { page }] of people.entries()) {
          const table = await Table.open(page, room);
          await table.bet("red", 5_000);
          const hall = halls[i];
          if (i > 0 || hall === undefined) continue;
          await soon(() => hall.read("tickets")).toBe(1);
          expect(await hall.text("odds")).toBe("100%");
          expect(await hall.text("mine")).toContain("1 ticket, 5,000 staked");
          expect(await hall.read("prize")).toBe(50);
          expect(await hall.text("players")).toBe("1 of 2");
          await soon(() => heard(hall.page)).toEqual([]);
          await page.goto("/");
          await soon(() => page.getByTestId("room-lottery:main").innerText()).toMatch(/Players\s+1 of 2/);
        }

        // Both are on the lottery's page and, in another window, at a table.
        await Promise.all(halls.map((hall) => hall.reach("started")));
        const [before, ids, odds, root] = await Promise.all([
          Promise.all(halls.map(({ page }) => money(page))),
          Promise.all(halls.map((hall) => hall.me())),
          Promise.all(halls.map((hall) => hall.text("odds"))),
          halls[0]?.text("root"),
          ...halls.map(({ page }) => page.locator('[data-testid="given"][data-taken="true"]').waitFor()),
        ]);
        expect(odds).toEqual(["50%", "50%"]);
        const said = "Draw 1 has started: 2 tickets for a prize of 100. Your odds: 50%, 1 in 2.";
        for (const { page } of halls) await soon(() => heard(page)).toContain(said);
        await Promise.all(people.map(({ page }) => page.goto("/rooms/roulette/main")));
        // It stays as long as somebody points at it. Who has not won has none to point at.
        for (const { page } of people) void point(page.getByTestId("toast"));

        await Promise.all(halls.map((hall) => hall.landed()));
        const { outcome, proof } = (await halls[0]?.draw(1)) ?? {};
        expect(outcome).toMatchObject({ root, prize: 100, award: { amount: 100, status: "played_out" } });
        expect(proof?.entropy.map(({ player }) => player).toSorted()).toEqual(ids.toSorted());
        const won = ids.indexOf(outcome?.award?.player as never);
        const [winner, loser] = [halls[won], halls[1 - won]];
        if (winner === undefined || loser === undefined) throw new Error("nobody won");
        expect(await winner.text("outcome")).toContain("+100");
        expect(await loser.text("outcome")).toContain("has won 100");
        for (const [hall, words] of [
          [winner, "You won 100"],
          [loser, "It was not yours this time."],
        ] as const)
          await soon(async () => (await heard(hall.page)).join()).toContain(words);

        const elsewhere = people[won]?.page as Page;
        const toast = elsewhere.getByTestId("toast");
        await soon(() => toast.innerText()).toContain("You won 100");
        await soon(async () => (await money(elsewhere)).total).toBe((before[won]?.total ?? 0) + 100);
        expect((await money(loser.page)).total).toBe(before[1 - won]?.total);
        expect(await people[1 - won]?.page.getByTestId("toast").count()).toBe(0);
        expect(await serious(elsewhere)).toEqual([]);
        await toast.getByRole("link", { name: "See the draw" }).click();
        await elsewhere.waitForURL("**/rooms/lottery/main/rounds/1");
        await soon(() => elsewhere.getByTestId("verify-verdict").innerText()).toContain("you won 100");
        expect(await toast.count()).toBe(0);

        await elsewhere.getByTestId("account-open").click();
        await elsewhere.getByTestId("statement-open").click();
        await soon(() => elsewhere.getByTestId("statement").innerText()).toContain("Won at the lottery, draw 1");
        await winner.page.getByTestId("tab-history").click();
        expect(await winner.page.getByTestId("draw-1").getAttribute("data-won")).toBe("true");
        expect(await winner.page.getByTestId("draw-1").innerText()).toContain("+100");
      },
      LONG_MS,
    );

    test(
      "[L6] a past draw opens in the verifier with every step right; whatever is changed in it is found out",
      async () => {
        const n = await drawn(stage());
        const { page } = await stage().person();
        const hall = await LotteryHall.open(page);
        await page.getByTestId("tab-history").click();
        await page.getByTestId(`draw-${n}`).getByRole("link").click();
        await page.waitForURL(`**/rounds/${n}`);
        const verdict = page.getByTestId("verify-verdict");
        await soon(() => verdict.getAttribute("data-ok")).toBe("true");
        const signs = page.locator(".step-sign");
        expect(await signs.allInnerTexts()).toEqual(Array.from({ length: 6 }, () => "fits"));
        expect(await page.getByTestId("inclusion").innerText()).toContain("lies under the root");

        const { outcome } = await hall.draw(n);
        const reset = page.getByRole("button", { name: "As it was" });
        const changes = [
          ["What it weighs", "9999", "These are not the tickets that were closed"],
          ["What was staked", "9999", "These are not the tickets that were closed"],
          ["Whose it is", "somebody", "These are not the tickets that were closed"],
          ["Root, published when the draw started", "00".repeat(32), "These are not the tickets that were closed"],
          ["Server seed, shown after the draw", "00".repeat(32), "The secret does not open the seal"],
          ["What it was", String(outcome.prize + 1), "The prize is not what was due"],
          [
            "Number that was drawn",
            String(((outcome.number ?? 0) + 1) % outcome.weight),
            "The draw gives another number",
          ],
          ["Ticket that was named", String(1 - (outcome.ticket ?? 0)), "The award went to the wrong ticket"],
        ] as const;
        for (const [label, value, words] of changes) {
          await page.getByLabel(label).fill(value);
          await soon(() => verdict.innerText()).toContain(words);
          expect(await verdict.getAttribute("data-ok")).toBe("false");
          const ticket = ["What it weighs", "What was staked", "Whose it is"].includes(label);
          if (ticket) expect(await page.getByTestId("inclusion").innerText()).toContain("does not lie under the root");
          await page.waitForTimeout(REST_MS); // of two quick clicks at one place the second does nothing
          await reset.click();
          await soon(() => verdict.getAttribute("data-ok")).toBe("true");
        }

        // Each ticket has a link of its own, and its own way up to the root.
        await page.getByTestId("ticket-1").getByRole("link").click();
        await page.waitForURL(`**/rounds/${n}?ticket=1`);
        await soon(() => page.getByTestId("one-ticket").innerText()).toContain("Ticket 1");
        expect(await page.getByTestId("climbed").innerText()).toBe(outcome.root);
        await page.goto(`${hall.path}/rounds/${n}?ticket=1`);
        await soon(() => page.getByTestId("inclusion").innerText()).toContain("lies under the root");
      },
      LONG_MS,
    );

    test(
      "[L7] whoever was away is told of an award when they come back, and once; a toast can be closed by keyboard",
      async () => {
        // Both bets are to be of one round, however slow the machine is.
        const room = await stage().room({ ...BRIEF, openMs: 8_000 });
        const { page } = await stage().person();
        for (let tries = 1; ; tries++) {
          expect(tries, "the small ticket won every time").toBeLessThan(4);
          const draw = await nextDraw(stage());
          const table = await Table.open(page, room);
          await table.bet("red", 5_000);
          await table.bet("red");
          const hall = new LotteryHall(page);
          const me = await hall.me();
          await soon(async () => (await hall.view()).waiting.weight).toBe(CAP);
          await page.goto("about:blank");
          const [other] = await Staker.gather(stage(), 1);
          await other?.stake(100);
          await finished(stage(), draw);
          other?.leave();
          const { prize, player } = (await hall.view()).history[0] ?? {};
          if (player !== me) continue;
          expect(prize).toBe(101);
          await soon(async () => (await entries(page)).some(({ kind }) => kind === "award")).toBe(true);
          await page.goto("/rooms/crash/main");
          await soon(() => page.getByTestId("toast").innerText()).toContain(
            `Draw ${draw} of the lottery, while you were away.`,
          );
          await page.getByTestId("toast").getByRole("link").focus();
          await page.keyboard.press("Escape");
          await soon(() => page.getByTestId("toast").count()).toBe(0);
          await page.reload();
          await page.getByTestId("phase").waitFor();
          await soon(() => page.getByTestId("balance").innerText()).not.toBe("\u2013");
          expect(await page.getByTestId("toast").count()).toBe(0);
          break;
        }
      },
      LONG_MS,
    );

    test(
      "[L6] who has gone on to a table after looking at the lottery gives words all the same",
      async () => {
        const draw = await nextDraw(stage());
        const { page } = await stage().person();
        const table = await Table.open(page, await stage().room(BRIEF));
        await table.bet("red", 500);
        await soon(async () => (await table.view()).phase.name).toBe("settled");
        await page.getByRole("link", { name: "Lottery", exact: true }).click();
        const hall = new LotteryHall(page);
        await soon(() => page.getByTestId("odds").count()).toBe(1);
        const me = await hall.me();
        await page.getByRole("link", { name: "Crash with every flight" }).click();
        await page.waitForURL("**/rooms/crash/main");
        const [other] = await Staker.gather(stage(), 1);
        await other?.stake(5_000);
        await finished(stage(), draw);
        other?.leave();
        expect((await hall.draw(draw)).proof.entropy.map(({ player }) => player)).toEqual([me]);
      },
      LONG_MS,
    );

    test(
      "[L7] the ring turns until a key shows the result; who asked for less motion has it at once",
      async () => {
        const [{ page: lively }, { page: calm }] = await Promise.all([
          stage().person(),
          stage().person({ ...DESKTOP, reducedMotion: "reduce" }),
        ]);
        const [moving, still] = await Promise.all([LotteryHall.open(lively), LotteryHall.open(calm)]);
        const n = await drawn(stage(), async () => {
          await Promise.all([moving.reach("drawn"), still.reach("drawn")]);
          expect(await calm.locator(".hall").getAttribute("data-landed")).toBe("true");
          expect(await still.text("outcome")).toContain("has won");
          expect(await lively.locator('[data-testid="ring"][data-turning]').count()).toBe(1);
          // What is not told yet is not told beside the ring either.
          expect(await lively.getByTestId("result").count()).toBe(0);
          await lively.keyboard.press("Enter");
          await lively.getByTestId("result").waitFor({ timeout: 1_000 });
        });
        expect(await moving.text("outcome")).toBe(await still.text("outcome"));
        await lively.getByTestId("check-draw").click();
        await lively.waitForURL(`**/rounds/${n}`);
        await still.page.getByTestId("next-draw").click();
        await still.reach("waiting");
      },
      LONG_MS,
    );

    test("[L3] when time is up below the minimum the page says that the tickets keep their places", async () => {
      await nextDraw(stage());
      const [one] = await Staker.gather(stage(), 1);
      await one?.stake(500);
      await soon(async () => (await shown(stage())).waiting.players).toBe(1);
      const { page } = await stage().person();
      await page.goto("/rooms/lottery/late");
      await soon(() => page.getByTestId("phase").innerText()).toBe("The tickets wait on");
      await page.getByText("Every ticket keeps its place, and the next one starts the clock anew.").waitFor();
      one?.leave();
    });

    test.for([
      ["a desktop", DESKTOP, [1440, 1024]],
      ["a phone", PHONE, [360, 390]],
    ] as const)(
      "axe finds nothing serious in any phase, and nothing scrolls sideways, on %s",
      async ([, how, widths]) => {
        await nextDraw(stage());
        const { page } = await stage().person({ ...how, reducedMotion: "reduce" });
        const looksRight = async (): Promise<void> => {
          await staysUpright(page, widths);
          expect(await serious(page)).toEqual([]);
        };
        const hall = await LotteryHall.open(page);
        await soon(() => hall.text("phase")).toBe("Waiting for a ticket");
        await looksRight();
        const table = await Table.open(page, await stage().room(BRIEF));
        await table.bet("red", 500);
        await soon(async () => (await hall.view()).waiting.tickets).toBe(1);
        await page.goto(hall.path);
        await soon(() => page.getByTestId("odds").count()).toBe(1);
        await looksRight();
        for (const tab of ["tickets", "players", "history", "fair"]) {
          await page.getByTestId(`tab-${tab}`).click();
          await looksRight();
          if (how === PHONE) await page.keyboard.press("Escape");
        }
        const [other] = await Staker.gather(stage(), 1);
        await other?.stake(9_500);
        await hall.reach("started");
        expect(await serious(page)).toEqual([]);
        await hall.landed();
        await looksRight();
        // However the ring has come to rest: its corners stand out furthest at an eighth of a turn.
        await page.evaluate(`document.querySelector(".dial-turn").style.transform = "rotate(45deg)"`);
        await staysUpright(page, widths);
        await small(page);
        other?.leave();
        await page.getByTestId("check-draw").click();
        await soon(() => page.getByTestId("verify-verdict").getAttribute("data-ok")).toBe("true");
        await looksRight();
        await page.goto("/");
        await page.getByTestId("room-lottery:main").waitFor();
        await looksRight();
      },
    );
  },
  { LOTTERIES },
);

/** Nothing that is pressed on this page is smaller than a fingertip. */
async function small(page: Page): Promise<void> {
  const found = await page.evaluate<string[]>(`[...document.querySelectorAll("main a, main button")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
    .map((one) => one.textContent)`);
  expect(found).toEqual([]);
}

type Short = {
  readonly round: number;
  readonly waiting: { readonly players: number };
  readonly history: readonly { readonly draw: number }[];
};

/** Has a draw made by two who stake at a table, and gives its number once it is drawn and `meanwhile` is done. */
async function drawn(stage: Stage, meanwhile?: () => Promise<void>): Promise<number> {
  const people = await Staker.gather(stage, 2);
  const n = await nextDraw(stage);
  await Promise.all(people.map((one) => one.stake(3_000)));
  await meanwhile?.();
  await finished(stage, n);
  for (const one of people) one.leave();
  return n;
}

/** The number of the draw that waits. What a test before left waiting is drawn first. */
async function nextDraw(stage: Stage): Promise<number> {
  const { round, waiting } = await shown(stage);
  if (waiting.players === 0) return round;
  const [one] = await Staker.gather(stage, 1);
  await one?.stake(100);
  await finished(stage, round);
  one?.leave();
  return round + 1;
}

async function finished(stage: Stage, n: number): Promise<void> {
  await soon(async () => (await shown(stage)).history[0]?.draw).toBe(n);
}

async function shown(stage: Stage): Promise<Short> {
  const response = await fetch(`${stage.house().url}/api/rooms/lottery/main`);
  return (await response.json<{ view: Short }>()).view;
}

async function money(page: Page): Promise<Money> {
  return (await page.request.get("/api/balance")).json() as Promise<Money>;
}

async function entries(page: Page): Promise<readonly { readonly kind: string }[]> {
  const answer = (await (await page.request.get("/api/balance/entries")).json()) as { entries: { kind: string }[] };
  return answer.entries;
}

/** From now on what a screen reader is told is kept: a line may stand for a moment only. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(`window.heard = [];
    new MutationObserver(([{ target }]) => window.heard.push(target.textContent.trim()))
      .observe(document.querySelector('p[role="status"].sr-only'), { characterData: true, childList: true, subtree: true });`);
}

async function heard(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>("window.heard");
}

/** Points at it as soon as it is there. Never rejects: the page may be gone first. */
async function point(there: Locator): Promise<void> {
  await there.hover({ timeout: LONG_MS }).catch(() => {});
}
