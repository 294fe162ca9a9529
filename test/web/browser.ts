import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";
import type { Config } from "../../rooms/roulette/types.ts";
import { freePort, OPEN_LIMITS, startHouse, type DevHouse } from "../chaos/dev.ts";
import { Player } from "../chaos/player.ts";

/** A real browser against the house as `npm run dev` starts it, on a folder of its own. */

/** Undefined: no browser here, and `npm test` has said so. */
export const browserPath = process.env["CHROMIUM"] ?? ["/usr/bin/chromium"].find((path) => existsSync(path));

export const DESKTOP = { viewport: { width: 1440, height: 900 } } as const;
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** A lottery whose draws never start: nobody's balance grows by what other tests stake. Tests of draws set their own. */
export const NO_DRAWS = JSON.stringify({ main: { players: 100_000, minPlayers: 100_000 } });

export type Visitor = { readonly page: Page; readonly context: BrowserContext };

export type Stage = {
  readonly house: () => DevHouse;
  readonly folder: string;
  /**
   * A person of their own: no cookie shared with anybody. `expects` are complaints of the browser that belong to what the test
   * does to this person, as `text @ path`.
   */
  readonly person: (how?: BrowserContextOptions, expects?: readonly RegExp[]) => Promise<Visitor>;
  /** A public table that nobody has played at. */
  readonly room: (config: Partial<Config>) => Promise<string>;
  /** SIGKILL to everything at once; the same files and port again with `restart`. */
  readonly kill: () => Promise<void>;
  readonly restart: () => Promise<void>;
  /** Pictures of every open page, for whoever has to find out why a test failed. */
  readonly photograph: (name: string) => Promise<void>;
  /** Everybody goes home. Gives what went wrong in any page since: uncaught errors, and console errors as `text @ path`. */
  readonly clear: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

/** Who comes for the first time has no session, and the browser says so in red. */
const FIRST_VISIT = /^Failed to load resource: .* status of 401 .*@ \/api\/auth\/session$/;
const PICTURES = join(dirname(fileURLToPath(import.meta.url)), "../.tmp/e2e");

export async function openStage(settings: Readonly<Record<string, string | number>> = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "croupier-e2e-"));
  const opening = {
    persistTo: folder,
    port: await freePort(),
    settings: { ...OPEN_LIMITS, LOTTERIES: NO_DRAWS, ...settings },
  };
  let house = await startHouse(opening);
  const browser = await openBrowser().catch(async (error: unknown) => {
    await house.stop();
    throw error;
  });
  let people: Visitor[] = [];
  let complaints: string[] = [];
  return {
    house: () => house,
    folder,
    person: async (how = DESKTOP, expects = []) => {
      const context = await browser.newContext({ baseURL: house.url, ...how });
      const page = await context.newPage();
      const noise = [FIRST_VISIT, ...expects];
      const complain = (text: string): void => {
        if (!noise.some((known) => known.test(text))) complaints.push(text);
      };
      page.on("pageerror", (error) => complain(`uncaught: ${error.message}`));
      page.on("console", (message) => {
        if (message.type() !== "error") return;
        const { url } = message.location();
        complain(`${message.text()} @ ${URL.canParse(url) ? new URL(url).pathname : url}`);
      });
      const visitor = { page, context };
      people.push(visitor);
      return visitor;
    },
    room: async (config) => {
      const owner = await Player.guest(house.url, "roulette:main");
      const { id } = await owner.api<{ id: string }>("/api/rooms", { game: "roulette", config });
      return `roulette:${id}`;
    },
    kill: () => house.kill(),
    restart: async () => {
      house = await startHouse(opening);
    },
    photograph: async (name) => {
      mkdirSync(PICTURES, { recursive: true });
      const file = name.replaceAll(/[^a-z0-9]+/gi, "-").slice(0, 80);
      await Promise.all(people.map(({ page }, i) => page.screenshot({ path: join(PICTURES, `${file}-${i + 1}.png`) })));
    },
    clear: async () => {
      await Promise.all(people.map(({ context }) => context.close()));
      people = [];
      const heard = complaints;
      complaints = [];
      return heard;
    },
    close: async () => {
      try {
        await browser.close();
      } finally {
        await house.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(browserPath !== undefined && { executablePath: browserPath }),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
}
