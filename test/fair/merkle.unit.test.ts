import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { climb, leafHash, pathOf, rootOf, treeOf } from "../../rooms/fair/merkle.ts";
import { exactClimb, exactPath, exactTree } from "../games/lottery/exact.ts";

/** Merkle trees against the recursive definitions of RFC 9162, section 2.1, written down once more with node:crypto. */

const dataOf = (n: number): Buffer[] =>
  Array.from({ length: n }, (_, i) =>
    createHash("sha512")
      .update(`leaf ${i}`)
      .digest()
      .subarray(0, (i % 50) + 1),
  );
const treeOver = (data: readonly Uint8Array[]): ReturnType<typeof treeOf> => treeOf(data.map(leafHash));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const SIZES = Array.from({ length: 70 }, (_, i) => i + 1);

describe("a root", () => {
  test.each([
    // The vectors of Certificate Transparency's own tests: the first of these eight leaves, in hex.
    [1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
    [2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    [3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"],
    [4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    [5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"],
    [6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"],
    [7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"],
    [8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
  ])("of the first %i known leaves is the known one", (n, root) => {
    const known = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    expect(rootOf(treeOver(known.slice(0, n).map((leaf) => Buffer.from(leaf, "hex"))))).toBe(root);
  });

  test("is that of the recursive definition, for 1 to 70 leaves", () => {
    for (const n of SIZES) expect(rootOf(treeOver(dataOf(n))), `${n} leaves`).toBe(hex(exactTree(dataOf(n))));
  });

  test("is another for every length and order", () => {
    const roots = SIZES.map((n) => rootOf(treeOver(dataOf(n))));
    const turned = SIZES.slice(1).map((n) => rootOf(treeOver(dataOf(n).reverse())));
    expect(new Set([...roots, ...turned]).size).toBe(roots.length + turned.length);
  });

  test("of a list and of the same list with its last leaf doubled differ: no leaf is filled up with itself", () => {
    for (const n of SIZES) {
      const data = dataOf(n);
      expect(rootOf(treeOver([...data, ...data.slice(-1)]))).not.toBe(rootOf(treeOver(data)));
    }
  });

  test("of nothing is refused", () => {
    expect(() => treeOf([])).toThrow(RangeError);
  });
});

describe("a path", () => {
  test("of every leaf of 1 to 70 is that of the recursive definition, and climbs to the root", () => {
    for (const n of SIZES) {
      const data = dataOf(n);
      const tree = treeOver(data);
      const root = rootOf(tree);
      for (const [leaf, one] of data.entries()) {
        const path = pathOf(tree, leaf);
        expect(path).toEqual(exactPath(leaf, data));
        expect(climb(leafHash(one), leaf, n, path)).toBe(root);
      }
    }
  });

  test("climbs from its own place alone, and in a tree of its own size", () => {
    for (const n of SIZES.slice(0, 40)) {
      const data = dataOf(n);
      const tree = treeOver(data);
      const root = rootOf(tree);
      for (const [leaf, one] of data.entries()) {
        const path = pathOf(tree, leaf);
        for (let place = 0; place < n; place++) {
          if (place !== leaf) expect(climb(leafHash(one), place, n, path)).not.toBe(root);
        }
        for (const beyond of [n, n + 1, -1, 0.5, NaN, 2 ** 53])
          expect(climb(leafHash(one), beyond, n, path)).toBeNull();
      }
    }
  });

  test("of a leaf that there is not is refused", () => {
    const tree = treeOver(dataOf(5));
    for (const leaf of [5, -1, 0.5, NaN]) expect(() => pathOf(tree, leaf)).toThrow(RangeError);
  });
});

/** A tree, one of its leaves and the path of that. */
const climbing = fc
  .integer({ min: 1, max: 70 })
  .chain((n) => fc.record({ n: fc.constant(n), leaf: fc.nat(n - 1) }))
  .map(({ n, leaf }) => {
    const data = dataOf(n);
    const tree = treeOver(data);
    const own = leafHash(data[leaf] ?? Buffer.of());
    return { n, leaf, own, root: rootOf(tree), path: pathOf(tree, leaf) };
  });

const flipped = (text: string, bit: number): string => {
  const bytes = Buffer.from(text, "hex");
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString("hex");
};

describe("what is not as it was", () => {
  test("a path with any bit of any hash flipped climbs elsewhere, and so does a leaf", () => {
    fc.assert(
      fc.property(climbing, fc.nat(255), fc.nat(), ({ n, leaf, own, root, path }, bit, which) => {
        const wrong = Buffer.from(flipped(hex(own), bit), "hex");
        expect(climb(wrong, leaf, n, path)).not.toBe(root);
        if (path.length === 0) return;
        const at = which % path.length;
        const other = path.with(at, flipped(path[at] ?? "", bit));
        expect(climb(own, leaf, n, other)).not.toBe(root);
        expect(climb(own, leaf, n, other)).not.toBeNull();
      }),
      { seed: 81, numRuns: 600 },
    );
  });

  test("a path that is too short or too long for its place is none", () => {
    fc.assert(
      fc.property(climbing, fc.nat(80), ({ n, leaf, own, path }, cut) => {
        expect(climb(own, leaf, n, [...path, hex(own)])).toBeNull();
        expect(climb(own, leaf, n, [hex(own), ...path])).toBeNull();
        if (path.length > 0) expect(climb(own, leaf, n, path.toSpliced(cut % path.length, 1))).toBeNull();
      }),
      { seed: 82, numRuns: 400 },
    );
  });

  test("two hashes of a path exchanged climb elsewhere", () => {
    fc.assert(
      fc.property(climbing, fc.nat(), fc.nat(), ({ n, leaf, own, root, path }, a, b) => {
        const [i, j] = [a % Math.max(1, path.length), b % Math.max(1, path.length)];
        const [one, other] = [path[i], path[j]];
        if (one === undefined || other === undefined || i === j) return;
        expect(climb(own, leaf, n, path.with(i, other).with(j, one))).not.toBe(root);
      }),
      { seed: 83, numRuns: 400 },
    );
  });

  test("whatever is claimed of a path, the RFC's own way of checking it says the same", () => {
    const claim = fc.record({
      size: fc.integer({ min: 1, max: 80 }),
      place: fc.nat(80),
      cut: fc.integer({ min: -1, max: 8 }),
    });
    fc.assert(
      fc.property(climbing, claim, ({ own, path }, { size, place, cut }) => {
        const given = cut < 0 ? [...path, hex(own)] : path.slice(0, cut);
        expect(climb(own, place, size, given)).toBe(exactClimb(Buffer.from(own), place, size, given));
      }),
      { seed: 84, numRuns: 2_000 },
    );
  });

  test("what is no hash is none: another length, capitals, no hex", () => {
    const tree = treeOver(dataOf(2));
    const [one = ""] = pathOf(tree, 0);
    const own = leafHash(dataOf(1)[0] ?? Buffer.of());
    expect(climb(own, 0, 2, [one])).toBe(rootOf(tree));
    for (const beside of [
      "",
      one.slice(1),
      `${one}00`,
      one.toUpperCase(),
      ` ${one.slice(1)}`,
      `${one.slice(1)}g`,
      `${one}\n`,
    ]) {
      expect(climb(own, 0, 2, [beside])).toBeNull();
    }
  });
});

describe("a leaf and a node", () => {
  test("cannot be passed off as each other: no list of leaves has the root of a shorter one by being its nodes", () => {
    for (const n of SIZES.slice(1)) {
      const data = dataOf(n);
      const tree = treeOver(data);
      const root = rootOf(tree);
      // The level above the leaves, taken for leaves: as hashes of data, and as data.
      const above = tree[1] ?? [];
      const pairs = Array.from({ length: Math.ceil(n / 2) }, (_, i) =>
        Buffer.concat(data.slice(2 * i, 2 * i + 2).map(leafHash)),
      );
      expect(rootOf(treeOver(above))).not.toBe(root);
      expect(rootOf(treeOver(pairs))).not.toBe(root);
    }
  });

  test("differ in their first byte alone, and that is enough", () => {
    const [left, right] = dataOf(2).map(leafHash) as [Uint8Array, Uint8Array];
    const both = Buffer.concat([left, right]);
    const node = createHash("sha256").update(Buffer.of(1)).update(both).digest("hex");
    expect(rootOf(treeOf([left, right]))).toBe(node);
    expect(hex(leafHash(both))).toBe(createHash("sha256").update(Buffer.of(0)).update(both).digest("hex"));
    expect(hex(leafHash(both))).not.toBe(node);
  });

  test("a node with its path is no leaf of a tree of that size, and of a smaller one only as the hash that it is", () => {
    const data = dataOf(8);
    const tree = treeOver(data);
    const root = rootOf(tree);
    const node = tree[1]?.[0] as Uint8Array;
    const path = pathOf(tree, 0).slice(1);
    expect(climb(node, 0, 8, path), "its path is a hash too short").toBeNull();
    // Who knows the size cannot be told so; and no data is known whose leaf is this node.
    expect(climb(node, 0, 4, path)).toBe(root);
    expect(climb(leafHash(node), 0, 4, path)).not.toBe(root);
  });
});
