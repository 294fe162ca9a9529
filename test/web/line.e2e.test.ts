import { expect, test } from "vitest";
import { audit, assertConserved } from "../chaos/oracle.ts";
import { scene, soon } from "./scene.ts";
import { returnedBy, signed, Table } from "./table.ts";
import { Wire } from "./wire.ts";

/** What the browser says in red while there is no house to talk to. */
const NO_HOUSE =
  /(net::ERR_(CONNECTION_(REFUSED|RESET)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)|WebSocket connection to .* failed)/;

scene("a line that breaks", (stage) => {
  test("a bet whose answer was lost is sent again under its id, and counts once", async () => {
    const { page } = await stage().person();
    const wire = await Wire.on(page);
    const table = await Table.open(
      page,
      await stage().room({ openMs: 7_000, closedMs: 300, spinMs: 800, settledMs: 1_000 }),
    );
    await table.bet("column:1", 100); // the first bet brings chips to the table
    await soon(() => table.pending()).toBe(0);

    wire.deafen();
    await table.bet("straight:32", 50);
    await soon(async () => (await table.view()).staked).toBe(150); // the house took it, and the page does not know
    expect(await table.pending()).toBe(1);
    await wire.cut();
    await soon(() => table.pending()).toBe(0);
    expect(await table.mine()).toEqual({ "column:1": 100, "straight:32": 50 });
    expect((await table.view()).staked).toBe(150);

    const [first, lost, again, ...more] = wire.commands("bet").map(({ id }) => id);
    expect(more).toEqual([]);
    expect(again).toBe(lost);
    expect(lost).not.toBe(first);
    await table.reach("settled");
    const { outcome } = await table.round(1);
    expect(outcome.players.map(({ staked }) => staked)).toEqual([150]);
  });

  test("a house that is killed in mid-round and comes back finds the page at its seat: the bets lie there, the round ends and is paid once [R8]", async () => {
    const { page } = await stage().person(undefined, [NO_HOUSE]);
    const table = await Table.open(
      page,
      await stage().room({ openMs: 24_000, closedMs: 300, spinMs: 1_000, settledMs: 2_000 }),
    );
    const bets = { red: 100, black: 100, "straight:0": 10 };
    await table.bet("red", 100);
    await table.bet("black");
    await table.bet("straight:0", 10);
    await soon(() => table.pending()).toBe(0);
    await page.evaluate("window.thePage = 'the same'");

    await stage().kill();
    await page.locator('[data-testid="connection"][data-state="lost"]').waitFor();
    await soon(() => page.locator(".hand").innerText()).toContain("The line is down");
    await stage().restart();
    await table.seated();
    expect(await page.evaluate("window.thePage")).toBe("the same");
    expect(await table.mine()).toEqual(bets);
    expect(await table.stake()).toBe(210);

    const result = await table.result();
    await table.reach("settled");
    const returned = returnedBy(
      Object.entries(bets).map(([spot, amount]) => ({ spot, amount })),
      result,
    );
    await soon(() => page.getByTestId("outcome").innerText()).toContain(signed(returned - 210));
    await soon(() => table.read("at-hand")).toBe(99_790 + returned);
    expect((await table.rounds()).map(({ outcome }) => outcome.players.map((line) => line.returned))).toEqual([
      [returned],
    ]);
    expect(await table.money()).toMatchObject({ total: 99_790 + returned });
    await table.reach("waiting");
    assertConserved(audit(stage().folder));
  });
});
