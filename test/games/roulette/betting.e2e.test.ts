import { expect, test } from "vitest";
import { layoutOf } from "../../../rooms/roulette/layout.ts";
import { DESKTOP, PHONE } from "../../web/browser.ts";
import { scene, soon } from "../../web/scene.ts";
import { BRIEF, OPEN_FOR_LONG, QUICK, returnedBy, signed, Table } from "../../web/table.ts";
import { Wire } from "../../web/wire.ts";

scene("betting", (stage) => {
  test("[R7] undo, clear and double move exactly the chips they say", async () => {
    const { page } = await stage().person();
    const table = await Table.open(page, await stage().room(OPEN_FOR_LONG));
    const moved = async (stake: number): Promise<void> => {
      await soon(() => table.stake()).toBe(stake);
      await soon(() => table.pending()).toBe(0);
      await soon(() => table.read("at-hand")).toBe(100_000 - stake);
      expect((await table.view()).staked).toBe(stake);
    };
    for (const action of ["undo", "clear", "double"]) expect(await page.getByTestId(action).isDisabled()).toBe(true);

    await table.bet("straight:0", 10);
    await table.bet("corner:25-26-28-29", 500);
    await table.bet("corner:25-26-28-29");
    await moved(1_010);
    await table.press("undo");
    await moved(510);
    await table.press("double");
    await moved(1_020);
    expect(await table.mine()).toEqual({ "straight:0": 20, "corner:25-26-28-29": 1_000 });
    await table.press("undo");
    await moved(510);
    await table.press("clear");
    await moved(0);
    expect(await table.mine()).toEqual({});
    for (const action of ["undo", "clear", "double"]) expect(await page.getByTestId(action).isDisabled()).toBe(true);
  });

  test("[R6] chips that the table would refuse are dimmed, say why, and are not taken in hand; what was bet counts", async () => {
    const { page } = await stage().person();
    const table = await Table.open(page, await stage().room({ ...OPEN_FOR_LONG, minStake: 50, maxPlayer: 600 }));
    const dimmed = async (): Promise<readonly string[]> => {
      const chips = await page.locator('.rack-chip[aria-disabled="true"]').all();
      return Promise.all(chips.map(async (chip) => (await chip.getAttribute("data-chip")) ?? ""));
    };
    expect(await dimmed()).toEqual(["10", "1000", "5000"]);
    const opacity = `getComputedStyle(document.querySelector('[data-testid="chip-1000"] .chip')).opacity`;
    expect(Number(await page.evaluate(opacity))).toBeLessThan(0.5);
    await page.getByTestId("chip-1000").click({ force: true });
    await page.getByText("At most 600 can be bet here.").first().waitFor();
    expect(await page.getByTestId("chip-1000").getAttribute("aria-pressed")).toBe("false");
    await table.bet("red", 500);
    await soon(dimmed).toEqual(["10", "500", "1000", "5000"]);
  });

  test("[R7] repeat places the bets of the last round played, to the chip, and not an older one's", async () => {
    const { page } = await stage().person();
    const table = await Table.open(page, await stage().room(BRIEF));
    const over = async (rounds: number): Promise<void> => {
      await soon(async () => (await table.rounds()).length).toBe(rounds);
      await table.reach("waiting");
      expect(await table.stake()).toBe(0);
    };
    await table.bet("black", 100);
    await over(1);
    await table.bet("street:7-8-9", 50);
    await over(2);
    await table.press("repeat");
    await over(3);
    expect((await table.rounds()).map(({ outcome }) => outcome.players.map(({ bets }) => bets))).toEqual([
      [[{ spot: "street:7-8-9", amount: 50 }]],
      [[{ spot: "street:7-8-9", amount: 50 }]],
      [[{ spot: "black", amount: 100 }]],
    ]);
  });

  test("[R10] a press on Voisins in the racetrack places nine chips, and one undo takes all nine back", async () => {
    const { page } = await stage().person();
    const table = await Table.open(page, await stage().room(OPEN_FOR_LONG));
    await page.getByTestId("chip-100").click();
    await page.getByTestId("call-voisins").click();
    await soon(() => table.pending()).toBe(0);
    expect(await table.mine()).toEqual({
      "trio:0-2-3": 200,
      "split:4-7": 100,
      "split:12-15": 100,
      "split:18-21": 100,
      "split:19-22": 100,
      "corner:25-26-28-29": 200,
      "split:32-35": 100,
    });
    expect(await table.stake()).toBe(900);
    expect((await table.view()).staked).toBe(900);
    await table.press("undo");
    await soon(() => table.stake()).toBe(0);
    await soon(async () => (await table.view()).staked).toBe(0);
  });

  test("[R5] a bet that reaches the table after the close is refused in one line, and its chips stay", async () => {
    const { page } = await stage().person();
    const wire = await Wire.on(page);
    const table = await Table.open(page, await stage().room({ ...QUICK, openMs: 4_500, closedMs: 3_000 }));
    await table.bet("red", 100);
    await soon(() => table.pending()).toBe(0);
    wire.hold();
    await table.bet("black", 500);
    await soon(() => table.stake()).toBe(600); // shown at once, as chips on their way
    expect(await table.pending()).toBe(1);
    await table.reach("closed");
    wire.release();
    await soon(() => page.getByTestId("notice").innerText()).toBe("Bets are closed for this spin.");
    expect(await table.mine()).toEqual({ red: 100 });
    expect(await table.stake()).toBe(100);
    await soon(() => table.read("at-hand")).toBe(99_900);

    // Once the page knows of the close it does not even ask.
    const asked = wire.commands("bet").length;
    await table.spot("black").click({ force: true }); // it is marked as disabled
    expect(await page.getByTestId("notice").innerText()).toBe("Bets are closed for this spin.");
    expect(await table.stake()).toBe(100);
    expect(wire.commands("bet")).toHaveLength(asked);
    await table.reach("settled");
    expect((await table.round(1)).outcome.players.map(({ bets }) => bets)).toEqual([[{ spot: "red", amount: 100 }]]);
  });

  test("[R9] they see each other's chips, the same result, and each their own winnings: one with the mouse, one by keyboard alone", async () => {
    const room = await stage().room({ openMs: 12_000, closedMs: 500, spinMs: 1_500, settledMs: 3_000 });
    const { page: handsOnMouse } = await stage().person();
    const { page: handsOnKeys } = await stage().person();
    const mouse = await Table.open(handsOnMouse, room);
    const keys = await Table.open(handsOnKeys, room);
    const { keyboard } = handsOnKeys;

    await keyboard.press("f"); // to the felt, where the cursor starts on 17
    await keyboard.press("ArrowRight");
    await keyboard.press("ArrowUp");
    await soon(() => focused(keys)).toBe("straight:21");
    await keyboard.press("3"); // the chip of 100

    await mouse.bet("red", 50);
    await mouse.bet("dozen:2");
    await keyboard.press("Enter");
    await keyboard.press("Shift+ArrowLeft"); // onto the line
    await keyboard.press("Enter");
    await keyboard.press("Backspace");
    await keyboard.press("ArrowDown");
    const cursor = (await focused(keys)) ?? "";
    await keyboard.press("Enter");
    // However long a key is held, and whatever has the focus: one press is one action.
    for (const held of ["d", "Enter"]) {
      for (let i = 0; i < 5; i++) await keyboard.down(held);
      await keyboard.up(held);
    }

    const byMouse = { red: 50, "dozen:2": 50 };
    const byKeys = { "straight:21": 200, [cursor]: 300 };
    expect(cursor).toMatch(/^straight:(17|20)$/);
    await soon(() => mouse.others()).toEqual(byKeys);
    await soon(() => keys.others()).toEqual(byMouse);
    expect(await mouse.mine()).toEqual(byMouse);
    expect(await keys.mine()).toEqual(byKeys);

    // Who is on a spot is told on request.
    await handsOnMouse.getByTestId("tab-players").click();
    await handsOnMouse.getByRole("button", { name: "Number 21" }).filter({ hasText: "200" }).last().click();
    const name = (await handsOnKeys.getByTestId("account-open").getAttribute("aria-label"))?.replace(
      "Your account: ",
      "",
    );
    await soon(() => handsOnMouse.locator(".who").innerText()).toContain(name);

    const [seen, seenToo] = await Promise.all([mouse.result(), keys.result()]);
    expect(seenToo).toBe(seen);
    await Promise.all([mouse.reach("settled"), keys.reach("settled")]);
    const { outcome } = await mouse.round(1);
    expect(outcome.result).toBe(seen);
    for (const [table, bets] of [
      [mouse, byMouse],
      [keys, byKeys],
    ] as const) {
      const me = await table.me();
      const staked = Object.values(bets).reduce((sum, one) => sum + one, 0);
      const returned = returnedBy(
        Object.entries(bets).map(([spot, amount]) => ({ spot, amount })),
        seen,
      );
      expect(outcome.players.find(({ player }) => player === me)).toMatchObject({ staked, returned });
      await soon(() => table.page.getByTestId("outcome").innerText()).toContain(signed(returned - staked));
      await soon(() => table.read("at-hand")).toBe(100_000 - staked + returned);
    }
  });

  test("on a phone, going back closes a sheet and stays at the table; the next time it leaves", async () => {
    const { page } = await stage().person(PHONE);
    await page.goto("/");
    const room = await stage().room(OPEN_FOR_LONG);
    await page.getByTestId(`room-${room}`).getByRole("link").click();
    const at = `**/rooms/${room.replace(":", "/")}`;
    const sheet = page.locator("dialog[open]");
    for (const close of [() => page.goBack(), () => page.keyboard.press("Escape")]) {
      await page.getByTestId("tab-bets").click();
      await sheet.waitFor();
      await close();
      await sheet.waitFor({ state: "hidden" });
      await page.waitForURL(at);
      await page.getByTestId("phase").waitFor();
      // The sheet's place in the history is gone with it.
      await soon(() => page.evaluate<boolean>("history.state?.usr?.over === true")).toBe(false);
    }
    await page.goBack();
    await page.locator(".lobby").waitFor();
  });

  test.for([
    ["a desktop", DESKTOP],
    ["a phone", PHONE],
  ] as const)("[R3] each of the 157 legal bets can be pressed at its middle, on %s", async ([, how]) => {
    const { page } = await stage().person(how);
    await Table.open(page, "roulette:main");
    const spots = await page.evaluate<string[]>(PRESSABLE);
    expect(spots.toSorted()).toEqual(
      layoutOf("european")
        .bets.map(({ spot }) => spot)
        .toSorted(),
    );
    expect(spots).toHaveLength(157);
  });
});

/** Which spots a press in the middle of their own area reaches, scrolled to where need be. */
const PRESSABLE = `[...document.querySelectorAll("[data-spot]")].flatMap((spot) => {
  spot.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = spot.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, top + height / 2)?.closest("[data-spot]");
  return hit === spot ? [spot.dataset.spot] : [];
})`;

function focused({ page }: Table): Promise<string | null> {
  return page.locator("[data-spot]:focus").getAttribute("data-spot");
}
