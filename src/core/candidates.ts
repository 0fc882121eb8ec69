// The prefilter of the hot path: finds, on bytes, the next place that may lie in the first line of an error event.
// It must never miss one and may answer too often. `needles.ts` says what is looked for, `byte-search.ts` searches for
// the rarest three bytes of each needle; here a find is held against the whole needle.
import { type ByteSearch, createByteSearch, frequency } from './byte-search.ts';
import type { Level } from './model.ts';
import { type Needle, needles } from './needles.ts';

/** Searches one block of bytes at a time. */
export interface CandidateSearch extends ByteSearch {
  /**
   * @returns the position of a byte in a candidate line at or behind `from`, or -1. Lines that begin at index 0 are not
   * searched for marks that need a newline before them.
   */
  next(from: number): number;
}

const WINDOW = 3;
const made = new Map<string, CandidateSearch>();

/**
 * The same one for the same settings: all detectors of a process share its tables.
 * @returns `undefined` where every line is a candidate: below `warn`, or with keywords too short or too foreign to be
 * searched as bytes
 */
export function candidateSearch(level: Level | 'all', keywords: readonly string[]): CandidateSearch | undefined {
  if (level === 'all' || level === 'info' || level === 'debug' || level === 'trace') return undefined;
  const words = keywords.map((word) => word.trim()).filter((word) => word !== '');
  if (words.some((word) => word.length < WINDOW || !/^[\x20-\x7e]+$/.test(word))) return undefined;
  const key = [level === 'warn', ...words].join('\n');
  const search = made.get(key) ?? createSearch(needles(level === 'warn', words));
  made.set(key, search);
  return search;
}

/** A needle and where its window begins in it. */
interface Entry {
  readonly start: number;
  readonly needle: Needle;
}

function createSearch(list: readonly Needle[]): CandidateSearch {
  const entries = new Map<number, Entry[]>();
  for (const needle of list) {
    const start = rarest(needle.text);
    for (const triple of triples(needle, start)) {
      const known = entries.get(triple);
      if (known) known.push({ start, needle });
      else entries.set(triple, [{ start, needle }]);
    }
  }
  const search = createByteSearch([...entries.keys()]);
  let bytes: Buffer = Buffer.alloc(0);
  return {
    ...search,
    get maskedEnd() {
      return search.maskedEnd;
    },
    get maskedHash() {
      return search.maskedHash;
    },
    load(block) {
      bytes = block;
      search.load(block);
    },
    next(from) {
      // The window may begin one byte before `from`, with the newline there.
      for (let at = search.next(Math.max(0, from - 1)); at !== -1; at = search.next(at + 1)) {
        const triple = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
        for (const { start, needle } of entries.get(triple)!) if (matches(bytes, at - start, needle, from)) return at + 2;
      }
      return -1;
    },
  };
}

/** The window of a needle in every case its letters may have, as three bytes of a number, the first one lowest. */
function triples(needle: Needle, start: number): number[] {
  const [a, b, c] = [0, 1, 2].map((offset) => cases(needle, start + offset)) as [number[], number[], number[]];
  return a.flatMap((x) => b.flatMap((y) => c.map((z) => x | (y << 8) | (z << 16))));
}

const isLetter = (byte: number): boolean => (byte | 32) >= 97 && (byte | 32) <= 122;

function cases({ text, anyCase }: Needle, index: number): number[] {
  const code = text.charCodeAt(index);
  return anyCase && isLetter(code) ? [code | 32, code & ~32] : [code];
}

/** The window with the fewest likely bytes. */
function rarest(text: string): number {
  let best = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (let start = 0; start + WINDOW <= text.length; start++) {
    const score = [0, 1, 2].reduce((product, offset) => product * frequency(text.charCodeAt(start + offset) | 32), 1);
    if (score < lowest) [lowest, best] = [score, start];
  }
  return best;
}

function matches(bytes: Buffer, at: number, needle: Needle, from: number): boolean {
  if (at < from - 1 || at < 0) return false;
  const { text } = needle;
  for (let i = 0; i < text.length; i++) {
    const want = text.charCodeAt(i);
    const byte = bytes[at + i];
    if (byte !== want && !(needle.anyCase && isLetter(want) && byte !== undefined && (byte | 32) === (want | 32))) return false;
  }
  return needle.check(bytes, at, at + text.length);
}
