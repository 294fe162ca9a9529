import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { Keyed } from "./sha256.ts";

/**
 * Provably fair draws, pure and synchronous; the same file runs in the room, in the browser's verifier and on the command line.
 *
 *   commitment = SHA-256(seed)                        published, and durable, before betting opens
 *   block(i)   = HMAC-SHA-256(seed, fields || i)      fields: version, room, round, label, then each player's id and client
 *                                                     seed in journaled order; each field has its length in front, so no
 *                                                     two lists of fields have the same encoding
 *   words      = the blocks read as big-endian 32-bit words, one after another
 *   int(n)     = the first word below the largest multiple of n, modulo n (rejection sampling: no bias)
 */

export const FAIR_VERSION = "croupier/1";
export const SEED_BYTES = 32;

/** Unbiased draws from one labelled stream. The same label of the same round always gives the same stream. */
export interface Draw {
  /** A uniform integer in [0, below), by rejection sampling; `below` from 1 to 2^32. */
  int(below: number): number;
  /** The first 52 bits of the next digest as an integer in [0, 2^52). */
  bits52(): number;
  /** Fisher-Yates; returns a new array. */
  shuffle<T>(items: readonly T[]): T[];
}

export type Entropy = { readonly player: string; readonly value: string };

/** All that anybody needs to recompute a round. Every field is public once the round is over. */
export type SeedProof = {
  readonly scheme: "seed";
  readonly room: string;
  readonly round: number;
  readonly commitment: string;
  readonly seed: string;
  readonly entropy: readonly Entropy[];
};

/** SHA-256 of the seed's bytes, lower-case hex. Throws when `seedHex` is not 32 bytes of hex. */
export function commit(seedHex: string): string {
  const seed = hexToBytes(seedHex);
  if (seed.length !== SEED_BYTES) throw new RangeError(`a seed has ${SEED_BYTES} bytes, not ${seed.length}`);
  return bytesToHex(sha256(seed));
}

/** Length-prefixed (32-bit big-endian byte length) UTF-8 fields. */
export function encodeFields(fields: readonly string[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const field of fields) {
    const bytes = utf8ToBytes(field);
    parts.push(u32(bytes.length), bytes);
  }
  return concatBytes(...parts);
}

/** The draw stream of one label of one round. */
export function drawStream(
  seedHex: string,
  room: string,
  round: number,
  entropy: readonly Entropy[],
  label: string,
): Draw {
  return new Stream(hexToBytes(seedHex), encodeFields(drawFields(room, round, entropy, label)));
}

/** The fields of a draw's message, in order. */
export function drawFields(room: string, round: number, entropy: readonly Entropy[], label: string): readonly string[] {
  return [FAIR_VERSION, room, String(round), label, ...entropy.flatMap((e) => [e.player, e.value])];
}

/** Recomputes a draw from public data alone; throws when the seed does not open the commitment. */
export function drawFromProof(proof: SeedProof, label: string): Draw {
  if (commit(proof.seed) !== proof.commitment) throw new Error("the seed does not open the commitment");
  return drawStream(proof.seed, proof.room, proof.round, proof.entropy, label);
}

/**
 * A uniform integer in [0, below) from uniform 32-bit words: the first word below the largest multiple of `below`, modulo it. Throws
 * unless `below` is from 1 to 2^32.
 */
export function intBelow(below: number, word: () => number): number {
  if (!Number.isInteger(below) || below < 1 || below > 2 ** 32) throw new RangeError(`int(${below})`);
  const limit = 2 ** 32 - (2 ** 32 % below);
  for (;;) {
    const next = word();
    if (next < limit) return next % below;
  }
}

/** 52-bit numbers rejected in a row before something must be wrong: each is rejected with a chance below a half. */
const REJECTED_MAX = 1_000;

/**
 * A uniform integer in [0, below) for sums above 2^32: the first of the stream's 52-bit numbers below the largest multiple of
 * `below`, modulo it. Throws unless `below` is from 1 to 2^52.
 */
export function wideBelow(below: number, draw: Pick<Draw, "bits52">): number {
  if (!Number.isInteger(below) || below < 1 || below > 2 ** 52) throw new RangeError(`wideBelow(${below})`);
  const limit = 2 ** 52 - (2 ** 52 % below);
  for (let i = 0; i < REJECTED_MAX; i++) {
    const next = draw.bits52();
    if (next < limit) return next % below;
  }
  throw new Error("the stream gives no number that fits");
}

class Stream implements Draw {
  readonly #keyed: Keyed;
  /** The encoded fields, followed by four bytes for the counter. */
  readonly #message: Uint8Array;
  #counter = 0;
  #digest: Uint8Array = new Uint8Array(0);
  /** Offset of the next word in the digest. */
  #at = 0;
  readonly #next = (): number => this.#word();

  constructor(seed: Uint8Array, message: Uint8Array) {
    this.#keyed = new Keyed(seed);
    this.#message = concatBytes(message, new Uint8Array(4));
  }

  #block(): Uint8Array {
    new DataView(this.#message.buffer).setUint32(this.#message.length - 4, this.#counter++);
    return this.#keyed.of(this.#message);
  }

  #word(): number {
    if (this.#at === this.#digest.length) {
      this.#digest = this.#block();
      this.#at = 0;
    }
    const [digest, at] = [this.#digest, this.#at];
    this.#at += 4;
    const [a, b, c, d] = [digest[at], digest[at + 1], digest[at + 2], digest[at + 3]] as [
      number,
      number,
      number,
      number,
    ];
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  int(below: number): number {
    return intBelow(below, this.#next);
  }

  bits52(): number {
    this.#at = this.#digest.length;
    return Number.parseInt(bytesToHex(this.#block()).slice(0, 13), 16);
  }

  shuffle<T>(items: readonly T[]): T[] {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      [out[i], out[j]] = [out[j] as T, out[i] as T];
    }
    return out;
  }
}

function u32(n: number): Uint8Array {
  return Uint8Array.of((n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);
}
