// The prefilter of the hot path: finds, on bytes, the next place that may lie in the first line of an error event.
// It must never miss one and may answer too often. `needles.ts` says what is looked for, `byte-search.ts` searches for
// the rarest three bytes of each needle; here a find is held against the whole needle.

import type { Level } from '../../model.ts';
import { type ByteSearch, createByteSearch } from './byte-search.ts';
import { frequency } from './byte-tables.ts';
import { type Needle, needles } from './prefilter-strings.ts';

/** Searches one block of bytes at a time. */
export interface CandidateSearch extends ByteSearch {
  /**
   * Holds what `run` has found against the whole needle.
   * @param hit place of a string in the loaded bytes
   * @param line start of its line. Of a line at 0 no needle is found that needs the newline before it.
   */
  isCandidate(hit: number, line: number): boolean;
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

/** What is searched for these needles, three bytes of each. */
function entriesOf(list: readonly Needle[]): ReadonlyMap<number, readonly Entry[]> {
  const entries = new Map<number, Entry[]>();
  for (const needle of list) {
    const start = rarest(needle.text);
    for (const triple of triples(needle, start)) {
      const known = entries.get(triple);
      if (known) known.push({ start, needle });
      else entries.set(triple, [{ start, needle }]);
    }
  }
  return entries;
}

/** The strings of a search for errors with these keywords: for these `bin/write-search.js` makes the tables beforehand. */
export const stringsOf = (keywords: readonly string[]): readonly number[] => [...entriesOf(needles(false, keywords)).keys()];

function createSearch(list: readonly Needle[]): CandidateSearch {
  const entries = entriesOf(list);
  const search = createByteSearch([...entries.keys()]);
  const { load } = search;
  let bytes: Buffer = Buffer.alloc(0);
  return Object.assign(search, {
    load: (block: Buffer): void => {
      bytes = block;
      load(block);
    },
    isCandidate: (hit: number, line: number): boolean => {
      const triple = bytes[hit]! | (bytes[hit + 1]! << 8) | (bytes[hit + 2]! << 16);
      return entries.get(triple)!.some(({ start, needle }) => matches(bytes, hit - start, needle, line));
    },
  });
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
