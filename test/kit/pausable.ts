import type { TableStatus } from "../../rooms/game.ts";

/** A table of a test that can be paused. As the kernel does it: the game is told of a change, and of nothing else. */
export abstract class Pausable {
  table: TableStatus = "running";

  pause(): void {
    this.#turn("paused");
  }

  resume(): void {
    this.#turn("running");
  }

  #turn(status: TableStatus): void {
    if (this.table === status) return;
    this.table = status;
    this.turned(status);
  }

  /** Tells the game, and whoever judges it. */
  protected abstract turned(status: TableStatus): void;
}
