import { expect, test } from "vitest";
import { scene, soon } from "./scene.ts";
import { QUICK, returnedBy, signed, Table } from "./table.ts";

scene("a visit", (stage) => {
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
    // A purse of 2,000 came to the table, and 250 of it lie on the felt.
    await soon(() => table.read("in-play")).toBe(2_000);
    await soon(() => table.read("balance")).toBe(98_000);
    await soon(() => table.read("at-hand")).toBe(99_750);

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

    await soon(() => table.read("in-play")).toBe(1_750 + returned);
    await soon(() => table.read("at-hand")).toBe(99_750 + returned);
    expect(await table.money()).toMatchObject({ total: 99_750 + returned });
    await page.goto("/");
    const { available, inPlay } = await table.money();
    await soon(() => table.read("balance")).toBe(available);
    await soon(() => table.read("in-play")).toBe(inPlay);
    expect(available + inPlay).toBe(99_750 + returned);
  });

  test("the permalink of a spin verifies in the browser, and with one digit of the seed changed it fails", async () => {
    const { page } = await stage().person();
    const table = await Table.open(page, await stage().room(QUICK));
    await page.getByTestId("tab-fair").click();
    const sealed = await page.getByTestId("commitment").innerText();
    await table.bet("odd", 100);
    await table.reach("settled");
    await page.getByTestId("verify-last").click();
    await page.waitForURL("**/rounds/1");
    const { proof, outcome } = await table.round(1);
    expect(proof.commitment).toBe(sealed);

    const verdict = page.getByTestId("verify-verdict");
    await soon(() => verdict.innerText()).toContain(`It fits: the number is ${outcome.result}`);
    expect(await verdict.getAttribute("data-ok")).toBe("true");
    await page.getByText("This browser saw the same fingerprint itself").waitFor();

    // By hand, on the page.
    const secret = page.getByLabel("Server seed, shown after the spin");
    expect(await secret.inputValue()).toBe(proof.seed);
    await secret.fill(changed(proof.seed));
    await soon(() => verdict.innerText()).toContain("The secret does not open the seal");
    expect(await verdict.getAttribute("data-ok")).toBe("false");
    await page.getByRole("button", { name: "As it was" }).click();
    await soon(() => verdict.getAttribute("data-ok")).toBe("true");

    // A link is all that a stranger needs, and a house that lies about the seed is found out by them too.
    const { page: stranger } = await stage().person();
    await stranger.goto(`${table.path}/rounds/1`);
    await soon(() => stranger.getByTestId("verify-verdict").getAttribute("data-ok")).toBe("true");
    await stranger.route("**/api/**/rounds/1", async (route) => {
      const response = await route.fetch();
      const round = { ...(await table.round(1)), proof: { ...proof, seed: changed(proof.seed) } };
      await route.fulfill({ response, json: round });
    });
    await stranger.reload();
    await soon(() => stranger.getByTestId("verify-verdict").getAttribute("data-ok")).toBe("false");
  });
});

/** One digit of the seed is another. */
function changed(seed: string): string {
  return `${seed.slice(0, 40)}${seed[40] === "7" ? "8" : "7"}${seed.slice(41)}`;
}
