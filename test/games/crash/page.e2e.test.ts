import { expect, test } from "vitest";
import { curveAt, payoutOf } from "../../../rooms/crash/curve.ts";
import { DESKTOP, PHONE } from "../../web/browser.ts";
import { Ballast, BOUNDED, lobby, Lobby, net } from "../../web/lobby.ts";
import { serious, staysUpright } from "../../web/looks.ts";
import { scene, soon } from "../../web/scene.ts";
import { signed } from "../../web/table.ts";
import { Wire } from "../../web/wire.ts";

/** A flight may crash before anybody can act: then the next one is tried. Each try fails by chance less than once in five. */
const TRIES = 20;
const QUICK = { bettingMs: 1_500, pauseMs: 3_000 } as const;
const LONG_MS = 300_000;
const never = (): never => {
  throw new Error("there is no such button");
};
const times = (x100: number): string => `${(x100 / 100).toFixed(2)}\u00d7`;

scene("a crash lobby", (stage) => {
  test(
    "two browsers in one flight, one out by hand and one by target: each is paid what the round's record says [C4] [C5] [C11]",
    async () => {
      const room = await lobby(stage(), { ...QUICK, ...BOUNDED });
      const ballast = await Ballast.join(stage(), room);
      const people = await Promise.all([stage().person(), stage().person()]);
      const [hand, target] = await Promise.all(people.map(({ page }) => Lobby.open(page, room)));
      if (hand === undefined || target === undefined) throw new Error("nobody came");
      let balances: readonly [number, number] = [100_000, 100_000];
      for (let n = 1; ; n++) {
        expect(n, "no flight got far enough").toBeLessThan(TRIES);
        await Promise.all([hand.reach("waiting"), target.reach("waiting")]);
        await Promise.all([hand.ready("a"), target.ready("a")]);
        await hand.fill("a", 500, "");
        await target.fill("a", 1_000, "1.04");
        await Promise.all([hand.press("a"), target.press("a"), ballast.bet()]);
        await soon(async () => (await hand.view()).board.bets).toBe(3);
        expect((await hand.view()).round).toBe(n);
        await soon(() => hand.read("at-hand")).toBe(balances[0] - 500);
        await soon(() => target.read("at-hand")).toBe(balances[1] - 1_000);

        await Promise.race([hand.until("a", "cashout"), hand.reach("crashed")]);
        if ((await hand.does("a")) === "cashout") await hand.press("a").catch(() => {});
        await Promise.all([hand.reach("crashed"), target.reach("crashed")]);
        const { outcome } = await hand.round(n);
        const [byHand] = await hand.mine(n);
        const [byTarget] = await target.mine(n);
        balances = [
          balances[0] + net(byHand === undefined ? [] : [byHand]),
          balances[1] + net(byTarget === undefined ? [] : [byTarget]),
        ];
        await soon(() => hand.read("at-hand")).toBe(balances[0]);
        await soon(() => target.read("at-hand")).toBe(balances[1]);
        const { available, inPlay, total } = await hand.money();
        expect(total).toBe(balances[0]);
        await soon(() => hand.read("balance")).toBe(available);
        await soon(() => hand.read("in-play")).toBe(inPlay);
        if (byHand?.out == null || byTarget?.out == null) continue;

        // By hand: the curve at the instant that the record holds, and the page says the very same.
        expect(byHand.out.by).toBe("hand");
        expect(byHand.out.x100).toBe(curveAt(byHand.out.at - (outcome.startedAt ?? 0)));
        expect(byHand.out.paid).toBe(payoutOf(500, byHand.out.x100));
        expect(await hand.line("a")).toBe(`Cashed out at ${times(byHand.out.x100)}, ${signed(byHand.out.paid - 500)}`);
        expect(byTarget.out).toMatchObject({ x100: 104, paid: 1_040, by: "target" });
        expect(await target.line("a")).toBe("Out at your target, 1.04\u00d7, +40");
        // Both saw the same end, and each reads the other's way out in the list.
        for (const one of [hand, target]) {
          expect(await one.page.getByTestId("multiplier").innerText()).toBe(((outcome.endX100 ?? 0) / 100).toFixed(2));
          expect(await one.page.getByTestId("live-bets").innerText()).toContain(times(byHand.out.x100));
          expect(await one.page.getByTestId("live-bets").innerText()).toContain("1.04\u00d7");
        }
        expect(await hand.page.getByTestId("outcome").innerText()).toContain(signed(byHand.out.paid - 500));
        break;
      }
      ballast.leave();
    },
    LONG_MS,
  );

  test(
    "a cash-out whose answer was lost is sent again under its id and resolves with what was granted [C5] [C11]",
    async () => {
      const { page } = await stage().person();
      const wire = await Wire.on(page);
      const room = await lobby(stage(), { ...QUICK, ...BOUNDED });
      const [here, ballast] = await Promise.all([Lobby.open(page, room), Ballast.join(stage(), room)]);
      for (let n = 1; ; n++) {
        expect(n, "no flight got far enough").toBeLessThan(TRIES);
        await here.reach("waiting");
        await here.ready("a");
        await here.fill("a", 100, "");
        await Promise.all([here.press("a"), ballast.bet()]);
        await Promise.race([here.until("a", "cashout"), here.reach("crashed")]);
        if ((await here.does("a")) !== "cashout") continue;
        wire.deafen();
        const before = wire.commands("cashout").length;
        await here.press("a");
        if (wire.commands("cashout").length === before) {
          await wire.cut();
          await here.reach("crashed");
          continue;
        }
        expect(await here.does("a")).toBe("wait");
        await wire.cut();
        await soon(() => here.does("a")).not.toBe("wait");
        const [first, again] = wire.commands("cashout").slice(before);
        expect(again?.id).toBe(first?.id);
        await here.reach("crashed");
        const [bet] = await here.mine(n);
        if (bet?.out == null) {
          // Then it came in after the crash, and said so.
          expect(await here.line("a")).toBe("Crashed, \u2212100");
          continue;
        }
        expect(await here.line("a")).toBe(`Cashed out at ${times(bet.out.x100)}, ${signed(bet.out.paid - 100)}`);
        break;
      }
      ballast.leave();
    },
    LONG_MS,
  );

  test(
    "a cash-out that comes in after the end is refused in one line, and nothing is paid [C5]",
    async () => {
      const { page } = await stage().person();
      const wire = await Wire.on(page);
      // By force after eighteen seconds at most, so that nobody waits for a long flight.
      const here = await Lobby.open(page, await lobby(stage(), { ...QUICK, maxProfit: 200 }));
      for (let n = 1; ; n++) {
        expect(n, "every flight was ended by force").toBeLessThan(TRIES);
        await here.reach("waiting");
        await here.ready("a");
        await here.fill("a", 100, "");
        await here.press("a");
        await Promise.race([here.until("a", "cashout"), here.reach("crashed")]);
        if ((await here.does("a")) !== "cashout") continue;
        wire.hold();
        await here.press("a");
        await here.until("a", "wait").catch(() => {});
        await here.reach("crashed");
        expect(await here.does("a")).toBe("wait");
        wire.release();
        await soon(() => here.does("a")).toBe("queue");
        const { forced } = (await here.round(n)).outcome;
        await soon(() => here.notice()).toContain(forced ? "out already" : "Too late");
        const [bet] = await here.mine(n);
        expect(bet?.out === null).toBe(!forced);
        if (!forced) {
          expect(await here.line("a")).toBe("Crashed, \u2212100");
          break;
        }
      }
    },
    LONG_MS,
  );

  test("[C8] a flight that the house's limit ends says so, and whoever was in is paid there", async () => {
    const { page } = await stage().person();
    const here = await Lobby.open(page, await lobby(stage(), { ...QUICK, maxProfit: 50, minForceX100: 105 }));
    for (let n = 1; ; n++) {
      expect(n, "no flight got to the limit").toBeLessThan(TRIES);
      await here.reach("waiting");
      await here.ready("a");
      await here.fill("a", 1_000, "");
      await here.press("a");
      await here.reach("crashed");
      const { forced, endX100 } = (await here.round(n)).outcome;
      const words = await page.getByTestId("phase").innerText();
      if (!forced) {
        expect(words).toBe("Crashed");
        continue;
      }
      expect(endX100).toBe(105);
      expect(words).toBe("Ended at the house\u2019s limit");
      expect(await here.line("a")).toBe("Paid at the house\u2019s limit, 1.05\u00d7, +50");
      break;
    }
  });

  test(
    "everything by keyboard: choose, write, bet, take back, cash out, queue for the next flight [C7]",
    async () => {
      const { page } = await stage().person();
      const room = await lobby(stage(), { ...BOUNDED, maxProfit: 600, bettingMs: 4_000, pauseMs: 2_000 });
      const [here, ballast] = await Promise.all([Lobby.open(page, room), Ballast.join(stage(), room)]);
      const { keyboard } = page;
      await keyboard.press("2");
      await keyboard.press("a");
      await keyboard.type("300");
      await keyboard.press("Escape");
      await keyboard.press("t");
      await keyboard.press("Backspace");
      await keyboard.press("Escape");
      await keyboard.press("ArrowUp");
      await keyboard.press("Space");
      await here.until("b", "cancel");
      await soon(() => here.line("b")).toBe("500, on this flight");
      await keyboard.press("Backspace");
      await here.until("b", "bet");
      await soon(() => here.read("at-hand")).toBe(100_000);
      // Who clicks twice has a bet, and has not taken it back.
      const { x, y, width, height } = (await page.getByTestId("slot-b-act").boundingBox()) ?? never();
      for (const _ of [1, 2]) {
        await page.mouse.click(x + width / 2, y + height / 2);
        await page.waitForTimeout(150);
      }
      await here.ready("b");
      expect([await here.does("b"), (await here.view()).board.bets]).toEqual(["cancel", 1]);
      await here.press("b");
      await here.until("b", "bet");

      await keyboard.press("?");
      await page.getByRole("dialog").getByText("cash out").waitFor();
      await keyboard.press("Escape");

      for (let n = 0; ; n++) {
        expect(n, "no flight got far enough").toBeLessThan(TRIES);
        await here.reach("waiting");
        await here.ready("b");
        await keyboard.press("Enter");
        await Promise.all([here.until("b", "cancel"), ballast.bet()]);
        await Promise.race([here.until("b", "cashout"), here.reach("crashed")]);
        await here.ready("b");
        await keyboard.press("Space");
        await here.ready("b");
        if (!(await here.line("b")).startsWith("Cashed out")) continue;
        if ((await page.locator(".lounge").getAttribute("data-phase")) !== "running") continue;
        await keyboard.press("Enter");
        await soon(async () => ["cancel", "cashout"].includes((await here.does("b")) ?? "")).toBe(true);
        await here.reach("crashed");
        await here.reach("betting");
        expect(await here.line("b")).toBe("500, on this flight");
        break;
      }
      ballast.leave();
    },
    LONG_MS,
  );

  test(
    "[C10] a strategy plays its rounds by itself, gives fresh words to each draw, and its plan is offered again",
    async () => {
      const { page } = await stage().person();
      const room = await lobby(stage(), { ...BOUNDED, bettingMs: 1_500, pauseMs: 800 });
      const [here, ballast] = await Promise.all([Lobby.open(page, room), Ballast.join(stage(), room)]);
      await page.getByTestId("tab-fair").click();
      await page.getByTestId("own-words").fill("a calm evening");
      await page.getByTestId("strategy").click();
      await page.getByTestId("strategy-amount").fill("200");
      await page.getByTestId("strategy-target").fill("1.01");
      await page.getByTestId("strategy-rounds").fill("3");
      await page.getByTestId("strategy-start").click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await ballast.play(3);
      await soon(() => here.line("b")).toContain("200 until 1.01\u00d7");
      await page.getByTestId("strategy").click();
      expect(await page.getByTestId("strategy-running").innerText()).toContain("1.01\u00d7");
      await page.getByTestId("strategy-start").waitFor({ timeout: 60_000 });
      expect(await page.getByRole("dialog").innerText()).toContain("has played all its rounds");
      expect(await page.getByTestId("strategy-amount").inputValue()).toBe("200");
      expect(await page.getByTestId("strategy-rounds").inputValue()).toBe("3");

      const me = await here.me();
      let sum = 0;
      for (const n of [1, 2, 3]) {
        const bets = await here.mine(n);
        expect(bets).toMatchObject([{ amount: 200, targetX100: 101, by: "strategy" }]);
        expect((await here.round(n)).proof.entropy).toContainEqual({ player: me, value: "a calm evening" });
        sum += net(bets);
      }
      await soon(() => here.read("at-hand")).toBe(100_000 + sum);
      expect((await here.view()).round).toBe(4);
      ballast.leave();
    },
    LONG_MS,
  );

  test.for([
    ["a desktop", DESKTOP, [1440, 1024]],
    ["a phone", PHONE, [360, 390]],
  ] as const)(
    "axe finds nothing serious in any phase, and nothing scrolls sideways, on %s",
    async ([, how, widths]) => {
      const { page } = await stage().person({ ...how, reducedMotion: "reduce" });
      const looksRight = async (): Promise<void> => {
        await staysUpright(page, widths);
        expect(await serious(page)).toEqual([]);
      };
      // By force soon after the start, so that the end is there to be looked at.
      const here = await Lobby.open(
        page,
        await lobby(stage(), { bettingMs: 12_000, pauseMs: 120_000, maxProfit: 100, minForceX100: 105 }),
      );
      await looksRight();
      if (how === PHONE) await page.getByTestId("second-bet").tap();
      await here.fill("b", 100, "1.0015");
      expect(await here.line("b")).toBe("At most two decimals.");
      expect(await page.getByTestId("slot-b-act").getAttribute("aria-disabled")).toBe("true");
      await here.fill("a", 1_000, "");
      await here.press("a");
      await here.until("a", "cancel");
      await looksRight();
      await here.reach("crashed");
      await page.getByTestId("outcome").waitFor();
      await looksRight();
      for (const tab of ["players", "history", "fair"]) {
        await page.getByTestId(`tab-${tab}`).click();
        await looksRight();
        if (how === PHONE) await page.keyboard.press("Escape");
      }
      await page.getByTestId("strategy").click();
      await looksRight();
    },
  );
});
