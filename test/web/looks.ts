import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** What every page has to pass, whatever is on it. */

/** At each of these widths nothing scrolls sideways, and nothing that is read or pressed is cut off; the last one stays. */
export async function staysUpright(page: Page, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: page.viewportSize()?.height ?? 844 });
    expect(await page.evaluate<string[]>(BEYOND), `at ${width} pixels, ${page.url()}`).toEqual([]);
  }
}

/** What makes a page scroll sideways, or would if its body did not clip it. Lines of code may scroll by themselves. */
const BEYOND = `(() => {
  const width = document.documentElement.clientWidth;
  const name = (one) => one.tagName.toLowerCase() + "." + one.className + ": " + one.textContent.slice(0, 30);
  const framed = (one) => one !== document.body && (getComputedStyle(one).overflowX !== "visible" || framed(one.parentElement));
  const scrolling = [document.scrollingElement, ...document.querySelectorAll("body *:not(pre)")].filter(
    (one) => one.scrollWidth > one.clientWidth + 1 && (one === document.scrollingElement || /auto|scroll/.test(getComputedStyle(one).overflowX)),
  );
  const cut = [...document.querySelectorAll("a, button, input, h1, h2, h3, p, li, th, td, dt, dd")].filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    const out = right > width + 0.5 || (left < -0.5 && right > 0); // beyond the left edge altogether is where skip links wait
    return right - left > 1 && out && one.closest("[aria-hidden=true]") === null && !framed(one.parentElement);
  });
  return [...scrolling, ...cut].map(name);
})()`;

/**
 * What axe finds that would keep somebody out, and finds again at a second look: a table goes on while axe reads it, and what is
 * taken away under its eyes has no colours any more.
 */
export async function serious(page: Page): Promise<readonly string[]> {
  const first = await looked(page);
  if (first.size === 0) return [];
  const again = await looked(page);
  return [...again].filter(([what]) => first.has(what)).map(([what, why]) => `${what}: ${why}`);
}

async function looked(page: Page): Promise<ReadonlyMap<string, string>> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return new Map(
    found.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => [`${id} at ${target.join(" ")}`, failureSummary ?? "no reason given"]),
    ),
  );
}
