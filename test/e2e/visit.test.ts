import { expect, test } from "vitest";
import { scene, soon } from "./scene.ts";
import { returnedBy, signed, Table } from "./table.ts";

scene("a first visit", (stage) => {
  test("a visitor is a guest with 100,000 at once, bets by clicking, sees the wheel's result, and is paid what the record says [R2] [R4]", async () => {
    const { page } = await stage().person();
    await page.goto("/");
    await soon(() => page.getByTestId("balance").innerText()).toBe("100,000");
    await page.locator('a[href="/rooms/roulette/main"]').first().click();
    const table = await Table.at(page, "roulette:main");
    await soon(() => table.phase()).toBe("waiting");

    await table.bet("straight:17", 50);
    await table.bet("split:17-20", 100);
    await table.bet("red");
    const bets = { "straight:17": 50, "split:17-20": 100, red: 100 };
    await soon(() => table.pending()).toBe(0);
    expect(await table.mine()).toEqual(bets);
    expect(await table.phase()).toBe("open");
    expect(await table.stake()).toBe(250);
    await soon(() => table.read("in-play")).toBe(250);
    await soon(() => table.read("balance")).toBe(99_750);

    await table.reach("spinning");
    const result = await table.result();
    await table.reach("settled");
    expect(await page.getByRole("list", { name: "Last results" }).getByRole("listitem").first().innerText()).toContain(
      result,
    );
    const round = await table.round(1);
    expect(round.outcome.result).toBe(result);
    const me = await table.me();
    const line = round.outcome.players.find(({ player }) => player === me);
    const returned = returnedBy(line?.bets ?? [], result);
    expect(line).toMatchObject({ staked: 250, returned });
    expect(Object.fromEntries((line?.bets ?? []).map(({ spot, amount }) => [spot, amount]))).toEqual(bets);
    await soon(() => page.getByTestId("outcome").innerText()).toContain(signed(returned - 250));

    await soon(() => table.read("in-play")).toBe(0);
    await soon(() => table.read("balance")).toBe(99_750 + returned);
    expect(await table.money()).toMatchObject({ total: 99_750 + returned });
    // Away from the table the chips in its purse count as in play, in the header as in the balance.
    await page.goto("/");
    const { available, inPlay } = await table.money();
    await soon(() => table.read("balance")).toBe(available);
    await soon(() => table.read("in-play")).toBe(inPlay);
    expect(available + inPlay).toBe(99_750 + returned);
  });
});
