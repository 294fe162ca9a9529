import { expect, test } from "vitest";
import { scene, soon } from "./scene.ts";
import { returnedBy, signed, Table } from "./table.ts";

scene("two at one table", (stage) => {
  test("[R9] they see each other's chips, the same result, and each their own winnings: one with the mouse, one by keyboard alone", async () => {
    const room = await stage().room({ openMs: 8_000, closedMs: 500, spinMs: 1_500, settledMs: 3_000 });
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

    const byMouse = { red: 50, "dozen:2": 50 };
    const byKeys = { "straight:21": 100, [cursor]: 100 };
    expect(cursor).toMatch(/^straight:(17|20)$/);
    await soon(() => mouse.others()).toEqual(byKeys);
    await soon(() => keys.others()).toEqual(byMouse);
    expect(await mouse.mine()).toEqual(byMouse);
    expect(await keys.mine()).toEqual(byKeys);

    // Who is on a spot is told on request.
    await handsOnMouse.getByTestId("tab-players").click();
    await handsOnMouse.getByRole("button", { name: "Number 21" }).filter({ hasText: "100" }).last().click();
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
      await soon(() => table.read("balance")).toBe(100_000 - staked + returned);
    }
  });
});

function focused({ page }: Table): Promise<string | null> {
  return page.locator("[data-spot]:focus").getAttribute("data-spot");
}
