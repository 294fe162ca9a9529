import type { Locator, Page } from "playwright-core";
import type { HandRecord } from "../../rooms/poker/record.ts";
import type { Config, View } from "../../rooms/poker/types.ts";
import type { RoundRecord } from "../../rooms/host/ports.ts";
import { Player } from "../chaos/player.ts";
import type { Stage } from "./browser.ts";

/** A poker table as a person has it before them: what they read and press, and what REST says of the same things. */

export type Hand = Omit<RoundRecord, "outcome"> & { readonly outcome: HandRecord };

/** A public table that nobody has played at. */
export async function pokerRoom(stage: Stage, config: Partial<Config>): Promise<string> {
  const owner = await Player.guest(stage.house().url, "poker:main");
  const { id } = await owner.api<{ id: string }>("/api/rooms", { game: "poker", config });
  return `poker:${id}`;
}

/** Hands as quick as a person in a browser can follow. */
export const QUICK = { pauseMs: 1_500, dealMs: 600, runOutMs: 400 } as const;

export class Ring {
  readonly page: Page;
  readonly path: string;

  private constructor(page: Page, room: string) {
    this.page = page;
    this.path = `/rooms/${room.replace(":", "/")}`;
  }

  static async open(page: Page, room: string): Promise<Ring> {
    const here = new Ring(page, room);
    await page.goto(here.path);
    await page.getByTestId("act-bar").waitFor();
    await page.locator('[data-testid="connection"][data-state="online"]').waitFor();
    return here;
  }

  // ---- what is pressed ----

  async sit(seat: number, chips?: number): Promise<void> {
    await this.page.getByTestId(`sit-${seat}`).click();
    if (chips !== undefined) await this.page.getByTestId("chips").fill(String(chips));
    await this.page.getByTestId("sit-down").click();
    await this.page.locator(`[data-testid="seat-${seat}"][data-mine]`).waitFor();
  }

  press(what: "fold" | "call" | "raise" | "play-now" | "show-cards" | "all-in"): Promise<void> {
    return this.page.getByTestId(what).click({ timeout: 30_000 });
  }

  // ---- what is read ----

  /** What the act bar is for now: "turn", "pre", "folded", "over", ... */
  standing(): Promise<string | null> {
    return this.page.getByTestId("act-bar").getAttribute("data-standing");
  }

  /** The bar rests for a moment when it changes, as keys do. */
  async until(standing: string, timeout = 60_000): Promise<void> {
    const bar = `[data-testid="act-bar"][data-standing="${standing}"]:not(:has([data-resting]))`;
    await this.page.locator(bar).waitFor({ timeout });
  }

  ownCards(): Locator {
    return this.page.locator('[data-testid="own-cards"] [data-card]');
  }

  board(): Locator {
    return this.page.locator('[data-testid="board"] [data-card]');
  }

  async read(testId: string): Promise<number> {
    return Number((await this.page.getByTestId(testId).innerText()).replaceAll(",", ""));
  }

  notice(): Promise<string> {
    return this.page.getByTestId("notice").innerText();
  }

  // ---- what the house says ----

  async get<T>(path: string): Promise<T> {
    const response = await this.page.request.get(path);
    if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    return response.json() as Promise<T>;
  }

  async view(): Promise<View> {
    return (await this.get<{ view: View }>(`/api${this.path}`)).view;
  }

  hand(n: number): Promise<Hand> {
    return this.get(`/api${this.path}/rounds/${n}`);
  }

  /** Whether a finished hand is in the book already. */
  async isOver(n: number): Promise<boolean> {
    return (await this.page.request.get(`/api${this.path}/rounds/${n}`)).ok();
  }

  async me(): Promise<string> {
    return (await this.get<{ player: { id: string } }>("/api/auth/session")).player.id;
  }
}
