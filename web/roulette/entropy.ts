import { ENTROPY_CHARS_MAX } from "../../rooms/protocol.ts";
import { randomHex } from "../api/random.ts";

/** The player's own part in each draw: their words when they gave some, else fresh random ones. */

const KEY = "croupier.words";

export function ownWords(): string {
  return localStorage.getItem(KEY) ?? "";
}

export function setOwnWords(words: string): void {
  const trimmed = words.trim().slice(0, ENTROPY_CHARS_MAX);
  if (trimmed === "") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, trimmed);
}

export function freshEntropy(): string {
  return ownWords() || randomHex(8);
}
