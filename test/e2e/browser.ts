import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { freePort, OPEN_LIMITS, startHouse, type DevHouse } from "../chaos/dev.ts";

/** A real browser against the house as `npm run dev` starts it, on a folder of its own. */

/** Undefined: no browser here, and `npm test` has said so. */
export const browserPath = process.env["CHROMIUM"] ?? ["/usr/bin/chromium"].find((path) => existsSync(path));

export type Stage = {
  readonly house: DevHouse;
  readonly folder: string;
  /** A person of their own: no cookie shared with anybody. */
  readonly person: (viewport?: { width: number; height: number }) => Promise<{ page: Page; context: BrowserContext }>;
  /** What went wrong in any page: uncaught errors and console errors. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
};

export async function openStage(settings: Readonly<Record<string, string | number>> = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "croupier-e2e-"));
  const house = await startHouse({
    persistTo: folder,
    port: await freePort(),
    settings: { ...OPEN_LIMITS, ...settings },
  });
  const browser: Browser = await chromium.launch({
    ...(browserPath !== undefined && { executablePath: browserPath }),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  const complaints: string[] = [];
  return {
    house,
    folder,
    complaints,
    person: async (viewport = { width: 1440, height: 900 }) => {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      return { page, context };
    },
    close: async () => {
      await browser.close();
      await house.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
