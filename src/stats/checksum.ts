import { sha256 } from "@noble/hashes/sha2.js";
import type { PlayerId } from "../../rooms/game.ts";
import type { Change, Persona, Result, Totals } from "./model.ts";

/**
 * The checksum of a read model: the same facts give the same checksum, in any store, order and batches. Its lines, only of
 * players who have a result: each result, each change, the persona if there is one, the total of each game and day with a round,
 * and the balance. Totals and balances are taken as stored, so that a store with wrong sums has another checksum.
 */

export const resultLine = ({ player, room, game, round, at, staked, returned }: Result): string =>
  JSON.stringify(["result", player, room, game, round, at, staked, returned]);

export const changeLine = ({ player, entry, kind, amount, at }: Change): string =>
  JSON.stringify(["change", player, entry, kind, amount, at]);

/** Only the highest version has a line. */
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

/** The balance as on the boards: a line for each player who is on one, even if it is 0. */
export const balanceLine = (player: PlayerId, balance: number): string => JSON.stringify(["balance", player, balance]);

/** The XOR of the lines' SHA-256 hashes, so that the order does not matter. No line may be added twice: it would cancel out. */
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
