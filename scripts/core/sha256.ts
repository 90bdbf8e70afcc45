/**
 * SHA-256 (FIPS 180-4) of a text, for engines that have no cryptography of their own: hosts run resolution in small ones. For what
 * is secret by its key see read/account-digest.ts.
 */

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes, and of the square roots of the first 8. */
const { ROUNDS, START } = constants();

function constants(): { ROUNDS: Int32Array; START: Uint32Array } {
  const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32);
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return {
    ROUNDS: Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
    START: Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
  };
}

const WORDS = new Int32Array(64);
const STATE = new Int32Array(8);

const rotated = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** The eight words of the digest of some bytes. */
export function sha256(bytes: readonly number[]): Uint32Array {
  digest(bytes, bytes.length);
  return Uint32Array.from(STATE);
}

/** Room for the bytes of most texts, so that hashing an account makes no list. */
const COLON = 58;
const ROOM = new Uint8Array(1024);

/** The first four bytes of the digest of texts with a colon between them, as a big-endian number. */
export function firstWordOf(first: string, second: string, third: string): number {
  // Three bytes a code unit at most, and two colons.
  const most = (first.length + second.length + third.length) * 3 + 2;
  const bytes = most > ROOM.length ? new Uint8Array(most) : ROOM;
  let length = encode(first, bytes, 0);
  bytes[length++] = COLON;
  length = encode(second, bytes, length);
  bytes[length++] = COLON;
  digest(bytes, encode(third, bytes, length));
  return STATE[0]! >>> 0;
}

/** Leaves the digest of the first `length` bytes in STATE. */
function digest(bytes: ArrayLike<number>, length: number): void {
  STATE.set(START);
  const blocks = ((length + 8) >> 6) + 1;
  for (let block = 0; block < blocks; block += 1) {
    const start = block * 64;
    for (let i = 0; i < 16; i += 1) WORDS[i] = wordAt(bytes, start + i * 4, length);
    if (block === blocks - 1) {
      WORDS[14] = Math.floor(length / 2 ** 29);
      WORDS[15] = length << 3;
    }
    compress();
  }
}

/** Four bytes as a big-endian word; behind the last one stands the bit that ends a message, and zeros. */
function wordAt(bytes: ArrayLike<number>, at: number, length: number): number {
  if (at + 4 <= length) return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  let word = 0;
  for (let k = at; k < at + 4; k += 1) word = (word << 8) | (k < length ? bytes[k]! : k === length ? 0x80 : 0);
  return word;
}

function compress(): void {
  for (let i = 16; i < 64; i += 1) {
    const a = WORDS[i - 15]!;
    const b = WORDS[i - 2]!;
    const s0 = rotated(a, 7) ^ rotated(a, 18) ^ (a >>> 3);
    const s1 = rotated(b, 17) ^ rotated(b, 19) ^ (b >>> 10);
    WORDS[i] = WORDS[i - 16]! + s0 + WORDS[i - 7]! + s1;
  }
  let a = STATE[0]!;
  let b = STATE[1]!;
  let c = STATE[2]!;
  let d = STATE[3]!;
  let e = STATE[4]!;
  let f = STATE[5]!;
  let g = STATE[6]!;
  let h = STATE[7]!;
  for (let i = 0; i < 64; i += 1) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i]! + WORDS[i]!) | 0;
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  STATE[0]! += a;
  STATE[1]! += b;
  STATE[2]! += c;
  STATE[3]! += d;
  STATE[4]! += e;
  STATE[5]! += f;
  STATE[6]! += g;
  STATE[7]! += h;
}

/** The bytes of a text in UTF-8; a half of a pair stands for the replacement character, as encoders have it. */
export function utf8(text: string): number[] {
  const bytes = new Uint8Array(text.length * 3);
  return [...bytes.subarray(0, encode(text, bytes, 0))];
}

/** Writes a text as UTF-8 from a place on, and gives back the place behind it. */
function encode(text: string, bytes: Uint8Array, from: number): number {
  let length = from;
  for (let i = 0; i < text.length; i += 1) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[length++] = code;
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      const point = text.codePointAt(i)!;
      if (point > 0xffff) i += 1;
      code = point > 0xffff ? point : 0xfffd;
    }
    if (code < 0x800) bytes[length++] = 0xc0 | (code >> 6);
    else {
      if (code < 0x10000) bytes[length++] = 0xe0 | (code >> 12);
      else {
        bytes[length++] = 0xf0 | (code >> 18);
        bytes[length++] = 0x80 | ((code >> 12) & 63);
      }
      bytes[length++] = 0x80 | ((code >> 6) & 63);
    }
    bytes[length++] = 0x80 | (code & 63);
  }
  return length;
}
