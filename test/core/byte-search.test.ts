// The vector search against the plainest one; and that its bytes are made of its source.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createByteSearch } from '../../src/core/byte-search.ts';

const triple = (text: string): number => text.charCodeAt(0) | (text.charCodeAt(1) << 8) | (text.charCodeAt(2) << 16);

function all(words: readonly string[], bytes: Buffer): number[] {
  const search = createByteSearch(words.map(triple));
  const found: number[] = [];
  search.load(bytes);
  for (let at = search.next(0); at !== -1; at = search.next(at + 1)) found.push(at);
  return found;
}

const naive = (words: readonly string[], text: string): number[] =>
  [...text].flatMap((_, index) => (words.includes(text.slice(index, index + 3)) ? [index] : []));

/** Numbers from a seed, the same on every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x100000000) * below);
  };
}

test('generated strings in generated texts, at every place of a vector and at both ends', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const pick = numbers(seed);
    const letters = 'abcABC 019\n[:\u007f\u0001\u00ff'.slice(0, 2 + pick(14));
    const word = (): string => Array.from({ length: 3 }, () => letters[pick(letters.length)]).join('');
    const words = [...new Set(Array.from({ length: 1 + pick(seed % 2 === 0 ? 5 : 300) }, word))];
    const text = Array.from({ length: pick(200) }, () => letters[pick(letters.length)]).join('');
    expect({ seed, found: all(words, Buffer.from(text, 'latin1')) }).toEqual({ seed, found: naive(words, text) });
  }
});

test('a block longer than the memory of the search', () => {
  const bytes = Buffer.alloc(2_500_000, 'x');
  const places = [0, 777, 1_048_574, 1_048_575, 1_048_576, 2_097_150, 2_097_152, 2_499_997];
  for (const at of places) bytes.write('Err', at, 'latin1');
  expect(all(['Err'], bytes)).toEqual(naiveAt(bytes));
});

const naiveAt = (bytes: Buffer): number[] => {
  const found: number[] = [];
  for (let at = bytes.indexOf('Err'); at !== -1; at = bytes.indexOf('Err', at + 1)) found.push(at);
  return found;
};

test('newlines in any part of a block', () => {
  const bytes = Buffer.from('a\n\nbcd\n'.repeat(400_000));
  const search = createByteSearch([triple('abc')]);
  search.load(bytes);
  for (const [from, to] of [
    [0, 0],
    [0, 1],
    [1, 3],
    [5, 90],
    [0, bytes.length],
    [1_048_570, 1_048_600],
    [7, 3],
  ] as const) {
    expect(search.newlines(from, to)).toBe(bytes.subarray(from, Math.max(from, to)).filter((byte) => byte === 10).length);
  }
});

test('the module is what its source says', () => {
  expect(() =>
    execFileSync(process.execPath, [join(import.meta.dirname, '../../bin/write-search.js'), '--check'], { stdio: 'pipe' }),
  ).not.toThrow();
});
