// SHA-256 (FIPS 180-4), synchronous and without imports, because the core may use no library, and because
// loading one takes longer than a short log. Not for secrets: it names fingerprints and tells files apart.

const PRIMES = primes(64);
const K = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const INITIAL = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const W = new Int32Array(64);

/** @returns the digest of these bytes, or of a text's UTF-8 bytes, as 64 hexadecimal digits. */
export function sha256(content: string | Buffer): string {
  const size = Buffer.byteLength(content);
  const length = (size + 9 + 63) & ~63;
  const message = length <= SHORT.length ? SHORT : Buffer.alloc(length);
  if (typeof content === 'string') message.write(content);
  else content.copy(message);
  pad(message, size, length);
  const state = Int32Array.from(INITIAL);
  for (let at = 0; at < length; at += 64) block(state, message, at);
  let digest = '';
  for (const word of state) digest += (word >>> 0).toString(16).padStart(8, '0');
  return digest;
}

/** Most texts fit: nothing is allocated for them. */
const SHORT = Buffer.alloc(4096);

/** The message, the bit 1, zeros, and the length in bits as 64 bits, to a multiple of 64 bytes. */
function pad(padded: Buffer, size: number, length: number): void {
  padded.fill(0, size, length);
  padded[size] = 0x80;
  padded.writeUInt32BE(Math.floor(size / 0x20000000), length - 8);
  padded.writeUInt32BE((size << 3) >>> 0, length - 4);
}

function block(state: Int32Array, bytes: Buffer, at: number): void {
  for (let i = 0; i < 16; i++) {
    const p = at + i * 4;
    W[i] = (bytes[p]! << 24) | (bytes[p + 1]! << 16) | (bytes[p + 2]! << 8) | bytes[p + 3]!;
  }
  for (let i = 16; i < 64; i++) {
    const x = W[i - 15]!;
    const y = W[i - 2]!;
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    W[i] = (W[i - 16]! + s0 + W[i - 7]! + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const t1 = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + W[i]!) | 0;
    const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  const sums = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = (state[i]! + sums[i]!) | 0;
}

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** The first 32 bits of the fractional part: the constants of the standard are made so. */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 0x100000000) | 0;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
