import { createHash, createHmac } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  commit,
  drawFromProof,
  drawStream,
  encodeFields,
  FAIR_VERSION,
  type Entropy,
  type SeedProof,
} from "../../rooms/fair/draw.ts";

const SEED = Array.from({ length: 32 }, (_, i) => i.toString(16).padStart(2, "0")).join("");
const ENTROPY: readonly Entropy[] = [
  { player: "ann", value: "seven" },
  { player: "bob", value: "öäü🎲" },
];
const stream = (label = "spin", seed = SEED): ReturnType<typeof drawStream> =>
  drawStream(seed, "roulette:main", 7, ENTROPY, label);

/** The words of a stream, written down once more from the description alone. */
function words(count: number, label = "spin"): number[] {
  const fields = [FAIR_VERSION, "roulette:main", "7", label, "ann", "seven", "bob", "öäü🎲"].map((field) => {
    const bytes = Buffer.from(field, "utf8");
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  });
  const out: number[] = [];
  for (let i = 0; out.length < count; i++) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(i);
    const block = createHmac("sha256", Buffer.from(SEED, "hex"))
      .update(Buffer.concat([...fields, counter]))
      .digest();
    for (let at = 0; at < 32; at += 4) out.push(block.readUInt32BE(at));
  }
  return out.slice(0, count);
}

const first = (draw: ReturnType<typeof drawStream>): number[] => [draw.int(2 ** 32), draw.int(2 ** 32)];

describe("a stream", () => {
  test("gives known answers, worked out by another program", () => {
    const draw = stream();
    expect(Array.from({ length: 10 }, () => draw.int(37))).toEqual([24, 19, 11, 28, 35, 16, 35, 17, 3, 33]);
    const bits = stream();
    expect([bits.bits52(), bits.bits52()]).toEqual([3_694_530_549_296_900, 4_349_518_543_642_229]);
  });

  test("is HMAC-SHA-256 of the fields and a counter, read as big-endian words", () => {
    const draw = stream();
    expect(Array.from({ length: 100 }, () => draw.int(2 ** 32))).toEqual(words(100));
  });

  test("begins anew whenever it is asked for by the same label, and is another one by any other field", () => {
    const base = first(stream());
    expect(first(stream())).toEqual(base);
    const others = [
      stream("deal"),
      stream("spin", `ff${SEED.slice(2)}`),
      drawStream(SEED, "roulette:other", 7, ENTROPY, "spin"),
      drawStream(SEED, "roulette:main", 8, ENTROPY, "spin"),
      drawStream(SEED, "roulette:main", 7, [...ENTROPY].reverse(), "spin"),
      drawStream(SEED, "roulette:main", 7, ENTROPY.slice(0, 1), "spin"),
      drawStream(SEED, "roulette:main", 7, [], "spin"),
      drawStream(SEED, "roulette:main", 7, [{ player: "ann", value: "seven!" }], "spin"),
      drawStream(SEED, "roulette:main", 7, [{ player: "anns", value: "even" }, ...ENTROPY.slice(1)], "spin"),
    ].map(first);
    expect(new Set([base, ...others].map(String)).size).toBe(others.length + 1);
  });

  test("gives the first 52 bits of the next block, and what was left of the last one is not used again", () => {
    const draw = stream();
    draw.int(37);
    const second = words(16).slice(8, 10);
    const bits = (BigInt(second[0] ?? 0) << 20n) | (BigInt(second[1] ?? 0) >> 12n);
    expect(draw.bits52()).toBe(Number(bits));
    expect(draw.int(2 ** 32)).toBe(words(17)[16]);
  });
});

describe("an integer below n", () => {
  test("takes the word below the limit and rejects the word at it", () => {
    const [first = 0, second = 0] = words(2);
    expect(first).toBeGreaterThan(2 ** 31);
    // Below n > 2^31 the limit is n itself.
    expect(stream().int(first + 1)).toBe(first);
    expect(stream().int(first)).toBe(second);
  });

  test("rejects what would favour the small numbers, however often it must", () => {
    const n = 2 ** 31 + 1;
    const draw = stream();
    const kept = words(4_000).filter((word) => word < n);
    expect(Array.from({ length: 1_000 }, () => draw.int(n))).toEqual(kept.slice(0, 1_000));
  });

  test("is 0 below 1, any word below 2^32, and refused for anything else", () => {
    expect(stream().int(1)).toBe(0);
    expect(stream().int(2 ** 32)).toBe(words(1)[0]);
    for (const n of [0, -1, 1.5, Number.NaN, 2 ** 32 + 1, Infinity]) expect(() => stream().int(n)).toThrow(RangeError);
  });
});

