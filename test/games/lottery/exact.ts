import { createHash, createHmac } from "node:crypto";

/**
 * The numbers of L2 and L6 by somebody who has read the rules and RFC 9162 and not the code: exact integers, hashes of node:crypto,
 * and the tree by its recursive definition. Nothing here knows of rooms/.
 */

export type Slip = {
  readonly id: string;
  readonly player: string;
  readonly stake: number;
  readonly weight: number;
  readonly stakes: number;
};
export type Rules = {
  readonly weighting: "stake" | "flat";
  readonly capPerPlayer: number;
  readonly prizeShare: number;
};
type Word = { readonly player: string; readonly value: string };

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

// ---- RFC 9162, section 2.1 ----

/** The largest power of two below `n`. */
function splitOf(n: number): number {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

/** MTH(D[n]) of the leaves' data. */
export function exactTree(data: readonly Uint8Array[]): Buffer {
  const [only] = data;
  if (only === undefined) throw new Error("no tree is over nothing");
  if (data.length === 1) return sha256(Buffer.of(0), only);
  const k = splitOf(data.length);
  return sha256(Buffer.of(1), exactTree(data.slice(0, k)), exactTree(data.slice(k)));
}

/** PATH(m, D[n]): what is beside the way of leaf `m` to the root, lowest first, hex. */
export function exactPath(m: number, data: readonly Uint8Array[]): string[] {
  if (data.length === 1) return [];
  const k = splitOf(data.length);
  return m < k
    ? [...exactPath(m, data.slice(0, k)), exactTree(data.slice(k)).toString("hex")]
    : [...exactPath(m - k, data.slice(k)), exactTree(data.slice(0, k)).toString("hex")];
}

/** The root that a leaf's hash gives with its path, by section 2.1.3.2 of the RFC; null when that says no. */
export function exactClimb(hash: Buffer, leaf: number, size: number, path: readonly string[]): string | null {
  if (leaf >= size) return null;
  let [fn, sn] = [leaf, size - 1];
  let r = hash;
  for (const hex of path) {
    const p = Buffer.from(hex, "hex");
    if (sn === 0) return null;
    if (fn % 2 === 1 || fn === sn) {
      r = sha256(Buffer.of(1), p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else r = sha256(Buffer.of(1), r, p);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return sn === 0 ? r.toString("hex") : null;
}

// ---- tickets ----

/** Every field as UTF-8 behind its length, 32 bits, big-endian. */
export function exactFields(fields: readonly string[]): Buffer {
  return Buffer.concat(
    fields.map((field) => {
      const text = Buffer.from(field, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(text.length);
      return Buffer.concat([length, text]);
    }),
  );
}

/** What a ticket's leaf is made of: its place, its first number, its weight, whose it is, and the stakes in it. */
export function exactLeaves(slips: readonly Slip[]): Buffer[] {
  let first = 0n;
  return slips.map(({ id, player, stake, weight, stakes }, place) => {
    const numbers = [place, first, weight].map(String);
    first += BigInt(weight);
    return exactFields(["croupier/ticket/1", ...numbers, player, String(stake), String(stakes), id]);
  });
}

export const exactRoot = (slips: readonly Slip[]): string => exactTree(exactLeaves(slips)).toString("hex");

/** What each ticket weighs: the stake or one a stake event, and no more than the cap leaves its player. [L2] */
export function exactWeights(
  { weighting, capPerPlayer }: Pick<Rules, "weighting" | "capPerPlayer">,
  slips: readonly Pick<Slip, "player" | "stake" | "stakes">[],
): bigint[] {
  const left = new Map<string, bigint>();
  return slips.map(({ player, stake, stakes }) => {
    const rest = left.get(player) ?? BigInt(capPerPlayer);
    const full = BigInt(weighting === "flat" ? stakes : stake);
    const weight = full < rest ? full : rest;
    left.set(player, rest - weight);
    return weight;
  });
}

/** The share of the stakes in whole units, and what is left over in parts of 10,000, with what came from the draws before. [L2] */
export function exactPrize(stakes: bigint, share: number, carried: bigint): { prize: bigint; rest: bigint } {
  const parts = stakes * BigInt(share) + carried;
  return { prize: parts / 10_000n, rest: parts % 10_000n };
}

export const sumOf = (numbers: readonly (number | bigint)[]): bigint =>
  numbers.reduce<bigint>((sum, n) => sum + BigInt(n), 0n);

// ---- the draw ----

type Drawing = {
  readonly seed: string;
  readonly room: string;
  readonly round: number;
  readonly entropy: readonly Word[];
  readonly root: string;
};

/** The first 52 bits of each block, thrown away from the largest multiple of the weight on, modulo the weight. [L6] */
export function exactNumber({ seed, room, round, entropy, root }: Drawing, weight: bigint): bigint {
  const fields = ["croupier/1", room, String(round), `draw:${root}`, ...entropy.flatMap((e) => [e.player, e.value])];
  const message = exactFields(fields);
  const limit = (2n ** 52n / weight) * weight;
  for (let i = 0; ; i++) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(i);
    const block = createHmac("sha256", Buffer.from(seed, "hex")).update(message).update(count).digest("hex");
    const bits = BigInt(`0x${block.slice(0, 13)}`);
    if (bits < limit) return bits % weight;
  }
}

/** The place of the ticket that holds a number: they hold as many as they weigh, one behind the other. */
export function exactHolder(weights: readonly bigint[], number: bigint): number {
  let end = 0n;
  return weights.findIndex((weight) => number < (end += weight));
}

export const exactCommitment = (seed: string): string => sha256(Buffer.from(seed, "hex")).toString("hex");
