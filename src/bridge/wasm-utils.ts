import { Buffer } from "node:buffer";
import wasm from "../../node_modules/@platformatic/wasm-utils/dist/native.wasm";

/**
 * Stands in for `@platformatic/wasm-utils` in the bundle (`alias` in wrangler.toml): the original reads its .wasm from a disk, which a
 * Worker has not; here the same file is a module. What is exported is what @platformatic/kafka takes from it, and the same.
 */

/** A Buffer, or the Kafka client's DynamicBuffer, which hands out one. */
type Bytes = Uint8Array | { readonly buffer: Uint8Array };

type Exports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly alloc: (length: number) => number;
  readonly dealloc: (at: number, length: number) => void;
  readonly crc32c: (at: number, length: number) => number;
  readonly lz4_compress: (at: number, length: number) => bigint;
  readonly lz4_decompress: (at: number, length: number) => bigint;
  readonly snappy_compress: (at: number, length: number) => bigint;
  readonly snappy_decompress: (at: number, length: number) => bigint;
};

// The exports of this very file, pinned by the lock file.
const native = new WebAssembly.Instance(wasm).exports as unknown as Exports;

/** Hands the bytes to `work` in the module's own memory. */
function lend<T>(bytes: Bytes, work: (at: number, length: number) => T): T {
  const data = bytes instanceof Uint8Array ? bytes : bytes.buffer;
  // Never none: an allocation of nothing is none.
  const room = Math.max(1, data.length);
  const at = native.alloc(room);
  try {
    new Uint8Array(native.memory.buffer, at, data.length).set(data);
    return work(at, data.length);
  } finally {
    native.dealloc(at, room);
  }
}

/** A result is its place in the upper and its length in the lower half of 64 bits; it is copied out and given back. */
function taken(result: bigint): Buffer {
  const length = Number(BigInt.asUintN(32, result));
  const at = Number(BigInt.asUintN(32, result >> 32n));
  const copy = Buffer.from(new Uint8Array(native.memory.buffer, at, length));
  native.dealloc(at, length);
  return copy;
}

export const crc32c = (bytes: Bytes): number => lend(bytes, native.crc32c) >>> 0;
export const lz4Compress = (bytes: Bytes): Buffer => taken(lend(bytes, native.lz4_compress));
export const lz4Decompress = (bytes: Bytes): Buffer => taken(lend(bytes, native.lz4_decompress));
export const snappyCompress = (bytes: Bytes): Buffer => taken(lend(bytes, native.snappy_compress));
export const snappyDecompress = (bytes: Bytes): Buffer => taken(lend(bytes, native.snappy_decompress));
