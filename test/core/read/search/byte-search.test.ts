// The vector search against the plainest one; and that its bytes are made of its source.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { KEYS } from '../../../../src/config/schema.ts';
import { createByteSearch, type Entry, MAX_BLOCK } from '../../../../src/core/read/search/byte-search.ts';
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

/** Is the second text counted as the first one again, by its shape? */
function isAgain(first: string, second: string): boolean {
  const search = createByteSearch(entries(['Err', 'ERR']));
  const shape = (text: string): string | undefined => {
    search.load(Buffer.from(`${text}\n`));
    if (search.shape(0, Buffer.byteLength(text) + 1, 'event') === undefined) return undefined;
    return search.slots.shown;
  };
  const [one, other] = [shape(first), shape(second)];
  return one !== undefined && one === other;
}

const HEAD = '2026-03-01 10:00:20,020 ERROR [exec-12] shop: ';

describe('shapes', () => {
  test.each([
    ['numbers', `${HEAD}order 17 of 10.0.0.1:80`, `${HEAD}order 1234 of 192.168.1.12:8080`],
    ['times', `${HEAD}x`, '2027-12-31 23:59:59,999 ERROR [exec-7] shop: x'],
    ['identifiers', `${HEAD}order k3jd8s failed`, `${HEAD}order 0x7f12ab failed`],
    ['UUIDs', `${HEAD}9adf58b9-f535-486f-af87-b0ac19e9d8cd`, `${HEAD}a0000000-0000-0000-0000-000000000000`],
    ['addresses in frames', `${HEAD}x\nmain.f(0xc0200e03a8)\n\t/a.go:3 +0x33`, `${HEAD}x\nmain.f(0xc1)\n\t/a.go:3 +0x3`],
    ['numbers below the head', `${HEAD}x\nTypeError: order 17`, `${HEAD}x\nTypeError: order 9`],
    ['numbers in records', '{"level":50,"time":1767323045678,"n":5}', '{"level":50,"time":1767323045679,"n":6}'],
  ])('the same with other %s', (_, first, second) => {
    expect(isAgain(first, second)).toBe(true);
  });

  test.each([
    ['words', `${HEAD}order of anna`, `${HEAD}order of bert`],
    ['levels', `${HEAD}x`, HEAD.replace('ERROR', 'FATAL')],
    ['forms of a time', `${HEAD}x`, `${HEAD.replace('20,020', '20,02')}x`],
    ['classes', `${HEAD}Utf8Error`, `${HEAD}Utf9Error`],
    ['files in frames', `${HEAD}x\n    at f (/a/b2.js:1:2)`, `${HEAD}x\n    at f (/a/b3.js:1:2)`],
    ['lines of frames', `${HEAD}x\n\tat a.B(B.java:12)`, `${HEAD}x\n\tat a.B(B.java:7)`],
    ['functions', `${HEAD}x\nmain.f2(0x1)`, `${HEAD}x\nmain.f3(0x1)`],
    [
      'states of HTTP',
      '1.2.3.4 - - [01/Mar/2026:10:00:20 +0000] "GET / HTTP/1.1" 500 7',
      '1.2.3.4 - - [01/Mar/2026:10:00:20 +0000] "GET / HTTP/1.1" 503 7',
    ],
    ['kinds of holes', `${HEAD}waited 12 days`, `${HEAD}waited k3d days`],
    ['codes of the system', `${HEAD}[Errno 111] x`, `${HEAD}[Errno 113] x`],
    ['states in words', `${HEAD}answered with status: 502`, `${HEAD}answered with status: 503`],
    ['states behind a version', `${HEAD}got HTTP/1.1 502 back`, `${HEAD}got HTTP/1.1 503 back`],
    ['codes of a database', `${HEAD}ORA-00942: x`, `${HEAD}ORA-00054: x`],
    ['states of SQL', `${HEAD}SQLSTATE[42S02]: x`, `${HEAD}SQLSTATE[23000]: x`],
    ['processes', 'Jan  2 03:04:05 host app[12]: ERROR x', 'Jan  2 03:04:05 host app[13]: ERROR x'],
    ['containers', 'web-1  | ERROR x', 'web-2  | ERROR x'],
    ['levels of records', '{"level":50,"time":1767323045678}', '{"level":60,"time":1767323045678}'],
    ['types in records', '{"level":50,"time":1767323045678,"type":"Http2"}', '{"level":50,"time":1767323045678,"type":"Http3"}'],
    [
      'frames in records',
      '{"level":50,"time":1767323045678,"stack":"x\\n at f2 (a)"}',
      '{"level":50,"time":1767323045678,"stack":"x\\n at f3 (a)"}',
    ],
  ])('not with other %s', (_, first, second) => {
    expect(isAgain(first, second)).toBe(false);
  });

  test('what is no UTF-8, or does not fit, has none', () => {
    const search = createByteSearch(new Map());
    search.load(Buffer.from(`a\xfe\nabc\n${'x'.repeat(9000)}\n`, 'latin1'));
    expect([search.shape(0, 3, 'event'), search.shape(3, 6, 'event'), search.shape(7, 9008, 'event')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(search.shape(3, 7, 'event')).toBeDefined();
  });
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