describe("a shuffle", () => {
  const deck = Array.from({ length: 52 }, (_, i) => i);

  test("keeps every card, leaves the given deck as it is, and goes from the last place down", () => {
    const before = [...deck];
    const shuffled = stream().shuffle(deck);
    expect(deck).toEqual(before);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(before);
    const by = stream();
    const own = [...deck];
    for (let i = 51; i > 0; i--) {
      const j = by.int(i + 1);
      [own[i], own[j]] = [own[j] ?? -1, own[i] ?? -1];
    }
    expect(shuffled).toEqual(own);
  });
});

const decode = (bytes: Uint8Array): string[] => {
  const buffer = Buffer.from(bytes);
  const fields: string[] = [];
  for (let at = 0; at < buffer.length;) {
    const end = at + 4 + buffer.readUInt32BE(at);
    fields.push(buffer.toString("utf8", at + 4, end));
    at = end;
  }
  return fields;
};

/** What might make one list of fields look like another: lengths, separators, the fields' own names, text beyond the plane. */
const TRICKS = [
  "",
  "\u0000",
  "\u0000\u0000\u0000\u0004",
  "\u0000\u0000\u0000\u0000",
  "\u0000\u0000\u0001\u0000",
  "00000004",
  ",",
  "|",
  ":",
  "\n",
  "\u001f",
  '","',
  "spin",
  "bust",
  "croupier/1",
  "crash:main",
  "🎲",
  "👩‍👩‍👧",
  "e\u0301",
  "é",
  "\ufeff",
  "\u{10ffff}",
];
const tricky = fc.array(fc.oneof(fc.constantFrom(...TRICKS), fc.string({ unit: "grapheme", maxLength: 5 })), {
  maxLength: 4,
});
const field = tricky.map((parts) => parts.join(""));

describe("fields", () => {
  test("are told apart however they are cut: what is encoded can be read back", () => {
    fc.assert(
      fc.property(fc.array(field, { maxLength: 8 }), (fields) => {
        expect(decode(encodeFields(fields))).toEqual(fields);
      }),
      { seed: 2_026, numRuns: 3_000 },
    );
    expect(encodeFields(["ab", "c"])).not.toEqual(encodeFields(["a", "bc"]));
    expect(encodeFields(["", ""])).not.toEqual(encodeFields([""]));
  });

  test("cut anew, moved between a player's name and words, or written with their lengths: always another message", () => {
    const cuts = fc.tuple(fc.array(field, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat());
    fc.assert(
      fc.property(cuts, ([fields, a, b]) => {
        const i = a % fields.length;
        const text = fields[i] ?? "";
        const at = b % (text.length + 1);
        const [left, right] = [text.slice(0, at), text.slice(at)];
        if (!left.isWellFormed()) return; // half a pair is refused at the door
        const rest = fields.slice(i + 1);
        const forged = [
          [...fields.slice(0, i), left, right, ...rest],
          [...fields.slice(0, i), left, right + (rest[0] ?? ""), ...rest.slice(1)],
          [Buffer.from(encodeFields(fields)).toString("latin1")],
          [...fields, ""],
          fields.slice(1),
        ].filter((other) => JSON.stringify(other) !== JSON.stringify(fields));
        const real = Buffer.from(encodeFields(fields)).toString("hex");
        for (const other of forged) expect(Buffer.from(encodeFields(other)).toString("hex")).not.toBe(real);
      }),
      { seed: 2_027, numRuns: 3_000 },
    );
  });

  test("have a known encoding", () => {
    expect(Buffer.from(encodeFields(["spin", "ö"])).toString("hex")).toBe("000000047370696e00000002c3b6");
  });
});

describe("a commitment", () => {
  test("is the SHA-256 of the seed's bytes", () => {
    expect(commit(SEED)).toBe("630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
    expect(commit(SEED)).toBe(createHash("sha256").update(Buffer.from(SEED, "hex")).digest("hex"));
  });

  test("is made to 32 bytes of hex and nothing else", () => {
    for (const bad of ["", "00", `${SEED}00`, SEED.slice(2), `${SEED.slice(0, -2)}zz`])
      expect(() => commit(bad)).toThrow();
  });

  const proof: SeedProof = {
    scheme: "seed",
    room: "roulette:main",
    round: 7,
    commitment: commit(SEED),
    seed: SEED,
    entropy: ENTROPY,
  };

  test("lets anybody draw again from public data", () => {
    expect(drawFromProof(proof, "spin").int(37)).toBe(24);
  });

  test("that the seed does not open proves nothing: drawing throws", () => {
    const [flipped] = [`1${SEED.slice(1)}`];
    expect(() => drawFromProof({ ...proof, seed: flipped }, "spin")).toThrow("does not open");
    expect(() => drawFromProof({ ...proof, commitment: commit(flipped) }, "spin")).toThrow("does not open");
    expect(() => drawFromProof({ ...proof, seed: "" }, "spin")).toThrow();
  });
});
