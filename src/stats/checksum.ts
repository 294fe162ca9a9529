import { sha256 } from "@noble/hashes/sha2.js";
import type { PlayerId } from "../../rooms/game.ts";
import type { Change, Persona, Result, Totals } from "./model.ts";

/**
 * The checksum of a read model: the same for the same facts, whatever the store, the order and the batches they came in. Its lines, of
 * players who have a result: each result, each change, the persona when there is one, the total of each game and day with a round, and
 * the balance. The last two are taken as the store keeps them, so that a store that adds wrongly has another checksum.
 */

export const resultLine = ({ player, room, game, round, at, staked, returned }: Result): string =>
  JSON.stringify(["result", player, room, game, round, at, staked, returned]);

export const changeLine = ({ player, entry, kind, amount, at }: Change): string =>
  JSON.stringify(["change", player, entry, kind, amount, at]);

/** Of the highest version alone. */
export const personaLine = ({ player, name, hidden, version }: Persona): string =>
  JSON.stringify(["persona", player, name, hidden, version]);

/** A player's sums of one game and day. */
export const totalLine = (player: PlayerId, game: string, day: string, total: Totals): string =>
  JSON.stringify([
    "total",
    player,
    game,
    day,
    total.rounds,
    total.wagered,
    total.returned,
    total.won,
    total.biggestWin,
  ]);

/** As the boards have it: one for each player who stands on one, also when it is 0. */
export const balanceLine = (player: PlayerId, balance: number): string => JSON.stringify(["balance", player, balance]);

/** The XOR of the lines' SHA-256, so that no order is needed. No line may be added twice. */
export class Checksum {
  readonly #sum = new Uint8Array(32);
  readonly #encoder = new TextEncoder();

  add(line: string): void {
    const hash = sha256(this.#encoder.encode(line));
    for (let i = 0; i < 32; i += 1) this.#sum[i] = (this.#sum[i] ?? 0) ^ (hash[i] ?? 0);
  }

  /** 64 hex digits, lower case. */
  get hex(): string {
    return [...this.#sum].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}
