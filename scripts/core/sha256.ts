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

const rotated = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** The eight words of the digest of some bytes. */
export function sha256(bytes: readonly number[]): Uint32Array {
  const state = Uint32Array.from(START);
  const length = bytes.length;
  const blocks = ((length + 8) >> 6) + 1;
  for (let block = 0; block < blocks; block += 1) {
    const start = block * 64;
    for (let i = 0; i < 16; i += 1) {
      let word = 0;
      for (let k = start + i * 4; k < start + i * 4 + 4; k += 1) {
        word = (word << 8) | (k < length ? bytes[k]! : k === length ? 0x80 : 0);
      }
      WORDS[i] = word;
    }
    if (block === blocks - 1) {
      WORDS[14] = Math.floor(length / 2 ** 29);
      WORDS[15] = length << 3;
    }
    compress(state);
  }
  return state;
}

function compress(state: Uint32Array): void {
  for (let i = 16; i < 64; i += 1) {
    const [a, b] = [WORDS[i - 15]!, WORDS[i - 2]!];
    const s0 = rotated(a, 7) ^ rotated(a, 18) ^ (a >>> 3);
    const s1 = rotated(b, 17) ^ rotated(b, 19) ^ (b >>> 10);
    WORDS[i] = WORDS[i - 16]! + s0 + WORDS[i - 7]! + s1;
  }
  let a = state[0]! | 0;
  let b = state[1]! | 0;
  let c = state[2]! | 0;
  let d = state[3]! | 0;
  let e = state[4]! | 0;
  let f = state[5]! | 0;
  let g = state[6]! | 0;
  let h = state[7]! | 0;
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
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

/** The bytes of a text in UTF-8; a half of a pair stands for the replacement character, as encoders have it. */
export function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0)!;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}
