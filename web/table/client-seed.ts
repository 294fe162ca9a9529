import { CLIENT_SEED_CHARS_MAX } from "../../rooms/kernel/protocol.ts";
import { cut, whole } from "../../rooms/kit/text.ts";
import { randomHex } from "../api/random.ts";
import { kept } from "../ui/kept.ts";

/** The player's client seed for each draw: their own words if set, otherwise random. */

const KEY = "croupier.words";

export function ownWords(): string {
  return whole(kept.get(KEY) ?? "");
}

export function setOwnWords(words: string): void {
  const trimmed = cut(whole(words).trim(), CLIENT_SEED_CHARS_MAX).trim();
  if (trimmed === "") kept.remove(KEY);
  else kept.set(KEY, trimmed);
}

export function freshClientSeed(): string {
  return ownWords() || randomHex(8);
}

/** The round that already has this player's client seed, by table. */
const given = new WeakMap<object, number>();

export function hasGiven(link: object, round: number): boolean {
  return given.get(link) === round;
}

export function markGiven(link: object, round: number): void {
  given.set(link, round);
}

/** The command with the client seed was refused, so the seed was not taken either. */
export function unmarkGiven(link: object, round: number): void {
  if (given.get(link) === round) given.delete(link);
}
