import type { Json } from "../../rooms/game.ts";
import type { RoundRecord } from "../../rooms/host/ports.ts";
import type { Player } from "./player.ts";

/** What the killer must know of a game: how it is played, when to pull the plug, and what the players were told. */
export type Play<Moment extends string> = {
  readonly game: string;
  /** Short rounds. */
  readonly config: Json;
  /** When to pull the plug. */
  readonly moments: readonly Moment[];
  /** The `i`-th player's habits. */
  readonly habits: (player: Player, i: number) => Playing;
  /** What somebody has to do all the time so that the moments come; ends with `stop`. */
  readonly tend?: (scene: Scene<Moment>) => Tending;
  /** Resolves at the moment, or rejects when it does not come. */
  readonly due: (moment: Moment, scene: Scene<Moment>, i: number) => Promise<void>;
  /** What the plug was pulled on, as the files tell it while the house is down. */
  readonly hit?: (scene: Scene<Moment>) => string;
  /** Nothing is in the game's hands. */
  readonly quiet: (view: unknown) => boolean;
};

export type Tending = { readonly stop: () => Promise<void> };

export type Scene<Moment extends string> = {
  readonly room: string;
  /** Where the house keeps its files. */
  readonly folder: string;
  /** Plays nothing, and hears everything. */
  readonly host: Player;
  readonly everyone: readonly Playing[];
  /** What comes next. */
  readonly moment: Moment;
  /** More players come, and are not waited for. */
  readonly arrive: (howMany: number) => void;
};

/** A player at work, who keeps what was acknowledged. */
export interface Playing {
  readonly player: Player;
  /** Acknowledged. */
  readonly bets: number;
  start(everyMs: number): void;
  /** Resolves when everything on its way has been answered. Throws what went wrong meanwhile. */
  stop(): Promise<void>;
  /** Throws unless the records hold what this player was told, no more and no less. */
  account(rounds: readonly RoundRecord[]): { readonly staked: number; readonly profit: number };
}

/** Waits until the check holds; after so long, says what it was waiting for. */
export async function until(holds: () => boolean, what: string, withinMs = 90_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
