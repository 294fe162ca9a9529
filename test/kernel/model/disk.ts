import type { FinishedRound } from "../../../rooms/kernel/state.ts";
import type { KernelEvent } from "../../../rooms/kernel/room-events.ts";
import type { Ms } from "../../../rooms/game.ts";
import type { Accepted } from "../../../rooms/kernel/command-ids.ts";

/** What one commit leaves behind, as text. */
export type Row = {
  readonly at: Ms;
  readonly events: readonly KernelEvent[];
  readonly ids: readonly Accepted[];
  readonly seeds: readonly { readonly round: number; readonly seed: string }[];
  readonly finished: readonly FinishedRound["n"][];
  /** Ids of the messages taken. */
  readonly messages: readonly string[];
};

type Snapshot = { readonly rows: number; readonly text: string };

/**
 * A room's disk and its output gate. Rows are written at once and durable later: while the disk is `held` nothing gets there,
 * and nothing that was said after an unsynced write leaves the room. A crash loses what was not synced, or some of it.
 */
export class Disk {
  readonly #rows: string[] = [];
  readonly #snapshots: Snapshot[] = [];
  #synced = 0;
  #waiting: (() => void)[] = [];
  held = false;
  /** A mutant: it says that all is durable when nothing is. */
  lies = false;

  get rows(): readonly Row[] {
    return this.#rows.map((text) => JSON.parse(text) as Row);
  }

  get length(): number {
    return this.#rows.length;
  }

  get durable(): boolean {
    return this.#synced === this.#rows.length;
  }

  write(row: Row): void {
    this.#rows.push(JSON.stringify(row));
  }

  snapshot(text: string): void {
    this.#snapshots.push({ rows: this.#rows.length, text });
  }

  lastSnapshot(): Snapshot | null {
    return this.#snapshots.at(-1) ?? null;
  }

  /** Runs `act` once all that was written before is durable. */
  gate(act: () => void): void {
    if (!this.held) this.#flush();
    if (this.lies || (this.durable && this.#waiting.length === 0)) act();
    else this.#waiting.push(act);
  }

  sync(): Promise<void> {
    return new Promise((resolve) => this.gate(resolve));
  }

  #flush(): void {
    if (!this.lies) this.#synced = this.#rows.length;
  }

  release(): void {
    this.held = false;
    this.#flush();
    for (const act of this.#waiting.splice(0)) act();
  }

  /** The process dies. Of the rows that were not synced the first `kept` are there all the same; gives how many are lost. */
  crash(kept: number): number {
    const rows = Math.min(this.#rows.length, this.#synced + kept);
    const lost = this.#rows.length - rows;
    this.#rows.length = rows;
    this.#synced = rows;
    this.#waiting = [];
    this.held = false;
    while ((this.#snapshots.at(-1)?.rows ?? 0) > rows) this.#snapshots.pop();
    return lost;
  }
}
