import type { Page } from "playwright-core";
import type { DrawRecord, View } from "../../rooms/lottery/types.ts";
import type { RoundRecord } from "../../rooms/host/ports.ts";
import { Player } from "../chaos/player.ts";
import type { Stage } from "./browser.ts";
import { BRIEF } from "./table.ts";

/** A lottery as a person has it before them, and those who stake elsewhere so that it has tickets. */

export const MAIN = "lottery:main";
export type Draw = Omit<RoundRecord, "outcome"> & { readonly outcome: DrawRecord };

/** Somebody who plays at a brief table of roulette: a stake on red is settled within seconds, and makes a ticket. */
export class Staker {
  readonly player: Player;

  private constructor(player: Player) {
    this.player = player;
  }

  /** So many of them at one table. */
  static async gather(stage: Stage, howMany: number): Promise<readonly Staker[]> {
    const room = await stage.room(BRIEF);
    return Promise.all(
      Array.from({ length: howMany }, async () => {
        const player = await Player.guest(stage.house().url, room);
        await player.join();
        return new Staker(player);
      }),
    );
  }

  async stake(amount: number): Promise<void> {
    const reply = await this.player.send({ type: "bet", bets: [{ spot: "red", amount }] });
    if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
  }

  leave(): void {
    this.player.close();
  }
}

export class LotteryHall {
  readonly page: Page;
  readonly path = "/rooms/lottery/main";

  constructor(page: Page) {
    this.page = page;
  }

  static async open(page: Page): Promise<LotteryHall> {
    const hall = new LotteryHall(page);
    await page.goto(hall.path);
    await hall.seated();
    return hall;
  }

  async seated(): Promise<void> {
    await this.page.getByTestId("prize").waitFor();
    await this.page.locator('[data-testid="connection"][data-state="online"]').waitFor();
  }

  /** `waiting`, `started`, `drawn`: what the stage shows. */
  async reach(act: "waiting" | "started" | "drawn", timeout = 60_000): Promise<void> {
    await this.page.locator(`.hall[data-act="${act}"]`).waitFor({ timeout });
  }

  /** Once the ring has come to rest. */
  async landed(): Promise<void> {
    await this.page.getByTestId("result").waitFor({ timeout: 60_000 });
  }

  async read(testId: "balance" | "prize" | "players" | "tickets" | "stakes"): Promise<number> {
    return Number.parseInt((await this.page.getByTestId(testId).innerText()).replaceAll(",", ""), 10);
  }

  text(testId: string): Promise<string> {
    return this.page.getByTestId(testId).innerText();
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.page.request.get(path);
    if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    return response.json() as Promise<T>;
  }

  async view(): Promise<View> {
    return (await this.get<{ view: View }>(`/api${this.path}`)).view;
  }

  draw(n: number): Promise<Draw> {
    return this.get(`/api${this.path}/rounds/${n}`);
  }

  async me(): Promise<string> {
    return (await this.get<{ player: { id: string } }>("/api/auth/session")).player.id;
  }
}
