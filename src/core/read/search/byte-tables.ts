// The tables of the vector search: which half bytes may stand at which place of which strings. Made once for a set of
// strings; those for the shipped keywords lie in `byte-tables-made.ts`, because making them takes as long as reading
// ten megabytes.
import { MADE_FOR, MADE_TABLES } from './byte-tables-made.ts';

const WINDOW = 3;
/** Two vectors of eight. */
const BUCKETS = 16;
const TABLE = 16;
const TABLES = (BUCKETS / 8) * WINDOW * 2 * TABLE;

/** For each of three places, which half bytes (as bits) occur in a bucket. */
interface Bucket {
  readonly low: number[];
  readonly high: number[];
  cost: number;
}

/** @returns what `byte-search.wat` wants at 0 */
export function tablesOf(triples: readonly number[]): Uint8Array {
  return nameOf(triples) === MADE_FOR ? Buffer.from(MADE_TABLES, 'base64') : halfByteTables(triples);
}

/** A name for a set of strings. */
export function nameOf(triples: readonly number[]): string {
  let sum = 0;
  for (const triple of triples) sum = (Math.imul(sum ^ triple, 0x9e3779b1) >>> 0) % 0x7fffffff;
  return `${triples.length}-${sum}`;
}

/**
 * Divides the strings among the buckets so that few others get through: each goes where it adds least.
 * @returns for each place and half byte the buckets that allow it, as `byte-search.wat` wants them
 */
export function halfByteTables(triples: readonly number[]): Uint8Array {
  const shares = createShares();
  const buckets = Array.from({ length: BUCKETS }, (): Bucket => ({ low: [0, 0, 0], high: [0, 0, 0], cost: 0 }));
  const likely = triples.map((triple) => [triple, bytesOf(triple).reduce((product, byte) => product * FREQUENCY[byte]!, 1)] as const);
  for (const [triple] of likely.sort((a, b) => b[1] - a[1])) {
    const bytes = bytesOf(triple);
    if (buckets.some((bucket) => admits(bucket, bytes))) continue;
    const added = buckets.map((bucket) => costWith(shares, bucket, bytes) - bucket.cost);
    const best = added.indexOf(Math.min(...added));
    const bucket = buckets[best]!;
    bucket.cost += added[best]!;
    for (const [place, byte] of bytes.entries()) {
      bucket.low[place]! |= 1 << (byte & 15);
      bucket.high[place]! |= 1 << (byte >> 4);
    }
  }
  return toTables(buckets);
}

const bytesOf = (triple: number): number[] => [triple & 255, (triple >> 8) & 255, triple >> 16];

const admits = ({ low, high }: Bucket, bytes: readonly number[]): boolean =>
  bytes.every((byte, place) => (low[place]! >> (byte & 15)) & (high[place]! >> (byte >> 4)) & 1);

function toTables(buckets: readonly Bucket[]): Uint8Array {
  const tables = new Uint8Array(TABLES);
  for (const [number, { low, high }] of buckets.entries()) {
    for (let place = 0; place < WINDOW; place++) {
      const at = ((number >> 3) * WINDOW + place) * 2 * TABLE;
      for (let half = 0; half < 16; half++) {
        tables[at + half]! |= ((low[place]! >> half) & 1) << (number & 7);
        tables[at + TABLE + half]! |= ((high[place]! >> half) & 1) << (number & 7);
      }
    }
  }
  return tables;
}

/** How often a random place of a log would get through a bucket that also has this string. */
function costWith(shares: Float64Array, { low, high }: Bucket, bytes: readonly number[]): number {
  return bytes.reduce(
    (product, byte, place) => product * share(shares, low[place]! | (1 << (byte & 15)), high[place]! | (1 << (byte >> 4))),
    1,
  );
}

/** Of the bytes of a log, those with such a low and such a high half. */
function share(shares: Float64Array, low: number, high: number): number {
  let sum = 0;
  for (let half = 0; half < 16; half++) {
    if ((high >> half) & 1) sum += shares[(half << 8) | (low & 255)]! + shares[((16 + half) << 8) | (low >> 8)]!;
  }
  return sum;
}

/** How often a byte stands in a log, roughly: logs are made of words, blanks and numbers. */
export function frequency(byte: number): number {
  if (byte === 32) return 0.1;
  if (byte >= 48 && byte <= 57) return 0.02;
  if (byte >= 97 && byte <= 122) return 'etaoinsrlcdm'.includes(String.fromCharCode(byte)) ? 0.04 : 0.012;
  if (byte >= 65 && byte <= 90) return 0.005;
  return byte >= 33 && byte < 127 ? 0.006 : byte === 10 ? 0.01 : 0.0005;
}

const FREQUENCY = Array.from({ length: 256 }, (_, byte) => frequency(byte));

/** For a high half byte, and the lower or the upper eight of the low half bytes as bits: the sum of their frequencies. */
function createShares(): Float64Array {
  const shares = new Float64Array(32 * 256);
  for (let index = 0; index < shares.length; index++) {
    const [half, upper] = [(index >> 8) & 15, index >> 12];
    for (let bit = 0; bit < 8; bit++) if ((index >> bit) & 1) shares[index]! += FREQUENCY[(half << 4) | (upper << 3) | bit]!;
  }
  return shares;
}
