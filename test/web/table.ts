import type { Locator, Page } from "playwright-core";
import type { RoundRecord } from "../../rooms/host/ports.ts";
import { layoutOf } from "../../rooms/roulette/layout.ts";
import type { Bet, SpinRecord, View } from "../../rooms/roulette/types.ts";

/** A roulette table as a person has it before them: what they read and press, and what REST says of the same things. */

export type Round = Omit<RoundRecord, "outcome"> & { readonly outcome: SpinRecord };
export type Money = { readonly available: number; readonly inPlay: number; readonly total: number };

/** Rounds as quick as a person in a browser can follow. */
export const QUICK = { openMs: 2_500, closedMs: 500, spinMs: 1_500, settledMs: 1_200 } as const;
/** Rounds for one bet each, over sooner than their phases can be watched. */
export const BRIEF = { openMs: 1_200, closedMs: 100, spinMs: 300, settledMs: 300 } as const;
/** Betting stays open for as long as a test may take. */
export const OPEN_FOR_LONG = { openMs: 600_000 } as const;

export class Table {
  readonly page: Page;
  readonly path: string;

  private constructor(page: Page, room: string) {
    this.page = page;
    this.path = `/rooms/${room.replace(":", "/")}`;
  }

  /** Opens the table and waits for a seat. */
  static async open(page: Page, room: string): Promise<Table> {
    await page.goto(new Table(page, room).path);
    return Table.at(page, room);
  }

  /** The table that the page has been led to. */
  static async at(page: Page, room: string): Promise<Table> {
    const table = new Table(page, room);
    await page.waitForURL(`**${table.path}`);
    await table.seated();
    return table;
  }

  async seated(): Promise<void> {
    await this.page.getByTestId("phase").waitFor();
    await this.page.locator('[data-testid="connection"][data-state="online"]').waitFor();
  }

  // ---- what is pressed ----

  spot(spot: string): Locator {
    return this.page.getByTestId(`spot-${spot}`);
  }

  async bet(spot: string, chip?: number): Promise<void> {
    if (chip !== undefined) await this.page.getByTestId(`chip-${chip}`).click();
    await this.spot(spot).click();
  }

  press(action: "undo" | "clear" | "double" | "repeat"): Promise<void> {
    return this.page.getByTestId(action).click();
  }

  // ---- what is read ----

  async read(testId: "my-stake" | "balance" | "in-play" | "at-hand"): Promise<number> {
    const text = await this.page.getByTestId(testId).innerText();
    return Number(text.replaceAll(",", "")); // a dash, while it is not known, is not a number
  }

  /** The sum under "Your bets", chips on their way included. Not shown on a phone. */
  stake(): Promise<number> {
    return this.read("my-stake");
  }

  /** My chips on the felt by spot, as their labels say it to those who cannot see them. Pending ones count. */
  mine(): Promise<Record<string, number>> {
    return this.#labelled(/, your ([\d,]+)/);
  }

  /** Everybody else's. */
  others(): Promise<Record<string, number>> {
    return this.#labelled(/, others ([\d,]+)/);
  }

  async #labelled(pattern: RegExp): Promise<Record<string, number>> {
    const labels = await this.page
      .locator("[data-spot]")
      .evaluateAll((spots) => spots.map((spot) => [spot.getAttribute("data-spot"), spot.getAttribute("aria-label")]));
    const found = labels.flatMap(([spot, label]) => {
      const sum = pattern.exec(label ?? "")?.[1];
      return sum === undefined ? [] : [[spot, Number(sum.replaceAll(",", ""))] as const];
    });
    return Object.fromEntries(found);
  }

  /** How many stacks are still waiting for the table's word. */
  pending(): Promise<number> {
    return this.page.locator("[data-spot] [data-pending]").count();
  }

  phase(): Promise<string | null> {
    return this.page.locator("[data-phase]").first().getAttribute("data-phase");
  }

  async reach(phase: View["phase"]["name"]): Promise<void> {
    await this.page.locator(`.parlour[data-phase="${phase}"]`).waitFor({ timeout: 60_000 });
  }

  /** The number that fell, once the ball rests. */
  result(): Promise<string> {
    return this.page.getByTestId("result").innerText({ timeout: 60_000 });
  }

  // ---- what the house says ----

  async get<T>(path: string): Promise<T> {
    const response = await this.page.request.get(path);
    if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    return response.json() as Promise<T>;
  }

  money(): Promise<Money> {
    return this.get("/api/balance");
  }

  async view(): Promise<View> {
    return (await this.get<{ view: View }>(`/api${this.path}`)).view;
  }

  round(n: number): Promise<Round> {
    return this.get(`/api${this.path}/rounds/${n}`);
  }

  async rounds(): Promise<readonly Round[]> {
    return (await this.get<{ rounds: readonly Round[] }>(`/api${this.path}/rounds`)).rounds;
  }

  async me(): Promise<string> {
    return (await this.get<{ player: { id: string } }>("/api/auth/session")).player.id;
  }
}

/** What bets give back on a result, by R2 alone: 36/k for a bet on k numbers. Single zero. */
export function returnedBy(bets: readonly Bet[], result: string): number {
  const { bySpot } = layoutOf("european");
  return bets.reduce((sum, { spot, amount }) => {
    const pockets = bySpot.get(spot)?.pockets ?? [];
    return sum + (pockets.includes(result) ? (amount * 36) / pockets.length : 0);
  }, 0);
}

/** As the page writes a sum won or lost: +1,750 and −200. */
export function signed(sum: number): string {
  const digits = Math.abs(sum).toLocaleString("en-US");
  return sum === 0 ? "0" : `${sum > 0 ? "+" : "\u2212"}${digits}`;
}
