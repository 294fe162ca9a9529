import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { HASH_BYTES, shortHash } from "./sha256.ts";

/**
 * Merkle trees as in RFC 9162 (Certificate Transparency): a leaf is SHA-256(0x00 || data), a node SHA-256(0x01 || left || right),
 * and a node without a sibling moves up as it is. So a leaf cannot pass for a node, and lists of different lengths have different
 * roots. Pure; the page's verifier runs the same code.
 */

const HASH = /^[0-9a-f]{64}$/;

export function leafHash(data: Uint8Array): Uint8Array {
  const message = new Uint8Array(1 + data.length);
  message.set(data, 1);
  return shortHash(message);
}

const node = new Uint8Array(1 + 2 * HASH_BYTES);
node[0] = 1;

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return shortHash(node);
}

/** Every level of the tree, from the leaves' hashes up to the root alone. Throws without leaves. */
export function treeOf(leaves: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  if (leaves.length === 0) throw new RangeError("a tree has a leaf at least");
  const levels = [leaves];
  for (let level = leaves; level.length > 1;) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i] as Uint8Array, level[i + 1]];
      above.push(right === undefined ? left : nodeHash(left, right));
    }
    levels.push(above);
    level = above;
  }
  return levels;
}

/** The root of a tree, in lower-case hex. */
export function rootOf(tree: readonly (readonly Uint8Array[])[]): string {
  return bytesToHex(tree.at(-1)?.[0] as Uint8Array);
}

/** The sibling hashes on a leaf's path to the root, lowest first, hex. Throws when there is no such leaf. */
export function pathOf(tree: readonly (readonly Uint8Array[])[], leaf: number): string[] {
  if (tree[0]?.[leaf] === undefined) throw new RangeError(`no leaf ${leaf}`);
  return tree.slice(0, -1).flatMap((level, i) => {
    const beside = level[(leaf >> i) ^ 1];
    return beside === undefined ? [] : [bytesToHex(beside)];
  });
}

/**
 * The root computed from a leaf's hash and its path, in a tree of `size` leaves; null when the path does not fit that leaf: too
 * short, too long, not of hashes, or there is no such leaf.
 */
export function climb(hash: Uint8Array, leaf: number, size: number, path: readonly string[]): string | null {
  if (!Number.isSafeInteger(leaf) || leaf < 0 || leaf >= size || path.some((beside) => !HASH.test(beside))) return null;
  let at = hash;
  let next = 0;
  for (let place = leaf, width = size; width > 1; place = place >> 1, width = (width + 1) >> 1) {
    if ((place ^ 1) >= width) continue;
    const beside = path[next++];
    if (beside === undefined) return null;
    const other = hexToBytes(beside);
    at = place & 1 ? nodeHash(other, at) : nodeHash(at, other);
  }
  return next === path.length ? bytesToHex(at) : null;
}
