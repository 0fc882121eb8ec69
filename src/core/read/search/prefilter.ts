// The prefilter of the hot path: what is searched for under which settings, and what is learnt of lines that were read in full.
// It must never miss a line that begins an error event and may answer too often.

import { readLine } from '../../formats/dialects.ts';
import { clean, type Reading } from '../../formats/line-reading.ts';
import type { Level } from '../../model.ts';
import { type ByteSearch, createByteSearch, type Entry } from './byte-search.ts';
import { frequency } from './byte-tables.ts';
import { createHeadLearner } from './head-learner.ts';
import { createOtherNumbers } from './other-numbers.ts';
import { type Needle, needles } from './prefilter-strings.ts';

/** Searches one block of bytes at a time. */
export interface CandidateSearch extends ByteSearch {
  /** Takes note of how the line at `at` of the loaded bytes was read: others like it may be passed over, or known to begin a record. */
  learn(at: number, text: string, reading: Reading): void;
  /** The same for a line that nobody has read. */
  learnFrom(at: number, sample: string): void;
  /** Takes note that nothing came of the line, whatever stands around it; its newline is the last byte before `to`. */
  learnNothing(at: number, to: number, line: Buffer): void;
  /** The number of a stream, as heads and records know it; `undefined` where there are too many. */
  numberOf(stream: string): number | undefined;
}

const WINDOW = 3;
/** Bytes between two samples. */
const MIN_GAP = 256;
const MAX_GAP = 1 << 22;
/** A line that came to nothing is remembered when one of its shape has come this often; so many hashes are counted. */
const KNOWN_AT = 2;
const MAX_SEEN = 16_384;
const made = new Map<string, CandidateSearch>();

/**
 * The same one for the same settings: all detectors of a process share its tables.
 * @param learns false: nothing is learnt, so that every line with a needle is read in full and somebody can be told of it
 * @returns `undefined` where every line is a candidate: below `warn`, or with keywords too short or too foreign to be
 * searched as bytes
 */
export function candidateSearch(level: Level | 'all', keywords: readonly string[], learns = true): CandidateSearch | undefined {
  if (level === 'all' || level === 'info' || level === 'debug' || level === 'trace') return undefined;
  const words = keywords.map((word) => word.trim()).filter((word) => word !== '');
  if (words.some((word) => word.length < WINDOW || !/^[\x20-\x7e]+$/.test(word))) return undefined;
  const key = [level, learns, ...words].join('\n');
  const search = made.get(key) ?? createSearch(words, level, learns);
  made.set(key, search);
  return search;
}

/** What is searched for these needles, three bytes of each. */
export function entriesOf(list: readonly Needle[]): ReadonlyMap<number, readonly Entry[]> {
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

function createSearch(words: readonly string[], limit: Level, learns: boolean): CandidateSearch {
  const search = createByteSearch(entriesOf(needles(limit === 'warn', words)));
  const learner = createHeadLearner(search, limit);
  if (!learns)
    return Object.assign(search, {
      learn: () => undefined,
      learnFrom: () => search.sampleBehind(MAX_GAP),
      learnNothing: () => undefined,
      numberOf: learner.numberOf,
    });
  const others = createOtherNumbers(limit, words);
  const seen = new Map<number, number>();
  let gap = 0;
  const learn = (at: number, text: string, reading: Reading): boolean =>
    reading.level !== undefined && !search.isKnown(at) && learner.learn(text, reading);
  return Object.assign(search, {
    learn,
    learnFrom(at: number, sample: string): void {
      // Where nothing can be learnt, it is tried ever more seldom.
      gap = learn(at, sample, readLine(clean(sample))) ? 0 : Math.min(MAX_GAP, Math.max(MIN_GAP, gap * 2));
      search.sampleBehind(gap);
    },
    learnNothing(at: number, to: number, line: Buffer): void {
      const shape = search.shape(at, to, 'nothing');
      others.earn();
      if (shape === undefined) return;
      if (seen.size >= MAX_SEEN) seen.clear();
      const times = (seen.get(shape.hash) ?? 0) + 1;
      seen.set(shape.hash, times);
      if (times < KNOWN_AT || search.slots.hasNothing) return;
      const areNothing = others.areNothing(line, search.slots.shown);
      if (areNothing) search.slots.addNothing();
      // It depends on the number: never asked again.
      else if (areNothing === false) seen.set(shape.hash, Number.NEGATIVE_INFINITY);
    },
    numberOf: learner.numberOf,
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
