// The vector search against the plainest one; and that its bytes are made of its source.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { KEYS } from '../../../../src/config/schema.ts';
import { createByteSearch, DIGIT, type Entry, HEX, MAX_BLOCK } from '../../../../src/core/read/search/byte-search.ts';
import { halfByteTables, tablesOf } from '../../../../src/core/read/search/byte-tables.ts';
import { stringsOf } from '../../../../src/core/read/search/prefilter.ts';
import { fewer } from '../../../support/lane.ts';
import { numbers } from '../numbers.ts';

const triple = (text: string): number => text.charCodeAt(0) | (text.charCodeAt(1) << 8) | (text.charCodeAt(2) << 16);

/** Needles of three bytes that count wherever they stand. */
const entries = (words: readonly string[]): ReadonlyMap<number, readonly Entry[]> =>
  new Map(words.map((text) => [triple(text), [{ start: 0, needle: { text, anyCase: false, check: 'always' } }]]));

function all(words: readonly string[], bytes: Buffer): number[] {
  const search = createByteSearch(entries(words));
  const found: number[] = [];
  search.load(bytes);
  for (let at = search.next(0); at !== -1; at = search.next(at + 1)) found.push(at);
  return found;
}

const naive = (words: readonly string[], text: string): number[] =>
  [...text].flatMap((_, index) => (words.includes(text.slice(index, index + 3)) ? [index] : []));

test('generated strings in generated texts, at every place of a vector and at both ends', () => {
  for (let seed = 1; seed <= fewer(200); seed++) {
    const pick = numbers(seed);
    const letters = 'abcABC 019\n[:\u007f\u0001\u00ff'.slice(0, 2 + pick(14));
    const word = (): string => Array.from({ length: 3 }, () => letters[pick(letters.length)]).join('');
    const words = [...new Set(Array.from({ length: 1 + pick(seed % 2 === 0 ? 5 : 300) }, word))];
    const text = Array.from({ length: pick(200) }, () => letters[pick(letters.length)]).join('');
    expect({ seed, found: all(words, Buffer.from(text, 'latin1')) }).toEqual({ seed, found: naive(words, text) });
  }
});

test('a block as long as the memory of the search, and a longer one', () => {
  const bytes = Buffer.alloc(MAX_BLOCK, 'x');
  const places = [0, 777, 1_048_574, 1_048_575, 1_048_576, 2_097_149];
  for (const at of places) bytes.write('Err', at, 'latin1');
  expect(all(['Err'], bytes)).toEqual(naiveAt(bytes));
  expect(() => createByteSearch(new Map()).load(Buffer.alloc(MAX_BLOCK + 1))).toThrow(RangeError);
});

const naiveAt = (bytes: Buffer): number[] => {
  const found: number[] = [];
  for (let at = bytes.indexOf('Err'); at !== -1; at = bytes.indexOf('Err', at + 1)) found.push(at);
  return found;
};

test('newlines in any part of a block', () => {
  const bytes = Buffer.from('a\n\nbcd\n'.repeat(200_000));
  const search = createByteSearch(entries(['abc']));
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

/** What `mask` is to do, in the plainest way: one byte after the other. */
function maskedPlainly(line: string): string {
  const bytes = [...Buffer.from(line, 'latin1')].map((byte) => String.fromCharCode(byte));
  const isDigit = (at: number): boolean => /^\d$/.test(bytes[at] ?? '');
  let out = '';
  for (let at = 0; at < bytes.length; ) {
    let stop = at;
    while (isDigit(stop)) stop++;
    if (stop > at) {
      out += isTelling(bytes, at, stop) ? bytes.slice(at, stop).join('') : String.fromCharCode(DIGIT).repeat(stop - at);
      at = stop;
      continue;
    }
    out += bytes[at];
    at++;
    const isNumber = bytes[at - 1] === 'x' && bytes[at - 2] === '0' && out.at(-2) === String.fromCharCode(DIGIT) && !isDigit(at - 3);
    if (!isNumber) continue;
    out = `${out.slice(0, -2)}0x`;
    for (; /^[0-9a-f]$/.test(bytes[at] ?? ''); at++) out += String.fromCharCode(HEX);
  }
  return out;
}

/** Digits that stay: at the start of a line, in names, levels, states, numbers of frames and of processes. */
function isTelling(bytes: readonly string[], at: number, stop: number): boolean {
  const [earlier = '', before = ''] = [bytes[at - 2], bytes[at - 1]];
  if (at === 0 || before === '#' || (before === ' ' && earlier === '"')) return true;
  if (/[A-Za-z_$]/.test(before)) return !(before === 'T' && /\d/.test(earlier));
  if (before === '[' && /[A-Za-z_$]/.test(earlier)) return bytes[stop] === ']' && bytes[stop + 1] === ':';
  if (bytes[0] === '{' && bytes[at] === '0' && stop - at > 1 && !/\d/.test(earlier)) return true;
  return ['":', ':"'].includes(earlier + before) && stop - at <= 5;
}

test('generated lines are masked sixteen bytes at a time as byte by byte', () => {
  const parts = '0,1,00,2026,99999999999999999999,0x,0xaf3,0x1a2b3c4d5e6f708192a3b4c5,x,T,T1,",:,":,:",: ",",#,#3, ,a,_,$,{,abc,level,\xe9'
    .split(',')
    .concat('app[12]:', 'a[1]', '[', ']:', '"level":50', '"p":"3"', '"0', ' "7', '" 5');
  const search = createByteSearch(new Map());
  for (let seed = 1; seed <= fewer(20_000); seed++) {
    const pick = numbers(seed);
    const line = (pick(3) === 0 ? '{' : '') + Array.from({ length: pick(25) }, () => parts[pick(parts.length)]).join('');
    const above = ['', '\n', '9\n', 'a"\n'][pick(4)]!;
    search.load(Buffer.from(`${above}${line}\n${'8'.repeat(pick(20))}`, 'latin1'));
    const next = search.mask(above.length, above.length + line.length + 1, 1);
    const bytes = Buffer.from(search.masked.buffer, search.masked.byteOffset + 4, (search.maskedEnd - 1) * 4);
    const want = `${maskedPlainly(line)}\n`;
    expect({ seed, line, next, masked: bytes.toString('latin1') }).toEqual({
      seed,
      line,
      next: above.length + line.length + 1,
      masked: want.padEnd((want.length + 3) & ~3, '\0'),
    });
  }
});

test('what is no UTF-8, has no end or does not fit is not masked', () => {
  const search = createByteSearch(new Map());
  search.load(Buffer.from(`a\xfe\nabc\n${'x'.repeat(9000)}\n`, 'latin1'));
  expect([search.mask(0, 3, 0), search.mask(3, 6, 0), search.mask(3, 7, 0), search.mask(7, 9008, 0)]).toEqual([-1, -1, 7, -1]);
});

test('the tables for the shipped keywords are those that would be made', () => {
  const strings = stringsOf(KEYS.keywords.default as readonly string[]);
  expect(Buffer.from(tablesOf(strings)).equals(Buffer.from(halfByteTables(strings)))).toBe(true);
});

test('the module is what its source says', () => {
  expect(() =>
    execFileSync(process.execPath, [join(import.meta.dirname, '../../../../bin/write-search.js'), '--check'], { stdio: 'pipe' }),
  ).not.toThrow();
});
