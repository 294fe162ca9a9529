/**
 * Fast SHA-256 (FIPS 180-4) and HMAC (RFC 2104) of short messages, without temporary objects. A hand of cards takes some 2,500
 * blocks: 52 salts, 52 leaves and their tree, for eight decks. Hashes that are rare are left to @noble/hashes.
 */

export const HASH_BYTES = 32;
const BLOCK_BYTES = 64;

const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;

/** The first 32 bits of the fractions of the square and cube roots of the first primes, as the standard has them. */
const [INITIAL, ROUND] = ((): [Int32Array, Int32Array] => {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return [
    Int32Array.from(primes.slice(0, 8), (n) => fraction(Math.sqrt(n))),
    Int32Array.from(primes, (n) => fraction(Math.cbrt(n))),
  ];
})();

const schedule = new Int32Array(64);

/** Updates `state`, eight words, with the 64 bytes of `block` from `at` on. */
function compress(state: Int32Array, block: Uint8Array, at: number): void {
  const w = schedule;
  for (let i = 0, j = at; i < 16; i++, j += 4) {
    w[i] =
      ((block[j] as number) << 24) |
      ((block[j + 1] as number) << 16) |
      ((block[j + 2] as number) << 8) |
      (block[j + 3] as number);
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15] as number;
    const y = w[i - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[i] as number) + (w[i] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}

const tail = new Uint8Array(2 * BLOCK_BYTES);

/** Updates `state` with `message` and the padding; writes the hash to `hash`. `before`: bytes already in `state`. */
function finish(state: Int32Array, message: Uint8Array, before: number, hash: Uint8Array): Uint8Array {
  const whole = message.length - (message.length % BLOCK_BYTES);
  for (let at = 0; at < whole; at += BLOCK_BYTES) compress(state, message, at);
  const rest = message.length - whole;
  const end = rest < BLOCK_BYTES - 8 ? BLOCK_BYTES : 2 * BLOCK_BYTES;
  for (let i = 0; i < rest; i++) tail[i] = message[whole + i] as number;
  tail.fill(0, rest, end);
  tail[rest] = 0x80;
  const bits = (before + message.length) * 8; // below 2^32: a message here has some hundred bytes
  for (let i = 1, left = bits; i <= 4; i++, left >>>= 8) tail[end - i] = left & 255;
  for (let at = 0; at < end; at += BLOCK_BYTES) compress(state, tail, at);
  for (let i = 0; i < 8; i++) {
    const word = state[i] as number;
    hash[4 * i] = word >>> 24;
    hash[4 * i + 1] = word >>> 16;
    hash[4 * i + 2] = word >>> 8;
    hash[4 * i + 3] = word;
  }
  return hash;
}

const scratch = new Int32Array(8);
const innerHash = new Uint8Array(HASH_BYTES);

/** The hash of a short message: throws when it has 2^29 bytes or more. */
export function shortHash(message: Uint8Array): Uint8Array {
  if (message.length >= 2 ** 29) throw new RangeError("too long");
  scratch.set(INITIAL);
  return finish(scratch, message, 0, new Uint8Array(HASH_BYTES));
}

/** HMAC-SHA-256 of many short messages under one key, which is processed once. */
export class Keyed {
  readonly #inner = Int32Array.from(INITIAL);
  readonly #outer = Int32Array.from(INITIAL);

  constructor(key: Uint8Array) {
    const pad = new Uint8Array(BLOCK_BYTES);
    pad.set(key.length > BLOCK_BYTES ? shortHash(key) : key);
    for (let i = 0; i < BLOCK_BYTES; i++) pad[i] = (pad[i] as number) ^ 0x36;
    compress(this.#inner, pad, 0);
    for (let i = 0; i < BLOCK_BYTES; i++) pad[i] = (pad[i] as number) ^ 0x36 ^ 0x5c;
    compress(this.#outer, pad, 0);
  }

  of(message: Uint8Array): Uint8Array {
    scratch.set(this.#inner);
    finish(scratch, message, BLOCK_BYTES, innerHash);
    scratch.set(this.#outer);
    return finish(scratch, innerHash, BLOCK_BYTES, new Uint8Array(HASH_BYTES));
  }
}
