import { Buffer } from "node:buffer";
import wasm from "../../node_modules/@platformatic/wasm-utils/dist/native.wasm";

/**
 * Replaces `@platformatic/wasm-utils` in the bundle (`alias` in wrangler.toml). The original reads its .wasm file from a disk,
 * which a Worker does not have; here the same file is imported as a module. It exports the functions that @platformatic/kafka
 * uses.
 */

/** A Buffer, or the Kafka client's DynamicBuffer, which has one in `buffer`. */
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

// The cast is safe: the lock file pins the version of the .wasm file.
const native = new WebAssembly.Instance(wasm).exports as unknown as Exports;

/** Copies the bytes into the module's memory for the time of `work`. */
function lend<T>(bytes: Bytes, work: (at: number, length: number) => T): T {
  const data = bytes instanceof Uint8Array ? bytes : bytes.buffer;
  // At least 1: the module does not allocate zero bytes.
  const room = Math.max(1, data.length);
  const at = native.alloc(room);
  try {
    new Uint8Array(native.memory.buffer, at, data.length).set(data);
    return work(at, data.length);
  } finally {
    native.dealloc(at, room);
  }
}

/** Copies a result out and frees it. A result is its address in the upper 32 bits and its length in the lower 32 bits. */
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
