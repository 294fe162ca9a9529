import type { Page } from "playwright-core";
import type { Config, FlightRecord, View } from "../../rooms/crash/types.ts";
import type { RoundRecord } from "../../rooms/host/ports.ts";
import { Player } from "../chaos/player.ts";
import type { Stage } from "./browser.ts";
import type { Money } from "./table.ts";

/** A crash lobby as a person has it before them: what they read and press, and what REST says of the same things. */

export type Flown = Omit<RoundRecord, "outcome"> & { readonly outcome: FlightRecord };
export type Slot = "a" | "b";

/** A public lobby that nobody has played in. */
export async function lobby(stage: Stage, config: Partial<Config>): Promise<string> {
  const owner = await Player.guest(stage.house().url, "crash:main");
  const { id } = await owner.api<{ id: string }>("/api/rooms", { game: "crash", config });
  return `crash:${id}`;
}

/**
 * Somebody with much money who never gets out by themselves: with `BOUNDED` limits a flight with their bet is over, by force if it
 * did not crash before, within seconds.
 */
export class Ballast {
  readonly #player: Player;

  private constructor(player: Player) {
    this.#player = player;
  }

  static async join(stage: Stage, room: string): Promise<Ballast> {
    const player = await Player.guest(stage.house().url, room);
    await player.join();
    return new Ballast(player);
  }

  async bet(): Promise<void> {
    const reply = await this.#player.send({ type: "bet", amount: 1_000 });
    if (!reply.ok) throw new Error(reply.code);
  }

  /** For so many rounds, one after another. */
  async play(rounds: number): Promise<void> {
    const reply = await this.#player.send({ type: "strategy", amount: 1_000, autoCashout: 100, rounds });
    if (!reply.ok) throw new Error(reply.code);
  }

  leave(): void {
    this.#player.close();
  }
}

export const BOUNDED = { maxProfit: 400, minForceX100: 110 } as const;

export class Lobby {
  readonly page: Page;
  readonly path: string;

  private constructor(page: Page, room: string) {
    this.page = page;
    this.path = `/rooms/${room.replace(":", "/")}`;
  }

  static async open(page: Page, room: string): Promise<Lobby> {
    await page.goto(new Lobby(page, room).path);
    return Lobby.at(page, room);
  }

  /** The lobby that the page has been led to. */
  static async at(page: Page, room: string): Promise<Lobby> {
    const here = new Lobby(page, room);
    await page.getByTestId("phase").waitFor();
    await page.locator('[data-testid="connection"][data-state="online"]').waitFor();
    return here;
  }

  // ---- what is pressed ----

  async fill(slot: Slot, amount: number, target: string): Promise<void> {
    await this.page.getByTestId(`slot-${slot}-amount`).fill(String(amount));
    await this.page.getByTestId(`slot-${slot}-target`).fill(target);
  }

  press(slot: Slot): Promise<void> {
    return this.page.getByTestId(`slot-${slot}-act`).click({ timeout: 60_000 });
  }

  // ---- what is read ----

  async read(testId: "balance" | "in-play" | "at-hand"): Promise<number> {
    return Number((await this.page.getByTestId(testId).innerText()).replaceAll(",", ""));
  }

  line(slot: Slot): Promise<string> {
    return this.page.getByTestId(`slot-${slot}-line`).innerText();
  }

  /** What the slot's button does now: bet, queue, cancel, cashout, or wait. */
  does(slot: Slot): Promise<string | null> {
    return this.page.getByTestId(`slot-${slot}`).getAttribute("data-does");
  }

  async reach(phase: View["phase"]["name"], timeout = 90_000): Promise<void> {
    await this.page.locator(`.lounge[data-phase="${phase}"]`).waitFor({ timeout });
  }

  async until(slot: Slot, does: string): Promise<void> {
    await this.page.locator(`[data-testid="slot-${slot}"][data-does="${does}"]`).waitFor({ timeout: 60_000 });
  }

  /** Once the button no longer rests: it has come to mean something else a moment ago. */
  async ready(slot: Slot): Promise<void> {
    await this.page.locator(`[data-testid="slot-${slot}-act"][aria-disabled="false"]`).waitFor({ timeout: 60_000 });
  }

  notice(): Promise<string> {
    return this.page.getByTestId("notice").innerText();
  }

  // ---- what the house says ----

  money(): Promise<Money> {
    return this.get("/api/balance");
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.page.request.get(path);
    if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    return response.json() as Promise<T>;
  }

  async view(): Promise<View> {
    return (await this.get<{ view: View }>(`/api${this.path}`)).view;
  }

  round(n: number): Promise<Flown> {
    return this.get(`/api${this.path}/rounds/${n}`);
  }

  async me(): Promise<string> {
    return (await this.get<{ player: { id: string } }>("/api/auth/session")).player.id;
  }

  /** This player's bets in a finished round. */
  async mine(n: number): Promise<FlightRecord["bets"]> {
    const [me, { outcome }] = await Promise.all([this.me(), this.round(n)]);
    return outcome.bets.filter(({ player }) => player === me);
  }
}

/** What bets won in all, less what they lost. */
export function net(bets: FlightRecord["bets"]): number {
  return bets.reduce((sum, { amount, out }) => sum + (out?.paid ?? 0) - amount, 0);
}
