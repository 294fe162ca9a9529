import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import { commit, drawStream, encodeFields, FAIR_VERSION, type Entropy } from "../../rooms/fair.ts";
import { layoutOf } from "../../rooms/roulette/layout.ts";
import { factorOf } from "../../rooms/roulette/payout.ts";
import type { Bet, Pocket } from "../../rooms/roulette/types.ts";
import { pocketsOf, type Wheel } from "../../rooms/roulette/wheel.ts";

/** A spin recomputed from what everybody may know, in steps that can be read. The drawing itself is rooms/fair.ts. */

export type Claim = {
  readonly room: string;
  readonly round: number;
  readonly wheel: Wheel;
  readonly commitment: string;
  readonly seed: string;
  readonly entropy: readonly Entropy[];
  /** What the table said; null for a void round. */
  readonly result: Pocket | null;
};

export type Steps = {
  /** SHA-256 of the seed; null when the seed is not 32 bytes of hex. */
  readonly fingerprint: string | null;
  readonly opens: boolean;
  /** The fields that go into the draw, in order. */
  readonly fields: readonly string[];
  /** The first block of the stream, as 32-bit words in hex. */
  readonly words: readonly string[];
  /** How many words were thrown away, so that no number is likelier than another. */
  readonly rejected: number;
  readonly word: number | null;
  /** Words from here on are thrown away. */
  readonly limit: number;
  readonly pockets: number;
  readonly index: number | null;
  readonly pocket: Pocket | null;
  readonly agrees: boolean;
};

const WORDS = 2 ** 32;

export function verify(claim: Claim): Steps {
  const { room, round, wheel, commitment, entropy, result } = claim;
  const pockets = pocketsOf(wheel);
  const fields = [FAIR_VERSION, room, String(round), "spin", ...entropy.flatMap((one) => [one.player, one.value])];
  const limit = WORDS - (WORDS % pockets.length);
  const seed = claim.seed.trim().toLowerCase();
  const fingerprint = fingerprintOf(seed);
  const opens = fingerprint !== null && fingerprint === commitment.trim().toLowerCase();
  if (fingerprint === null) {
    const nothing = { fingerprint, opens, fields, words: [], rejected: 0, word: null, limit };
    return { ...nothing, pockets: pockets.length, index: null, pocket: null, agrees: false };
  }
  const words = firstBlock(seed, fields);
  const values = words.map((hex) => Number.parseInt(hex, 16));
  const rejected = Math.max(
    0,
    values.findIndex((value) => value < limit),
  );
  // The number itself comes from the very code that the room draws with; the words are shown to be followed by eye.
  const index = drawStream(seed, room, round, entropy, "spin").int(pockets.length);
  const pocket = pockets[index] ?? null;
  const agrees = result === null || pocket === result;
  const word = values[rejected] ?? null;
  return { fingerprint, opens, fields, words, rejected, word, limit, pockets: pockets.length, index, pocket, agrees };
}

function fingerprintOf(seed: string): string | null {
  try {
    return commit(seed);
  } catch {
    return null;
  }
}

function firstBlock(seed: string, fields: readonly string[]): string[] {
  const counter = Uint8Array.of(0, 0, 0, 0);
  const block = bytesToHex(hmac(sha256, hexToBytes(seed), concatBytes(encodeFields(fields), counter)));
  return Array.from({ length: block.length / 8 }, (_, i) => block.slice(i * 8, i * 8 + 8));
}

export type Settled = Bet & { readonly factor: number; readonly returned: number };

/** What bets on this wheel give back at this result. A spot that is not on the layout gives nothing. */
export function settle(wheel: Wheel, bets: readonly Bet[], result: Pocket): readonly Settled[] {
  const { bySpot } = layoutOf(wheel);
  return bets.map(({ spot, amount }) => {
    const bet = bySpot.get(spot);
    const factor = bet === undefined ? 0 : factorOf(wheel, bet, result);
    return { spot, amount, factor, returned: factor * amount };
  });
}

export function returnedBy(wheel: Wheel, bets: readonly Bet[], result: Pocket): number {
  return settle(wheel, bets, result).reduce((sum, bet) => sum + bet.returned, 0);
}
