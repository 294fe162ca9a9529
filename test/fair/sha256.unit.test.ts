import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Keyed, shortHash } from "../../rooms/fair/sha256.ts";
import { Random } from "../kit/random.ts";

const random = new Random(256);
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.between(0, 255));
const hex = (hash: Uint8Array): string => Buffer.from(hash).toString("hex");

describe("the flat SHA-256", () => {
  test("is that of the standard: its own two examples", () => {
    expect(hex(shortHash(Buffer.from("abc")))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(hex(shortHash(Buffer.from("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")))).toBe(
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    );
  });

  test("agrees with Node's for every length to 300, and leaves the message alone", () => {
    for (let length = 0; length <= 300; length++) {
      const message = bytes(length);
      const before = hex(message);
      expect(hex(shortHash(message)), `${length} bytes`).toBe(createHash("sha256").update(message).digest("hex"));
      expect(hex(message)).toBe(before);
    }
  });
});

describe("HMAC under one key", () => {
  test("agrees with Node's for keys and messages of every length to 130 and 200, in any order", () => {
    for (let length = 0; length <= 130; length++) {
      const key = bytes(length);
      const keyed = new Keyed(key);
      for (const of of [bytes(0), bytes(length), bytes(random.between(1, 200)), bytes(55), bytes(56)])
        expect(hex(keyed.of(of)), `a key of ${length} bytes`).toBe(createHmac("sha256", key).update(of).digest("hex"));
    }
  });
});
