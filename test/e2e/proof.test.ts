import { expect, test } from "vitest";
import { scene, soon } from "./scene.ts";
import { QUICK, Table } from "./table.ts";

scene("the proof of a round", (stage) => {
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
    const secret = page.getByLabel("Secret, shown after the spin");
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
